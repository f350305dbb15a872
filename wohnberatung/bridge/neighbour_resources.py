"""The third market as tables, forms and rankings need it: kinds of resources, their columns, both sides of a match."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matching.catalogue import RESOURCES
from matching.criteria import access, bathroom, resource_kinds, resources, rooms
from matching.criteria.resource_kinds import GROUPS, ResourceKind
from matching.facts import Fact
from matching.frame import Frame
from matching.kinds import Criterion, told
from matching.option_kinds import Resembles
from matching.request_index import RequestIndex
from matching.requests import Request, Requirement, SupplyRow
from wohnberatung.bridge.columns import fact_column
from wohnberatung.bridge.meeting_rooms import MeetingFact
from wohnberatung.bridge.needs import StoredRequirement, read_requirements, requirements_of
from wohnberatung.bridge.wording import spoken
from wohnberatung.core.languages import Words

KIND, DISTRICT, FREE = resources.RESOURCE_KIND.key, resources.DISTRICT.key, resources.FREE_TIMES.key
SEATS = resource_kinds.SEATS.key
DESCRIPTION = resources.DESCRIPTION.key
# Asked of every kind by fields of their own.
_ASKED_ALWAYS = {KIND, DISTRICT, FREE, DESCRIPTION}
OWN_FACTS: tuple[Fact, ...] = RESOURCES.facts_of("resource")
# What a guest in a wheelchair needs of a room, as DIN 18040-1 sets it for public buildings.
WHEELCHAIR = (
    Requirement(access.STEP_FREE.key, True),
    Requirement(access.ENTRANCE_DOOR_CLEAR_WIDTH.key, 90, tolerance=10),
    Requirement(rooms.INNER_DOOR_CLEAR_WIDTH.key, 90, tolerance=10),
    Requirement(bathroom.BATHROOM_TURNING_SPACE.key, 150, tolerance=30),
)
NO_STEPS = (Requirement(access.STEP_FREE.key, True),)


class ResourceColumnsMixin:
    """A table with a column for each fact of a resource, NULL where unknown; facts of rooms are MeetingRoomMixin's."""

    resource_facts: ClassVar[tuple[Fact, ...]] = OWN_FACTS

    def __init_subclass__(cls, **kwargs: Any) -> None:
        for position, fact in enumerate(OWN_FACTS, start=60):
            setattr(cls, fact.key, fact_column(fact, position))
        super().__init_subclass__(**kwargs)

    def resource_values(self) -> dict[str, object]:
        """By key, unknown ones left out."""
        values = {fact.key: getattr(self, fact.key) for fact in OWN_FACTS}
        return {key: value for key, value in values.items() if value not in (None, "")}


def resource_kind(key: str) -> ResourceKind | None:
    """The declared kind; None where there is none."""
    return next((kind for kind in resource_kinds.KINDS if kind.key == key), None)


def kind_label(key: str) -> str:
    """In the language being read."""
    kind = resource_kind(key)
    return str(_l(kind.label)) if kind else key


def kinds_by_group() -> list[tuple[str, Words, list[ResourceKind]]]:
    """(key, label, kinds) of each group that has any."""
    grouped = [
        (key, _l(label), [kind for kind in resource_kinds.KINDS if kind.group == key]) for key, label in GROUPS.items()
    ]
    return [group for group in grouped if group[2]]


def kinds_of_group(group: str) -> list[str]:
    return [kind.key for kind in resource_kinds.KINDS if kind.group == group]


def kinds_missed() -> list[ResourceKind]:
    """Those that every neighbourhood should have."""
    return [kind for kind in resource_kinds.KINDS if kind.missed]


def facts_asked(kind: ResourceKind) -> tuple[Fact, ...]:
    """Of an offer of this kind, beside what is asked of every kind."""
    return tuple(fact for fact in RESOURCES.facts if fact in kind.asks)


def criteria_asked(kind: ResourceKind) -> tuple[Criterion, ...]:
    """What somebody who needs this kind may require, beside kind, place and times."""
    return tuple(each for each in RESOURCES.criteria if each.fact in kind.asks and not isinstance(each, Resembles))


def fact_lines(kind: str, values: Mapping[str, object]) -> list[MeetingFact]:
    """What is known of an offer and what is not, in declared order, in the language being read."""
    declared = resource_kind(kind)
    facts = facts_asked(declared) if declared else ()
    return [
        MeetingFact(str(_l(fact.label)), told(fact, values.get(fact.key), spoken()), fact.key in values)
        for fact in facts
    ]


def wanted_lines(requirements: Iterable[StoredRequirement]) -> list[MeetingFact]:
    """What a need requires beside its kind, place and times, in the language being read."""
    lines = []
    for asked in requirements:
        if asked["key"] in _ASKED_ALWAYS:
            continue
        criterion = RESOURCES.criterion(asked["key"])
        wanted = criterion.wanted_words(asked["wanted"], spoken())
        said = wanted if asked["importance"] == "must" else _("%(wanted)s, das wäre schön", wanted=wanted)
        lines.append(MeetingFact(str(_l(criterion.label)), said, True))
    return lines


def read_wanted(raw: object) -> list[StoredRequirement]:
    """What somebody needs, checked; DomainError names the key of the first fault."""
    return read_requirements(raw, RESOURCES.criterion, "requirements")


def wanted_of_place(kind: str, district: str | None, times: Sequence[str] | None) -> list[StoredRequirement]:
    """What every need requires: the kind is a must, the rest says what is nearer by."""
    wanted: list[StoredRequirement] = [_stored(KIND, [kind], "must", 1)]
    if district:
        wanted.append(_stored(DISTRICT, [district], "wish", 3))
    if times:
        wanted.append(_stored(FREE, list(times), "wish", 2))
    return wanted


def free_on(times: Iterable[str]) -> Requirement:
    """That it is free at one of these times."""
    return Requirement(FREE, list(times))


def of_kinds(kinds: Iterable[str]) -> Requirement:
    return Requirement(KIND, list(kinds))


def seats_at_least(count: int) -> Requirement:
    return Requirement(SEATS, count)


def resource_frame(rows: Iterable[tuple[str, Mapping[str, object], str]]) -> Frame:
    """(id, facts, text) of each offer as the engine takes them. There are hundreds: made anew for each ranking."""
    return Frame(RESOURCES, [SupplyRow(id=key, facts=facts, text=text) for key, facts, text in rows])


def resource_request(request_id: str, wanted: Iterable[StoredRequirement], text: str = "") -> Request:
    """A need as the engine takes it."""
    return Request(request_id, requirements_of(wanted), {}, text)


def searched(requirements: Iterable[Requirement]) -> Request:
    """What somebody looks for in a list."""
    return Request("search", tuple(requirements))


def resource_index(requests: Iterable[Request]) -> RequestIndex:
    """All needs, for the other direction."""
    return RequestIndex(RESOURCES, requests)


def _stored(key: str, wanted: object, importance: Any, weight: float) -> StoredRequirement:
    return {"key": key, "wanted": wanted, "importance": importance, "weight": weight, "tolerance": 0}
