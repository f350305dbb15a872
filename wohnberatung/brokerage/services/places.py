"""The offer follows its match: reserved with it, let by its contract, free again when it is given up. And the project
of a place says for how many people there is room now."""

from matching.criteria import household
from matching.criteria.living import FREE_PLACES
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.several_places import has_more_places, is_all_under_contract, is_promised
from wohnberatung.brokerage.states import MatchState
from wohnberatung.core.actors import Actor
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.models import OfferStatus
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.dwellings.services.offers import advance
from wohnberatung.dwellings.steps import FREE, LET, RESERVE
from wohnberatung.projects.models import Project
from wohnberatung.seekers.services.requests import needs_of

SOURCE = "Vermittlung eines Platzes"
_TO_LET = (OfferStatus.PUBLISHED, OfferStatus.RESERVED, OfferStatus.REVIEW)


def follow(match: BrokeredMatch, held_place: bool, actor: Actor | None) -> None:
    """Bring the offer to where its match is now; `held_place` says whether the place was its before.

    An offer whose provider has moved it on meanwhile stays there, and one that stands for more places is to be had
    until the last of them is given.
    """
    offer = match.offer
    if match.holds_place is not held_place:
        _count(match, -1 if match.holds_place else 1)
    takes = match.state is MatchState.CONTRACT or (match.holds_place and not held_place)
    if takes and has_more_places(offer):
        return
    if match.state is MatchState.CONTRACT and offer.status in _TO_LET and is_all_under_contract(match):
        advance(offer, LET, by=Party.OFFICE, actor=actor)
    elif match.holds_place and not held_place and offer.status == OfferStatus.PUBLISHED:
        advance(offer, RESERVE, by=Party.OFFICE, actor=actor)
    elif held_place and not match.holds_place and offer.status == OfferStatus.RESERVED:
        advance(offer, FREE, by=Party.OFFICE, actor=actor)


def lose_place(match: BrokeredMatch, actor: Actor | None) -> bool:
    """Somebody whom the office does not know has got one of the places that the offer of this match stands for: there
    is room for one person fewer. Returns whether the offer goes on, for others or for those who have a place; False
    where it stood for this place alone, or where it was the last and nobody of ours has one."""
    offer = match.offer
    if offer.project is None or not has_more_places(offer):
        return False
    _state_left(offer.project, getattr(offer.project, FREE_PLACES.key) - 1)
    if has_more_places(offer):
        return True
    if not is_promised(match):
        return False
    if offer.status == OfferStatus.PUBLISHED:
        advance(offer, LET if is_all_under_contract(match) else RESERVE, by=Party.OFFICE, actor=actor)
    return True


def _count(match: BrokeredMatch, direction: int) -> None:
    """So many people more or fewer can move into the project, where it has said for how many there is room."""
    project = match.offer.project
    stated = None if project is None else getattr(project, FREE_PLACES.key)
    if project is None or stated is None:
        return
    people = int(str(needs_of(match.request)["household"].get(household.PERSONS.key, 1)))
    _state_left(project, stated + direction * people)


def _state_left(project: Project, people: int) -> None:
    """For so many there is room, as surely as it was known before."""
    left = min(max(people, FREE_PLACES.low), FREE_PLACES.high)
    record_facts(project, {FREE_PLACES.key: left}, project.evidence[FREE_PLACES.key]["level"], source=SOURCE)
