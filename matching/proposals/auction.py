"""An auction for large allocations: households bid for places, prices rise until nobody wants to change.

Bertsekas' auction in rounds of simultaneous bids. Nobody has to take a place: going without is worth 0.
Every household ends within one bid step of its best choice at the final prices, which bounds the gap.
"""

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Floats

BID_STEP_SHARE = 2e-4
"""Bid step as a share of the mean best value: the smaller, the closer to the optimum and the slower."""

NOBODY = -1


def auction(wanted: NDArray[np.intp], worth: Floats, places: int) -> tuple[NDArray[np.intp], float]:
    """Place of each household (-1 for none) and the gap to the optimum over the places wanted.

    `wanted` and `worth`, shape (households, candidates), name the places a household bids for and their values;
    a value of 0 is no wish. The gap is the dual bound of the final prices minus the value reached.
    """
    if wanted.size == 0:
        return np.full(len(wanted), NOBODY, dtype=np.intp), 0.0
    step = max(float(worth.max(axis=1).mean()) * BID_STEP_SHARE, 1e-12)
    prices, holder, chosen = _bid(wanted, worth, places, step)
    prices[holder == NOBODY] = 0.0
    profit = np.maximum((worth - prices[wanted]).max(axis=1), 0.0)
    reached = float((worth * (wanted == chosen[:, None])).max(axis=1).sum())
    return chosen, max(0.0, float(profit.sum() + prices.sum()) - reached)


def _bid(
    wanted: NDArray[np.intp], worth: Floats, places: int, step: float
) -> tuple[Floats, NDArray[np.intp], NDArray[np.intp]]:
    """Rounds of bids until everybody holds a place or is better off without; prices, holders, choices."""
    prices = np.zeros(places)
    holder = np.full(places, NOBODY, dtype=np.intp)
    chosen = np.full(len(wanted), NOBODY, dtype=np.intp)
    bidders = np.arange(len(wanted))
    while len(bidders):
        profit = worth[bidders] - prices[wanted[bidders]]
        favourite = profit.argmax(axis=1)
        lines = np.arange(len(bidders))
        best = profit[lines, favourite]
        profit[lines, favourite] = -np.inf
        second = np.maximum(profit.max(axis=1, initial=-np.inf), 0.0)
        willing = best > 0
        lines, best, second = bidders[willing], best[willing], second[willing]
        target = wanted[lines, favourite[willing]]
        offer = prices[target] + best - second + step
        order = np.lexsort((-lines, offer))  # the highest bid of each place is written last; ties go to the first
        prices[target[order]] = offer[order]
        winner = np.full(places, NOBODY, dtype=np.intp)
        winner[target[order]] = lines[order]
        taken = np.flatnonzero(winner >= 0)
        displaced = holder[taken]
        chosen[displaced[displaced >= 0]] = NOBODY
        holder[taken] = winner[taken]
        chosen[winner[taken]] = taken
        losers = lines[chosen[lines] == NOBODY]
        bidders = np.unique(np.concatenate([losers, displaced[displaced >= 0]]))
    return prices, holder, chosen
