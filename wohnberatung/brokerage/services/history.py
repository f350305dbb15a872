"""Taking a step: the only place where a match changes its state, and where its history is written."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.bridge.needs import StoredRequirement
from wohnberatung.brokerage.days import DAYS
from wohnberatung.brokerage.models import BrokeredMatch, MatchEvent, MatchLink
from wohnberatung.brokerage.reasons import REASONS, reasons_of_step
from wohnberatung.brokerage.services.acting import act, check_along, reason_acting, state_after
from wohnberatung.brokerage.services.effects import note_change
from wohnberatung.brokerage.services.funding_order import check_day_of_order
from wohnberatung.brokerage.services.letting import NEWS
from wohnberatung.brokerage.services.places import follow
from wohnberatung.brokerage.services.same_project import ENDS_ALONG, ending_along
from wohnberatung.brokerage.services.several_places import next_place
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.brokerage.states import ACQUAINTED, STAGES, TAKES_PLACE, WITH_BOTH, MatchState
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.constraints import NOTE, check_length
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import hash_token, new_token
from wohnberatung.core.manifests import areas
from wohnberatung.core.steps import Party, Step
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.contacts import send_mail
from wohnberatung.seekers.services.post import POST

# How long a link in a mail leads somewhere where the state itself has no end, and at least once both sides know each
# other.
LINK_KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Given:
    """What goes along with a step: the code of a reason, words, the day.

    And what its reason sets going: `facts` of the home by key, `measured` or only said; what the request asks of the
    criteria `asked_about` (keys) instead of what it asked in `request_version`.
    """

    reason: str | None = None
    note: str = ""
    until: date | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    measured: bool = True
    requirements: Sequence[StoredRequirement] | None = None
    asked_about: Collection[str] = ()
    request_version: int | None = None


NOTHING = Given()


@dataclass(frozen=True)
class StepTaken:
    """What other areas hear of a step that was just gone: where the match was before, and who has taken it."""

    match: BrokeredMatch
    step: Step[BrokeredMatch]
    before: MatchState
    by: Party
    actor: Actor | None
    given: Given


# Does what belongs to the step, and says whom it has told.
StepListener = Callable[[StepTaken], list[str]]


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
    before, held_place = MatchState(match.state), match.holds_place
    step = STEPS.check(match, key, by=by, why=given.reason)
    _check(match, step, by, given)
    acting = reason_acting(match, step, given)
    check_along(match, step, acting, given)
    STEPS.enter(match, step, returns_to(match, step) or state_after(step, acting))
    note_change(match, step, before, given)
    if match.holds_place and not held_place:
        match.place = next_place(match) or match.place
    match.changed_by = actor.user_id if actor else None
    db.session.flush()
    follow(match, held_place, actor)
    taken = StepTaken(match, step, before, by, actor, given)
    also = [who for area in areas() for hear in area.on_match_step for who in hear(taken)]
    record(match, step, by, before, actor=actor, given=given, told=[*_tell(match, step, before), *also])
    along = ending_along(match, acting)
    act(match, acting, given, actor)
    for other in along:
        take(locked(other.id), ENDS_ALONG, by=Party.SYSTEM, actor=actor, given=Given(match.reason))
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
        state_after=match.state,
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


def _check(match: BrokeredMatch, step: Step[BrokeredMatch], by: Party, given: Given) -> None:
    codes = {reason.code for reason in reasons_of_step(step.key, by)}
    if step.reason and given.reason not in codes:
        raise DomainError(str(step.reason.missing), step.reason.field)
    if given.reason and REASONS[given.reason].needs_text and not given.note.strip():
        raise DomainError(_("Bitte schreiben Sie dazu, was Sie meinen."), "note")
    check_length(given.note, NOTE, "note")
    if step.key in DAYS:
        DAYS[step.key].check(given.until, match)
    if step.key == "order":
        check_day_of_order(match, given.until)


def returns_to(match: BrokeredMatch, step: Step[BrokeredMatch]) -> MatchState | None:
    """Where a step leads that returns; None for all others. What needs sharing is not gone back to without it, nor is
    what needs name and contact."""
    if not step.returns:
        return None
    known = match.events[-1].state_before if step.key == "undo" else match.state_before
    back = MatchState(known) if known else MatchState.INTERESTED
    if back in (*WITH_BOTH, *TAKES_PLACE) and match.shared_at is None:
        return MatchState.INTERESTED
    return MatchState.MUTUAL_INTEREST if back in ACQUAINTED and match.released_at is None else back


def _tell(match: BrokeredMatch, step: Step[BrokeredMatch], before: MatchState) -> list[str]:
    """Mail or write to whoever seeks that there is news, if this concerns something they see."""
    seen = STAGES[before].said or step.target is MatchState.OFFERED
    if not step.told or not seen:
        return []
    # What rests has not ended.
    who = mail_with_link(match, NEWS if match.state is MatchState.LATER else step.told)
    return [who] if who else []


def tell_news(match: BrokeredMatch) -> str | None:
    """A mail that there is something to read about this match, with a link; who it goes to."""
    return mail_with_link(match, NEWS)


def link_ends(match: BrokeredMatch) -> datetime:
    """Until when a link that is mailed now opens the match: as long as it may stay as it is. Once both sides know each
    other they need it longer than the office has time for its next step."""
    if match.due_at is not None and match.released_at is None:
        return match.due_at
    kept = clock.start_of_day(clock.today() + LINK_KEPT + timedelta(days=1))
    return max(match.due_at or kept, kept)


def mail_with_link(match: BrokeredMatch, template: str, **values: object) -> str | None:
    """Mail the one who seeks, or their helper, a link to this one match; returns who gets it, None where nobody reads
    our mails."""
    token = new_token()
    who = send_mail(
        match.request,
        template,
        in_dialogue=True,
        receipt_number=match.request.receipt_number,
        match_id=match.id,
        token=token,
        last_day=match.last_day,
        **values,
    )
    if who not in (None, POST):
        link = MatchLink(token_hash=hash_token(token), match_id=match.id, valid_until=link_ends(match))
        db.session.add(link)
    return who
