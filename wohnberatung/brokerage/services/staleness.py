"""When a match has stalled: the one rule, asked of one match and as a condition of queries.

Its time has been over for a week, somebody was at turn, and nothing has happened. It is worked out whenever it is shown
and kept nowhere: "Ist das noch aktuell?" is a question to people and no state. Who waits behind a reservation cannot do
anything, so nothing of theirs stalls. Source: brokerage concept, derived flags.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.states import BEFORE_RESERVATION, STAGES, MatchState
from wohnberatung.core import clock
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.models import Offer, OfferStatus

STALLED_AFTER = timedelta(days=7)
AT_TURN = tuple(state for state, stage in STAGES.items() if stage.turn in (Party.OFFICE, Party.SEEKER, Party.PROVIDER))


def is_stalled(match: BrokeredMatch) -> bool:
    """Of a match whose offer is loaded."""
    is_over = match.due_at is not None and match.due_at <= _over_before()
    return is_over and MatchState(match.state) in AT_TURN and not match.is_waiting_behind


def stalled_now() -> ColumnElement[bool]:
    """The same for a query over matches."""
    waits_behind = and_(
        BrokeredMatch.state.in_(BEFORE_RESERVATION), BrokeredMatch.offer.has(Offer.status == OfferStatus.RESERVED)
    )
    is_over = BrokeredMatch.due_at <= _over_before()
    return and_(is_over, BrokeredMatch.state.in_(AT_TURN), ~waits_behind)


def _over_before() -> datetime:
    """Counted in whole days in Berlin, as deadlines are, also over a change of the clocks."""
    return clock.start_of_day(clock.today() - STALLED_AFTER)
