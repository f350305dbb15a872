"""What a body or an aid cannot do without, as the needs profiles tell it: no advice ever goes below it."""

import math
from collections.abc import Collection

import numpy as np

from matching.catalogue import HOMES
from matching.facts import Measure
from matching.kinds import Bounds, Criterion
from matching.profiles import PROFILES, Preset
from matching.requests import Requirement


def is_vital(criterion: Criterion, profiles: Collection[str]) -> bool:
    """Whether one of these needs profiles (keys) has it as a must."""
    return any(profile in profiles for profile, _ in _musts(criterion))


def bearable(criterion: Criterion, value: float, profiles: Collection[str]) -> bool:
    """Whether people can physically do with the found value (encoded).

    All of these needs profiles that have it as a must can. Where none of them has, a number must do for some profile:
    nobody transfers to a WC with 29 cm beside it.
    """
    musts = _musts(criterion)
    if own := [preset for profile, preset in musts if profile in profiles]:
        return all(_does(criterion, preset, value) for preset in own)
    if not musts or not isinstance(criterion.fact, Measure):
        return True
    return any(_does(criterion, preset, value) for _, preset in musts)


def asks_enough(criterion: Criterion, asked: Requirement, profiles: Collection[str]) -> bool:
    """Whether nothing passes the requirement, its tolerance included, that people cannot do with."""
    if not isinstance(criterion, Bounds):
        return True
    low, high = criterion.bounds(asked.wanted)
    ends = (low - asked.tolerance, high + asked.tolerance)
    return all(bearable(criterion, end, profiles) for end in ends if math.isfinite(end))


def _musts(criterion: Criterion) -> list[tuple[str, Preset]]:
    """(key of the profile, its must) by which profiles judge homes with this criterion."""
    return [
        (profile.key, preset)
        for profile in PROFILES
        for preset in profile.requirements
        if preset.importance == "must" and HOMES.criterion(preset.key) is criterion
    ]


def _does(criterion: Criterion, preset: Preset, value: float) -> bool:
    shortfall = criterion.shortfall(criterion.parameters([preset.wanted]), np.array([value]))
    return bool(shortfall[0, 0] <= preset.tolerance)
