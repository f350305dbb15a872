"""What a neighbourhood has and lacks, in exact numbers and for the office alone: requests that seek there beside the
homes that are offered there, by what is asked and by needs profile. It names nobody."""

from dataclasses import dataclass

from sqlalchemy import select

from matching.supply_gap import CRITERION, PROFILE, GapLine, gap
from wohnberatung.bridge.frames import frame_of_offers
from wohnberatung.bridge.needs import neighbourhoods_wanted
from wohnberatung.bridge.neighbourhood_fields import NEIGHBOURHOOD
from wohnberatung.bridge.wording import spoken
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.dwellings.models import Dwelling, Offer, OfferStatus
from wohnberatung.extensions import db
from wohnberatung.seekers.services.open_requests import open_requests


@dataclass(frozen=True)
class PlaceStanding:
    """`requests` seek here (perhaps elsewhere too), `offers` are public here. `groups` are lines by needs profile,
    `asked` by criterion: those with the greatest shortage first."""

    requests: int
    offers: int
    groups: tuple[GapLine, ...]
    asked: tuple[GapLine, ...]


def standing_in(code: str, actor: Actor) -> PlaceStanding:
    """Of the neighbourhood with this code. Forbidden for everybody but the office."""
    only_office(actor)
    wanting = [each for each in open_requests().each if code in neighbourhoods_wanted(each)]
    lies_here = (getattr(Dwelling, NEIGHBOURHOOD.key) == code) & (Offer.status == OfferStatus.PUBLISHED)
    offered = list(db.session.scalars(select(Offer.id).join(Offer.dwelling).where(lies_here)))
    found = gap(frame_of_offers(offered), wanting, spoken())
    return PlaceStanding(
        requests=found.requests,
        offers=found.offers,
        groups=tuple(line for line in found.lines if line.kind == PROFILE),
        asked=tuple(line for line in found.lines if line.kind == CRITERION and line.key != NEIGHBOURHOOD.key),
    )
