"""The schematic map: everybody has a place, nobody's twice, and the river keeps its banks."""

from math import dist

from matching.neighbourhoods import DRESDEN
from wohnberatung.bridge.tiles import SIDE, tile_map

TILES = {tile.code: tile for tile in tile_map().tiles}


def test_every_neighbourhood_has_one_tile_of_its_own() -> None:
    assert set(TILES) == set(DRESDEN.codes)
    middles = [(tile.x, tile.y) for tile in TILES.values()]
    assert min(dist(one, other) for one in middles for other in middles if one is not other) > 1.7 * SIDE


def test_everything_lies_inside_the_picture() -> None:
    picture = tile_map()
    corners = [map(float, corner.split(",")) for tile in TILES.values() for corner in tile.corners.split()]
    ends = [(x, y) for x1, y1, x2, y2 in picture.river for x, y in ((x1, y1), (x2, y2))]
    for x, y in [*corners, *ends]:
        assert 0 <= x <= picture.width
        assert 0 <= y <= picture.height


def test_the_river_runs_in_one_piece_between_the_banks() -> None:
    ends = [(x, y) for x1, y1, x2, y2 in tile_map().river for x, y in ((x1, y1), (x2, y2))]
    met_once = [end for end in ends if sum(dist(end, other) < 1 for other in ends) == 1]
    assert len(met_once) == 2


def test_places_lie_as_in_the_city() -> None:
    def is_north_of(one: str, other: str) -> bool:
        return TILES[one].y < TILES[other].y

    assert is_north_of("11", "01")  # Äußere Neustadt, Innere Altstadt
    assert is_north_of("23", "71")  # Kaditz, Prohlis-Nord
    assert TILES["97"].x < TILES["06"].x < TILES["45"].x  # Gorbitz, Johannstadt, Weißig


def test_neighbours_stay_near() -> None:
    steps = [
        dist((TILES[place.code].x, TILES[place.code].y), (TILES[other].x, TILES[other].y)) / (SIDE * 3**0.5)
        for place in DRESDEN.neighbourhoods
        for other in place.neighbours
    ]
    assert sum(step < 1.1 for step in steps) > 0.55 * len(steps)
    assert sum(step < 2.1 for step in steps) > 0.85 * len(steps)
