"""What became of proposals within a year: how far households came, why it ended, how long each part took."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select

from wohnberatung.brokerage.models import BrokeredMatch, MatchEvent
from wohnberatung.brokerage.reasons import REASONS
from wohnberatung.brokerage.states import MatchState
from wohnberatung.core import clock
from wohnberatung.core.actors import VISITOR
from wohnberatung.extensions import db
from wohnberatung.planning.services.advising import year_before
from wohnberatung.planning.services.categories import DAYS, DECLINED_FOR, OUTCOMES
from wohnberatung.planning.services.counting import Coordinates, CountedRecord
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.requests import shown_to

S = MatchState
# From the first of these states to the first of those that comes after it.
SPANS: dict[str, tuple[tuple[MatchState, ...], tuple[MatchState, ...]]] = {
    "answer": ((S.OFFERED,), (S.INTERESTED, S.DECLINED)),
    "provider": ((S.PRESENTED,), (S.MUTUAL_INTEREST, S.CONTACT_RELEASED, S.REFUSED)),
    "viewing": ((S.CONTACT_RELEASED,), (S.VIEWING,)),
    "contract": ((S.RESERVED,), (S.CONTRACT,)),
    "whole": ((S.OFFERED,), (S.MOVED_IN,)),
}


class PastStep(NamedTuple):
    """One step of a match."""

    state: str
    reason: str | None
    at: datetime


def brokered(day: date) -> list[CountedRecord]:
    """One record for each household with a step in the year until that day, over all that was proposed to it; blocked
    people are not among them."""
    first, end = (clock.start_of_day(each) for each in year_before(day))
    columns = (BrokeredMatch.request_id, MatchEvent.match_id, MatchEvent.state_after, MatchEvent.reason)
    query = select(*columns, MatchEvent.happened_at).join(BrokeredMatch, MatchEvent.match_id == BrokeredMatch.id)
    query = query.join(HousingRequest, BrokeredMatch.request_id == HousingRequest.id).where(shown_to(VISITOR))
    query = query.where(MatchEvent.happened_at < end).order_by(MatchEvent.id)
    ways: dict[str, dict[str, list[PastStep]]] = defaultdict(lambda: defaultdict(list))
    for request_id, match_id, state, reason, at in db.session.execute(query):
        ways[request_id][match_id].append(PastStep(state, reason, at))
    found = (_record(request_id, list(matches.values()), first) for request_id, matches in ways.items())
    return [record for record in found if record.values["outcome"] or record.values["declined_for"]]


def _record(request_id: str, matches: Sequence[Sequence[PastStep]], first: datetime) -> CountedRecord:
    lately = [step for steps in matches for step in steps if step.at >= first]
    groups = {REASONS[step.reason].group for step in lately if step.reason in REASONS}
    spans = {span for steps in matches for span in _spans(steps, first)}
    return CountedRecord(
        request_id,
        values={
            "outcome": tuple(sorted({step.state for step in lately} & OUTCOMES.keys())),
            "declined_for": tuple(sorted(groups & DECLINED_FOR.keys())),
        },
        pairs={"dauer": tuple(sorted(spans))},
    )


def _spans(steps: Sequence[PastStep], first: datetime) -> set[Coordinates]:
    """(span, class of days) of all that ended within the year."""
    found: set[Coordinates] = set()
    for key, (begins, ends) in SPANS.items():
        begun = next((step.at for step in steps if step.state in begins), None)
        if begun is None:
            continue
        ended = next((step.at for step in steps if step.state in ends and step.at >= begun), None)
        if ended is not None and ended >= first:
            found.add((key, class_of_days((ended - begun).days)))
    return found


def class_of_days(days: int) -> str:
    """The class of a duration: no mean is told of few, and none can be worked out."""
    return next((name for name in DAYS if name != "more" and days <= int(name)), "more")
