"""Looking around without an account: published offers by what they can do, as pages and on the map of the city."""

from dataclasses import dataclass, replace

from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from matching.listing import ListingQuery, counts_by, fit_of, listing
from wohnberatung.bridge.filters import PROVEN_BOX, TICKED, FilterForm
from wohnberatung.bridge.frames import current_supply
from wohnberatung.bridge.neighbourhood_fields import NEIGHBOURHOOD, neighbourhood_groups
from wohnberatung.bridge.tiles import Tile, TileMap, tile_map
from wohnberatung.bridge.url_search import Chip, Params, UrlSearch, url_search_of
from wohnberatung.bridge.wording import spoken
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.pagination import PAGE_SIZE, Page
from wohnberatung.core.place_sections import SHOWN_OF_PLACE
from wohnberatung.dwellings.models import Dwelling, Offer, OfferStatus
from wohnberatung.dwellings.services.fits import ShownFit, shown_fit
from wohnberatung.dwellings.services.listings import offers_by_id, published_ids, published_offers
from wohnberatung.dwellings.services.showcase import STATUS_WORDS, ShownOffer, shown_offers
from wohnberatung.extensions import db

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


def browse(url_search: UrlSearch, number: int = 1, size: int = PAGE_SIZE) -> BrowsedOffers:
    """The newest offers where nothing is asked, else those that suit, best first."""
    if url_search.is_open:
        page = published_offers(url_search.text, number, size)
        return BrowsedOffers(Page(shown_offers(page.items), number, size, page.total), page.total)
    query = _listing_query(url_search)
    with current_supply() as supply:
        found = listing(query, supply.frame, (number - 1) * size, size, spoken(), supply.texts)
    offers = offers_by_id(fit.offer for fit in found.page)
    fits = {fit.offer: shown_fit(fit) for fit in found.page if fit.offer in offers}
    shown = shown_offers([offers[offer_id] for offer_id in fits], fits)
    costs = _costs(url_search, found.opens) if found.total < FEW else ()
    return BrowsedOffers(Page(shown, number, size, found.total), found.certain, costs)


@dataclass(frozen=True)
class OffersOfPlace:
    """The first offers that are known to lie in a neighbourhood, how many there are, and the address of their list."""

    items: tuple[ShownOffer, ...]
    total: int
    params: Params


def offers_in(code: str, size: int = SHOWN_OF_PLACE) -> OffersOfPlace:
    """What is offered in the neighbourhood with this code; with `size` 0 only how much."""
    form = FilterForm(MultiDict({NEIGHBOURHOOD.key: code, NEIGHBOURHOOD.key + PROVEN_BOX: TICKED}))
    form.validate()
    url_search = url_search_of(form)
    if not size:
        return OffersOfPlace((), counts_by_neighbourhood(url_search).get(code, 0), url_search.params)
    page = browse(url_search, 1, size).page
    return OffersOfPlace(tuple(replace(item, fit=None) for item in page.items), page.total, url_search.params)


def stock_in(code: str, actor: Actor) -> list[tuple[str, int]]:
    """(state in words, how many offers of homes that lie there), in the order of the states. Forbidden for everybody
    but the office."""
    only_office(actor)
    lies_here = getattr(Dwelling, NEIGHBOURHOOD.key) == code
    counted = select(Offer.status, func.count()).join(Offer.dwelling).where(lies_here).group_by(Offer.status)
    counts = {OfferStatus(status): number for status, number in db.session.execute(counted)}
    return [(str(words), counts.get(status, 0)) for status, words in STATUS_WORDS.items()]


def counts_by_neighbourhood(url_search: UrlSearch) -> dict[str | None, int]:
    """How many offers pass in each neighbourhood, whichever were asked for; None counts those with no known place."""
    query = _listing_query(url_search, anywhere=True)
    with current_supply() as supply:
        return counts_by(NEIGHBOURHOOD.fact, query, supply.frame, supply.texts)


def fit_for(offer: Offer, url_search: UrlSearch) -> ShownFit | None:
    """How one offer suits; None where nothing is asked, or the offer is not published."""
    if not url_search.requirements:
        return None
    with current_supply() as supply:
        fit = fit_of(url_search.listing_query().request, supply.frame, offer.id, spoken(), supply.texts)
    return None if fit is None else shown_fit(fit)


def _listing_query(url_search: UrlSearch, anywhere: bool = False) -> ListingQuery:
    only = published_ids(url_search.text) if url_search.text else None
    return url_search.listing_query(only, anywhere=anywhere)


def _costs(url_search: UrlSearch, opens: dict[str, int]) -> tuple[Cost, ...]:
    costs = [Cost(chip, opens.get(chip.key, 0)) for chip in url_search.filters]
    return tuple(sorted((cost for cost in costs if cost.more), key=lambda cost: -cost.more))


@dataclass(frozen=True)
class CountedNeighbourhood:
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
    """`neighbourhoods` in the order of the tiles, `groups` by Stadtbezirk as (name, neighbourhoods); `elsewhere` offers
    pass without a known neighbourhood."""

    picture: TileMap
    neighbourhoods: tuple[CountedNeighbourhood, ...]
    groups: tuple[tuple[str, tuple[CountedNeighbourhood, ...]], ...]
    elsewhere: int

    @property
    def total(self) -> int:
        return sum(each.count for each in self.neighbourhoods) + self.elsewhere


def city_map(url_search: UrlSearch) -> CityMap:
    """How many offers pass in each neighbourhood, whichever are chosen already."""
    picture, counts = tile_map(), counts_by_neighbourhood(url_search)
    chosen = url_search.params.get(NEIGHBOURHOOD.key, [])
    neighbourhoods = {
        tile.code: CountedNeighbourhood(
            tile=tile,
            count=counts.get(tile.code, 0),
            params={**url_search.params, NEIGHBOURHOOD.key: [tile.code], NEIGHBOURHOOD.key + PROVEN_BOX: [TICKED]},
            chosen=tile.code in chosen,
        )
        for tile in picture.tiles
    }
    return CityMap(
        picture=picture,
        neighbourhoods=tuple(neighbourhoods.values()),
        groups=tuple(
            (group.name, tuple(neighbourhoods[code] for code, _name in group.neighbourhoods))
            for group in neighbourhood_groups()
        ),
        elsewhere=counts.get(None, 0),
    )
