"""Weights as the administration reads them: what holds, what is proposed, whose lists that would change, what was."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from matching.catalogue import HOMES
from matching.learning.wish_weights import ListChange, Weights, preview
from wohnberatung.accounts.models import User
from wohnberatung.bridge.frames import current_supply
from wohnberatung.bridge.leanings import criterion_label
from wohnberatung.bridge.needs import engine_request, weights_in_force
from wohnberatung.core.actors import Actor, only_administration
from wohnberatung.core.errors import NotFound
from wohnberatung.core.steps import Party, Step
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.listings import offers_by_id
from wohnberatung.extensions import db
from wohnberatung.learning.models import ProposedWeights
from wohnberatung.learning.services.weights import is_outdated, weights_of
from wohnberatung.learning.steps import APPROVE, RENEW, WEIGHTS_STEPS
from wohnberatung.seekers.models import OPEN_STATES, HousingRequest
from wohnberatung.seekers.services.consents import may_be_matched
from wohnberatung.seekers.services.requests import needs_of, worked_on

SAMPLE, TOP = 40, 10
SHOWN = 50


@dataclass(frozen=True)
class FactorLine:
    """How much one wish counts now and would count."""

    label: str
    now: float
    then: float


@dataclass(frozen=True)
class WeightsLine:
    """One version with who proposed and who decided."""

    row: ProposedWeights
    proposed_by: str
    decided_by: str


@dataclass(frozen=True)
class WeightsPage:
    """What holds, and everything that was proposed, newest first."""

    in_force: Weights
    factors: Sequence[FactorLine]
    versions: Sequence[WeightsLine]
    may_go_back: bool


@dataclass(frozen=True)
class ChangedList:
    """One real list as it would be: who seeks, the homes that enter and leave the first ten."""

    request: HousingRequest
    entering: tuple[Offer, ...]
    leaving: tuple[Offer, ...]


@dataclass(frozen=True)
class WeightsSheet:
    """One version beside what holds now; of `looked_at` lists those that would change. `is_outdated`: others came into
    force since it was proposed."""

    line: WeightsLine
    factors: Sequence[FactorLine]
    steps: tuple[Step[ProposedWeights], ...]
    looked_at: int
    changed: Sequence[ChangedList]
    is_own: bool
    is_outdated: bool


def weights_page(actor: Actor) -> WeightsPage:
    """Forbidden for all but the administration."""
    only_administration(actor)
    rows = db.session.scalars(select(ProposedWeights).order_by(ProposedWeights.proposed_at.desc()).limit(SHOWN)).all()
    present = weights_in_force()
    return WeightsPage(present, _factors(present, present), _lines(rows), bool(present.factors))


def weights_sheet(weights_id: str, actor: Actor) -> WeightsSheet:
    """NotFound where there is none; Forbidden for all but the administration."""
    only_administration(actor)
    row = db.session.get(ProposedWeights, weights_id)
    if row is None:
        raise NotFound(_("Diese Gewichte gibt es nicht."))
    present, (line,) = weights_in_force(), _lines([row])
    is_own = row.proposed_by == actor.user_id
    outdated = is_outdated(row, present)
    left_out = APPROVE if outdated else RENEW
    steps = tuple(
        step
        for step in WEIGHTS_STEPS.offered(row, Party.OFFICE)
        if step.key != left_out and not (is_own and step.key == APPROVE)
    )
    looked_at, changed = _preview(weights_of(row), present, actor) if steps else (0, [])
    return WeightsSheet(line, _factors(present, weights_of(row)), steps, looked_at, changed, is_own, outdated)


def _preview(proposed: Weights, present: Weights, actor: Actor) -> tuple[int, list[ChangedList]]:
    """The newest open requests that this person may know of."""
    query = worked_on(actor).where(HousingRequest.state.in_(OPEN_STATES), HousingRequest.held_for.is_(None))
    newest = db.session.scalars(query.order_by(HousingRequest.created_at.desc(), HousingRequest.id).limit(SAMPLE)).all()
    asked = {
        request.id: (request, engine_request(request.id, needs, weigh=False))
        for request in newest
        if may_be_matched(request, needs := needs_of(request))
    }
    with current_supply() as supply:
        found = preview(proposed, [each for _request, each in asked.values()], supply.frame, TOP, present)
    offers = offers_by_id({offer for change in found for offer in (*change.entering, *change.leaving)})
    return len(asked), [_changed(asked[change.request][0], change, offers) for change in found]


def _changed(request: HousingRequest, change: ListChange, offers: dict[str, Offer]) -> ChangedList:
    def known(ids: Sequence[str]) -> tuple[Offer, ...]:
        return tuple(offers[offer] for offer in ids if offer in offers)

    return ChangedList(request, known(change.entering), known(change.leaving))


def _factors(present: Weights, other: Weights) -> list[FactorLine]:
    keys = sorted(present.factors.keys() | other.factors.keys())
    known = {criterion.key for criterion in HOMES.criteria}
    lines = [FactorLine(criterion_label(key), present.factor(key), other.factor(key)) for key in keys if key in known]
    return sorted(lines, key=lambda line: line.label)


def _lines(rows: Sequence[ProposedWeights]) -> list[WeightsLine]:
    ids = {user for row in rows for user in (row.proposed_by, row.decided_by) if user}
    names: dict[str, str] = dict(db.session.execute(select(User.id, User.name).where(User.id.in_(ids))).all())
    return [WeightsLine(row, names.get(row.proposed_by, "–"), names.get(row.decided_by or "", "–")) for row in rows]
