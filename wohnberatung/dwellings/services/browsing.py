"""Looking around without an account: published offers by what they can do, as pages and on the map of the city."""

from dataclasses import dataclass

from matching.listing import ListingQuery, counts_by, fit_of, listing
from wohnberatung.bridge.filters import PROVEN_BOX, TICKED
from wohnberatung.bridge.frames import current_supply
from wohnberatung.bridge.neighbourhood_fields import PLACE, place_groups
from wohnberatung.bridge.tiles import Tile, TileMap, tile_map
from wohnberatung.bridge.url_search import Chip, Looking, Params
from wohnberatung.bridge.wording import spoken
from wohnberatung.core.pagination import PAGE_SIZE, Page
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.fits import ShownFit, shown_fit
from wohnberatung.dwellings.services.listings import offers_by_id, published_ids, published_offers
from wohnberatung.dwellings.services.showcase import ShownOffer, shown_offer

FEW = 5
"""So few offers call for the advice which filter costs most."""


@dataclass(frozen=True)
class Cost:
    """A filter without which there would be `more` offers."""

    chip: Chip
    more: int


@dataclass(frozen=True)
class BrowsedOffers:
    """One page of the offers that pass; of all of them the first `certain` suit for certain. `costs` only where
    there are few, the costliest filter first."""

    page: Page[ShownOffer]
    certain: int
    costs: tuple[Cost, ...] = ()


def browse(looking: Looking, number: int = 1, size: int = PAGE_SIZE) -> BrowsedOffers:
    """The newest offers where nothing is asked, else those that suit, best first."""
    if looking.is_open:
        page = published_offers(looking.text, number, size)
        shown = [shown_offer(offer) for offer in page.items]
        return BrowsedOffers(Page(shown, number, size, page.total), page.total)
    asked = _asked(looking)
    with current_supply() as supply:
        found = listing(asked, supply.frame, (number - 1) * size, size, spoken(), supply.texts)
    offers = offers_by_id(fit.offer for fit in found.page)
    shown = [shown_offer(offers[fit.offer], shown_fit(fit)) for fit in found.page if fit.offer in offers]
    costs = _costs(looking, found.opens) if found.total < FEW else ()
    return BrowsedOffers(Page(shown, number, size, found.total), found.certain, costs)


def counts_by_place(looking: Looking) -> dict[str | None, int]:
    """How many offers pass in each neighbourhood, wherever was asked for; None counts those with no known place."""
    asked = _asked(looking, anywhere=True)
    with current_supply() as supply:
        return counts_by(PLACE.fact, asked, supply.frame, supply.texts)


def fit_for(offer: Offer, looking: Looking) -> ShownFit | None:
    """How one offer suits; None where nothing is asked, or the offer is not published."""
    if not looking.requirements:
        return None
    with current_supply() as supply:
        fit = fit_of(looking.asked().request, supply.frame, offer.id, spoken(), supply.texts)
    return None if fit is None else shown_fit(fit)


def _asked(looking: Looking, anywhere: bool = False) -> ListingQuery:
    only = published_ids(looking.text) if looking.text else None
    return looking.asked(only, anywhere=anywhere)


def _costs(looking: Looking, opens: dict[str, int]) -> tuple[Cost, ...]:
    costs = [Cost(chip, opens.get(chip.key, 0)) for chip in looking.filters]
    return tuple(sorted((cost for cost in costs if cost.more), key=lambda cost: -cost.more))


@dataclass(frozen=True)
class CountedPlace:
    """One neighbourhood: its tile, how many offers pass there for certain, the address of their list, whether it is
    chosen."""

    tile: Tile
    count: int
    params: Params
    chosen: bool

    @property
    def strength(self) -> int:
        """0 for none, then 1 to 3 for some, several, many."""
        return sum(self.count >= least for least in (1, 5, 15))


@dataclass(frozen=True)
class CityMap:
    """`places` in the order of the tiles, `groups` by Stadtbezirk as (name, places); `elsewhere` offers pass
    without a known neighbourhood."""

    picture: TileMap
    places: tuple[CountedPlace, ...]
    groups: tuple[tuple[str, tuple[CountedPlace, ...]], ...]
    elsewhere: int

    @property
    def total(self) -> int:
        return sum(place.count for place in self.places) + self.elsewhere


def city_map(looking: Looking) -> CityMap:
    """How many offers pass in each neighbourhood, whichever are chosen already."""
    picture, counts = tile_map(), counts_by_place(looking)
    chosen = looking.params.get(PLACE.key, [])
    places = {
        tile.code: CountedPlace(
            tile=tile,
            count=counts.get(tile.code, 0),
            params={**looking.params, PLACE.key: [tile.code], PLACE.key + PROVEN_BOX: [TICKED]},
            chosen=tile.code in chosen,
        )
        for tile in picture.tiles
    }
    return CityMap(
        picture=picture,
        places=tuple(places.values()),
        groups=tuple((group.name, tuple(places[code] for code, _name in group.places)) for group in place_groups()),
        elsewhere=counts.get(None, 0),
    )
