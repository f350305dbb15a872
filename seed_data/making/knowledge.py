"""What is known of a dwelling, by whom and how well: adverts claim, owners state, advisors measure.

Most stays unknown, as in real life. Adverts mention what is good and are now and then wrong about it; owners
round what they measured themselves; a survey finds what is so.
"""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from matching.catalogue import HOMES
from matching.facts import Measure
from seed_data.making.calendar import TODAY
from seed_data.making.chance import Chance

Facts = dict[str, Any]
FEED_SOURCES = {"OpenImmo": "Datenlieferung (OpenImmo)", "Tabelle": "Datenlieferung (Tabelle)"}
FORM_SOURCE = "Angabe beim Eintragen"
SURVEY_SOURCE = "Aufmaß vor Ort"
SURVEYORS = ("beraterin1", "berater2", "vertretung")

# How often a value is in a delivery, whatever it is.
_DELIVERED = {
    "district": 1, "living_area_sqm": 0.97, "rooms": 0.97, "floor": 0.93, "year_built": 0.75, "has_lift": 0.75,
    "balcony": 0.8, "has_bathtub": 0.4, "energy_class": 0.5, "stop_distance_m": 0.3, "shop_distance_m": 0.2,
    "doctor_distance_m": 0.05, "renewable_heating": 0.12, "max_persons": 0.12,
}  # fmt: skip
# How often an advert mentions a good thing: where it is so, and where it is not.
_PRAISED = {
    "step_free": (0.4, 0.08), "shower_level": (0.5, 0.06), "garden": (0.4, 0), "quiet_location": (0.25, 0.02),
    "video_intercom": (0.4, 0), "grab_bars": (0.2, 0), "balcony_level": (0.35, 0.01), "scooter_space": (0.4, 0),
    "parking_accessible": (0.3, 0), "entrance_door_powered": (0.3, 0), "emergency_call": (0.4, 0),
    "simple_layout": (0.06, 0.01), "stove_shutoff": (0.3, 0),
}  # fmt: skip
# What owners add who fill in the form, in shares.
_ENTERED = {
    "steps_to_flat": 0.45, "has_lift": 0.9, "handrails_both_sides": 0.2, "shower_level": 0.5, "has_bathtub": 0.6,
    "threshold_height_cm": 0.12, "inner_door_clear_width_cm": 0.12, "bathroom_door_clear_width_cm": 0.1,
    "quiet_location": 0.35, "garden": 0.5, "simple_layout": 0.15, "corridor_width_cm": 0.06, "max_persons": 0.3,
}  # fmt: skip
_PROMISED = {"R": "wheelchair", "B": "accessible", "A": "age_friendly"}
_SURVEYED_THEMES = frozenset({"access", "rooms", "bathroom", "senses"})
_NOT_MEASURED = frozenset({"claimed_level", "year_built", "max_persons"})


@dataclass(frozen=True)
class Statement:
    """Facts somebody gave on one day: `level` is claimed, stated or measured; `by` names the account, if any."""

    level: str
    date: str
    source: str
    facts: Facts
    by: str = ""

    def as_json(self) -> dict[str, Any]:
        return {key: value for key, value in asdict(self).items() if value}


def statements(
    chance: Chance, truth: Facts, level: str, feed: str, careful: bool, listed: date, surveyed: bool
) -> list[dict[str, Any]]:
    """Everything said about the dwelling, oldest first.

    `feed`: how its owner delivers data, empty for the form; `careful`: an owner who knows the house well.
    """
    said = _delivery(chance, truth, level, feed, listed) if feed else _form(chance, truth, level, careful, listed)
    if surveyed:
        said.append(_survey(chance, truth, listed))
    return [statement.as_json() for statement in sorted(said, key=lambda one: one.date) if statement.facts]


def _delivery(chance: Chance, truth: Facts, level: str, feed: str, listed: date) -> list[Statement]:
    values = {key: truth[key] for key, share in _DELIVERED.items() if chance.yes(share)}
    values |= _praise(chance, truth) | _promise(chance, level)
    if values.get("has_lift") is False and chance.yes(0.5):
        del values["has_lift"]  # flags are sent where there is something to show
    claims = {key: value for key, value in values.items() if HOMES.fact(key).claim_only}
    rest = {key: value for key, value in values.items() if key not in claims}
    source, day = FEED_SOURCES[feed], listed.isoformat()
    return [Statement("stated", day, source, rest), Statement("claimed", day, source, claims)]


def _praise(chance: Chance, truth: Facts) -> Facts:
    return {key: True for key, (so, wrong) in _PRAISED.items() if chance.yes(so if truth[key] else wrong)}


def _promise(chance: Chance, level: str) -> Facts:
    if level in _PROMISED:
        return {"claimed_level": _PROMISED[level]} if chance.yes(0.65) else {}
    return {"claimed_level": chance.pick({"age_friendly": 4, "accessible": 1})} if chance.yes(0.08) else {}


def _form(chance: Chance, truth: Facts, level: str, careful: bool, listed: date) -> list[Statement]:
    shares = {**_DELIVERED, **_ENTERED}
    if careful:
        shares |= dict.fromkeys(surveyable(), 0.6) | {"district": 1, "living_area_sqm": 1, "rooms": 1}
    values = {key: _rounded(key, truth[key]) for key, share in shares.items() if key in truth and chance.yes(share)}
    return [Statement("stated", listed.isoformat(), FORM_SOURCE, values | _promise(chance, level))]


def _rounded(key: str, value: Any) -> Any:
    fact = HOMES.fact(key)
    in_centimetres = isinstance(fact, Measure) and fact.unit == "cm" and value >= 10
    return 5 * round(value / 5) if in_centimetres else value


def _survey(chance: Chance, truth: Facts, listed: date) -> Statement:
    """Either from an earlier letting, or after the present one was announced."""
    earlier = chance.yes(0.4)
    day = listed - timedelta(days=chance.randint(120, 620)) if earlier else listed + timedelta(chance.randint(3, 25))
    found = {key: truth[key] for key in surveyable() if key in truth and chance.yes(0.9)}
    return Statement("measured", min(day, TODAY).isoformat(), SURVEY_SOURCE, found, chance.choice(SURVEYORS))


def surveyable() -> list[str]:
    """Keys of the facts a home survey records, in declared order."""
    return [
        fact.key
        for fact in HOMES.facts_of("dwelling")
        if fact.theme in _SURVEYED_THEMES and fact.key not in _NOT_MEASURED
    ]
