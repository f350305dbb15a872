"""Open requests as columns: the mirror of a frame, so that one offer meets all of them in one broadcast.

Requests ask the same few things, so every criterion keeps its distinct requirements once and a code per
request, as a frame keeps levels. What households say of themselves is coded the same way.
"""

from collections import Counter
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from matching.asked import AskedColumn, Codes
from matching.catalogue import Market
from matching.evidence import Evidence
from matching.kinds import Criterion, Floats, Resembles
from matching.levels import Levels
from matching.requests import Request, Requirement
from matching.slots import Slots
from matching.ties import hashes_of, tie_breaks


class HouseholdColumn:
    """What the requests say of themselves in one fact: distinct levels and a code per request."""

    def __init__(self, values: Floats) -> None:
        distinct, codes = np.unique(values, return_inverse=True)
        self.levels = Levels.of_values(distinct, Evidence.STATED)
        self.codes: Codes = codes.astype(np.uint32)


class RequestStack:
    """Open requests of one market. Ids are unique (the last of several wins); requests are addressed by position
    0 … len - 1.

    `asked` are the columns of the criteria that read facts, `texts` of those that compare texts, and `implied` is
    the wish for likeness of the requests that have a text and state no such requirement themselves. `slots` say of
    every request what it asks in `asked`.
    """

    def __init__(self, market: Market, requests: Iterable[Request]) -> None:
        self.market = market
        self.requests = tuple({request.id: request for request in requests}.values())
        self.ids = [request.id for request in self.requests]
        self.position = {request_id: place for place, request_id in enumerate(self.ids)}
        self._hashes = hashes_of(self.ids)
        columns = [AskedColumn(market.criterion(key), asked) for (key, _), asked in sorted(self._slots().items())]
        self.asked = [column for column in columns if not isinstance(column.criterion, Resembles)]
        self.texts = [column for column in columns if isinstance(column.criterion, Resembles)]
        self.implied = self._implied()
        self.slots = Slots(self.asked, len(self))
        self._households: dict[str, HouseholdColumn] = {}

    def __len__(self) -> int:
        return len(self.requests)

    def household(self, criterion: Criterion) -> HouseholdColumn:
        """What the households say to a demand, coded when first asked for."""
        fact = criterion.fact
        if fact.key not in self._households:
            values = [fact.encode(request.household.get(fact.key)) for request in self.requests]
            self._households[fact.key] = HouseholdColumn(np.array(values, dtype=float))
        return self._households[fact.key]

    def tie_breaks(self, places: NDArray[np.intp], seed: int) -> NDArray[np.uint64]:
        """A number per request that depends on its id and the seed alone."""
        return tie_breaks(self._hashes[places], seed)

    def _slots(self) -> dict[tuple[str, int], list[Requirement | None]]:
        """Requirements per request by criterion key and running number: a request may ask twice by one criterion."""
        slots: dict[tuple[str, int], list[Requirement | None]] = {}
        for place, request in enumerate(self.requests):
            seen: Counter[str] = Counter()
            for requirement in request.requirements:
                slot = requirement.key, seen[requirement.key]
                if slot not in slots:
                    slots[slot] = [None] * len(self.requests)
                slots[slot][place] = requirement
                seen[requirement.key] += 1
        return slots

    def _implied(self) -> AskedColumn | None:
        criterion = next((item for item in self.market.criteria if isinstance(item, Resembles)), None)
        if criterion is None:
            return None
        wishes = [_implied_wish(criterion, request) for request in self.requests]
        return AskedColumn(criterion, wishes) if any(wishes) else None


def _implied_wish(criterion: Criterion, request: Request) -> Requirement | None:
    text = request.text.strip()
    stated = any(requirement.key == criterion.key for requirement in request.requirements)
    return Requirement(criterion.key, text, "wish") if text and not stated else None
