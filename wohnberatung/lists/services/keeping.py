"""Keep how homes stand for every request: again and again in the background, and only what has changed."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import selectinload

from matching.catalogue import HOMES
from matching.explanation import Reason
from matching.json_output import SCORE_DIGITS
from matching.outlook import Outlook
from matching.ranking import Match, rank, rank_outlook
from matching.requests import Request
from wohnberatung.bridge.frames import Supply, read_supply
from wohnberatung.bridge.needs import engine_request, weights_in_force
from wohnberatung.core import clock
from wohnberatung.core.ids import new_id
from wohnberatung.core.transactions import each_in_its_own_transaction
from wohnberatung.core.work import Running
from wohnberatung.extensions import db
from wohnberatung.lists.models import JudgedHome, JudgedValue, KeptHome, KeptListMark
from wohnberatung.lists.services.ordering import in_order
from wohnberatung.seekers.models import OPEN_STATES, HousingRequest, Purpose
from wohnberatung.seekers.services.consents import may_be_matched
from wohnberatung.seekers.services.requests import needs_of

LISTED, MISSING = 20, 20
"""So many of the best homes are kept for a request, and so many of those that miss the fewest musts."""

DRIFT = 0.01
"""Scores that differ by less are the same, as long as the order is."""


def keep_lists(job: Running | None = None) -> int:
    """How many requests had changes. Run again, it finds nothing to do. Raises LeftUndone for those that failed."""
    supply = read_supply()
    ids = list(db.session.scalars(select(HousingRequest.id).where(_sought()).order_by(HousingRequest.id)))
    db.session.rollback()  # nobody waits for what is read while lists are worked out
    _end_others(ids)

    def keep_one(numbered: tuple[int, str]) -> bool:
        number, request_id = numbered
        if job is not None and number % 50 == 0:
            job.tell(number, len(ids))
        return _keep(request_id, supply)

    return sum(each_in_its_own_transaction(enumerate(ids), keep_one))


def _sought() -> ColumnElement[bool]:
    state = HousingRequest.state.in_(OPEN_STATES)
    return state & HousingRequest.held_for.is_(None) & HousingRequest.blocked_at.is_(None)


def _keep(request_id: str, supply: Supply) -> bool:
    loaded = selectinload(HousingRequest.consents)
    request = db.session.scalar(
        select(HousingRequest).where(HousingRequest.id == request_id).options(loaded).with_for_update(of=HousingRequest)
    )
    needs = needs_of(request) if request is not None else None
    if request is None or needs is None or not may_be_matched(request, needs):
        return False
    rules = f"{HOMES.version}, {weights_in_force().version}"
    mark = f"{supply.seen}/{supply.learned}/{request.version}/{clock.today()}/{rules}"
    known = db.session.get(KeptListMark, request_id)
    if known is not None and known.mark == mark:
        return False
    if known is None:
        known = KeptListMark(request_id=request_id)
        db.session.add(known)
    known.mark = mark
    now_there = {match.offer: _judged(match) for match in _matches(engine_request(request_id, needs), supply)}
    return _note_changes(request, now_there, rules)


def _matches(asked: Request, supply: Supply) -> Iterator[Match]:
    """The list, and the homes that come closest to it."""
    yield from rank(asked, supply.frame, LISTED, texts=supply.texts).matches
    yield from rank_outlook(asked, supply.frame, Outlook.MISSES, MISSING, texts=supply.texts).matches


def _judged(match: Match) -> JudgedHome:
    """Without the sentences, which are put into words when somebody reads."""
    return {
        "outlook": match.outlook.value,
        "score": round(match.score, SCORE_DIGITS),
        "best": round(match.best, SCORE_DIGITS),
        "values": [_value(reason) for reason in match.reasons],
    }


def _value(reason: Reason) -> JudgedValue:
    return {
        "key": reason.key,
        "side": reason.side,
        "importance": reason.importance,
        "grade": reason.grade,
        "wanted": reason.wanted,
        "found": reason.found,
    }


def _note_changes(request: HousingRequest, now_there: dict[str, JudgedHome], rules: str) -> bool:
    """Close what is no longer so, and begin what is new."""
    now = clock.now()
    kept = {
        each.offer_id: each
        for each in db.session.scalars(select(KeptHome).filter_by(request_id=request.id, until=None))
    }
    before = {offer: each.plain_judged for offer, each in kept.items() if each.rules == rules}
    same = {offer for offer, judged in now_there.items() if offer in before and _is_same(before[offer], judged)}
    if _order({**now_there, **{offer: before[offer] for offer in same}}) != _order(now_there):
        same = {offer for offer in same if before[offer] == now_there[offer]}
    for offer_id in kept.keys() - same:
        kept[offer_id].until = now
    for offer_id in now_there.keys() - same:
        begun = KeptHome(id=new_id(), request=request, offer_id=offer_id, since=now, rules=rules)
        begun.plain_judged = now_there[offer_id]
        db.session.add(begun)
    db.session.flush()
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
