"""Open requests as columns: the mirror of a frame, so that one offer meets all of them in one broadcast.

Requests ask the same few things, so every criterion keeps its distinct requirements once and a code per
request, as a frame keeps levels. What households say of themselves is coded the same way. An index never changes:
threads may share it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from matching.arrays import Codes, Floats, Positions
from matching.catalogue import Market
from matching.dictionary_encoding import Levels
from matching.kinds import Criterion
from matching.option_kinds import Resembles
from matching.requests import Evidence, Request, Requirement
from matching.requirement_columns import RequirementColumn
from matching.requirement_terms import Term
from matching.scoring import WishSums
from matching.tie_breaking import Hashes, hashes_of, tie_breaks

CHUNK = 1 << 12
"""Requests at a time, so that their entries stay in the cache."""

NOTHING: Positions = np.zeros(0, dtype=np.intp)


class HouseholdColumn:
    """What the requests say of themselves in one fact: distinct levels and a code per request."""

    def __init__(self, values: Floats) -> None:
        distinct, codes = np.unique(values, return_inverse=True)
        self.levels = Levels.of_values(distinct, Evidence.STATED)
        self.codes: Codes = codes.astype(np.uint32)


class RequestIndex:
    """Open requests of one market. Ids are unique (the last of several wins); requests are addressed by position
    0 … len - 1.

    `columns` are those of the criteria that read facts, `texts` of those that compare texts, and `implied` is
    the wish for likeness of the requests that have a text and state no such requirement themselves. `sparse` says of
    every request what it asks in `columns`.
    """

    def __init__(self, market: Market, requests: Iterable[Request]) -> None:
        self.market = market
        self.requests = tuple({request.id: request for request in requests}.values())
        self.ids = [request.id for request in self.requests]
        self.position = {request_id: position for position, request_id in enumerate(self.ids)}
        self._hashes = hashes_of(self.ids)
        by_criterion = sorted(self._by_criterion().items())
        means = np.array([float(request.works_means_eur) for request in self.requests])
        columns = [
            RequirementColumn(market.criterion(key), requirements, means) for (key, _), requirements in by_criterion
        ]
        self.columns = [column for column in columns if not isinstance(column.criterion, Resembles)]
        self.texts = [column for column in columns if isinstance(column.criterion, Resembles)]
        self.implied = self._implied()
        self.sparse = SparseRequirements(self.columns, len(self))
        self._households: dict[str, HouseholdColumn] = {}

    def __len__(self) -> int:
        return len(self.requests)

    def household(self, criterion: Criterion) -> HouseholdColumn:
        """What the households say to a demand, coded when first asked for."""
        fact = criterion.fact
        known = self._households.get(fact.key)
        if known is None:
            values = [fact.encode(request.household.get(fact.key)) for request in self.requests]
            known = self._households.setdefault(fact.key, HouseholdColumn(np.array(values, dtype=float)))
        return known

    def tie_breaks(self, positions: Positions, seed: int) -> Hashes:
        """A number per request that depends on its id and the seed alone."""
        return tie_breaks(self._hashes[positions], seed)

    def _by_criterion(self) -> dict[tuple[str, int], list[Requirement | None]]:
        """Requirements per request by criterion key and running number: a request may ask twice by one criterion."""
        found: dict[tuple[str, int], list[Requirement | None]] = {}
        for position, request in enumerate(self.requests):
            seen: Counter[str] = Counter()
            for requirement in request.requirements:
                key = requirement.key, seen[requirement.key]
                if key not in found:
                    found[key] = [None] * len(self.requests)
                found[key][position] = requirement
                seen[requirement.key] += 1
        return found

    def _implied(self) -> RequirementColumn | None:
        criterion = next((item for item in self.market.criteria if isinstance(item, Resembles)), None)
        if criterion is None:
            return None
        wishes = [_implied_wish(criterion, request) for request in self.requests]
        return RequirementColumn(criterion, wishes) if any(wishes) else None


def _implied_wish(criterion: Criterion, request: Request) -> Requirement | None:
    text = request.text.strip()
    stated = any(requirement.key == criterion.key for requirement in request.requirements)
    return Requirement(criterion.key, text, "wish") if text and not stated else None


class SparseRequirements:
    """What every request asks, request by request: a few entries in one table of all requirements.

    An index keeps a column per criterion, most of which say nothing about a given request. Here each request names its
    own musts and wishes alone, so that filter and score of 100,000 requests look up what is asked and no more. Entry 0
    of the table asks nothing. `musts`, shape (most musts, requests), is read for all requests at once, `wishes`, shape
    (requests, most wishes), for few. `weight`, shape (requests,), is that of all wishes of a request."""

    def __init__(self, columns: Sequence[RequirementColumn], size: int) -> None:
        requests, entries, musts = [NOTHING], [NOTHING], [NOTHING.astype(bool)]
        first = 1
        for column in columns:
            asking = column.codes.nonzero()[0]
            states = column.codes[asking]
            requests.append(asking)
            entries.append(first + states.astype(np.intp))
            musts.append(column.must[states])
            first += len(column.requirements)
        request, entry, must = map(np.concatenate, (requests, entries, musts))
        weights = np.concatenate([np.zeros(1), *(column.weight for column in columns)])
        self._musts = np.ascontiguousarray(_by_request(request[must], entry[must], size).T)
        self._wishes = _by_request(request[~must], entry[~must], size)
        self.weight: Floats = weights.take(self._wishes).sum(axis=1)

    def chances(self, terms: Sequence[Term]) -> tuple[Positions, Floats]:
        """The requests that miss no must by the columns' terms, and their chances."""
        outcomes = np.concatenate([np.ones(1), *(term.p for term in terms)])
        chance = np.ones(len(self.weight))
        for entries in self._musts:
            chance *= outcomes.take(entries)
        positions = (chance > 0.0).nonzero()[0]
        return positions, chance.take(positions)

    def wishes(self, terms: Sequence[Term], positions: Positions) -> WishSums:
        """What the wishes of each of the requests add up to."""
        outcomes = np.concatenate([np.zeros(1), *(term.weight * term.satisfaction for term in terms)])
        each = np.ones(self._wishes.shape[1])
        merit = np.empty(len(positions))
        for start in range(0, len(positions), CHUNK):
            some = self._wishes.take(positions[start : start + CHUNK], axis=0)
            np.matmul(outcomes.take(some), each, out=merit[start : start + CHUNK])
        return WishSums(merit, self.weight.take(positions))


def _by_request(request: Positions, entry: Positions, size: int) -> Positions:
    """Shape (requests, most of one request): the entries of each request, then zeros."""
    order = np.argsort(request, kind="stable")
    request, entry = request[order], entry[order]
    count = np.bincount(request, minlength=size)
    number = np.arange(len(request)) - np.repeat(np.cumsum(count) - count, count)
    table = np.zeros((size, int(count.max(initial=0))), dtype=np.intp)
    table[request, number] = entry
    return table
