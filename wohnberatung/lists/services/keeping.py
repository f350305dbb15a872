"""Keep how homes stand for every request: again and again in the background, and only what has changed.

Between two runs nothing is lost: when a home changed, and how it stood until it changed again, is read from its own
history, which is stored with each deed (`looking_back`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import selectinload

from matching.catalogue import HOMES
from matching.outlook import Outlook
from matching.ranking import Match, match_of, rank, rank_outlook
from matching.requests import Request
from wohnberatung.bridge.frames import Supply, read_supply
from wohnberatung.bridge.needs import engine_request, weights_in_force
from wohnberatung.core import clock
from wohnberatung.core.ids import new_id
from wohnberatung.core.transactions import each_in_its_own_transaction
from wohnberatung.core.work import Running
from wohnberatung.extensions import db
from wohnberatung.lists.models import JudgedHome, KeptHome, KeptListMark
from wohnberatung.lists.services.judging import judged_home
from wohnberatung.lists.services.looking_back import ChangedHomes, PassingHome, changed_homes
from wohnberatung.lists.services.ordering import MISSES, in_order
from wohnberatung.seekers.models import OPEN_STATES, HousingRequest, Purpose
from wohnberatung.seekers.services.consents import may_be_matched
from wohnberatung.seekers.services.requests import needs_of

LISTED, MISSING = 20, 20
"""So many of the best homes are kept for a request, and so many of those that miss the fewest musts."""

LONGEST = timedelta(days=7)
"""So far back it is looked for what came and went, should a list not have been kept for longer."""

DRIFT = 0.01
"""Scores that differ by less are the same, as long as the order is."""


def keep_lists(job: Running | None = None) -> int:
    """How many requests had changes. Run again, it finds nothing to do. Raises LeftUndone for those that failed."""
    ids = list(db.session.scalars(select(HousingRequest.id).where(_sought()).order_by(HousingRequest.id)))
    db.session.rollback()
    _end_others(ids)
    return keep_lists_of(ids, tell=job.tell if job is not None else None)


def keep_lists_of(
    ids: Sequence[str], homes: Supply | None = None, tell: Callable[[int, int], None] | None = None
) -> int:
    """The same for these requests, with the `homes` that are published now, or with others. What is read is read before
    the first transaction."""
    supply = _supply_since(clock.now(), homes)
    db.session.rollback()  # nobody waits for what is read while lists are worked out
    return sum(each_in_its_own_transaction(ids, lambda request_id: _keep(request_id, supply), tell))


@dataclass(frozen=True)
class SupplyThen:
    """The homes as they were `read`, and what changed since lists were last kept: `passing` are those that stood
    otherwise in between, in a frame with all others."""

    read: datetime
    now: Supply
    changed: ChangedHomes
    passing: Supply

    def when(self, offer_id: str, which: int, after: datetime | None) -> datetime:
        """The first (0) or last (1) moment after `after` at which the home changed; where it did not, others did, and
        it is seen now."""
        moment = self.changed.moments.get(offer_id, (self.read, self.read))[which]
        return moment if after is not None and moment > after else self.read


def _supply_since(moment: datetime, homes: Supply | None) -> SupplyThen:
    kept_at = db.session.scalar(select(func.min(KeptListMark.kept_at))) or moment
    changed = changed_homes(max(kept_at, moment - LONGEST), moment)
    supply = passing = homes or read_supply()
    if changed.passing:
        passing = read_supply()
        passing.frame.replace([home.row for home in changed.passing])
    return SupplyThen(moment, supply, changed, passing)


def _sought() -> ColumnElement[bool]:
    state = HousingRequest.state.in_(OPEN_STATES)
    return state & HousingRequest.held_for.is_(None) & HousingRequest.blocked_at.is_(None)


def _keep(request_id: str, supply: SupplyThen) -> bool:
    loaded = selectinload(HousingRequest.consents)
    request = db.session.scalar(
        select(HousingRequest).where(HousingRequest.id == request_id).options(loaded).with_for_update(of=HousingRequest)
    )
    needs = needs_of(request) if request is not None else None
    if request is None or needs is None or not may_be_matched(request, needs):
        return False
    rules = f"{HOMES.version}, {weights_in_force().version}"
    mark = f"{supply.now.seen}/{supply.now.learned}/{request.version}/{clock.today()}/{rules}"
    known = db.session.get(KeptListMark, request_id)
    if known is not None and known.mark == mark:
        return False
    kept_at = known.kept_at if known is not None else None
    if known is None:
        known = KeptListMark(request_id=request_id)
        db.session.add(known)
    known.mark, known.kept_at = mark, supply.read
    asked = engine_request(request_id, needs)
    now_there = {match.offer: judged_home(match) for match in _matches(asked, supply.now)}
    changes = _note_changes(request, now_there, rules, lambda offer, which: supply.when(offer, which, kept_at))
    passed = [home for home in supply.changed.passing if kept_at is not None and home.since > kept_at]
    for home, judged in _entering(asked, passed, supply.passing, now_there.values()):
        _begin(request, home.offer_id, home.since, rules, judged).until = home.until
        changes = True
    db.session.flush()
    return changes


def _matches(asked: Request, supply: Supply) -> Iterator[Match]:
    """The list, and the homes that come closest to it."""
    yield from rank(asked, supply.frame, LISTED, texts=supply.texts).matches
    yield from rank_outlook(asked, supply.frame, Outlook.MISSES, MISSING, texts=supply.texts).matches


def _entering(
    asked: Request, homes: Iterable[PassingHome], supply: Supply, there: Iterable[JudgedHome]
) -> Iterator[tuple[PassingHome, JudgedHome]]:
    """Those of the homes that would stand among the ones that are there."""
    kept = [(str(number), judged) for number, judged in enumerate(there)]
    for home in homes:
        judged = judged_home(match_of(asked, supply.frame, home.row.id, texts=supply.texts))
        misses, most = judged["outlook"] == MISSES, MISSING if judged["outlook"] == MISSES else LISTED
        alike = [each for each in kept if (each[1]["outlook"] == MISSES) == misses]
        if home.row.id in _order(dict([*alike, (home.row.id, judged)]))[:most]:
            yield home, judged


def _begin(request: HousingRequest, offer_id: str, since: datetime, rules: str, judged: JudgedHome) -> KeptHome:
    begun = KeptHome(id=new_id(), request=request, offer_id=offer_id, since=since, rules=rules)
    begun.plain_judged = judged
    db.session.add(begun)
    return begun


def _note_changes(
    request: HousingRequest, now_there: dict[str, JudgedHome], rules: str, when: Callable[[str, int], datetime]
) -> bool:
    """Close what is no longer so, and begin what is new."""
    kept = {
        each.offer_id: each
        for each in db.session.scalars(select(KeptHome).filter_by(request_id=request.id, until=None))
    }
    before = {offer: each.plain_judged for offer, each in kept.items() if each.rules == rules}
    same = {offer for offer, judged in now_there.items() if offer in before and _is_same(before[offer], judged)}
    if _order({**now_there, **{offer: before[offer] for offer in same}}) != _order(now_there):
        same = {offer for offer in same if before[offer] == now_there[offer]}
    for offer_id in kept.keys() - same:
        kept[offer_id].until = when(offer_id, 0)
    for offer_id in now_there.keys() - same:
        _begin(request, offer_id, when(offer_id, 1), rules, now_there[offer_id])
    return bool(kept.keys() - same or now_there.keys() - same)


def _is_same(before: JudgedHome, now: JudgedHome) -> bool:
    """Whether the values are, and the score but for what base rates of unknown facts drift from day to day."""
    values = before["outlook"] == now["outlook"] and before["values"] == now["values"]
    return values and abs(before["score"] - now["score"]) + abs(before["best"] - now["best"]) < DRIFT


def _order(homes: dict[str, JudgedHome]) -> list[str]:
    return [offer for offer, _judged in in_order(homes.items())]


def _end_others(sought: list[str]) -> None:
    """Lists of requests that rest or are over stop where they are."""
    open_rows = select(KeptHome.request_id).where(KeptHome.until.is_(None)).distinct()
    resting = set(db.session.scalars(open_rows)) - set(sought)
    db.session.rollback()

    def end(request_id: str) -> None:
        still = KeptHome.request_id == request_id, KeptHome.until.is_(None)
        db.session.execute(update(KeptHome).where(*still).values(until=clock.now()))
        db.session.execute(delete(KeptListMark).where(KeptListMark.request_id == request_id))

    each_in_its_own_transaction(resting, end)


def forget(request: HousingRequest) -> None:
    """Everything that was kept of the request's lists."""
    for table in (KeptHome, KeptListMark):
        db.session.execute(delete(table).where(table.request_id == request.id))


def forget_ended(request: HousingRequest, reason: str) -> None:
    """A request that merely ended can still be asked about; without the consent nothing is kept."""
    if reason == "consent_withdrawn":
        forget(request)


def forget_health(request: HousingRequest, purpose: str) -> None:
    """Needs that were taken out of the request leave the kept values with them."""
    if purpose == Purpose.HEALTH:
        forget(request)
