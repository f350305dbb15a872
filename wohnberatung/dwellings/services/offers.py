"""Offers are made, changed, published, confirmed and withdrawn."""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _

from wohnberatung.bridge.needs import StoredRequirement, read_demands
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, Publication, check_may_edit
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, Forbidden
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party, Step
from wohnberatung.dwellings.models import Dwelling, Offer, OfferStatus
from wohnberatung.dwellings.steps import OFFER_STEPS, WITHDRAW
from wohnberatung.extensions import db

CLOSED = (OfferStatus.LET, OfferStatus.WITHDRAWN)
# A nightly delivery confirms without a change every night.
CONFIRMED_AGAIN_AFTER = timedelta(days=1)


def save_offer(
    offer: Offer | None = None,
    *,
    organisation_id: str | None = None,
    dwelling: Dwelling | None = None,
    project_id: str | None = None,
    status: str | None = None,
    title: str | None = None,
    description: str | None = None,
    demands: Sequence[StoredRequirement] | None = None,
    source: str = "manual",
    external_id: str | None = None,
    version: int | None = None,
    actor: Actor | None = None,
) -> Offer:
    """Make an offer (a draft where no status is given), or change the given one; None leaves a field.

    Facts follow through `record_facts`. `source` and `external_id` are set once, when the offer is made.
    Raises DomainError for demands that do not exist, Forbidden for a foreign organisation or a status that the
    office gives, Conflict where `version` is not the stored one.
    """
    if offer is None:
        offer = _new_offer(organisation_id, dwelling, project_id, source, external_id)
    check_may_edit(actor, offer.organisation_id)
    if version is not None:
        check_version(offer, version)
    given: dict[str, object] = {"dwelling": dwelling, "project_id": project_id, "title": title}
    given |= {"description": description, "demands": None if demands is None else read_demands(demands)}
    for name, value in given.items():
        if value is not None:
            setattr(offer, name, value)
    if status is not None and status != offer.status:
        _set_status(offer, OfferStatus(status), actor)
    db.session.add(offer)
    db.session.flush()
    return offer


def advance(
    offer: Offer,
    key: str,
    *,
    by: Party,
    target: OfferStatus | None = None,
    why: str | None = None,
    version: int | None = None,
    actor: Actor | None = None,
) -> Step[Offer]:
    """Go a step of steps.py. Raises as `StepTable.check` and `save_offer` do."""
    step = OFFER_STEPS.check(offer, key, by=by, why=why)
    save_offer(offer, status=target or step.target, version=version, actor=actor)
    return step


def withdraw_offer(offer: Offer, *, version: int | None = None, actor: Actor | None = None) -> Offer:
    """Take an offer back; the dwelling and what is known of it stay. A closed offer stays as it is."""
    if offer.status in CLOSED:
        return offer
    OFFER_STEPS.check(offer, WITHDRAW, by=Party.SYSTEM)
    return save_offer(offer, status=OfferStatus.WITHDRAWN, version=version, actor=actor)


def confirm_available(offer: Offer) -> None:
    """The provider has said that it can be had: its freshness begins anew."""
    offer.confirmed_at, offer.asked_at = clock.now(), None
    db.session.flush()


def confirm_by_delivery(offer: Offer) -> None:
    """The provider has delivered it again, so it can be had."""
    long_ago = offer.confirmed_at is None or offer.confirmed_at < clock.now() - CONFIRMED_AGAIN_AFTER
    if offer.status == OfferStatus.PUBLISHED and long_ago:
        confirm_available(offer)


def _new_offer(
    organisation_id: str | None,
    dwelling: Dwelling | None,
    project_id: str | None,
    source: str,
    external_id: str | None,
) -> Offer:
    if dwelling is None and project_id is None:
        raise DomainError(_("Ein Angebot braucht eine Wohnung oder ein Projekt."), "dwelling")
    owner = organisation_id or (dwelling.organisation_id if dwelling else None)
    if owner is None:
        raise DomainError(_("Es fehlt, wer die Wohnung anbietet."), "organisation_id")
    return Offer(
        id=new_id(),
        organisation_id=owner,
        status=OfferStatus.DRAFT,
        source=source,
        external_id=external_id,
        demands=[],
        evidence={},
    )


def _may_set(offer: Offer, status: OfferStatus, actor: Actor) -> bool:
    """Whoever offers prepares, reserves and takes back; what the office has not seen is shown only of those it trusts.
    What was reserved had been seen."""
    if status == OfferStatus.RESERVED:
        return actor.is_staff or offer.status == OfferStatus.PUBLISHED
    if status == OfferStatus.PUBLISHED and offer.status != OfferStatus.RESERVED:
        return actor.publication_for(offer.organisation_id) is Publication.LIVE
    return True


def _set_status(offer: Offer, status: OfferStatus, actor: Actor | None) -> None:
    if actor is not None and not _may_set(offer, status, actor):
        raise Forbidden(_("Veröffentlicht wird ein Angebot, nachdem die Wohnberatung es geprüft hat."))
    offer.status = status
    offer.submitted_at = clock.now() if status == OfferStatus.REVIEW else None
    offer.closed_at = clock.now() if status in CLOSED else None
    if status == OfferStatus.PUBLISHED and offer.published_at is None:
        offer.published_at = clock.now()
