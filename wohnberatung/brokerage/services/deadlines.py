"""What happens to matches by itself: reminders, deadlines, homes that are gone, consents taken back."""

from collections import Counter

from sqlalchemy import Select, select

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.history import Given, locked, take
from wohnberatung.brokerage.services.steps import REMINDED_BEFORE, STEPS
from wohnberatung.brokerage.states import OPEN, MatchState
from wohnberatung.core import clock
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import each_in_its_own_transaction
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest

GONE = (OfferStatus.LET, OfferStatus.WITHDRAWN)


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
    now = clock.now()
    due, offered = BrokeredMatch.due_at <= now, BrokeredMatch.state == MatchState.OFFERED
    remind = (
        offered
        & (BrokeredMatch.due_at <= now + REMINDED_BEFORE)
        & (BrokeredMatch.due_at > now)
        & BrokeredMatch.reminded_at.is_(None)
    )
    concerned = select(BrokeredMatch.id).join(Offer, BrokeredMatch.offer_id == Offer.id)
    return {
        "preempt": (concerned.where(BrokeredMatch.state.in_(OPEN) & Offer.status.in_(GONE)), "place_gone"),
        "expire": (concerned.where(offered & due), "no_answer"),
        "wake": (concerned.where((BrokeredMatch.state == MatchState.LATER) & due), "asked_later"),
        "remind": (concerned.where(remind), None),
    }


def end_matches(request: HousingRequest, reason: str) -> None:
    """The person took back the consent to matching or the whole request: that reaches what is on its way."""
    for match_id in db.session.scalars(select(BrokeredMatch.id).where(BrokeredMatch.request_id == request.id)).all():
        match = locked(match_id)
        if match.state in STEPS["end"].sources:
            take(match, "end", by=Party.SYSTEM, given=Given(reason))
