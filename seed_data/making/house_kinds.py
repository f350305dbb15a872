"""The kinds of houses a city like this consists of, as data: what is typical of each, in ranges and shares.

Own estimates from public descriptions of the building types; good enough for a demo, no source for planning.
"""

from dataclasses import dataclass, field

Range = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class HouseKind:
    """Ranges are inclusive; widths in cm; `areas` in m² by rooms; `rent` multiplies the Stadtteil's level.

    `outside`: steps to the front door; `raised`: from there to the ground floor or the lift; `storey`: per storey;
    `lift_rest`: steps that remain although there is a lift. `levels`: how the flats are fitted out by weight,
    A age-friendly, B accessible, R for wheelchairs (DIN 18040-2), "" none of these.
    """

    label: str
    years: Range
    top_storey: Range
    outside: Range
    raised: Range
    storey: Range
    lift: float = 0.0
    lift_rest: dict[int, int] = field(default_factory=lambda: {0: 1})
    entrance: Range
    inner_door: Range
    bath_door: Range
    threshold: Range
    corridor: Range
    turning: Range
    bath: Range
    tub: float
    level_shower: float
    balcony: float
    areas: dict[float, Range]
    rooms: dict[float, int]
    energy: dict[str, int]
    renewable: float
    rent: float
    levels: dict[str, int]


