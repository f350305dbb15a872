"""Closing a case: what came of it, and what becomes of everything in it that is still open.

Each area declares in its ``AREA`` what of its own may be open in a case; nothing of it is forgotten by closing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.cases.models import Case
from wohnberatung.cases.services.cases import take_case_step
from wohnberatung.cases.services.code_tables import check_code
from wohnberatung.cases.services.follow_ups import finish_follow_up, follow_ups_of
from wohnberatung.cases.steps import CLOSE
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError
from wohnberatung.core.languages import Words
from wohnberatung.core.manifests import Declared, areas
from wohnberatung.core.steps import Step
from wohnberatung.extensions import db

END, KEEP = "beenden", "behalten"


@dataclass(frozen=True)
class OpenThing:
    """One thing that is still open, and the page where it is dealt with."""

    title: str
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class OpenInCase(Declared):
    """One kind of things as an area declares it: `find` gives those of a case that the acting person may know of, `end`
    ends all of these; `ended` and `kept` say what the two answers mean."""

    key: str
    label: Words
    ended: Words
    kept: Words
    find: Callable[[Case, Actor], Sequence[OpenThing]]
    end: Callable[[Case, Actor], None]

    @property
    def field(self) -> str:
        """Its name in a form."""
        return f"open_{self.key}"


Found = list[tuple[OpenInCase, Sequence[OpenThing]]]


def open_in(case: Case, actor: Actor) -> Found:
    """Everything in the case that is not over, by kind; kinds of which there is nothing are left out."""
    kinds = [kind for area in areas() for kind in area.open_in_case]
    found = [(kind, kind.find(case, actor)) for kind in kinds]
    return [(kind, things) for kind, things in found if things]


def close_case(
    case: Case,
    *,
    outcome: str | None,
    answers: Mapping[str, str],
    version: int | None,
    actor: Actor,
    note: str = "",
) -> Step[Case]:
    """Close it with what came of it; `answers` say END or KEEP of each kind of which something is open, by its field.

    Raises DomainError at `outcome` or at the field of a kind where nothing was answered, Conflict where the case was
    changed meanwhile, and whatever ending a thing raises.
    """
    came_of_it = check_code("result", outcome, "outcome")
    if came_of_it is None:
        raise DomainError(_("Bitte wählen Sie, was aus dem Fall geworden ist."), "outcome")
    found = open_in(case, actor)
    for kind, _things in found:
        if answers.get(kind.field) not in (END, KEEP):
            raise DomainError(_("Bitte wählen Sie, was damit geschieht."), kind.field)
    step = take_case_step(case, CLOSE, version=version, actor=actor, note=note)
    case.outcome = came_of_it
    for kind, _things in found:
        if answers[kind.field] == END:
            kind.end(case, actor)
    db.session.flush()
    return step


def _open_follow_ups(case: Case, _actor: Actor) -> list[OpenThing]:
    return [
        OpenThing(
            _("%(day)s: %(text)s", day=f"{row.due_on:%d.%m.%Y}", text=text),
            "cases.edit_follow_up",
            {"follow_up_id": row.id},
        )
        for row, text in follow_ups_of(case)
    ]


def _finish_all(case: Case, actor: Actor) -> None:
    for row, _text in follow_ups_of(case):
        finish_follow_up(row, actor, again=False)


OPEN_FOLLOW_UPS = OpenInCase(
    key="follow_ups",
    label=_l("Offene Wiedervorlagen"),
    ended=_l("Alle sind erledigt"),
    kept=_l("Sie bleiben am Fall stehen, kommen aber erst wieder, wenn er geöffnet wird"),
    find=_open_follow_ups,
    end=_finish_all,
)
