"""The offer follows its match: reserved with it, let by its contract, free again when it is given up."""

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.states import MatchState
from wohnberatung.core.actors import Actor
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.models import OfferStatus
from wohnberatung.dwellings.services.offers import advance
from wohnberatung.dwellings.steps import FREE, LET, RESERVE

_TO_LET = (OfferStatus.PUBLISHED, OfferStatus.RESERVED, OfferStatus.REVIEW)


def follow(match: BrokeredMatch, took_place: bool, actor: Actor | None) -> None:
    """Bring the offer to where its match is now; `took_place` says whether the place was its before.

    An offer whose provider has moved it on meanwhile stays there.
    """
    offer = match.offer
    if match.state is MatchState.CONTRACT and offer.status in _TO_LET:
        advance(offer, LET, by=Party.OFFICE, actor=actor)
    elif match.takes_place and not took_place and offer.status == OfferStatus.PUBLISHED:
        advance(offer, RESERVE, by=Party.OFFICE, actor=actor)
    elif took_place and not match.takes_place and offer.status == OfferStatus.RESERVED:
        advance(offer, FREE, by=Party.OFFICE, actor=actor)
