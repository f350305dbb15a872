"""Before a scarce home goes to somebody: who else needs what is rare about it, and has fewer ways to go.

It advises and nothing more. The engine counts homes, not people: nobody is scored or ordered by who they are.
"""

from dataclasses import dataclass

from sqlalchemy import select

from matching.catalogue import HOMES
from matching.whatif.scarcity import Claimant, Scarcity, scarcity
from wohnberatung.bridge.frames import current_supply
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.states import BEFORE_RESERVATION
from wohnberatung.core.actors import Actor
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.open_requests import open_requests
from wohnberatung.seekers.services.requests import visible_requests

# Alternatives are counted for so many, those with the rarest needs; so many are named.
COUNTED, NAMED = 40, 5


@dataclass(frozen=True)
class NeedsItMore:
    """Somebody else who needs scarce features, in words, with so many other homes that miss nothing for them. `match`
    is the case that there is already between them and this home."""

    request: HousingRequest
    needs: tuple[str, ...]
    alternatives: int
    match: BrokeredMatch | None


@dataclass(frozen=True)
class ScarceHome:
    """`features` of the home that are scarce, as sentences; `own_needs` are those that the person of the match needs,
    with so many `own_alternatives`, None where they need none of them; `others` have fewer, the fewest first."""

    features: tuple[str, ...]
    own_needs: tuple[str, ...]
    own_alternatives: int | None
    others: tuple[NeedsItMore, ...]


def scarce_home(match: BrokeredMatch, actor: Actor) -> ScarceHome | None:
    """None where nothing about the home is scarce, where it is not to be had, or where it is theirs already."""
    if match.state not in BEFORE_RESERVATION:
        return None
    with current_supply() as supply:
        if match.offer_id not in supply.frame.position:
            return None
        found = scarcity(match.offer_id, supply.frame, open_requests().index, COUNTED, texts=supply.texts)
    return _told(match, found, actor) if found.features else None


def _told(match: BrokeredMatch, found: Scarcity, actor: Actor) -> ScarceHome:
    own = next((each for each in found.claimants if each.request == match.request_id), None)
    fewer = [
        each
        for each in found.claimants
        if each.request != match.request_id and (own is None or each.alternatives < own.alternatives)
    ]
    return ScarceHome(
        features=tuple(each.sentence for each in found.features),
        own_needs=_labels(own) if own else (),
        own_alternatives=own.alternatives if own else None,
        others=_known(fewer, match.offer_id, actor),
    )


def _known(claimants: list[Claimant], offer_id: str, actor: Actor) -> tuple[NeedsItMore, ...]:
    """Those that the acting person may know of."""
    ids = [each.request for each in claimants]
    requests = {row.id: row for row in db.session.scalars(visible_requests(actor).where(HousingRequest.id.in_(ids)))}
    there = select(BrokeredMatch).where(BrokeredMatch.offer_id == offer_id, BrokeredMatch.request_id.in_(requests))
    cases = {case.request_id: case for case in db.session.scalars(there)}
    shown = [each for each in claimants if each.request in requests][:NAMED]
    return tuple(
        NeedsItMore(requests[each.request], _labels(each), each.alternatives, cases.get(each.request)) for each in shown
    )


def _labels(claimant: Claimant) -> tuple[str, ...]:
    return tuple(HOMES.criterion(key).label for key in claimant.needs)
