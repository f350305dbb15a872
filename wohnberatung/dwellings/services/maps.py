"""The schematic map of the city with the number of offers in each neighbourhood, and the same as a list."""

from dataclasses import dataclass

from wohnberatung.bridge.filters import PLACE, PROVEN_BOX, TICKED
from wohnberatung.bridge.place_choices import place_groups
from wohnberatung.bridge.tiles import Tile, TileMap, tile_map
from wohnberatung.bridge.url_search import Looking, Params
from wohnberatung.dwellings.services.browsing import counts_by_place


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
