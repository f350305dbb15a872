"""Which features of an offer are scarce, and which open requests need them.

A feature is what a technical standard names as a need (a criterion with a `norm`; in a market without such
criteria, any criterion) and open requests have as a must. What a request needs of it is scarce where at most one
home in ten is known to have it, or fewer homes than there are requests whose need the offer meets.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.asked import AskedColumn
from matching.frame import Frame
from matching.grading import Grade
from matching.kinds import Criterion, Floats
from matching.stack import RequestStack

SCARCE_SHARE = 0.1


@dataclass(frozen=True)
class Need:
    """One scarce criterion of an offer. `homes`, shape (requests,), is how many homes are known to have what each
    request needs and the offer has; infinite where a request needs nothing scarce by this criterion. `wanted` is
    the value that the fewest homes have."""

    criterion: Criterion
    homes: Floats
    wanted: Any


def scarce_needs(stack: RequestStack, frame: Frame, row: int) -> list[Need]:
    """The scarce features of a row that at least one open request needs."""
    named = any(criterion.norm for criterion in stack.market.criteria)
    columns: dict[str, list[AskedColumn]] = {}
    for column in stack.asked:
        if column.excludes and (column.criterion.norm or not named):
            columns.setdefault(column.criterion.key, []).append(column)
    found = (_need(asked, frame, row) for asked in columns.values())
    return [need for need in found if np.isfinite(need.homes).any()]


def _need(columns: list[AskedColumn], frame: Frame, row: int) -> Need:
    """What all requests need by one criterion; a request that asks twice needs the rarer."""
    parts = [np.take(_homes(column, frame, row), column.codes) for column in columns]
    homes = np.min(parts, axis=0)
    rarest = int(np.argmin(homes))
    column = columns[int(np.argmin([part[rarest] for part in parts]))]
    requirement = column.requirements[int(column.codes[rarest])]
    scarce = (homes <= SCARCE_SHARE * len(frame)) | (homes < np.count_nonzero(np.isfinite(homes)))
    wanted = None if requirement is None else requirement.wanted
    return Need(column.criterion, np.where(scarce, homes, np.inf), wanted)


def _homes(column: AskedColumn, frame: Frame, row: int) -> Floats:
    """Shape (states,): homes known to have what the state asks, where it is a must that the row is known to meet."""
    term = column.term(frame, row)
    had: NDArray[np.bool_] = term.must & (term.grade >= Grade.NEARLY)
    return np.where(had, np.concatenate([[np.inf], column.homes(frame)]), np.inf)
