"""What the two sides bring: requests with their requirements; supply rows with their facts, how well these are known,
and what they demand in return."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Literal

Importance = Literal["must", "wish"]
EVIDENCE_NAMES = ("claimed", "stated", "measured")


class Evidence(IntEnum):
    """How well a known fact is known: an advert's claim, the provider's statement, a measurement. A stronger class
    wins; NONE stands beside an unknown value."""

    NONE = 0
    CLAIMED = 1
    STATED = 2
    MEASURED = 3

    @classmethod
    def named(cls, name: str) -> "Evidence":
        """The class of that name; ValueError for anything but claimed, stated or measured."""
        if name not in EVIDENCE_NAMES:
            raise ValueError(name)
        return cls[name.upper()]


@dataclass(frozen=True)
class Requirement:
    """What one side asks: criterion key, wanted value (as read by the criterion), importance.

    `weight` is 1 to 3 and matters for wishes; `tolerance` is in the unit of the fact (steps, cm, €, days,
    hops) and is what the asking side itself would still accept.
    """

    key: str
    wanted: Any
    importance: Importance = "must"
    weight: float = 1.0
    tolerance: float = 0.0

    @property
    def must(self) -> bool:
        return self.importance == "must"


@dataclass(frozen=True)
class Request:
    """One seeking household or initiative: what it asks and what it says of itself.

    `profiles` names the needs profiles its requirements began with; they tell planning figures apart, hold advice to
    what a body can do with, and decide nothing in a ranking. `works_means_eur` is what pays for works before the
    household does so itself: the budget it set aside and the funding it is entitled to.
    """

    id: str
    requirements: tuple[Requirement, ...] = ()
    household: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    profiles: tuple[str, ...] = ()
    works_means_eur: float = 0.0


@dataclass(frozen=True)
class SupplyRow:
    """One offer, place in a project or site: known facts, how well they are known, what it asks in return.

    `evidence` maps a fact key to claimed, stated or measured; stated where it is missing.
    """

    id: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)
    demands: tuple[Requirement, ...] = ()
    text: str = ""
