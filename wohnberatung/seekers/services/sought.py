"""All requests that homes are sought for at present, as the engine takes them: no names, no contacts."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from matching.requests import Request
from wohnberatung.bridge.needs import engine_request
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest, RequestState
from wohnberatung.seekers.services.consents import may_be_matched
from wohnberatung.seekers.services.requests import needs_of

SOUGHT = (RequestState.NEW, RequestState.ACTIVE)


@dataclass(frozen=True)
class Sought:
    """One request with the keys of the needs profiles it began with."""

    request: Request
    profiles: tuple[str, ...]


def requests_sought() -> list[Sought]:
    """Those of everybody who agreed to matching and whose request neither rests nor waits for a judgement."""
    open_ones = select(HousingRequest).where(
        HousingRequest.state.in_(SOUGHT), HousingRequest.held_for.is_(None), HousingRequest.blocked_at.is_(None)
    )
    loaded = open_ones.options(joinedload(HousingRequest.person_key), selectinload(HousingRequest.consents))
    found = []
    for row in db.session.scalars(loaded.order_by(HousingRequest.id)):
        needs = needs_of(row)
        if may_be_matched(row, needs):
            found.append(Sought(engine_request(row.id, needs), tuple(needs["profiles"])))
    return found
