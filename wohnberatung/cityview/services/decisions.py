"""A person decides about each proposal; what a city view keeps about a person is told to them and goes with consent."""

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.matches import review
from wohnberatung.cityview.models import CityInput, CityProposal, ProposedKind
from wohnberatung.cityview.steps import CITY_STEPS, LEAVE, TAKE_OVER
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import NotFound
from wohnberatung.core.manifests import ExportedRecord
from wohnberatung.core.steps import Party
from wohnberatung.extensions import db
from wohnberatung.papers import Part, heading, moment, pairs
from wohnberatung.seekers.models import HousingRequest, Purpose
from wohnberatung.seekers.services.requests import shown_to


def take_over(proposal_id: str, actor: Actor, *, version: int | None) -> BrokeredMatch:
    """Put the pair into review, by the step that every match begins with, which judges it anew. Raises as `review`
    does, Conflict where somebody was faster, NotFound for what is not to be known of."""
    proposal = _decided(proposal_id, TAKE_OVER, actor, version)
    return review(proposal.request_id, proposal.offer_id, actor)


def leave(proposal_id: str, actor: Actor, *, version: int | None) -> CityProposal:
    """Not pursued; it can still be taken over. Raises Conflict where somebody was faster, NotFound as above."""
    return _decided(proposal_id, LEAVE, actor, version)


def _decided(proposal_id: str, key: str, actor: Actor, version: int | None) -> CityProposal:
    only_office(actor)
    shown = select(CityProposal).join(CityProposal.request).where(shown_to(actor), CityProposal.id == proposal_id)
    proposal = db.session.scalars(shown.options(joinedload(CityProposal.offer))).one_or_none()
    if proposal is None:
        raise NotFound(_("Diesen Vorschlag gibt es nicht."))
    step = CITY_STEPS.check(proposal, key, by=Party.OFFICE)
    check_version(proposal, version)
    CITY_STEPS.enter(proposal, step)
    proposal.decided_by, proposal.decided_at = actor.user_id, clock.now()
    db.session.flush()
    return proposal


def found_in(proposal_id: str) -> tuple[str, bool]:
    """The id of its city view, and whether it is a place in a group. NotFound where there is none."""
    query = select(CityProposal.run_id, CityProposal.kind).where(CityProposal.id == proposal_id)
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound(_("Diesen Vorschlag gibt es nicht."))
    return found.run_id, found.kind == ProposedKind.GROUP


def forget(request: HousingRequest, _reason: str = "") -> None:
    """The person took back a consent: what was computed from their needs goes, as taken in and as proposed."""
    for table in (CityProposal, CityInput):
        db.session.execute(delete(table).where(table.request_id == request.id))


def forget_ended(request: HousingRequest, reason: str) -> None:
    """A request that merely ended stays in what was computed, until that is deleted."""
    if reason == "consent_withdrawn":
        forget(request)


def forget_health(request: HousingRequest, purpose: str) -> None:
    if purpose == Purpose.HEALTH:
        forget(request)


def city_views_about(request: HousingRequest) -> list[ExportedRecord]:
    """Every city view that the request went into, and what it proposed, oldest first."""
    went_in = db.session.scalars(select(CityInput).filter_by(request_id=request.id).order_by(CityInput.run_id))
    taken_in: list[ExportedRecord] = [{"went_in": kept.plain_asked} for kept in went_in]
    proposed: list[ExportedRecord] = [
        {
            "offer": each.offer.title,
            "kind": each.kind,
            "made_at": each.run.made_at.isoformat() if each.run.made_at else None,
            "state": each.state,
            "proposed": each.plain_answer,
        }
        for each in _proposals_of(request)
    ]
    return [*taken_in, *proposed]


def city_views_in_words(request: HousingRequest) -> list[Part]:
    """The same to read."""
    rows = [
        (moment(each.run.made_at) if each.run.made_at else "", each.offer.display_title)
        for each in _proposals_of(request)
    ]
    return [heading(_("Vorschläge, die für alle Gesuche zusammen gerechnet wurden")), pairs(rows)] if rows else []


def _proposals_of(request: HousingRequest) -> list[CityProposal]:
    loaded = select(CityProposal).options(joinedload(CityProposal.run), joinedload(CityProposal.offer))
    return list(db.session.scalars(loaded.filter_by(request_id=request.id).order_by(CityProposal.id)))
