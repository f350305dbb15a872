"""Work goes from one advisor to another: stand-ins, transfers, blocking, and opening a case that is not one's own."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from wohnberatung.accounts.models import User, UserRole
from wohnberatung.cases.models import Absence, Case, CaseAccess, CaseEvent, CaseState
from wohnberatung.cases.services.content import record_event
from wohnberatung.cases.services.rights import may_open, own, rows_known_to
from wohnberatung.cases.services.timeline import names_of
from wohnberatung.cases.steps import BLOCK, BLOCK_STEPS, UNBLOCK
from wohnberatung.core import clock
from wohnberatung.core.actors import ADMIN, ADVISOR, Actor, only_administration, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, Forbidden, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party, Step
from wohnberatung.extensions import db
from wohnberatung.privacy import audit
from wohnberatung.privacy.services import tell_officer

# For so long a reason opens a case of others; whoever needs it longer becomes its stand-in.
REASON_HOLDS = timedelta(hours=12)


def advisors() -> list[User]:
    """Who can be responsible for cases, by name."""
    active = select(User).join(UserRole).where(UserRole.role == ADVISOR, User.disabled_at.is_(None))
    return list(db.session.scalars(active.order_by(User.name, User.id)))


def break_glass(case: Case, reason: str, actor: Actor) -> None:
    """Open a case of others for some hours. The person responsible is told, and it stays in the case's history."""
    only_office(actor)
    if may_open(case, actor):
        return
    access = CaseAccess(id=new_id(), case=case, user_id=actor.user_id, until=clock.now() + REASON_HOLDS)
    access.plain_reason = reason
    db.session.add(access)
    record_event(case, "opened_by_other", actor, note=reason)
    entry = audit.record("break_glass", f"cases|{case.id}", actor)
    tell_officer(entry, actor, _l("Ein Fall von anderen wurde mit Begründung geöffnet"))
    db.session.flush()


def unnoticed_accesses(actor: Actor) -> list[tuple[CaseAccess, str]]:
    """Who opened cases this person is responsible for, with the reason, the oldest first."""
    query = select(CaseAccess).join(Case).where(Case.responsible_id == actor.user_id, CaseAccess.noticed_at.is_(None))
    loaded = query.options(joinedload(CaseAccess.case), joinedload(CaseAccess.user))
    rows = db.session.scalars(loaded.order_by(CaseAccess.granted_at))
    return [(row, row.plain_reason) for row in rows]


def take_notice(access_id: str, actor: Actor) -> None:
    """The person responsible has read who opened the case and why. Raises NotFound for everybody else."""
    mine = rows_known_to(CaseAccess, actor).where(Case.responsible_id == actor.user_id)
    access = db.session.scalar(mine.where(CaseAccess.id == access_id))
    if access is None:
        raise NotFound(_("Dazu gibt es nichts zur Kenntnis zu nehmen."))
    if access.noticed_at is None:
        access.noticed_at = clock.now()
        record_event(access.case, "noticed", actor)
    db.session.flush()


@dataclass(frozen=True)
class HandedOver:
    """A case that somebody gave to the acting person: who, when, and what they wrote to it."""

    case: Case
    given_at: datetime
    by: str
    note: str


def handed_over(actor: Actor) -> list[HandedOver]:
    """Open cases this person was made responsible for, or stand-in of, and has not touched since; the oldest first."""
    later = aliased(CaseEvent)
    touched = (later.case_id == CaseEvent.case_id) & (later.actor_id == actor.user_id) & (later.id > CaseEvent.id)
    given = (
        (CaseEvent.other_id == actor.user_id)
        & CaseEvent.action.in_(("transferred", "stand_in"))
        & CaseEvent.actor_id.is_distinct_from(actor.user_id)
        & ~select(later.id).where(touched).exists()
    )
    query = select(CaseEvent).join(Case).where(given, own(actor), Case.state == CaseState.OPEN)
    events = db.session.scalars(query.options(joinedload(CaseEvent.case)).order_by(CaseEvent.id)).all()
    names = names_of(row.actor_id for row in events)
    latest = {row.case_id: row for row in events}
    return [
        HandedOver(row.case, row.happened_at, names.get(row.actor_id or "", ""), row.plain_note or "")
        for row in latest.values()
    ]


def take_over(case: Case, actor: Actor) -> None:
    """Whom it was given to has read that it is theirs now; a second time changes nothing."""
    if any(each.case.id == case.id for each in handed_over(actor)):
        record_event(case, "taken_over", actor)
        db.session.flush()


def transfer_case(case: Case, to_id: str, *, version: int | None, actor: Actor, note: str = "") -> None:
    """Another advisor becomes responsible; only who works on the case, or an administrator, gives it away.

    Raises DomainError at `to` where that is who has it, or nobody who advises; Conflict where the case was changed
    meanwhile.
    """
    check_version(case, version)
    target = _advisor(to_id, "to")
    if target.id == case.responsible_id:
        raise DomainError(_("Diese Person ist schon zuständig."), "to")
    _hand_to(case, target, actor, note)


