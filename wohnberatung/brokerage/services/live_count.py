"""What there is for needs that nobody has sent yet: counted from the draft, nothing of it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass

from matching.catalogue import HOMES
from matching.outlook import Outlook, OutlookCounts, count_outlooks
from matching.ranking import rank_outlook
from matching.requests import Request
from matching.whatif.concessions import Concessions, concessions
from wohnberatung.bridge.frames import current_supply
from wohnberatung.bridge.needs import engine_request, read_needs
from wohnberatung.bridge.wording import spoken
from wohnberatung.brokerage.services.rankings import TOP
from wohnberatung.core.errors import DomainError
from wohnberatung.core.pagination import Page
from wohnberatung.dwellings.services.fits import shown_fit
from wohnberatung.dwellings.services.listings import offers_by_id
from wohnberatung.dwellings.services.showcase import ShownOffer, shown_offers

FEW = 5
POSSIBLE = (Outlook.FITS, Outlook.CLARIFY, Outlook.ADAPT)


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


def live_count_of(needs: Mapping[str, object]) -> LiveCount | None:
    """For the needs of a draft; None while they ask for nothing that must be, or cannot be read."""
    try:
        request = engine_request("draft", read_needs(needs))
    except DomainError:
        return None
    if not any(requirement.must for requirement in request.requirements):
        return None
    return _live_count(request)


@dataclass(frozen=True)
class FoundOffers:
    """A page of the offers of one outlook, the best first, and how many of those that need works are also `open`: they
    need answers about what must be. Of one that is not `shown` only the number is known."""

    outlook: str
    open: int
    page: Page[ShownOffer]
    shown: bool = True


def found_for(needs: Mapping[str, object], only: str = "", number: int = 1) -> tuple[FoundOffers, ...]:
    """What `live_count_of` counts: the best of each outlook, or page `number` of the one named, and how many there are
    of the others; nothing where that counts nothing."""
    counted = live_count_of(needs)
    if counted is None:
        return ()
    request = engine_request("draft", read_needs(needs))
    one = tuple(outlook for outlook in POSSIBLE if outlook.value == only)
    number = number if one else 1
    with current_supply() as supply:
        found = {
            outlook: rank_outlook(
                request,
                supply.frame,
                outlook,
                TOP,
                language=spoken(),
                texts=supply.texts,
                first=(number - 1) * TOP,
            ).matches
            for outlook in one or POSSIBLE
        }
    offers = offers_by_id(match.offer for matches in found.values() for match in matches)
    fits = {match.offer: shown_fit(match) for matches in found.values() for match in matches}
    return tuple(
        FoundOffers(
            outlook.value,
            counted.count.adapt_open if outlook is Outlook.ADAPT else 0,
            Page(
                shown_offers([offers[each.offer] for each in found.get(outlook, ()) if each.offer in offers], fits),
                number,
                TOP,
                getattr(counted.count, outlook.value),
            ),
            outlook in found,
        )
        for outlook in POSSIBLE
    )


def _live_count(request: Request) -> LiveCount:
    with current_supply() as supply:
        count = count_outlooks(request, supply.frame)
        given_up = concessions(request, supply.frame) if count.listed < FEW else None
    return LiveCount(count, _costliest(given_up) if given_up else None)


def _costliest(answers: Concessions) -> Costliest | None:
    able = (item for item in answers.items if not item.vital)
    most = max(able, key=lambda item: item.opens_if_dropped, default=None)
    if most is None or not most.opens_if_dropped:
        return None
    label = HOMES.criterion(most.key).label
    return Costliest(label, answers.listed_now, answers.listed_now + most.opens_if_dropped)
