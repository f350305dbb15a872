"""The map of the city's neighbourhoods with one published number in each, in classes that need no colour."""

from dataclasses import dataclass

from wohnberatung.bridge.neighbourhood_places import place_of
from wohnberatung.bridge.tiles import Tile, TileMap, tile_map
from wohnberatung.planning.cubes import BY_KEY
from wohnberatung.planning.protection import FEWEST_TOLD
from wohnberatung.planning.services.counting import Figures
from wohnberatung.planning.services.tables import line_of

CUBE = BY_KEY["stadtteile"]
CLASSES = (FEWEST_TOLD, 25, 50)
"""From so many on a neighbourhood is in the next class."""


@dataclass(frozen=True)
class SoughtPlace:
    """A neighbourhood, how many seek there (0 below ten), and the word of its page."""

    tile: Tile
    count: int
    slug: str

    @property
    def strength(self) -> int:
        """0 for fewer than ten, then 1 to 3."""
        return sum(self.count >= least for least in CLASSES)

    @property
    def lines(self) -> int:
        """How many lines are drawn across the tile: the class, for those who see no colour."""
        return max(self.strength - 1, 0)


@dataclass(frozen=True)
class SoughtMap:
    """All neighbourhoods in the order of the tiles."""

    picture: TileMap
    places: tuple[SoughtPlace, ...]


def sought_map(figures: Figures) -> SoughtMap:
    """From what was published of a month."""
    picture = tile_map()
    places = (
        SoughtPlace(tile, line_of(CUBE, figures, tile.code)[0], place.slug)
        for tile in picture.tiles
        if (place := place_of(tile.code)) is not None
    )
    return SoughtMap(picture, tuple(places))
