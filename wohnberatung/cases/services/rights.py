"""Who may know of a case, and who may open it.

Everybody of the office knows that a case exists, so that a caller can be told whom to ask; except a blocked one,
which exists for the person responsible only. Open it may the person responsible, the stand-in named in the case,
whoever stands in during an absence, and for a while whoever gave a reason (`handover.break_glass`).
"""

from collections.abc import Collection, Iterable
from typing import TypeVar

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, false, or_, select

from wohnberatung.cases.models import Absence, Case, CaseAccess, CaseRequest
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.database import Base
from wohnberatung.core.errors import Forbidden
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest


class NotYours(Forbidden):
    """The case belongs to somebody else; it opens with a reason. `case_id` leads to the page that asks for it."""

    def __init__(self, case_id: str) -> None:
        super().__init__(_("Dieser Fall gehört jemand anderem. Öffnen Sie ihn bitte mit einer Begründung."))
        self.case_id = case_id


def known_to(actor: Actor) -> ColumnElement[bool]:
    """Cases this person may know of."""
    return or_(Case.blocked.is_(False), Case.responsible_id == actor.user_id)


def visible_cases(actor: Actor) -> Select[Case]:
    """Cases this person may know of: where every list of cases for people begins."""
    return select(Case).where(known_to(actor))


CaseRow = TypeVar("CaseRow", bound=Base)


def rows_known_to(model: type[CaseRow], actor: Actor) -> Select[CaseRow]:
    """Rows of a table with a `case_id`, of cases this person may know of: where looking up a single one begins.

    To look for one of a blocked case costs what it costs to look for one that is not there, as the database finds
    neither: time would tell what no page says.
    """
    return select(model).join(Case, Case.id == model.__table__.c.case_id).where(known_to(actor))


def own(actor: Actor) -> ColumnElement[bool]:
    """Cases this person works on: responsible, or standing in."""
    if actor.user_id is None:
        return false()
    standing_in = or_(Case.stand_in_id == actor.user_id, Case.responsible_id.in_(absent_for(actor)))
    return or_(Case.responsible_id == actor.user_id, and_(Case.blocked.is_(False), standing_in))


def absent_for(actor: Actor) -> list[str]:
    """Whom this person stands in for today."""
    today = clock.today()
    during = (Absence.stand_in_id == actor.user_id, Absence.first_day <= today, Absence.last_day >= today)
    return list(db.session.scalars(select(Absence.user_id).where(*during)))


def may_know(case: Case, actor: Actor) -> bool:
    return actor.is_staff and (not case.blocked or case.responsible_id == actor.user_id)


def is_own(case: Case, actor: Actor) -> bool:
    """Whether this person works on the case."""
    return _is_own(case, actor, absent_for(actor))


def may_open(case: Case, actor: Actor) -> bool:
    """Whether the content may be read: one's own, or opened with a reason that still holds."""
    return case.id in openable([case], actor)


def openable(cases: Iterable[Case], actor: Actor) -> set[str]:
    """Ids of those that `may_open` holds for; as many queries for a list as for one."""
    known = [case for case in cases if may_know(case, actor)]
    absent = absent_for(actor) if known else []
    opened = {case.id for case in known if _is_own(case, actor, absent)}
    others = {case.id for case in known} - opened
    return opened | _with_reason(others, actor)


def not_of_hidden_case(actor: Actor) -> ColumnElement[bool]:
    """Requests that no blocked case of somebody else holds."""
    return HousingRequest.id.not_in(hidden_requests(actor))


def hidden_requests(actor: Actor) -> ScalarSelect[str]:
    """Ids of requests of blocked cases that this person may not know of, for `request.id.not_in(…)`."""
    hidden = select(CaseRequest.request_id).join(Case).where(Case.blocked, Case.responsible_id != actor.user_id)
    return hidden.scalar_subquery()


def _is_own(case: Case, actor: Actor, absent: Collection[str]) -> bool:
    if case.responsible_id == actor.user_id:
        return True
    return not case.blocked and (case.stand_in_id == actor.user_id or case.responsible_id in absent)


def _with_reason(case_ids: Collection[str], actor: Actor) -> set[str]:
    if not case_ids:
        return set()
    given = (CaseAccess.case_id.in_(case_ids), CaseAccess.user_id == actor.user_id, CaseAccess.until > clock.now())
    return set(db.session.scalars(select(CaseAccess.case_id).where(*given)))
