"""What every request asks, request by request: a few positions in one table of all requirements.

A stack keeps a column per criterion, most of which say nothing about a given request. Here each request names
its own musts and wishes alone, so that filter and score of 100,000 requests look up what is asked and no more.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.asked import AskedColumn
from matching.kinds import Floats
from matching.terms import Term

Places = NDArray[np.intp]
CHUNK = 1 << 12
"""Requests at a time, so that their positions stay in the cache."""

NOTHING: Places = np.zeros(0, dtype=np.intp)


class Slots:
    """Positions in the table of outcomes; position 0 asks nothing. `musts`, shape (most musts, requests), is read
    for all requests at once, `wishes`, shape (requests, most wishes), for few. `weight`, shape (requests,), is that
    of all wishes of a request."""

    def __init__(self, columns: Sequence[AskedColumn], size: int) -> None:
        requests, positions, musts = [NOTHING], [NOTHING], [NOTHING.astype(bool)]
        first = 1
        for column in columns:
            asking = column.codes.nonzero()[0]
            states = column.codes[asking]
            requests.append(asking)
            positions.append(first + states.astype(np.intp))
            musts.append(column.must[states])
            first += len(column.requirements)
        request, position, must = map(np.concatenate, (requests, positions, musts))
        weights = np.concatenate([np.zeros(1), *(column.weight for column in columns)])
        self._musts = np.ascontiguousarray(_by_request(request[must], position[must], size).T)
        self._wishes = _by_request(request[~must], position[~must], size)
        self.weight: Floats = weights.take(self._wishes).sum(axis=1)

    def chances(self, terms: Sequence[Term]) -> tuple[Places, Floats]:
        """The requests that miss no must by the columns' terms, and their chances."""
        outcomes = np.concatenate([np.ones(1), *(term.p for term in terms)])
        chance = np.ones(len(self.weight))
        for slot in self._musts:
            chance *= outcomes.take(slot)
        places = (chance > 0.0).nonzero()[0]
        return places, chance.take(places)

    def merits(self, terms: Sequence[Term], places: Places) -> Floats:
        """Weight × satisfaction, added up over the wishes of each of the requests."""
        outcomes = np.concatenate([np.zeros(1), *(term.weight * term.satisfaction for term in terms)])
        each = np.ones(self._wishes.shape[1])
        merit = np.empty(len(places))
        for start in range(0, len(places), CHUNK):
            some = self._wishes.take(places[start : start + CHUNK], axis=0)
            np.matmul(outcomes.take(some), each, out=merit[start : start + CHUNK])
        return merit


def _by_request(request: Places, position: Places, size: int) -> Places:
    """Shape (requests, most of one request): the positions of each request, then zeros."""
    order = np.argsort(request, kind="stable")
    request, position = request[order], position[order]
    count = np.bincount(request, minlength=size)
    number = np.arange(len(request)) - np.repeat(np.cumsum(count) - count, count)
    table = np.zeros((size, int(count.max(initial=0))), dtype=np.intp)
    table[request, number] = position
    return table
