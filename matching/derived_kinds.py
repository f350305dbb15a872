"""Kinds that judge by several facts: steps and lifts, and a room in a flat that is more than the room.

A derived reading is worked out where columns are made, so that a list, a sheet and the engine say the same of a home.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from matching.arrays import Floats
from matching.kinds import AtMost, Criterion, IsTrue, Reading, Within
from matching.requests import Evidence

STEPS_PER_STOREY = 16
"""About so many steps lead from one storey to the next."""

A_ROOM_SQM = 30.0
"""Who has less than this to themselves in a larger dwelling has one room there."""


class StepsAtMost(AtMost):
    """Unavoidable steps. Where they are unknown, works start from the stairs that there may be."""

    def derive(self, readings: Sequence[Reading]) -> Reading:
        steps, lift, floor = readings
        return Reading(steps.value, steps.evidence, _stairs(steps.value, lift, floor))


def _stairs(steps: Floats, lift: Reading, floor: Reading) -> Floats:
    """The steps that works would start from: counted, or those of the stairs where no lift is known; else unknown."""
    stairs = np.isnan(steps) & (floor.value > 0) & ~(lift.value > 0)
    return np.where(stairs, floor.value * STEPS_PER_STOREY, steps)


class StepFree(IsTrue):
    """Reachable without a step, derived from stairs, lift and storey where it is not stated itself.

    The unavoidable steps decide where they are known at least as well as the statement itself; a storey above
    ground without a lift cannot be step-free. A lift alone proves nothing: there may be steps before it.
    """

    def derive(self, readings: Sequence[Reading]) -> Reading:
        stated, steps, lift, floor = readings
        value, evidence = stated.value.copy(), stated.evidence.copy()
        by_steps = ~np.isnan(steps.value) & (np.isnan(value) | (steps.evidence >= evidence))
        value = np.where(by_steps, (steps.value == 0).astype(float), value)
        evidence = np.where(by_steps, steps.evidence, evidence)
        stairs_only = np.isnan(value) & (lift.value == 0) & (floor.value > 0)
        value = np.where(stairs_only, 0.0, value)
        evidence = np.where(stairs_only, np.minimum(lift.evidence, floor.evidence), evidence)
        stairs = np.where(np.isnan(value), _stairs(steps.value, lift, floor), np.nan)
        basis = np.where(by_steps, steps.value, stairs)
        return Reading(value, evidence.astype(np.uint8), basis)


class OwnArea(Within):
    """The area that one lives in alone: of a room in a shared flat the room, not the flat around it."""

    def derive(self, readings: Sequence[Reading]) -> Reading:
        whole, own = readings
        is_part = own.value < whole.value
        value = np.where(is_part | np.isnan(whole.value), own.value, whole.value)
        evidence = np.where(is_part | np.isnan(whole.value), own.evidence, whole.evidence)
        return Reading(value, evidence.astype(np.uint8), value)


class OwnRooms(Within):
    """The rooms that one lives in alone: of a room in a shared flat this one, not all rooms of the flat."""

    def derive(self, readings: Sequence[Reading]) -> Reading:
        rooms, own, whole = readings
        is_room = (own.value < whole.value) & (own.value < A_ROOM_SQM)
        value = np.where(is_room, 1.0, rooms.value)
        return Reading(value, np.where(is_room, own.evidence, rooms.evidence).astype(np.uint8), value)


def read_off(criterion: Criterion, facts: Mapping[str, Any], evidence: Mapping[str, str]) -> tuple[float, Evidence]:
    """What the criterion reads off one home, given as values and names of evidence classes by fact key: the encoded
    value, NaN where unknown, `IDLE` where there is nothing to judge; and how well that is known."""
    readings = []
    for fact in criterion.facts:
        value = np.array([fact.encode(facts.get(fact.key))])
        known = Evidence.NONE if np.isnan(value[0]) else Evidence[evidence.get(fact.key, "stated").upper()]
        readings.append(Reading(value, np.array([known], dtype=np.uint8), value))
    found = criterion.derive(readings)
    return float(found.value[0]), Evidence(int(found.evidence[0]))