HOUSE_KINDS = {
    "old": HouseKind(
        label="Gründerzeithaus", years=(1885, 1914), top_storey=(3, 5), outside=(0, 4), raised=(4, 8), storey=(18, 22),
        lift=0.06, lift_rest={8: 2, 0: 1}, entrance=(84, 98), inner_door=(74, 86), bath_door=(62, 76),
        threshold=(1, 4), corridor=(95, 145), turning=(120, 180), bath=(70, 115), tub=0.7, level_shower=0.06,
        balcony=0.5, areas={1: (29, 42), 2: (49, 68), 3: (70, 92), 4: (94, 122), 5: (120, 148)},
        rooms={1: 2, 2: 5, 3: 5, 4: 3, 5: 1}, energy={"C": 1, "D": 3, "E": 3, "F": 2}, renewable=0.06, rent=1.03,
        levels={"": 47, "A": 3},
    ),
    "villa": HouseKind(
        label="Villa", years=(1880, 1925), top_storey=(1, 2), outside=(3, 9), raised=(1, 5), storey=(16, 20),
        entrance=(86, 100), inner_door=(76, 90), bath_door=(64, 80), threshold=(1, 4), corridor=(105, 160),
        turning=(130, 200), bath=(85, 140), tub=0.75, level_shower=0.12, balcony=0.6,
        areas={2: (56, 74), 3: (78, 104), 4: (104, 138)}, rooms={2: 3, 3: 4, 4: 2},
        energy={"D": 2, "E": 3, "F": 2, "G": 1}, renewable=0.08, rent=1.05, levels={"": 18, "A": 2},
    ),
    "estate": HouseKind(
        label="Siedlungshaus der 1920er und 1930er Jahre", years=(1922, 1938), top_storey=(2, 3), outside=(1, 4),
        raised=(3, 7), storey=(16, 18), entrance=(82, 92), inner_door=(72, 80), bath_door=(60, 70),
        threshold=(1, 3), corridor=(90, 115), turning=(105, 140), bath=(65, 95), tub=0.75, level_shower=0.05,
        balcony=0.4, areas={1: (30, 38), 2: (46, 57), 3: (58, 72), 4: (74, 88)}, rooms={1: 1, 2: 6, 3: 5, 4: 1},
        energy={"C": 2, "D": 4, "E": 3}, renewable=0.04, rent=0.93, levels={"": 22, "A": 3},
    ),
    "fifties": HouseKind(
        label="Ziegelbau der 1950er und 1960er Jahre", years=(1952, 1966), top_storey=(3, 4), outside=(0, 3),
        raised=(3, 8), storey=(16, 18), lift=0.08, lift_rest={8: 2, 0: 1}, entrance=(84, 95), inner_door=(73, 81),
        bath_door=(60, 70), threshold=(1, 3), corridor=(95, 120), turning=(110, 145), bath=(70, 98), tub=0.75,
        level_shower=0.07, balcony=0.6, areas={1: (30, 38), 2: (46, 58), 3: (58, 74), 4: (76, 92)},
        rooms={1: 2, 2: 6, 3: 6, 4: 1}, energy={"C": 3, "D": 4, "E": 2}, renewable=0.05, rent=0.95,
        levels={"": 20, "A": 3, "B": 1},
    ),
    "slab": HouseKind(
        label="Plattenbau", years=(1972, 1989), top_storey=(5, 5), outside=(0, 2), raised=(5, 9), storey=(16, 18),
        lift=0.42, lift_rest={0: 4, 7: 1, 8: 3}, entrance=(85, 95), inner_door=(75, 81), bath_door=(58, 66),
        threshold=(0.5, 2), corridor=(95, 112), turning=(110, 140), bath=(75, 95), tub=0.7, level_shower=0.07,
        balcony=0.8, areas={1: (28, 36), 2: (44, 57), 3: (57, 68), 4: (68, 84), 5: (84, 98)},
        rooms={1: 3, 2: 5, 3: 8, 4: 4, 5: 1}, energy={"B": 2, "C": 5, "D": 3}, renewable=0.08, rent=0.97,
        levels={"": 40, "A": 7, "B": 3, "R": 1},
    ),
    "tower": HouseKind(
        label="Hochhaus", years=(1964, 1988), top_storey=(10, 16), outside=(0, 3), raised=(0, 6), storey=(16, 18),
        lift=1.0, lift_rest={0: 5, 4: 1, 8: 2}, entrance=(88, 100), inner_door=(76, 82), bath_door=(58, 68),
        threshold=(0.5, 2), corridor=(95, 115), turning=(110, 145), bath=(75, 100), tub=0.6, level_shower=0.1,
        balcony=0.85, areas={1: (27, 36), 2: (42, 56), 3: (58, 70), 4: (72, 84)}, rooms={1: 5, 2: 5, 3: 4, 4: 1},
        energy={"B": 2, "C": 5, "D": 2}, renewable=0.08, rent=0.98, levels={"": 30, "A": 7, "B": 3, "R": 1},
    ),
    "house": HouseKind(
        label="kleines Haus", years=(1930, 1999), top_storey=(1, 2), outside=(1, 5), raised=(0, 3), storey=(14, 17),
        entrance=(85, 100), inner_door=(74, 86), bath_door=(64, 80), threshold=(0.5, 3), corridor=(95, 130),
        turning=(120, 170), bath=(80, 130), tub=0.75, level_shower=0.15, balcony=0.5,
        areas={2: (48, 66), 3: (66, 92), 4: (92, 122)}, rooms={2: 4, 3: 4, 4: 2},
        energy={"D": 2, "E": 3, "F": 2, "G": 1}, renewable=0.15, rent=0.97, levels={"": 16, "A": 3, "B": 1},
    ),
    "recent": HouseKind(
        label="Haus der 1990er und 2000er Jahre", years=(1994, 2012), top_storey=(3, 4), outside=(0, 2), raised=(0, 2),
        storey=(16, 18), lift=0.7, entrance=(88, 100), inner_door=(78, 85), bath_door=(70, 82), threshold=(0, 2),
        corridor=(105, 130), turning=(120, 165), bath=(95, 130), tub=0.6, level_shower=0.25, balcony=0.9,
        areas={1: (32, 42), 2: (50, 64), 3: (68, 84), 4: (86, 104)}, rooms={1: 2, 2: 7, 3: 4, 4: 1},
        energy={"B": 4, "C": 4, "D": 1}, renewable=0.15, rent=1.08, levels={"": 10, "A": 5, "B": 4, "R": 1},
    ),
    "new": HouseKind(
        label="Neubau", years=(2016, 2026), top_storey=(3, 5), outside=(0, 0), raised=(0, 0), storey=(16, 18),
        lift=0.95, entrance=(90, 105), inner_door=(80, 90), bath_door=(80, 90), threshold=(0, 2), corridor=(115, 150),
        turning=(120, 180), bath=(115, 140), tub=0.35, level_shower=0.85, balcony=0.95,
        areas={1: (34, 44), 2: (52, 64), 3: (72, 86), 4: (90, 108)}, rooms={1: 3, 2: 7, 3: 5, 4: 3},
        energy={"A+": 1, "A": 4, "B": 4}, renewable=0.75, rent=1.5, levels={"": 5, "A": 3, "B": 8, "R": 3},
    ),
}  # fmt: skip
