"""A house as it really is: year, entrance, lift, surroundings. What is *known* of it is decided elsewhere."""

from dataclasses import dataclass, field
from typing import Any

from seed_data.making.chance import Chance
from seed_data.making.city import Site
from seed_data.making.house_kinds import HOUSE_KINDS, HouseKind

STEP_FREE_LEVELS = frozenset({"B", "R"})


@dataclass(frozen=True)
class House:
    """`levels`: how each of its flats on offer is fitted out; `facts`: what all flats share; `approach`: steps to
    the ground floor; `lift_rest`: steps that remain with the lift, None without one; `storey`: steps per storey."""

    name: str
    kind: HouseKind
    site: Site
    levels: tuple[str, ...]
    with_services: bool
    top_storey: int
    approach: int
    storey: int
    lift_rest: int | None
    facts: dict[str, Any] = field(default_factory=dict)


def build(chance: Chance, kind_name: str, site: Site, flats: int, with_services: bool) -> House:
    """A house of that kind; houses with services are fitted out better."""
    kind = HOUSE_KINDS[kind_name]
    weights = {**kind.levels, "": 2, "A": 4, "B": 5, "R": 2} if with_services else kind.levels
    levels = tuple(chance.pick(weights) for _ in range(flats))
    has_lift = chance.yes(kind.lift)
    ramp = _ramp_slope(chance, bool(STEP_FREE_LEVELS & set(levels)))
    level_entrance = ramp is not None or chance.yes(0.1)
    approach = 0 if level_entrance else chance.number(*kind.outside) + chance.number(*kind.raised)
    rest = chance.pick(kind.lift_rest) if not STEP_FREE_LEVELS & set(levels) else 0
    return House(
        name=kind_name,
        kind=kind,
        site=site,
        levels=levels,
        with_services=with_services,
        top_storey=int(chance.number(*kind.top_storey)),
        approach=int(approach),
        storey=int(chance.number(*kind.storey)),
        lift_rest=(min(int(approach), 9) if rest and approach else rest) if has_lift else None,
        facts=_shared(chance, kind, site, has_lift, ramp, with_services),
    )


def _ramp_slope(chance: Chance, adapted: bool) -> float | None:
    """The slope in % of a ramp or sloping path that was made, None where there are steps instead."""
    return chance.number(2, 6, 0.5) if adapted else None


def _shared(
    chance: Chance, kind: HouseKind, site: Site, has_lift: bool, ramp: float | None, with_services: bool
) -> dict[str, Any]:
    adapted = ramp is not None
    entrance = chance.number(*kind.entrance)
    facts = {
        "district": site.district,
        "year_built": int(chance.number(*kind.years)),
        "has_lift": has_lift,
        "entrance_door_clear_width_cm": max(entrance, 90) if adapted else entrance,
        "entrance_door_powered": chance.yes(0.35 if adapted else 0.04),
        "ramp_slope_percent": ramp if adapted else chance.number(0, 5, 0.5),
        "handrails_both_sides": chance.yes(0.7 if adapted or with_services else 0.2),
        "parking_accessible": chance.yes(0.4 if adapted else 0.04),
        "scooter_space": chance.yes(0.5 if adapted else 0.06),
    }
    if has_lift:
        facts |= _cabin(chance, adapted)
    return facts | _surroundings(chance, kind) | _signals(chance, adapted, with_services)


def _cabin(chance: Chance, adapted: bool) -> dict[str, Any]:
    width, depth, door = ((110, 120), (140, 210), (90, 100)) if adapted else ((90, 110), (100, 140), (70, 90))
    return {
        "lift_cabin_width_cm": chance.number(*width),
        "lift_cabin_depth_cm": chance.number(*depth),
        "lift_door_clear_width_cm": chance.number(*door),
    }


def _surroundings(chance: Chance, kind: HouseKind) -> dict[str, Any]:
    dense = kind.top_storey[1] >= 3
    return {
        "stop_distance_m": chance.number(80, 550 if dense else 1200, 10),
        "shop_distance_m": chance.number(100, 800 if dense else 2400, 50),
        "doctor_distance_m": chance.number(150, 1500 if dense else 4000, 50),
        "energy_class": chance.pick(kind.energy),
        "renewable_heating": chance.yes(kind.renewable),
        "quiet_location": chance.yes(0.6),
        "garden": chance.yes(0.25 if dense else 0.6),
    }


def _signals(chance: Chance, adapted: bool, with_services: bool) -> dict[str, Any]:
    return {
        "video_intercom": chance.yes(0.5 if adapted else 0.08),
        "contrast_marking": chance.yes(0.4 if adapted else 0.07),
        "tactile_labels": chance.yes(0.3 if adapted else 0.04),
        "emergency_call": chance.yes(0.8 if with_services else 0.05),
    }
