"""A flat as it really is, down to the doors: consistent with its house and with how it is fitted out."""

from typing import Any

from seed_data.making.chance import Chance
from seed_data.making.houses import STEP_FREE_LEVELS, House

# Least values of DIN 18040-2 for the two levels, and what is age-friendly in existing stock.
_FITTED = {
    "R": {
        "inner_door_clear_width_cm": (90, 100), "bathroom_door_clear_width_cm": (90, 100),
        "turning_space_cm": (150, 180), "threshold_height_cm": (0, 1), "corridor_width_cm": (150, 160),
        "bed_side_space_cm": (150, 170),
        "bathroom_turning_space_cm": (150, 170), "wc_side_space_cm": (90, 100), "wc_seat_height_cm": (46, 48),
    },
    "B": {
        "inner_door_clear_width_cm": (80, 90), "bathroom_door_clear_width_cm": (80, 90),
        "turning_space_cm": (120, 150), "threshold_height_cm": (0, 2), "corridor_width_cm": (120, 140),
        "bed_side_space_cm": (120, 140),
        "bathroom_turning_space_cm": (120, 140), "wc_side_space_cm": (20, 60), "wc_seat_height_cm": (42, 48),
    },
}  # fmt: skip


def fit_out(chance: Chance, house: House, number: int) -> dict[str, Any]:
    """Every fact of the house's flat with that number, as somebody with a folding rule would find them."""
    level = house.levels[number]
    floor = _floor(chance, house, level)
    facts = {**house.facts, "floor": floor, "steps_to_flat": steps_to_flat(house, floor)}
    facts["step_free"] = facts["steps_to_flat"] == 0
    facts |= _size(chance, house, level)
    facts |= _widths(chance, house, level)
    facts |= _bathroom(chance, house, level)
    return facts | _details(chance, house, level)


def steps_to_flat(house: House, floor: int) -> int:
    """Steps from the pavement, the lift used where there is one."""
    by_stairs = house.approach + floor * house.storey
    return by_stairs if house.lift_rest is None else min(by_stairs, house.lift_rest)


def _floor(chance: Chance, house: House, level: str) -> int:
    if house.lift_rest is None and level in STEP_FREE_LEVELS:
        return 0
    highest = min(house.top_storey, 1) if house.lift_rest is None and level == "A" else house.top_storey
    return chance.randint(0, highest)


def _size(chance: Chance, house: House, level: str) -> dict[str, Any]:
    rooms = chance.pick(house.kind.rooms)
    if house.with_services:
        rooms = min(rooms, 2)
    low, high = house.kind.areas.get(rooms, (30, 42))
    extra = 8 if level == "R" else 0
    area = round(chance.uniform(low, high) + extra, 2)
    return {"living_area_sqm": area, "rooms": rooms, "max_persons": max(1, min(int(rooms) + 1, round(area / 17)))}


def _widths(chance: Chance, house: House, level: str) -> dict[str, Any]:
    kind = house.kind
    typical = {
        "inner_door_clear_width_cm": kind.inner_door,
        "bathroom_door_clear_width_cm": kind.bath_door,
        "corridor_width_cm": kind.corridor,
        "turning_space_cm": kind.turning,
        "bed_side_space_cm": (60, 130),
        "bathroom_turning_space_cm": kind.bath,
        "wc_side_space_cm": (15, 45),
        "wc_seat_height_cm": (40, 44),
    }
    ranges = typical | {key: span for key, span in _FITTED.get(level, {}).items() if key in typical}
    facts: dict[str, Any] = {key: chance.number(*span) for key, span in ranges.items()}
    threshold = _FITTED.get(level, {}).get("threshold_height_cm", (0, 2) if level == "A" else kind.threshold)
    facts["threshold_height_cm"] = chance.number(*threshold, step=0.5)
    return facts


def _bathroom(chance: Chance, house: House, level: str) -> dict[str, Any]:
    level_shower = level in STEP_FREE_LEVELS or chance.yes(0.7 if level == "A" else house.kind.level_shower)
    return {
        "shower_level": level_shower,
        "has_bathtub": not level_shower and chance.yes(house.kind.tub),
        "bathroom_door_opens_outward": level in STEP_FREE_LEVELS or chance.yes(0.35),
        "basin_underrideable": level == "R" or chance.yes(0.3 if level == "B" else 0.04),
        "grab_bars": chance.yes({"R": 0.8, "B": 0.3, "A": 0.4}.get(level, 0.05)),
    }


def _details(chance: Chance, house: House, level: str) -> dict[str, Any]:
    fitted = level in STEP_FREE_LEVELS
    balcony = chance.yes(house.kind.balcony)
    return {
        "kitchen_underrideable": level == "R" and chance.yes(0.6),
        "controls_reachable": fitted or chance.yes(0.25),
        "window_handles_reachable": level == "R" or chance.yes(0.2 if fitted else 0.05),
        "balcony": balcony,
        "balcony_level": balcony and (level == "R" or chance.yes(0.7 if fitted else 0.06)),
        "visual_doorbell": chance.yes(0.06 if fitted else 0.02),
        "alarm_visual": chance.yes(0.06 if fitted else 0.02),
        "stove_shutoff": chance.yes(0.4 if house.with_services else 0.03),
        "simple_layout": chance.yes(0.65),
    }
