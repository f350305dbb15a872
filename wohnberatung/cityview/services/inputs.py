"""What goes into a city view, in the words of the command ``allocate``: kept, it can be worked out once more."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from matching.catalogue import HOMES
from matching.frame import Frame
from matching.json_input import read_offers
from matching.learning.wish_weights import Weights, weighed
from matching.proposals.assignment_values import Priorities
from matching.proposals.groups import CareFund
from matching.proposals.priorities_file import read_prioritised
from matching.requests import Request, SupplyRow
from wohnberatung.bridge.frames import published_supply
from wohnberatung.bridge.leanings import lean_on
from wohnberatung.bridge.needs import weights_in_force, works_means
from wohnberatung.brokerage.services.several_places import houses_to_fill, offers_given_once
from wohnberatung.cityview.models import AskedRequest, CityInput, CityRun
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.ids import new_id
from wohnberatung.core.sealing import to_json
from wohnberatung.extensions import db
from wohnberatung.seekers.models import OPEN_STATES, HousingRequest
from wohnberatung.seekers.services.consents import may_be_matched
from wohnberatung.seekers.services.requests import needs_of, worked_on

DAYS_OF_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class CityInputs:
    """Everything that decides what is proposed: requests as they are weighed, homes, what weighs beside the score, the
    offers that stand for a house which a group may fill."""

    requests: Sequence[Request]
    frame: Frame
    priorities: Priorities
    fund: CareFund
    houses: Sequence[str]


def gather(run: CityRun, actor: Actor) -> list[CityInput]:
    """Keep with the run what it will be made from, of the requests that the acting person may know of; nothing is
    stored yet."""
    rows, run.leanings = published_supply()
    run.supply = zlib.compress(to_json([_offer(row) for row in rows]))
    run.given_once, run.houses = offers_given_once(), houses_to_fill([row.id for row in rows])
    weights = weights_in_force()
    run.catalogue, run.weights, run.factors = HOMES.version, weights.version, dict(weights.factors)
    found = [_input(run, request) for request in _requests(actor)]
    run.requests, run.homes = len(found), len(rows)
    return found


def kept_inputs(run: CityRun) -> list[CityInput]:
    """What is still there of what went in, in its order."""
    query = select(CityInput).options(joinedload(CityInput.request)).where(CityInput.run_id == run.id)
    return list(db.session.scalars(query.order_by(CityInput.request_id)))


def read_inputs(run: CityRun, asked: Sequence[AskedRequest]) -> CityInputs:
    """The engine's inputs, read from what is kept and from nothing else. **Raises** `ContractError` where the catalogue
    cannot read them any more."""
    requests, given = read_prioritised(to_json(list(asked)), HOMES)
    weights = Weights(run.weights, run.factors)
    frame = Frame(HOMES, read_offers(zlib.decompress(run.supply or b""), HOMES))
    frame.given_once = frozenset(run.given_once)
    if run.leanings is not None:
        lean_on(frame, run.leanings)
    priorities = Priorities(given.urgency, given.waiting_months, run.protection)
    return CityInputs(
        [weighed(request, weights, HOMES) for request in requests],
        frame,
        priorities,
        _care_fund(run.amounts_of),
        run.houses,
    )


def _requests(actor: Actor) -> list[HousingRequest]:
    query = worked_on(actor).where(HousingRequest.state.in_(OPEN_STATES), HousingRequest.held_for.is_(None))
    found = db.session.scalars(query.order_by(HousingRequest.id))
    return [request for request in found if may_be_matched(request, needs_of(request))]


def _input(run: CityRun, request: HousingRequest) -> CityInput:
    needs = needs_of(request)
    kept = CityInput(id=new_id(), run_id=run.id, request_id=request.id, request=request)
    waited = (clock.now() - request.created_at).days / DAYS_OF_A_MONTH
    kept.plain_asked = {
        "id": request.id,
        "requirements": needs["requirements"],
        "household": needs["household"],
        "text": needs["text"],
        "profiles": needs["profiles"],
        "works_means_eur": works_means(needs["household"]),
        "waiting_months": round(max(waited, 0.0), 1),
    }
    return kept


def _offer(row: SupplyRow) -> dict[str, object]:
    """As the commands read it."""
    return {
        "id": row.id,
        "facts": {key: _plain(value) for key, value in sorted(row.facts.items())},
        "evidence": {key: level for key, level in sorted(row.evidence.items()) if key in row.facts},
        "demands": [asked.__dict__ | {"wanted": _plain(asked.wanted)} for asked in row.demands],
        "text": row.text,
    }


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


EACH, TOGETHER = "care_measure_max", "care_measure_max_shared"


def _care_fund(on: date) -> CareFund:
    """The amounts of that day, for one person and for a shared dwelling; 0 where the tables hold none."""
    amounts = db.metadata.tables["parameters"].c
    begun = or_(amounts.valid_from.is_(None), amounts.valid_from <= on)
    goes_on = or_(amounts.valid_to.is_(None), amounts.valid_to >= on)
    query = select(amounts.key, func.max(amounts.value)).where(
        amounts.key.in_((EACH, TOGETHER)), amounts.alternative == 0, begun, goes_on
    )
    found = {key: float(value) for key, value in db.session.execute(query.group_by(amounts.key))}
    return CareFund(found.get(EACH, 0.0), found.get(TOGETHER, 0.0))


def letters_of(answers: object) -> bytes:
    """What is compared to the letter."""
    return json.dumps(answers, ensure_ascii=False, sort_keys=True).encode()
