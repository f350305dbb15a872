"""One offer that stands for all free places of a project: each is given by itself, until none is left."""

from itertools import count

from sqlalchemy import func, select, text

from matching.criteria.living import FREE_PLACES
from wohnberatung.brokerage.models import TAKEN, BrokeredMatch
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db


def next_place(match: BrokeredMatch) -> int | None:
    """The number of the place that this match would get; None where others have all there are.

    Right with the offer locked; the database refuses the same place a second time as well.
    """
    taken = select(BrokeredMatch.place).where(
        BrokeredMatch.offer_id == match.offer_id, BrokeredMatch.id != match.id, text(f"({TAKEN})")
    )
    with db.session.no_autoflush:
        numbers = set(db.session.scalars(taken))
        if numbers and not has_more_places(match.offer):
            return None
    return next(number for number in count(1) if number not in numbers)


def has_more_places(offer: Offer) -> bool:
    """Whether the project has room beyond what was given, and this offer is all it has ever had: whoever enters each
    place for itself, or a certain flat, means that one."""
    if offer.project is None or offer.dwelling_id is not None or not getattr(offer.project, FREE_PLACES.key):
        return False
    offers = select(func.count()).select_from(Offer).where(Offer.project_id == offer.project_id)
    return db.session.scalar(offers) == 1


def is_all_under_contract(match: BrokeredMatch) -> bool:
    """Whether nobody else has only a reservation, which may still fall away."""
    promised = select(BrokeredMatch.id).where(
        BrokeredMatch.offer_id == match.offer_id,
        BrokeredMatch.id != match.id,
        text(f"({TAKEN})"),
        BrokeredMatch.contract_on.is_(None),
    )
    return db.session.scalar(promised.limit(1)) is None
