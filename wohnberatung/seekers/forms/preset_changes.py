"""What becomes of entries when other needs profiles are chosen: what the person changed stays, the rest follows."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from wohnberatung.bridge.presets import PresetWish, household_presets
from wohnberatung.bridge.requirement_fields import requirement_fields
from wohnberatung.seekers.forms.wishes import HOUSEHOLD_PREFIX

Entries = dict[str, list[str]]


def forget_outdated(
    entries: Entries, before: Iterable[PresetWish], asked: Iterable[Mapping[str, Any]], after: Iterable[PresetWish]
) -> bool:
    """Drop entries that only repeat a preset that is gone or has changed, so that the new one shows.

    `asked` are the requirements as they stood under the presets `before`. An answer to a wish that was no preset
    before stays if it says anything. Returns whether any preset has changed.
    """
    old, new = ({wish.criterion.key: wish for wish in wishes} for wishes in (before, after))
    stood = {entry["key"]: entry for entry in asked}
    changed = [key for key in old | new if _as_requirement(old.get(key)) != _as_requirement(new.get(key))]
    for key in changed:
        if key in old:
            chosen = stood.get(key) != old[key].as_requirement()
        else:
            chosen = any(entries.get(f"{key}_importance", ()))
        if not chosen or key not in new:
            _forget(entries, (old | new)[key])
    return bool(changed)


def forget_household(entries: Entries, before: Collection[str], after: Collection[str]) -> bool:
    """Drop what the household says of itself where other profiles say something else; returns whether they do."""
    old, new = household_presets(before), household_presets(after)
    changed = [key for key in old | new if old.get(key) != new.get(key)]
    for key in changed:
        entries.pop(HOUSEHOLD_PREFIX + key, None)
    return bool(changed)


def _as_requirement(wish: PresetWish | None) -> dict[str, Any] | None:
    return wish.as_requirement() if wish else None


def _forget(entries: Entries, wish: PresetWish) -> None:
    for name in requirement_fields(wish.criterion):
        entries.pop(name, None)
