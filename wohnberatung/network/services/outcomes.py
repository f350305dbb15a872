"""What came of an introduction, said by either side or the office, and when the office asks how it goes."""

from datetime import date, timedelta

from flask_babel import gettext as _

from wohnberatung.core import clock
from wohnberatung.core.actors import VISITOR, Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError
from wohnberatung.extensions import db
from wohnberatung.network.models.introductions import (
    ACQUAINTED,
    Introduction,
    IntroductionOutcome,
    IntroductionState,
)
from wohnberatung.network.outcomes import FOLLOW_UP_DAYS, REASONS
from wohnberatung.network.services.history import others, take, tell
from wohnberatung.network.services.sides import SideStanding, load_introduction, visible_introductions
from wohnberatung.network.steps import FOLLOW_UP, RECORD

LEADS_TO = {
    IntroductionOutcome.TALKING: IntroductionState.INTRODUCED,
    IntroductionOutcome.NOT_FITTING: IntroductionState.ENDED,
}


def record_outcome(
    standing: SideStanding, outcome: str, *, reason: str | None = None, note: str = "", version: int | None
) -> Introduction:
    """By whichever side, or the office. The note is read by the office alone.

    Raises DomainError at `outcome` for one that does not exist, at `reason` where it does not fit and nobody says why,
    Conflict where somebody was faster or they do not know each other (any more).
    """
    row = load_introduction(standing.introduction.id, standing.actor or VISITOR, locked=True)
    if outcome not in set(IntroductionOutcome):
        raise DomainError(_("Bitte sagen Sie, was daraus geworden ist."), "outcome")
    said = IntroductionOutcome(outcome)
    if said is IntroductionOutcome.NOT_FITTING and reason not in REASONS:
        raise DomainError(_("Bitte wählen Sie, was nicht passt."), "reason")
    check_version(row, version)
    why = reason if said is IntroductionOutcome.NOT_FITTING else None
    target = LEADS_TO.get(said, IntroductionState.SUCCEEDED)
    take(row, RECORD, by=standing.party, side=standing.side, actor=standing.actor, target=target, reason=why, note=note)
    row.outcome, row.outcome_reason = said, why
    row.follow_up_on = (
        None if said is IntroductionOutcome.NOT_FITTING else clock.today() + timedelta(days=FOLLOW_UP_DAYS[0])
    )
    db.session.flush()
    tell(row, others(row, standing.side))
    return row


def next_follow_up(row: Introduction) -> date | None:
    """After the first time once more, a year after they were introduced; then no more."""
    times = sum(event.step == FOLLOW_UP for event in row.events)
    if times >= len(FOLLOW_UP_DAYS) or row.released_at is None:
        return None
    begun = clock.to_berlin(row.released_at).date()
    return max(begun + timedelta(days=FOLLOW_UP_DAYS[times]), clock.today() + timedelta(days=1))


def follow_ups_due(actor: Actor) -> list[Introduction]:
    """Those of which the office asks today how it goes, the longest due first. Forbidden for everybody else."""
    only_office(actor)
    query = visible_introductions(actor).where(
        Introduction.state.in_(ACQUAINTED), Introduction.follow_up_on <= clock.today()
    )
    return list(db.session.scalars(query.order_by(Introduction.follow_up_on, Introduction.id)))


def waiting_for_office(actor: Actor) -> list[Introduction]:
    """Those that somebody asked for, the longest waiting first. Forbidden for everybody else."""
    only_office(actor)
    query = visible_introductions(actor).where(Introduction.state == IntroductionState.ASKED)
    return list(db.session.scalars(query.order_by(Introduction.created_at, Introduction.id)))
