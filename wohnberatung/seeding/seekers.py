"""What the invented office does for those who seek: proposals on their way, some answered, and messages."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from seed_data.files import read_toml
from wohnberatung.accounts.models import User, UserRole
from wohnberatung.accounts.services.people import load_actor
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.history import Given, locked, take
from wohnberatung.brokerage.services.matches import advance, review
from wohnberatung.brokerage.services.rankings import ranked_offers
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.cityview.models import CityRun
from wohnberatung.cityview.services import computing
from wohnberatung.core import clock
from wohnberatung.core.actors import ADVISOR, Actor
from wohnberatung.seeding.clearing_up import clear_up
from wohnberatung.seeding.match_stories import keep_first, tell_stories
from wohnberatung.seeding.viewings import arrange_viewings
from wohnberatung.seekers.models import HousingRequest, RequestMessage, RequestState
from wohnberatung.seekers.services.consents import may_be_matched
from wohnberatung.seekers.services.messages import add_message, mark_handled
from wohnberatung.seekers.services.requests import needs_of

CASES = 14


def propose(session: scoped_session[Session] | Session) -> int:
    """Make some cases where there are none yet; returns how many. Flushes and never commits."""
    advisor = _advisor(session)
    if advisor is None or session.scalar(select(BrokeredMatch.id).limit(1)) is not None:
        return 0
    pairs = list(_pairs(session, advisor))
    for (request_id, offer_id), scene in zip(pairs, cycle(_scenes()), strict=False):
        match = review(request_id, offer_id, advisor)
        if scene:
            advance(match.id, "offer", advisor)
        if scene and scene[0]:
            take(locked(match.id), scene[0], by=STEPS[scene[0]].by[0], given=scene[1])
    told = tell_stories(session, advisor)
    keep_first(session, advisor)
    clear_up(session, advisor)
    return len(pairs) + told


def come_to_know(session: scoped_session[Session] | Session) -> int:
    """See `arrange_viewings`; nothing happens before there is anybody."""
    advisor = _advisor(session)
    return arrange_viewings(session, advisor) if advisor is not None else 0


def look_at_city(session: scoped_session[Session] | Session) -> None:
    """One city view that the worker makes as soon as it runs, where there is none yet."""
    advisor = _advisor(session)
    if advisor is not None and session.scalar(select(CityRun.id).limit(1)) is None:
        computing.ask(advisor, 0.5)


def _scenes() -> tuple[tuple[str, Given] | None, ...]:
    """What becomes of one case after the other: nothing yet, waiting for an answer, an answer."""
    later = clock.today() + timedelta(weeks=4)
    return (
        ("", Given()),
        ("interested", Given()),
        ("declined", Given("doors", "Die Tür zum Schlafzimmer ist schmaler als im Angebot, ich habe 74 cm gemessen.")),
        None,
        ("help_wanted", Given(note="Können Sie mit mir zur Besichtigung gehen?")),
        ("later", Given(until=later)),
        ("declined", Given("too_expensive")),
    )


def _pairs(session: scoped_session[Session] | Session, advisor: Actor) -> Iterator[tuple[str, str]]:
    """The best offer of each of the first requests that are being matched, no offer twice."""
    active = select(HousingRequest).where(HousingRequest.state == RequestState.ACTIVE)
    taken: set[str] = set()
    for request in session.scalars(active.order_by(HousingRequest.created_at.desc(), HousingRequest.id)):
        if len(taken) == CASES:
            return
        if may_be_matched(request, needs_of(request)):
            ranked = ranked_offers(request, advisor).ranking.matches
            best = next((match.offer for match in ranked if match.offer not in taken), None)
            if best is not None:
                taken.add(best)
                yield request.id, best


def _advisor(session: scoped_session[Session] | Session) -> Actor | None:
    first = select(User.id).join(UserRole).where(UserRole.role == ADVISOR).order_by(User.created_at, User.email)
    user_id = session.scalar(first.limit(1))
    return load_actor(user_id) if user_id else None


def converse(session: scoped_session[Session] | Session) -> int:
    """Write where nobody has written yet; returns how many messages. Flushes and never commits."""
    advisor = _answering_advisor(session)
    if advisor is None or session.scalar(select(RequestMessage.id).limit(1)) is not None:
        return 0
    active = select(HousingRequest).where(HousingRequest.state == RequestState.ACTIVE)
    newest = session.scalars(active.order_by(HousingRequest.created_at.desc(), HousingRequest.id))
    told = zip(newest, read_toml("messages.toml")["conversation"], strict=False)
    return sum(_write(request, conversation["message"], advisor) for request, conversation in told)


def _write(request: HousingRequest, messages: list[dict[str, object]], advisor: Actor) -> int:
    for record in messages:
        from_office = bool(record.get("from_office"))
        message = add_message(request, str(record["text"]), advisor if from_office else None)
        message.written_at = clock.now() - timedelta(hours=float(str(record["hours_ago"])))
        if from_office:
            mark_handled(request)
    return len(messages)


def _answering_advisor(session: scoped_session[Session] | Session) -> Actor | None:
    first = select(User.id).join(UserRole).where(UserRole.role == ADVISOR).order_by(User.created_at, User.email)
    user_id = session.scalar(first.limit(1))
    return load_actor(user_id) if user_id else None
