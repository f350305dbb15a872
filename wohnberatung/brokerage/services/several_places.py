"""One offer that stands for all free places of a project: each is given by itself, until none is left."""

from collections.abc import Sequence
from itertools import count

from sqlalchemy import func, or_, select, text

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


def offers_given_once() -> list[str]:
    """Ids of the homes and rooms of projects that are one place each, however much room their project states."""
    one_by_one = select(Offer.project_id).group_by(Offer.project_id).having(func.count() > 1)
    of_project = select(Offer.id).where(Offer.project_id.is_not(None))
    single = or_(Offer.dwelling_id.is_not(None), Offer.project_id.in_(one_by_one))
    return list(db.session.scalars(of_project.where(single).order_by(Offer.id)))


def houses_to_fill(offers: Sequence[str]) -> list[str]:
    """For each project with a room or a place among these offers one of them: a group fills the house, not the room,
    and never a home of one's own."""
    places = select(Offer.project_id, Offer.id).where(Offer.project_id.is_not(None), Offer.dwelling_id.is_(None))
    wanted, of_project = frozenset(offers), dict[str | None, str]()
    for project, offer in db.session.execute(places.order_by(Offer.id)):
        if offer in wanted:
            of_project.setdefault(project, offer)
    return sorted(of_project.values())


def is_all_under_contract(match: BrokeredMatch) -> bool:
    """Whether nobody else has only a reservation, which may still fall away."""
    promised = select(BrokeredMatch.id).where(
        BrokeredMatch.offer_id == match.offer_id,
        BrokeredMatch.id != match.id,
        text(f"({TAKEN})"),
        BrokeredMatch.contract_on.is_(None),
    )
    return db.session.scalar(promised.limit(1)) is None


def is_promised(match: BrokeredMatch) -> bool:
    """Whether somebody else of ours has the offer of this match, or a place of it."""
    taken = select(BrokeredMatch.id).where(
        BrokeredMatch.offer_id == match.offer_id, BrokeredMatch.id != match.id, text(f"({TAKEN})")
    )
    return db.session.scalar(taken.limit(1)) is not None
