"""One offer on one page: for people, and in the words of search engines."""

from dataclasses import dataclass

from wohnberatung.bridge.structured_data import apartment_offer
from wohnberatung.bridge.url_search import UrlSearch
from wohnberatung.core.actors import Actor
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.dwellings.services.browsing import fit_for
from wohnberatung.dwellings.services.listings import get_offer
from wohnberatung.dwellings.services.pictures import pictures_of_offer
from wohnberatung.dwellings.services.sheets import FactGroup, fact_sheet
from wohnberatung.dwellings.services.showcase import ShownOffer, shown_offer
from wohnberatung.pictures.services import ShownPicture


@dataclass(frozen=True)
class OfferSheet:
    """Everything about one offer; `address` is whole for those who may know it."""

    shown: ShownOffer
    address: str
    groups: list[FactGroup]
    pictures: tuple[ShownPicture, ...]

    @property
    def offer(self) -> Offer:
        return self.shown.offer

    @property
    def is_public(self) -> bool:
        return self.offer.status == OfferStatus.PUBLISHED

    @property
    def known(self) -> int:
        """How many facts are known."""
        return sum(row.known for group in self.groups for row in group.rows)

    @property
    def asked(self) -> int:
        """How many facts the catalogue asks for."""
        return sum(len(group.rows) for group in self.groups)


def offer_sheet(offer_id: str, actor: Actor, url_search: UrlSearch) -> OfferSheet:
    """The offer with all its facts, and how it suits what somebody looks for; NotFound where there is none."""
    offer = get_offer(offer_id, actor)
    shown = shown_offer(offer, fit_for(offer, url_search))
    trusted = actor.is_staff or actor.belongs_to(offer.organisation_id)
    address = offer.dwelling.address if trusted and offer.dwelling else shown.address
    return OfferSheet(shown, address, fact_sheet(offer), pictures_of_offer(offer))


def structured_data(sheet: OfferSheet, url: str, office: str) -> dict[str, object] | None:
    """The published offer for search engines; None for any other, which nobody should find."""
    if not sheet.is_public:
        return None
    return apartment_offer(
        sheet.offer.parts,
        title=sheet.shown.title,
        description=sheet.offer.description,
        address=sheet.shown.address,
        neighbourhood=sheet.shown.neighbourhood,
        url=url,
        office=office,
    )
