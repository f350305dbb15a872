"""What happens to viewings by itself: reminders the day before, the question afterwards, dates that fall through
because the match does."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import ColumnElement, select

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.history import locked
from wohnberatung.brokerage.states import ACQUAINTED, TAKES_PLACE, MatchState
from wohnberatung.core import clock
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import each_in_its_own_transaction
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.viewings.models import DURATION, Viewing, ViewingState
from wohnberatung.viewings.services.sides import viewing_of
from wohnberatung.viewings.services.telling import HOW_WAS_IT, REMINDER, mail_that_it_is_off, tell_both
from wohnberatung.viewings.steps import CALL_OFF, VIEWING_STEPS

REMINDED_BEFORE = timedelta(hours=26)
# Whoever was not asked by then has been asked by the office.
ASKED_WITHIN = timedelta(days=3)
OPEN = (ViewingState.PROPOSED, ViewingState.OTHERS_WANTED, ViewingState.AGREED)


def remind() -> int:
    """Remind both sides of what is agreed on for the next day, once; returns how many mails. Run again, it does nothing
    twice. Raises LeftUndone for those where it failed."""
    now = clock.now()
    soon = (Viewing.starts_at > now) & (Viewing.starts_at <= now + REMINDED_BEFORE)
    due = _stands() & soon & Viewing.reminded_at.is_(None)

    def remind_of(viewing: Viewing) -> int:
        viewing.reminded_at = clock.now()
        return tell_both(viewing, REMINDER)

    return _each(due, remind_of)


def ask_how_it_was() -> int:
    """Ask both sides once it is over, once; returns how many mails. Raises LeftUndone for those where it failed."""
    now = clock.now()
    over = (Viewing.starts_at <= now - DURATION) & (Viewing.starts_at > now - ASKED_WITHIN)
    due = _stands() & over & Viewing.asked_at.is_(None)

    def ask_about(viewing: Viewing) -> int:
        viewing.asked_at = clock.now()
        return tell_both(viewing, HOW_WAS_IT)

    return _each(due, ask_about)


def call_off_ended() -> int:
    """Dates of matches that are over or rest, whatever ended them; returns how many. Raises LeftUndone for those where
    it failed."""

    def end(viewing: Viewing) -> int:
        _call_off(viewing)
        return 1

    return _each(_falls_through(), end)


def end_viewings(request: HousingRequest, _why: str) -> None:
    """The same at once, as the person took something back: listens to consents and to the end of a request."""
    mine = select(Viewing).join(Viewing.match).where(BrokeredMatch.request_id == request.id, _falls_through())
    for viewing in db.session.scalars(mine).all():
        _call_off(viewing)


def _call_off(viewing: Viewing) -> None:
    agreed = viewing.state == ViewingState.AGREED
    VIEWING_STEPS.take(viewing, CALL_OFF, by=Party.SYSTEM)
    db.session.flush()
    if agreed:
        mail_that_it_is_off(viewing)


def _stands() -> ColumnElement[bool]:
    return (Viewing.state == ViewingState.AGREED) & (BrokeredMatch.state == MatchState.VIEWING)


def _falls_through() -> ColumnElement[bool]:
    alive = BrokeredMatch.state.in_((*ACQUAINTED, *TAKES_PLACE))
    to_come = Viewing.starts_at.is_(None) | (Viewing.starts_at > clock.now())
    return Viewing.state.in_(OPEN) & ~alive & to_come


def _each(due: ColumnElement[bool], deed: Callable[[Viewing], int]) -> int:
    """Looked at again once nobody else can change it."""
    found = select(Viewing.match_id).join(Viewing.match).where(due)

    def do(match_id: str) -> int:
        viewing = viewing_of(locked(match_id))
        if viewing is None or db.session.scalar(found.where(Viewing.id == viewing.id)) is None:
            return 0
        return deed(viewing)

    return sum(each_in_its_own_transaction(db.session.scalars(found).all(), do))
