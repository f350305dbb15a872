"""Other proposals of one project to the same person: what ends with a no to the project, and what stays."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, select

from wohnberatung.brokerage.consequences import consequence_of
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.reasons import DeclineReason
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.brokerage.states import TAKES_PLACE, MatchState
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db

# The step by which one ends with another.
ENDS_ALONG = "project_closed"


def ending_along(match: BrokeredMatch, reason: DeclineReason | None) -> list[BrokeredMatch]:
    """What ends with this no, the oldest first: nothing where the reason is about this one offer alone."""
    of_project = match.offer.project_id is not None and reason is not None and consequence_of(reason).for_project
    if not of_project:
        return []
    resting = (BrokeredMatch.state != MatchState.ON_HOLD) | BrokeredMatch.state_before.not_in(TAKES_PLACE)
    return _others(match, BrokeredMatch.state.in_(STEPS[ENDS_ALONG].sources), resting)


def staying(match: BrokeredMatch) -> list[BrokeredMatch]:
    """Places of the same project that are promised to this person: a no to another one takes nothing from them."""
    return [] if match.offer.project_id is None else [each for each in _others(match) if each.takes_place]


def titles(matches: Iterable[BrokeredMatch]) -> list[str]:
    """What they are called, with where they stand, for the office."""
    return [f"{match.offer.display_title} ({match.stage.label})" for match in matches]


def _others(match: BrokeredMatch, *conditions: ColumnElement[bool]) -> list[BrokeredMatch]:
    query = select(BrokeredMatch).join(Offer, BrokeredMatch.offer_id == Offer.id)
    query = query.where(BrokeredMatch.request_id == match.request_id, BrokeredMatch.id != match.id, *conditions)
    same = query.where(Offer.project_id == match.offer.project_id)
    return list(db.session.scalars(same.order_by(BrokeredMatch.created_at, BrokeredMatch.id)))
