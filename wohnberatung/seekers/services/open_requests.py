"""All requests that homes are sought for at present, as the engine takes them: no names, no contacts.

Opening every request takes seconds in a large office, so each process keeps what it opened last. A stamp over the
rows and their consents tells whether anything has changed since; whoever takes back a consent is out at once.
"""

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.orm import selectinload

from matching.catalogue import HOMES
from matching.request_index import RequestIndex
from matching.requests import Request
from wohnberatung.bridge.needs import engine_request
from wohnberatung.extensions import db
from wohnberatung.seekers.models import OPEN_STATES, Consent, HousingRequest
from wohnberatung.seekers.services.consents import may_be_matched
from wohnberatung.seekers.services.requests import needs_of


@dataclass(frozen=True)
class OpenRequests:
    """All of them, in the order of the index."""

    each: tuple[Request, ...]
    index: RequestIndex


_kept: WeakKeyDictionary[Engine | Connection, tuple[Any, OpenRequests]] = WeakKeyDictionary()


def open_requests() -> OpenRequests:
    """Those of everybody who agreed to matching and whose request neither rests nor waits for a judgement."""
    bind, stamp = db.session.get_bind(), _stamp()
    known = _kept.get(bind)
    if known is None or known[0] != stamp:
        each = tuple(_opened())
        known = _kept[bind] = (stamp, OpenRequests(each, RequestIndex(HOMES, each)))
    return known[1]


def _stamp() -> tuple[Any, ...]:
    requests = select(
        func.count(HousingRequest.id), func.sum(HousingRequest.version), func.max(HousingRequest.updated_at)
    )
    consents = select(func.count(Consent.id), func.max(Consent.id), func.count(Consent.withdrawn_at))
    return (*db.session.execute(requests).one(), *db.session.execute(consents).one())


def _opened() -> list[Request]:
    open_ones = select(HousingRequest).where(
        HousingRequest.state.in_(OPEN_STATES), HousingRequest.held_for.is_(None), HousingRequest.blocked_at.is_(None)
    )
    loaded = open_ones.options(selectinload(HousingRequest.consents))
    found = []
    for row in db.session.scalars(loaded.order_by(HousingRequest.id)):
        needs = needs_of(row)
        if may_be_matched(row, needs):
            found.append(engine_request(row.id, needs))
    return found
