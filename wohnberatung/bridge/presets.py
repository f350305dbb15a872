"""What a needs profile and a household bring with them: wishes that the form fills in and the person changes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import lazy_gettext as _l

from matching.catalogue import HOMES
from matching.criteria import household, money
from matching.kinds import AtLeast, AtMost, Criterion
from matching.language import mark
from matching.profiles import PROFILES, Preset
from wohnberatung.bridge.form_pages import HEALTH_FACTS
from wohnberatung.bridge.wording import by_theme

_IN_A_WHEELCHAIR = frozenset({"wheelchair", "power_wheelchair"})
_WITH_PETS = Preset(money.PETS_ALLOWED, True, "must", explanation=mark("Damit Ihr Tier mit einziehen darf."))


@dataclass(frozen=True)
class PresetWish:
    """One criterion with the value, importance and weight that were set, and what it is good for."""

    criterion: Criterion
    wanted: Any
    importance: str
    weight: int
    explanation: Any

    def as_requirement(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "key": self.criterion.key,
            "wanted": self.wanted,
            "importance": self.importance,
            "weight": self.weight,
            "tolerance": 0,
        }


def profile_choices() -> list[tuple[str, Any, Any]]:
    """(key, label, explanation) of every needs profile."""
    return [(profile.key, _l(profile.label), _l(profile.explanation)) for profile in PROFILES]


def presets_for(profiles: Collection[str], household_values: Mapping[str, Any]) -> tuple[PresetWish, ...]:
    """Every wish that the profiles and the household bring, each criterion once, in the order of the themes."""
    merged: dict[str, PresetWish] = {}
    for preset in _presets(profiles, household_values):
        found = _wish(preset)
        merged[preset.key] = _stricter(merged[preset.key], found) if preset.key in merged else found
    criteria = (criterion for criterion in HOMES.criteria if criterion.key in merged)
    return tuple(merged[criterion.key] for _theme, _label, group in by_theme(criteria) for criterion in group)


def household_presets(profiles: Collection[str]) -> dict[str, Any]:
    """What profiles say about the household, by key of the fact."""
    return {household.NEEDS_WHEELCHAIR_HOME.key: True} if _IN_A_WHEELCHAIR & set(profiles) else {}


def _presets(profiles: Collection[str], household_values: Mapping[str, Any]) -> Iterable[Preset]:
    for profile in PROFILES:
        if profile.key in profiles:
            yield from profile.requirements
    if household_values.get(household.PETS.key):
        yield _WITH_PETS


def _wish(preset: Preset) -> PresetWish:
    criterion = HOMES.criterion(preset.key)
    return PresetWish(criterion, preset.wanted, preset.importance, preset.weight, _l(preset.explanation))


def _stricter(one: PresetWish, other: PresetWish) -> PresetWish:
    """Both people of a household must be served: the stricter value, the greater importance and weight.

    Where there is no stricter value (two different ranges), the first one stands and the person changes it.
    """
    pick = max if isinstance(one.criterion, AtLeast) else min if isinstance(one.criterion, AtMost) else None
    wanted = pick(one.wanted, other.wanted, key=one.criterion.fact.encode) if pick else one.wanted
    return replace(
        one,
        wanted=wanted,
        importance="must" if "must" in (one.importance, other.importance) else "wish",
        weight=max(one.weight, other.weight),
    )


def without_health(needs: Mapping[str, Any]) -> dict[str, Any]:
    """Checked needs without profiles, without what the household says about care and wheelchairs, and without
    every requirement that a chosen profile brought, as those tell of it too."""
    brought = {wish.criterion.key for wish in presets_for(needs["profiles"], {})}
    return {
        **needs,
        "requirements": [entry for entry in needs["requirements"] if entry["key"] not in brought],
        "household": {key: value for key, value in needs["household"].items() if key not in HEALTH_FACTS},
        "profiles": [],
    }
