"""What happens to matches by itself: reminders, deadlines, homes that are gone, consents taken back."""

from sqlalchemy import ColumnElement, select

from wohnberatung.brokerage.models import Match
from wohnberatung.brokerage.services.history import Given, locked, take
from wohnberatung.brokerage.states import OPEN, MatchState
from wohnberatung.brokerage.steps import REMINDED_BEFORE, STEPS
from wohnberatung.core import clock
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest

GONE = (OfferStatus.LET, OfferStatus.WITHDRAWN)


def keep_deadlines() -> dict[str, int]:
    """Take every step that is due now; step → how many. Run again, it does nothing twice."""
    now = clock.now()
    due, offered = Match.due_at <= now, Match.state == MatchState.OFFERED
    return {
        "preempt": _take_all("preempt", Match.state.in_(OPEN) & Offer.status.in_(GONE), "place_gone"),
        "expire": _take_all("expire", offered & due, "no_answer"),
        "wake": _take_all("wake", (Match.state == MatchState.LATER) & due, "asked_later"),
        "remind": _take_all("remind", offered & (Match.due_at <= now + REMINDED_BEFORE) & Match.reminded_at.is_(None)),
    }


def end_matches(request: HousingRequest, reason: str) -> None:
    """The person took back the consent to matching or the whole request: that reaches what is on its way."""
    for match_id in db.session.scalars(select(Match.id).where(Match.request_id == request.id)).all():
        match = locked(match_id)
        if match.state in STEPS["end"].sources:
            take(match, "end", given=Given(reason))


def _take_all(key: str, condition: ColumnElement[bool], reason: str | None = None) -> int:
    concerned = select(Match.id).join(Offer, Match.offer_id == Offer.id).where(condition)
    taken = 0
    for match_id in db.session.scalars(concerned).all():
        match = locked(match_id)
        # Looked at again now that nobody else can change it.
        if db.session.scalar(concerned.where(Match.id == match_id)):
            take(match, key, given=Given(reason))
            taken += 1
    return taken
