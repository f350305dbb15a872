"""Proposals of the invented office: some under review, some on their way, some answered.

A step of its own after `homes.fill`, as rankings see only what is committed.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from wohnberatung.accounts.models import User, UserRole
from wohnberatung.accounts.services import load_actor
from wohnberatung.brokerage.models import Match
from wohnberatung.brokerage.services import Given, advance, ranked_offers, review
from wohnberatung.brokerage.services.history import locked, take
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.core import clock
from wohnberatung.core.actors import ADVISOR, Actor
from wohnberatung.seekers.models import HousingRequest, RequestState
from wohnberatung.seekers.services import may_be_matched, needs_of

CASES = 14


def propose(session: scoped_session[Session] | Session) -> int:
    """Make some cases where there are none yet; returns how many. Flushes and never commits."""
    advisor = _advisor(session)
    if advisor is None or session.scalar(select(Match.id).limit(1)) is not None:
        return 0
    pairs = list(_pairs(session, advisor))
    for (request_id, offer_id), scene in zip(pairs, cycle(_scenes()), strict=False):
        match = review(request_id, offer_id, advisor)
        if scene:
            advance(match.id, "offer", advisor)
        if scene and scene[0]:
            take(locked(match.id), scene[0], by=STEPS[scene[0]].by[0], given=scene[1])
    return len(pairs)


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
