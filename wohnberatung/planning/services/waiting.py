"""How long households wait for their first proposal, and what becomes of it, by group: counted once a month."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from wohnberatung.bridge.needs import engine_request
from wohnberatung.brokerage.models import BrokeredMatch, MatchEvent
from wohnberatung.brokerage.states import MatchState
from wohnberatung.core import clock
from wohnberatung.core.actors import VISITOR
from wohnberatung.extensions import db
from wohnberatung.planning.cubes import ALL
from wohnberatung.planning.models import WaitingGroup
from wohnberatung.planning.services.categories import NONE
from wohnberatung.planning.services.seeking import living_forms_of, quarters_of
from wohnberatung.seekers.models import OPEN_STATES, HousingRequest
from wohnberatung.seekers.services.consents import may_be_matched
from wohnberatung.seekers.services.requests import needs_of, shown_to

BEGAN_WITHIN = timedelta(days=730)
WEEK = timedelta(days=7)
OUTCOMES = {"moved_in": MatchState.MOVED_IN, "refused": MatchState.REFUSED}

WaitingGroups = dict[str, dict[str, WaitingGroup]]
"""By dimension and value; a household with several values counts in each. ``*`` of ``*`` are all."""


@dataclass(frozen=True)
class Wait:
    """One household: its values by dimension, whole weeks until its first proposal or until today, whether there was
    one, how many there were, and which of OUTCOMES it came to."""

    values: Mapping[str, tuple[str, ...]]
    weeks: int
    proposed: bool
    proposals: int = 0
    outcomes: frozenset[str] = frozenset()


def waits(day: date) -> list[Wait]:
    """Of all who began to seek in the two years until that day and agreed to matching; blocked people and those of
    blocked cases are not among them. Who has stopped seeking without a proposal has waited until then."""
    end = clock.start_of_day(day + timedelta(days=1))
    rows = select(HousingRequest).where(
        shown_to(VISITOR),
        HousingRequest.held_for.is_(None),
        HousingRequest.created_at >= end - BEGAN_WITHIN,
        HousingRequest.created_at < end,
    )
    steps = _steps(end)
    loaded = db.session.scalars(rows.options(selectinload(HousingRequest.consents)).order_by(HousingRequest.id))
    return [found for row in loaded if (found := _wait(row, steps.get(row.id, []), end)) is not None]


def _steps(end: datetime) -> dict[str, list[tuple[str, datetime]]]:
    query = select(BrokeredMatch.request_id, MatchEvent.state_after, MatchEvent.happened_at).join(
        BrokeredMatch, MatchEvent.match_id == BrokeredMatch.id
    )
    found: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
    for request_id, state, at in db.session.execute(query.where(MatchEvent.happened_at < end).order_by(MatchEvent.id)):
        found[request_id].append((state, at))
    return found


def _wait(row: HousingRequest, steps: Sequence[tuple[str, datetime]], end: datetime) -> Wait | None:
    needs = needs_of(row)
    if not may_be_matched(row, needs):
        return None
    request = engine_request(row.id, needs)
    offered = [at for state, at in steps if state == MatchState.OFFERED]
    until = offered[0] if offered else end if row.state in OPEN_STATES else min(row.updated_at, end)
    reached = {state for state, _at in steps}
    return Wait(
        values={
            "profile": request.profiles or (NONE,),
            "form": living_forms_of(request),
            "quarter": quarters_of(request),
        },
        weeks=max((until - row.created_at) // WEEK, 0),
        proposed=bool(offered),
        proposals=len(offered),
        outcomes=frozenset(key for key, state in OUTCOMES.items() if state in reached),
    )


def groups_of(households: Iterable[Wait]) -> WaitingGroups:
    """What is kept of them: how many of each group waited how many weeks."""
    members: dict[tuple[str, str], list[Wait]] = defaultdict(list)
    for each in households:
        members[ALL, ALL].append(each)
        for dimension, values in each.values.items():
            for value in values:
                members[dimension, value].append(each)
    found: WaitingGroups = defaultdict(dict)
    for (dimension, value), waited in members.items():
        found[dimension][value] = _group(waited)
    return dict(found)


def _group(waited: Sequence[Wait]) -> WaitingGroup:
    return {
        "proposed": dict(Counter(str(each.weeks) for each in waited if each.proposed)),
        "waiting": dict(Counter(str(each.weeks) for each in waited if not each.proposed)),
        "proposals": sum(each.proposals for each in waited),
        "moved_in": sum("moved_in" in each.outcomes for each in waited),
        "refused": sum("refused" in each.outcomes for each in waited),
    }
