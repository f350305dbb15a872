"""Offers go their way: published at once or after the office has looked, reserved, let, withdrawn, listed again."""

from collections.abc import Sequence

from flask_babel import gettext as _

from wohnberatung.core.actors import Actor, Publication, may_edit, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import Conflict, DomainError, NotFound
from wohnberatung.core.steps import Party, Step, party_of
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.dwellings.services.listings import get_offer
from wohnberatung.dwellings.services.offers import CLOSED, advance, confirm_available, save_offer
from wohnberatung.dwellings.services.provider_desk import tell_provider
from wohnberatung.dwellings.services.wording import Objection, objections_to, unread_objections
from wohnberatung.dwellings.steps import APPROVE, FREE, OFFER_STEPS, PUBLISH, READ_AGAIN, RETURN


def own_offer(offer_id: str, actor: Actor) -> Offer:
    """One that this person may change; NotFound for all others, as if there were none."""
    offer = get_offer(offer_id, actor)
    if not may_edit(actor, offer.organisation_id):
        raise NotFound(_("Dieses Angebot gibt es nicht."))
    return offer


def take_step(offer_id: str, key: str, *, version: int | None, actor: Actor) -> Step[Offer]:
    """Go a step of steps.py; the same step twice is one. Conflict where it does not lead from here.

    To publish means to hand it to the office where the provider is not trusted yet, or where the wording should be read
    by a person: see `Offer.status` afterwards.

    Raises NotFound where there is no such step, or no such offer for this person to change; DomainError where the
    office has not confirmed the organisation yet.
    """
    offer, step = own_offer(offer_id, actor), OFFER_STEPS[key]
    if not step.label:
        raise NotFound(_("Diesen Schritt gibt es nicht."))
    if offer.status == step.target or (key == PUBLISH and offer.status == OfferStatus.REVIEW):
        return step
    target = OfferStatus(step.target)
    if key == PUBLISH and offer.status in step.sources:
        target = _published_as(offer, actor)
    elif key == FREE and not actor.is_staff and objections_to(offer):
        target = OfferStatus.REVIEW
    advance(offer, key, by=party_of(actor, Party.PROVIDER), target=target, version=version, actor=actor)
    if target == OfferStatus.PUBLISHED:
        confirm_available(offer)
    return step


def steps_of(offer: Offer, actor: Actor) -> tuple[Step[Offer], ...]:
    """What this person may do with it now: its buttons."""
    return OFFER_STEPS.offered(offer, party_of(actor, Party.PROVIDER))


def review(offer_id: str, *, approve: bool, note: str, version: int | None, actor: Actor) -> Offer:
    """The office's answer to an offer that waits: publish it, or give it back with a reason. The provider is told."""
    only_office(actor)
    offer = get_offer(offer_id, actor)
    key = APPROVE if approve else RETURN
    OFFER_STEPS.check(offer, key, by=Party.OFFICE, why=note)
    check_version(offer, version)
    offer.review_note = "" if approve else note.strip()
    step = advance(offer, key, by=Party.OFFICE, why=note, actor=actor)
    if approve:
        confirm_available(offer)
    tell_provider(offer, step.told)
    return offer


def back_to_review(offer: Offer, before: Sequence[Objection], actor: Actor) -> bool:
    """After a change of text or demands: what should be read by a person is not shown until it was.

    `before`: the objections before the change; what the office has let pass does not hide the offer again.
    """
    if actor.is_staff or offer.status != OfferStatus.PUBLISHED or not unread_objections(before, objections_to(offer)):
        return False
    advance(offer, READ_AGAIN, by=Party.SYSTEM, actor=actor)
    return True


def list_again(offer_id: str, *, actor: Actor) -> Offer:
    """A new draft for the dwelling of a closed offer: all that is known of the dwelling stays, what was measured first
    of all; price and day are asked anew. Raises Conflict where the offer is not closed, NotFound for all who may
    not change it."""
    old = own_offer(offer_id, actor)
    if old.status not in CLOSED:
        raise Conflict(_("Dieses Angebot ist noch nicht beendet."))
    return save_offer(
        organisation_id=old.organisation_id,
        dwelling=old.dwelling,
        project_id=old.project_id,
        title=old.title,
        description=old.description,
        demands=old.demands,
        actor=actor,
    )


def _published_as(offer: Offer, actor: Actor) -> OfferStatus:
    fate = actor.publication_for(offer.organisation_id)
    if fate is Publication.NOT_YET:
        raise DomainError(
            _("Die Wohnberatung muss Ihre Organisation erst bestätigen. Ihr Entwurf bleibt so lange erhalten.")
        )
    if fate is Publication.LIVE and (actor.is_staff or not objections_to(offer)):
        return OfferStatus.PUBLISHED
    return OfferStatus.REVIEW
