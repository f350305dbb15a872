"""What there is for needs that nobody has sent yet: counted from the draft, nothing of it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matching.catalogue import HOMES
from matching.outlook import OutlookCounts, count_outlooks
from matching.requests import Request
from matching.whatif.concessions import Concessions, concessions
from wohnberatung.bridge.frames import current_supply
from wohnberatung.bridge.needs import engine_request, read_needs
from wohnberatung.core.errors import DomainError

FEW = 5


@dataclass(frozen=True)
class Costliest:
    """The must without which the most offers more are possible: `without` it, instead of `now`."""

    label: str
    now: int
    without: int


@dataclass(frozen=True)
class LiveCount:
    """Offers by outlook; `costliest` only where few are possible and giving one must up would help."""

    count: OutlookCounts
    costliest: Costliest | None


def live_count_of(needs: Mapping[str, Any]) -> LiveCount | None:
    """For the needs of a draft; None while they ask for nothing that must be, or cannot be read."""
    try:
        request = engine_request("draft", read_needs(needs))
    except DomainError:
        return None
    if not any(requirement.must for requirement in request.requirements):
        return None
    return _live_count(request)


def _live_count(request: Request) -> LiveCount:
    with current_supply() as supply:
        count = count_outlooks(request, supply.frame)
        possible = count.fits + count.clarify + count.adapt
        given_up = concessions(request, supply.frame) if possible < FEW else None
    return LiveCount(count, _costliest(given_up) if given_up else None)


def _costliest(answers: Concessions) -> Costliest | None:
    most = max(answers.items, key=lambda item: item.opens_if_dropped, default=None)
    if most is None or not most.opens_if_dropped:
        return None
    label = HOMES.criterion(most.key).label
    return Costliest(label, answers.listed_now, answers.listed_now + most.opens_if_dropped)