def transfer_all(from_id: str, to_id: str, *, actor: Actor, note: str = "") -> int:
    """All open cases of an advisor who leaves, blocked ones as well; for administrators. Returns how many.

    Raises DomainError at `to` for the same person or nobody who advises, Forbidden for who does not administrate.
    """
    only_administration(actor)
    target = _advisor(to_id, "to")
    if from_id == to_id:
        raise DomainError(_("Bitte wählen Sie zwei verschiedene Personen."), "to")
    open_ones = select(Case).where(Case.responsible_id == from_id, Case.state == CaseState.OPEN)
    cases = db.session.scalars(open_ones).all()
    for case in cases:
        _hand_to(case, target, actor, note)
    return len(cases)


def set_stand_in(case: Case, stand_in_id: str | None, *, version: int | None, actor: Actor) -> None:
    """Who may work on this one case besides the person responsible; None for nobody.

    Raises DomainError at `stand_in` for the person responsible or nobody who advises, Conflict where the case was
    changed meanwhile.
    """
    check_version(case, version)
    if stand_in_id == case.responsible_id:
        raise DomainError(_("Diese Person ist selbst zuständig."), "stand_in")
    case.stand_in_id = _advisor(stand_in_id, "stand_in").id if stand_in_id else None
    record_event(case, "stand_in", actor, other_id=case.stand_in_id)
    db.session.flush()


def block_step(case: Case) -> Step[Case]:
    """What the button of the person responsible does: block what all may know of, end that for what is blocked."""
    return BLOCK_STEPS.offered(case, Party.OFFICE)[0]


def set_blocked(case: Case, blocked: bool, *, version: int | None, actor: Actor) -> Step[Case]:
    """Hide even the existence of the case from everybody else, or end that; only the person responsible may. The same
    again changes nothing.

    Raises Forbidden for all others, Conflict where the case was changed meanwhile.
    """
    if case.responsible_id != actor.user_id:
        raise Forbidden(_("Nur die zuständige Person kann einen Fall sperren."))
    check_version(case, version)
    key = BLOCK if blocked else UNBLOCK
    if not BLOCK_STEPS.is_done(case, key, Party.OFFICE):
        BLOCK_STEPS.take(case, key, by=Party.OFFICE)
        record_event(case, "blocked" if blocked else "unblocked", actor)
    db.session.flush()
    return BLOCK_STEPS[key]


def plan_absence(*, user_id: str, stand_in_id: str, first_day: date, last_day: date, actor: Actor) -> Absence:
    """A holiday with somebody who stands in; for oneself, or by an administrator for anybody.

    Raises DomainError at the field for days in the wrong order, oneself, or nobody who advises; Forbidden for all
    others.
    """
    _own_or_admin(user_id, actor)
    if last_day < first_day:
        raise DomainError(_("Der letzte Tag liegt vor dem ersten."), "last_day")
    if user_id == stand_in_id:
        raise DomainError(_("Bitte wählen Sie jemand anderen als Vertretung."), "stand_in")
    absence = Absence(user_id=user_id, stand_in_id=_advisor(stand_in_id, "stand_in").id)
    absence.first_day, absence.last_day = first_day, last_day
    db.session.add(absence)
    db.session.flush()
    return absence


def end_absence(absence_id: str, actor: Actor) -> None:
    """Take a planned absence back; one that is over stays as it was.

    Raises NotFound for such a one, Forbidden for who may not plan it.
    """
    absence = db.session.get(Absence, absence_id)
    if absence is None or absence.last_day < clock.today():
        raise NotFound(_("Diese Vertretung gibt es nicht (mehr)."))
    _own_or_admin(absence.user_id, actor)
    db.session.delete(absence)
    db.session.flush()


def absences(actor: Actor) -> list[Absence]:
    """Those that are not over, the next first; the whole office may know them."""
    only_office(actor)
    query = select(Absence).options(joinedload(Absence.user), joinedload(Absence.stand_in))
    return list(db.session.scalars(query.where(Absence.last_day >= clock.today()).order_by(Absence.first_day)))


def _hand_to(case: Case, target: User, actor: Actor, note: str) -> None:
    case.responsible_id = target.id
    if case.stand_in_id == target.id:
        case.stand_in_id = None
    record_event(case, "transferred", actor, note=note, other_id=target.id)
    audit.record("transfer", f"cases|{case.id}", actor)
    db.session.flush()


def _advisor(user_id: str, field: str) -> User:
    found = next((user for user in advisors() if user.id == user_id), None)
    if found is None:
        raise DomainError(_("Bitte wählen Sie eine Person aus der Beratung."), field)
    return found


def _own_or_admin(user_id: str, actor: Actor) -> None:
    if user_id != actor.user_id and not actor.has_role(ADMIN):
        raise Forbidden(_("Das kann nur die Person selbst oder die Verwaltung."))
