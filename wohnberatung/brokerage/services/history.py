"""Taking a step: the only place where a match changes its state, and where its history is written."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.brokerage.models import BrokeredMatch, MatchEvent, MatchLink
from wohnberatung.brokerage.reasons import REASONS, reasons_for
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.brokerage.states import OPEN, STAGES, MatchState
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.constraints import NOTE, check_length
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import hash_token, new_token
from wohnberatung.core.steps import Party, Step
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.contacts import send_mail

# How long a link in a mail leads somewhere where the state itself has no end.
LINK_KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Given:
    """What goes along with a step: the code of a reason, words, for *later* the day."""

    reason: str | None = None
    note: str = ""
    until: date | None = None


NOTHING = Given()


def locked(match_id: str) -> BrokeredMatch:
    """The match as it is now, with its request and its offer, and nobody else's until the transaction ends.

    Always in this order, so that two people never wait for each other. NotFound where there is none.
    """
    pair = db.session.execute(
        select(BrokeredMatch.request_id, BrokeredMatch.offer_id).where(BrokeredMatch.id == match_id)
    ).one_or_none()
    if pair is None:
        raise NotFound(_("Diesen Vorschlag gibt es nicht."))
    lock_pair(*pair)
    fresh = (
        select(BrokeredMatch)
        .where(BrokeredMatch.id == match_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(fresh).one()


def lock_pair(request_id: str, offer_id: str) -> None:
    """Hold what the limits are counted over."""
    db.session.execute(select(HousingRequest.id).where(HousingRequest.id == request_id).with_for_update())
    db.session.execute(select(Offer.id).where(Offer.id == offer_id).with_for_update())


def take(
    match: BrokeredMatch, key: str, *, by: Party, actor: Actor | None = None, given: Given = NOTHING
) -> BrokeredMatch:
    """Go a step. Raises as `StepTable.check` does, DomainError also at `note` or `until`."""
    before = MatchState(match.state)
    step = STEPS.check(match, key, by=by, why=given.reason)
    _check(step, by, given)
    STEPS.enter(match, step)
    _change(match, step, actor, given)
    record(match, step, by, before, actor=actor, given=given, told=_tell(match, step, before))
    return match


def record(
    match: BrokeredMatch,
    step: Step[BrokeredMatch],
    by: Party,
    before: MatchState | None,
    *,
    actor: Actor | None,
    given: Given,
    told: list[str],
) -> None:
    """Add a line to the history."""
    event = MatchEvent(
        match=match,
        step=step.key,
        state_before=before,
        state_after=step.target,
        happened_at=clock.now(),
        party=by,
        actor_id=actor.user_id if actor else None,
        reason=given.reason,
        told=told,
    )
    db.session.add(event)
    event.plain_note = given.note.strip() or None
    db.session.flush()


def note_of(event: MatchEvent) -> str:
    """What somebody wrote with that step, opened."""
    return event.plain_note or ""


def due_after(step: Step[BrokeredMatch]) -> datetime | None:
    """The end of the last day of the state that the step leads to."""
    return None if step.deadline is None else step.deadline.end()


def _check(step: Step[BrokeredMatch], by: Party, given: Given) -> None:
    codes = {reason.code for reason in reasons_for(by)}
    if step.reason and given.reason not in codes:
        raise DomainError(str(step.reason.missing), step.reason.field)
    if given.reason and REASONS[given.reason].needs_text and not given.note.strip():
        raise DomainError(_("Bitte schreiben Sie dazu, was Sie meinen."), "note")
    check_length(given.note, NOTE, "note")
    if step.target is MatchState.LATER and (given.until is None or given.until <= clock.today()):
        raise DomainError(_("Bitte wählen Sie einen Tag in der Zukunft."), "until")


def _change(match: BrokeredMatch, step: Step[BrokeredMatch], actor: Actor | None, given: Given) -> None:
    if step.stays:
        match.reminded_at = clock.now()
        return
    match.changed_by = actor.user_id if actor else None
    match.due_at = clock.start_of_day(given.until) if given.until else due_after(step)
    # Why it ended is remembered until it is taken up again.
    if given.reason or step.target in OPEN:
        match.reason = given.reason
    if step.target is MatchState.OFFERED:
        match.offered_at, match.reminded_at = clock.now(), None
    db.session.flush()


def _tell(match: BrokeredMatch, step: Step[BrokeredMatch], before: MatchState) -> list[str]:
    """Mail whoever seeks that there is news, if this concerns something they see."""
    seen = STAGES[before].said or step.target is MatchState.OFFERED
    if not step.told or not seen:
        return []
    token = new_token()
    until = match.due_at or clock.now() + LINK_KEPT
    who = send_mail(
        match.request,
        step.told,
        in_dialogue=True,
        receipt_number=match.request.receipt_number,
        match_id=match.id,
        token=token,
        last_day=match.last_day,
    )
    if who is not None:
        db.session.add(MatchLink(token_hash=hash_token(token), match_id=match.id, valid_until=until))
    return [who] if who else []
