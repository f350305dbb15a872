"""What happens to matches by itself: reminders, deadlines, homes that are gone, consents taken back."""

from collections import Counter

from sqlalchemy import Select, select

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.history import Given, locked, take
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.brokerage.states import (
    ASIDE,
    BEFORE_RESERVATION,
    IN_PLAY,
    REMINDED_BEFORE,
    TAKES_PLACE,
    UNDER_CONTRACT,
    MatchState,
)
from wohnberatung.core import clock
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import each_in_its_own_transaction
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest, Purpose
from wohnberatung.seekers.services.post import waits_to_be_posted

GONE = (OfferStatus.LET, OfferStatus.WITHDRAWN)
# By the purpose of a consent: the step when it goes, and the moment of the single yes that goes with it.
_TAKEN_BACK = {Purpose.SHARING: ("unshare", "shared_at"), Purpose.RELEASE: ("unrelease", "released_at")}


def keep_deadlines() -> dict[str, int]:
    """Take every step that is due now, each for itself; step → how many. Run again, it does nothing twice.

    Raises LeftUndone for those that failed.
    """
    due = _due_steps()
    matches = [(key, match_id) for key, concerned in due.items() for match_id in db.session.scalars(concerned[0])]

    def take_due(item: tuple[str, str]) -> str | None:
        key, match_id = item
        concerned, reason = due[key]
        match = locked(match_id)
        # Looked at again now that nobody else can change it.
        if db.session.scalar(concerned.where(BrokeredMatch.id == match_id)) is None:
            return None
        take(match, key, by=Party.SYSTEM, given=Given(reason))
        return key

    taken = Counter(each_in_its_own_transaction(matches, take_due))
    return {key: taken[key] for key in due}


def _due_steps() -> dict[str, tuple[Select[str], str | None]]:
    """Step → the matches it is due for, and the reason that is noted."""
    now, state = clock.now(), BrokeredMatch.state
    due = BrokeredMatch.due_at <= now
    reserved = Offer.status == OfferStatus.RESERVED
    # Who waits behind somebody else cannot answer, and who is told by a letter that still lies here knows of nothing:
    # their time does not run out.
    offered = (state == MatchState.OFFERED) & ~reserved & ~waits_to_be_posted(BrokeredMatch.id)
    remind = (
        offered
        & (BrokeredMatch.due_at <= now + REMINDED_BEFORE)
        & (BrokeredMatch.due_at > now)
        & BrokeredMatch.reminded_at.is_(None)
    )
    resting = (state == MatchState.ON_HOLD) & BrokeredMatch.state_before.in_(BEFORE_RESERVATION)
    lost = state.in_(BEFORE_RESERVATION) | resting
    told = BrokeredMatch.waits_since.is_not(None)
    concerned = select(BrokeredMatch.id).join(Offer, BrokeredMatch.offer_id == Offer.id)
    return {
        "preempt": (concerned.where(lost & Offer.status.in_(GONE)), "place_gone"),
        "expire": (concerned.where(offered & due), "no_answer"),
        "wake": (concerned.where((state == MatchState.LATER) & due), "asked_later"),
        "unanswered": (concerned.where((state == MatchState.PRESENTED) & due & ~reserved), "no_answer"),
        "resume": (concerned.where((state == MatchState.ON_HOLD) & due), "asked_later"),
        "wait": (concerned.where(state.in_(IN_PLAY) & reserved & ~told), None),
        "free_again": (concerned.where(state.in_(IN_PLAY) & (Offer.status == OfferStatus.PUBLISHED) & told), None),
        "remind": (concerned.where(remind), None),
    }


def end_matches(request: HousingRequest, reason: str) -> None:
    """The person took back the consent to matching or the whole request: that reaches what is on its way."""
    for match_id in db.session.scalars(select(BrokeredMatch.id).where(BrokeredMatch.request_id == request.id)).all():
        match = locked(match_id)
        if match.state in STEPS["end"].sources and match.state_before not in UNDER_CONTRACT:
            take(match, "end", by=Party.SYSTEM, given=Given(reason))


def stop_sharing(request: HousingRequest, purpose: str) -> None:
    """The person took back the consent to sharing, or to giving name and contact: what no provider has promised yet
    goes back to before that."""
    if purpose not in _TAKEN_BACK:
        return
    step, column = _TAKEN_BACK[Purpose(purpose)]
    given = select(BrokeredMatch.id).where(
        BrokeredMatch.request_id == request.id, getattr(BrokeredMatch, column).is_not(None)
    )
    for match_id in db.session.scalars(given).all():
        match = locked(match_id)
        if match.state in STEPS[step].sources:
            take(match, step, by=Party.SYSTEM, given=Given("consent_withdrawn"))
        elif match.state in ASIDE and match.state_before not in TAKES_PLACE:
            take(match, "recall", by=Party.SYSTEM, given=Given("consent_withdrawn"))
            setattr(match, column, None)
        elif match.state not in TAKES_PLACE:
            setattr(match, column, None)
    db.session.flush()
