"""Offers that may be gone are asked about in good time, and end by themselves if nobody answers.

An offer is fresh for so many days (`OFFER_DAYS`) after its provider last said that it can be had: by publishing,
by one click, or by delivering it again. Two weeks before it goes stale its organisation gets a mail, one for all
of its offers; a link in it answers without signing in.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import Conflict, NotFound
from wohnberatung.core.ids import hash_token, new_token
from wohnberatung.core.settings import setting
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import each_in_its_own_transaction
from wohnberatung.dwellings.models import AvailabilityLink, Offer, OfferStatus
from wohnberatung.dwellings.services.lifecycle import own_offer
from wohnberatung.dwellings.services.offers import advance, confirm_available
from wohnberatung.dwellings.services.provider_desk import tell_organisation
from wohnberatung.dwellings.steps import EXPIRE, OFFER_STEPS, WITHDRAW
from wohnberatung.extensions import db

ASKED_BEFORE = timedelta(days=14)
# Nobody loses an offer without a week to answer, however late the question was sent.
LEAST_NOTICE = timedelta(days=7)
LINK_VALID = timedelta(days=30)


def stale_on(offer: Offer) -> datetime:
    """When the offer ends by itself unless somebody confirms it."""
    return (offer.confirmed_at or offer.published_at or offer.created_at) + timedelta(days=setting("OFFER_DAYS"))


def confirm_own(offer_id: str, actor: Actor) -> None:
    """One click on the desk."""
    _still_published(own_offer(offer_id, actor))


def ask_whether_available() -> int:
    """One mail to each organisation with offers that go stale soon; returns how many offers were asked about.

    Raises LeftUndone for organisations where it failed.
    """
    age = timedelta(days=setting("OFFER_DAYS")) - ASKED_BEFORE
    due = (_confirmed_before(age), Offer.asked_at.is_(None))

    def ask(organisation_id: str) -> int:
        offers = list(db.session.scalars(_published(Offer.organisation_id == organisation_id, *due)))
        if offers:
            _ask(organisation_id, offers)
        return len(offers)

    return sum(each_in_its_own_transaction(_owners(*due), ask))


def end_stale() -> int:
    """Withdraw what went stale although it was asked about at least a week ago; the providers are told.

    Raises LeftUndone for organisations where it failed.
    """
    due = (_confirmed_before(timedelta(days=setting("OFFER_DAYS"))), Offer.asked_at <= clock.now() - LEAST_NOTICE)

    def end(organisation_id: str) -> int:
        offers = list(db.session.scalars(_published(Offer.organisation_id == organisation_id, *due)))
        for offer in offers:
            advance(offer, EXPIRE, by=Party.SYSTEM)
        if offers:
            tell_organisation(organisation_id, OFFER_STEPS[EXPIRE].told)
        return len(offers)

    return sum(each_in_its_own_transaction(_owners(*due), end))


def offers_by_link(token: str) -> list[Offer]:
    """The offers about which the organisation has been asked and has not answered; NotFound after the link's day."""
    link = db.session.get(AvailabilityLink, hash_token(token))
    if link is None or link.valid_until <= clock.now():
        raise NotFound(_("Dieser Link gilt nicht oder nicht mehr."))
    return list(
        db.session.scalars(_published(Offer.organisation_id == link.organisation_id, Offer.asked_at.is_not(None)))
    )


def answer_by_link(token: str, offer_ids: Sequence[str], available: bool) -> int:
    """Without signing in: these offers can still be had, or no more. Returns how many that were."""
    offers = [offer for offer in offers_by_link(token) if offer.id in offer_ids]
    for offer in offers:
        if available:
            confirm_available(offer)
        else:
            advance(offer, WITHDRAW, by=Party.PROVIDER)
    return len(offers)


def _ask(organisation_id: str, offers: list[Offer]) -> None:
    token = new_token()
    until = clock.now() + LINK_VALID
    count = len(offers)
    if tell_organisation(organisation_id, "still_available", token=token, count=count):
        link = AvailabilityLink(token_hash=hash_token(token), organisation_id=organisation_id, valid_until=until)
        db.session.add(link)
    for offer in offers:
        offer.asked_at = clock.now()


def _still_published(offer: Offer) -> None:
    if offer.status != OfferStatus.PUBLISHED:
        raise Conflict(_("Dieses Angebot ist nicht (mehr) öffentlich."))
    confirm_available(offer)


def _published(*conditions: ColumnElement[bool]) -> Select[Any]:
    return _loaded().where(Offer.status == OfferStatus.PUBLISHED, *conditions).order_by(Offer.id)


def _owners(*conditions: ColumnElement[bool]) -> list[str]:
    """The organisations that have such offers on the page."""
    published = Offer.status == OfferStatus.PUBLISHED
    return list(db.session.scalars(select(Offer.organisation_id).where(published, *conditions).distinct()))


def _loaded() -> Select[Any]:
    return select(Offer).options(joinedload(Offer.dwelling), joinedload(Offer.project))


def _confirmed_before(age: timedelta) -> ColumnElement[bool]:
    said = func.coalesce(Offer.confirmed_at, Offer.published_at, Offer.created_at)
    return said <= clock.now() - age
