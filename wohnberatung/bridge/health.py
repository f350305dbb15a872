"""What stays of needs when nothing about anybody's health may be kept."""

from collections.abc import Mapping
from typing import Any

from wohnberatung.bridge.presets import presets_for
from wohnberatung.bridge.steps import HEALTH_FACTS


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
