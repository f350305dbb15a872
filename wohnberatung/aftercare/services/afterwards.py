"""What comes after living somewhere has ended: the request is opened again and proposed to anew, a group is split.

The steps are in the table of brokerage; here is what they do to requests, and the two that ask for more.
"""

from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.acting import change_wishes
from wohnberatung.brokerage.services.after_living import OF_GROUP
from wohnberatung.brokerage.services.history import Given, StepTaken
from wohnberatung.brokerage.services.matches import advance, match_sheet, review
from wohnberatung.brokerage.services.rankings import cases_of, ranked_offers
from wohnberatung.brokerage.services.task_steps import settle_talk
from wohnberatung.brokerage.states import OPEN, MatchState
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.seekers.models import OPEN_STATES, HousingRequest, RequestState
from wohnberatung.seekers.services.requests import move_request, shown_to
from wohnberatung.seekers.steps import CLOSE, PAUSE, SEEK_AGAIN

# So many of the best homes lie in review once somebody seeks again: as many as one looks at.
ANEW = 3
_BEGUN_AGAIN = ("rematch", "split")


def follow_living(taken: StepTaken) -> list[str]:
    """Listens to every step of every match: the request rests while its person lives there, and is opened again where
    they seek again. Tells nobody."""
    match, key, request = taken.match, taken.step.key, taken.match.request
    if key == "move_in" and request.state in OPEN_STATES:
        move_request(request, PAUSE, by=Party.OFFICE)
    elif key == "undo" and taken.before == MatchState.MOVED_IN:
        _open_again(request)
    elif key in ("talked", "undo") and taken.before == MatchState.ENDED_AFTER_MOVE_IN:
        settle_talk(match, "tick" if key == "talked" else "drop")
    elif key in _BEGUN_AGAIN:
        change_wishes(request, taken.given, taken.actor)
        _open_again(request)
        settle_talk(match, "tick")
    elif key == "let_be" and request.state != RequestState.CLOSED:
        move_request(request, CLOSE, by=Party.OFFICE)
    return []


def seek_again(match_id: str, actor: Actor, *, version: int | None, given: Given) -> tuple[BrokeredMatch, int]:
    """The person seeks again, with what was learned: their request is open, and the best homes lie in review; how many.
    The same twice is once.

    Raises as `take` does, Conflict where the match or the request was changed meanwhile.
    """
    ended = match_sheet(match_id, actor).match.state == MatchState.ENDED_AFTER_MOVE_IN
    match = advance(match_id, "rematch", actor, version=version, given=given)
    return match, _propose_anew(match.request, actor) if ended else 0


def housemates(match: BrokeredMatch, actor: Actor) -> list[BrokeredMatch]:
    """Everybody who lives in the same shared house through us or is about to, the one of this match first; of those
    that the acting person may know of."""
    if match.offer.project_id is None:
        return []
    offer = joinedload(BrokeredMatch.offer)
    parts = offer.joinedload(Offer.project), offer.joinedload(Offer.dwelling), joinedload(BrokeredMatch.request)
    query = select(BrokeredMatch).join(BrokeredMatch.request).join(BrokeredMatch.offer).options(*parts)
    of_house = Offer.project_id == match.offer.project_id, BrokeredMatch.state.in_(OF_GROUP)
    found = db.session.scalars(query.where(shown_to(actor), *of_house).order_by(BrokeredMatch.id))
    return sorted(found, key=lambda each: each.id != match.id)


def split_group(match_id: str, chosen: Collection[str], actor: Actor, *, version: int | None, note: str) -> int:
    """For these of the group living together is over, all of them or none: each has a request of their own that stays
    open; returns how many.

    Raises DomainError at `members` where nobody is chosen, or one who is not of this house, Conflict where the match
    was changed meanwhile, and as `take` does.
    """
    match = match_sheet(match_id, actor).match
    check_version(match, version)
    if not chosen or not set(chosen) <= {each.id for each in housemates(match, actor)}:
        raise DomainError(_("Bitte wählen Sie, für wen das Wohnen in diesem Haus endet."), "members")
    for each in sorted(chosen):
        advance(each, "split", actor, given=Given("group_ended", note))
    return len(set(chosen))


def _propose_anew(request: HousingRequest, actor: Actor) -> int:
    """The best homes that nothing stands against, put into review; a person decides what becomes of them."""
    ranked = ranked_offers(request, actor).ranking.matches
    under_way = cases_of(request.id, [each.offer for each in ranked])
    found = 0
    for each in ranked:
        case = under_way.get(each.offer)
        if found == ANEW or (case is not None and case.state in OPEN):
            continue
        try:
            with db.session.begin_nested():
                review(request.id, each.offer, actor)
        except DomainError:
            continue  # turned down before, and nothing has changed since
        found += 1
    return found


def _open_again(request: HousingRequest) -> None:
    """They have just said so themselves."""
    if request.state not in OPEN_STATES:
        move_request(request, SEEK_AGAIN, by=Party.OFFICE)
    request.confirmed_at, request.asked_at = clock.now(), None
    db.session.flush()
