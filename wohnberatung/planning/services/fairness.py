"""Whether a group waits longer than all others: from the frozen counts, with the uncertainty of small numbers said.

Shares stand with their interval of 95 % (Wilson 1927). Waiting is compared by the log-rank test (Mantel 1966) between a
group and all who are not in it, as those who still wait count until today. As many groups are tested at once, the rule
of Benjamini and Yekutieli (2001) keeps false signals to one in twenty of those shown, however the groups overlap. A
group with fewer than ten households, inside or outside of it, is not judged. A signal says where to look, never why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from scipy import stats
from sqlalchemy import select

from wohnberatung.core.actors import Actor, only_administration
from wohnberatung.extensions import db
from wohnberatung.planning.cubes import ALL, LIVING_FORM, PROFILE, QUARTER, Dimension
from wohnberatung.planning.models import PlanningFairness, PlanningSnapshot, WaitingGroup
from wohnberatung.planning.services.categories import categories_of
from wohnberatung.planning.services.waiting import WaitingGroups

DIMENSIONS = (PROFILE, LIVING_FORM, QUARTER)
FEWEST_JUDGED = 10
FALSE_SIGNALS = 0.05
CERTAINTY = 0.95
NOBODY: WaitingGroup = {"proposed": {}, "waiting": {}, "proposals": 0, "moved_in": 0, "refused": 0}


@dataclass(frozen=True)
class Share:
    """How many of how many, and between which shares (0 to 1) it may truly lie."""

    count: int
    of: int

    @property
    def share(self) -> float:
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's, of 95 %; everything from 0 to 1 is possible of nobody."""
        if not self.of:
            return 0.0, 1.0
        found = stats.binomtest(self.count, self.of).proportion_ci(CERTAINTY, method="wilson")
        return float(found.low), float(found.high)


@dataclass(frozen=True)
class GroupWait:
    """A group: half of it had a proposal after `half` weeks, None where half of it still waits. `chance` is how likely
    so long a wait is by accident (adjusted for all groups), None where it is too small to be judged."""

    label: str
    households: int
    proposals: int
    proposed: Share
    moved_in: Share
    refused: Share
    half: int | None
    chance: float | None = None

    @property
    def waits_longer(self) -> bool:
        """Whether it is a signal."""
        return self.chance is not None and self.chance < FALSE_SIGNALS


@dataclass(frozen=True)
class FairnessOfMonth:
    """All groups by dimension, and all households."""

    month: date
    months: Sequence[date]
    whole: GroupWait
    dimensions: Sequence[tuple[Dimension, Sequence[GroupWait]]]

    @property
    def signals(self) -> list[GroupWait]:
        """Groups that wait longer, the least accidental first."""
        found = [group for _dimension, groups in self.dimensions for group in groups if group.waits_longer]
        return sorted(found, key=lambda group: group.chance or 0)


def fairness(actor: Actor, month: date | None = None) -> FairnessOfMonth | None:
    """That month or the newest, None before the first one. Forbidden for all but the administration."""
    only_administration(actor)
    query = select(PlanningSnapshot.month, PlanningFairness.groups).join(PlanningSnapshot)
    known: dict[date, WaitingGroups] = {
        row.month: row.groups for row in db.session.execute(query.order_by(PlanningSnapshot.month.desc())) if row.groups
    }
    if not known:
        return None
    chosen = month if month in known else next(iter(known))
    return judged(known[chosen], chosen, tuple(known))


def judged(groups: WaitingGroups, month: date, months: Sequence[date]) -> FairnessOfMonth:
    """Every group beside all others."""
    whole = groups[ALL][ALL]
    told = [(each, _told(each, groups.get(each.key, {}), whole)) for each in DIMENSIONS]
    tested = [group.chance for _dimension, found in told for group in found if group.chance is not None]
    adjusted = iter(stats.false_discovery_control(tested, method="by")) if tested else iter(())
    shown = [
        (each, [group if group.chance is None else replace(group, chance=float(next(adjusted))) for group in found])
        for each, found in told
    ]
    return FairnessOfMonth(month, months, _group("", whole), shown)


def _told(dimension: Dimension, groups: Mapping[str, WaitingGroup], whole: WaitingGroup) -> list[GroupWait]:
    """Those in which there is somebody, each with the chance of its own comparison."""
    named = [(label, groups[code]) for code, label in categories_of(dimension) if code in groups]
    return [replace(_group(label, group), chance=chance_of(group, whole)) for label, group in named]


def _group(label: str, group: WaitingGroup) -> GroupWait:
    households = _number_of(group)
    proposed, moved_in, refused = (
        Share(count, households) for count in (sum(group["proposed"].values()), group["moved_in"], group["refused"])
    )
    return GroupWait(label, households, group["proposals"], proposed, moved_in, refused, half_after(group))


def chance_of(group: WaitingGroup, whole: WaitingGroup) -> float | None:
    """How likely the group would wait so much longer than those outside of it if it made no difference; None where
    either side is too small, or nobody had a proposal."""
    others: WaitingGroup = {
        **NOBODY,
        "proposed": _without(whole["proposed"], group["proposed"]),
        "waiting": _without(whole["waiting"], group["waiting"]),
    }
    if min(_number_of(group), _number_of(others)) < FEWEST_JUDGED or not whole["proposed"]:
        return None
    return float(stats.logrank(_sample(group), _sample(others), alternative="less").pvalue)


def half_after(group: WaitingGroup) -> int | None:
    """Weeks after which half of the group had a proposal (Kaplan and Meier 1958)."""
    if not group["proposed"]:
        return None
    waiting = stats.ecdf(_sample(group)).sf
    reached = np.flatnonzero(waiting.probabilities <= 0.5)
    return int(waiting.quantiles[reached[0]]) if len(reached) else None


def _sample(group: WaitingGroup) -> stats.CensoredData:
    return stats.CensoredData(uncensored=_weeks(group["proposed"]), right=_weeks(group["waiting"]))


def _weeks(counted: Mapping[str, int]) -> list[int]:
    return [int(weeks) for weeks, number in counted.items() for _each in range(number)]


def _without(whole: Mapping[str, int], part: Mapping[str, int]) -> dict[str, int]:
    return {weeks: number - part.get(weeks, 0) for weeks, number in whole.items()}


def _number_of(group: WaitingGroup) -> int:
    return sum(group["proposed"].values()) + sum(group["waiting"].values())
