"""Rooms where people meet, described by the same facts as homes: of the whole catalogue those that matter to a guest.

Unknown is an answer here too: a room of which nobody has said whether there are steps is shown as one to ask about.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

from flask_babel import gettext as _

from matching.criteria import access, resource_kinds
from matching.facts import Fact, FactError
from matching.kinds import told
from wohnberatung.bridge.columns import fact_column
from wohnberatung.bridge.imports import bare, known_columns
from wohnberatung.bridge.wording import spoken

MEETING_FACTS: tuple[Fact, ...] = resource_kinds.MEETING_FACTS
STEP_FREE: Fact = access.STEP_FREE


class MeetingFact(NamedTuple):
    """One line of what is known of a room: label and value for people; `known` is false where nobody has said."""

    label: str
    text: str
    known: bool


class MeetingRoomMixin:
    """A table that says of a room what MEETING_FACTS ask, a column each, NULL where unknown."""

    meeting_facts: ClassVar[tuple[Fact, ...]] = MEETING_FACTS

    def __init_subclass__(cls, **kwargs: Any) -> None:
        for position, fact in enumerate(MEETING_FACTS, start=100):
            setattr(cls, fact.key, fact_column(fact, position))
        super().__init_subclass__(**kwargs)

    def room_values(self) -> dict[str, object]:
        """By key, unknown ones left out."""
        values = {fact.key: getattr(self, fact.key) for fact in MEETING_FACTS}
        return {key: value for key, value in values.items() if value is not None}

    def describe_room(self, values: Mapping[str, object]) -> None:
        """Take over values as the facts parse them; None where unknown. Other keys are left out."""
        for fact in MEETING_FACTS:
            if fact.key in values:
                setattr(self, fact.key, values[fact.key])

    def room_facts(self) -> list[MeetingFact]:
        """In declared order, in the language being read."""
        return [_line(fact, getattr(self, fact.key)) for fact in MEETING_FACTS]

    @property
    def is_step_free(self) -> bool | None:
        """None where nobody has said."""
        value: bool | None = getattr(self, STEP_FREE.key)
        return value


def _line(fact: Fact, value: object) -> MeetingFact:
    return MeetingFact(_(fact.label), told(fact, value, spoken()), value is not None)


def read_meeting_facts(cells: Mapping[str, str]) -> tuple[dict[str, object], list[str]]:
    """(values by key, sentences about what cannot be) of texts by the headings of their columns."""
    values: dict[str, object] = {}
    refused = []
    for heading, text in cells.items():
        fact = known_columns()[bare(heading)]
        try:
            values[fact.key] = fact.parse(text)
        except FactError as error:
            refused.append(f"{fact.label}: {error.message}")
    return values, refused


def is_meeting_fact(heading: str) -> bool:
    """Whether a column with this heading tells something of a room."""
    return known_columns().get(bare(heading)) in MEETING_FACTS


def written_meeting_facts(room: MeetingRoomMixin) -> dict[str, str]:
    """Heading → value as it stands in a list that is read in again; empty where unknown."""
    values = room.room_values()
    return {fact.label: fact.format(values[fact.key]) if fact.key in values else "" for fact in MEETING_FACTS}
