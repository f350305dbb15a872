"""What a household asks: the presets of its needs profiles, changed here and there, and what everybody asks."""

from datetime import date
from typing import Any

from matching.neighbourhoods import DRESDEN
from matching.profiles import PROFILES, Preset
from seed_data.files import read_table
from seed_data.making.calendar import moving_day
from seed_data.making.chance import Chance
from seed_data.making.city import neighbourhoods
from seed_data.making.personas import Persona

Requirement = dict[str, Any]
Household = dict[str, Any]

# Warm rent and least area by persons.
_WARM = {1: (430, 660), 2: (540, 840), 3: (680, 1000), 4: (800, 1180), 5: (900, 1300)}
_AREA = {1: (28, 42), 2: (44, 58), 3: (58, 72), 4: (70, 84), 5: (80, 95)}


def requirements(chance: Chance, persona: Persona, household: Household, with_others: bool) -> list[Requirement]:
    """All requirements of one request, each criterion once, musts first."""
    asked = {
        **_everyday(chance, household),
        **_home(chance, household, with_others),
        **(_together(chance, persona, household) if with_others else {}),
        **_needs(chance, persona.profiles),
    }
    return sorted(asked.values(), key=lambda one: one["importance"] != "must")


def _needs(chance: Chance, profiles: tuple[str, ...]) -> dict[str, Requirement]:
    """The presets of all chosen profiles; where two meet, the must counts."""
    chosen: dict[str, Requirement] = {}
    for profile in (profile for profile in PROFILES if profile.key in profiles):
        for preset in profile.requirements:
            if chosen.get(preset.key, {}).get("importance") != "must":
                chosen |= {preset.key: changed} if (changed := _changed(chance, preset)) else {}
    return chosen


def _changed(chance: Chance, preset: Preset) -> Requirement | None:
    """The preset as one person leaves it: most stays, some does not matter, some matters more or less."""
    if preset.importance == "wish" and chance.yes(0.25):
        return None
    importance = preset.importance
    if chance.yes(0.06):
        importance = "wish" if importance == "must" else "must"
    if importance == "wish":
        return _wish(preset.key, preset.wanted, preset.weight)
    is_width = isinstance(preset.wanted, int) and not isinstance(preset.wanted, bool) and preset.wanted >= 80
    return _must(preset.key, preset.wanted, chance.pick({0: 3, 2: 1, 3: 1}) if is_width else 0)


def _everyday(chance: Chance, household: Household) -> dict[str, Requirement]:
    """Rent, place and time."""
    persons = min(household.get("persons", 1), 5)
    asked = [_rent(chance, persons)] if chance.yes(0.92) else []
    if chance.yes(0.72):
        wanted = _districts(chance)
        asked.append(_must("district", wanted, 1) if chance.yes(0.2) else _wish("district", wanted, 2))
    if chance.yes(0.4):
        day = date.fromordinal(moving_day(chance, 9).toordinal() + 30).isoformat()
        asked.append(_must("available_from", day, 30) if chance.yes(0.4) else _wish("available_from", day))
    if chance.yes(0.3):
        asked.append(_wish("stop_distance_m", chance.choice((200, 300, 400)), chance.choice((1, 2))))
    return _by_key(asked)


def _rent(chance: Chance, persons: int) -> Requirement:
    if chance.yes(0.35):
        return _must("rent_gross_cold_eur", _gross_cold_limit(persons), 0)
    return _must("rent_warm_eur", chance.number(*_WARM[persons], step=10), chance.pick({0: 3, 20: 2, 50: 1}))


def _gross_cold_limit(persons: int) -> float:
    """What the office pays for housing, as the parameter table has it first."""
    key = f"kdu_gross_cold_{persons}"
    return next(float(row["value"]) for row in read_table("parameters.csv") if row["key"] == key)


def _districts(chance: Chance) -> list[str]:
    """A Stadtteil with homes and up to three of its neighbours."""
    inhabited = neighbourhoods()
    middle = chance.choice(list(inhabited))
    around = [code for code in DRESDEN.neighbourhoods[DRESDEN.position[middle]].neighbours if code in inhabited]
    return sorted({middle, *chance.sample(around, k=min(len(around), chance.randint(0, 3)))})


def _home(chance: Chance, household: Household, with_others: bool) -> dict[str, Requirement]:
    """Size, balcony, animals; a room among others need not be large."""
    persons = min(household.get("persons", 1), 5)
    asked = []
    if not with_others and chance.yes(0.75):
        asked.append(_must("living_area_sqm", [chance.number(*_AREA[persons]), None], chance.pick({0: 1, 2: 1})))
    if not with_others and persons > 1 and chance.yes(0.7):
        least = max(2, persons - chance.randint(0, 1))
        asked.append(_must("rooms", [least, None], 0))
    if chance.yes(0.45):
        asked.append(_wish("balcony", True, chance.choice((1, 1, 2))))
    if chance.yes(0.15):
        asked.append(_wish("garden", True))
    if chance.yes(0.2):
        asked.append(_wish("quiet_location", True))
    if chance.yes(0.12):
        asked.append(_wish("energy_class", chance.choice("BCD")))
    if household.get("pets"):
        asked.append(_must("pets_allowed", True, 0))
    return _by_key(asked)


def _together(chance: Chance, persona: Persona, household: Household) -> dict[str, Requirement]:
    """Forms, hours, meals, languages of a shared life."""
    forms = [form for form in persona.forms if form == persona.forms[0] or chance.yes(0.6)]
    alone = household.get("persons") == 1
    asked = [_must("living_form", forms, 0) if chance.yes(0.25) else _wish("living_form", forms, 3)]
    if "homeshare" in forms:
        asked.append(_wish("tenure", ["homeshare", "sublet"], 3))
    if chance.yes(0.5):
        asked.append(_wish("community_hours_month", chance.choice((4, 6, 8, 10, 12)), 2))
    if chance.yes(0.4):
        asked.append(_wish("shared_meals", [chance.choice(("monthly", "weekly")), None]))
    if chance.yes(0.4) or "dgs" in persona.languages:
        asked.append(_wish("languages", list(persona.languages), 3 if "dgs" in persona.languages else 1))
    if alone and chance.yes(0.45):
        asked.append(_wish("private_bathroom", True, 2))
    if not alone:
        asked.append(_wish("free_places", household["persons"], 2))
    if persona.children[1] and chance.yes(0.7):
        asked.append(_wish("children_in_group", True, 2))
    if chance.yes(0.2):
        asked.append(_wish("decision_mode", ["consensus", "consent"]))
    return _by_key(asked)


def _must(key: str, wanted: Any, tolerance: float) -> Requirement:
    asked = {"key": key, "wanted": wanted, "importance": "must"}
    return {**asked, "tolerance": tolerance} if tolerance else asked


def _wish(key: str, wanted: Any, weight: int = 1) -> Requirement:
    return {"key": key, "wanted": wanted, "importance": "wish", "weight": weight}


def _by_key(asked: list[Requirement]) -> dict[str, Requirement]:
    return {one["key"]: one for one in asked}
