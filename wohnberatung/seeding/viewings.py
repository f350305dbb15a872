"""Two of those who seek come to know those who offer: one is to choose a date, the other has one."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.history import locked, take
from wohnberatung.brokerage.services.matches import advance, review
from wohnberatung.brokerage.services.rankings import ranked_offers
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.seeding.match_stories import release
from wohnberatung.seekers.models import HousingRequest, Purpose, RequestState
from wohnberatung.seekers.services.consents import has_consent, may_be_matched
from wohnberatung.seekers.services.contacts import mail_reader
from wohnberatung.seekers.services.requests import needs_of
from wohnberatung.viewings.models import Viewing
from wohnberatung.viewings.services import dates
from wohnberatung.viewings.services.sheets import describe_arrival
from wohnberatung.viewings.services.sides import VIEWING

SCENES = 2
WAY_IN = {
    "meet": "Vor dem Haus, bei den Fahrrädern",
    "bell": "Hausmeister, Erdgeschoss",
    "into_house": "ramp",
    "lift": "large",
    "helper": "Frau Krause, 0351 5550123",
}


def arrange_viewings(session: scoped_session[Session] | Session, advisor: Actor) -> int:
    """Make them where there are none yet; returns how many. Flushes and never commits."""
    # The dates of stories were named one at a time.
    if any(len(options) > 1 for options in session.scalars(select(Viewing.options))):
        return 0
    made = 0
    for request_id, offer_id in _pairs(session, advisor):
        made += 1
        match = _acquainted(request_id, offer_id, advisor)
        office = VIEWING.at_desk(match.id, advisor)
        options = [_at(5, 10), _at(6, 15), _at(8, 16)]
        viewing = dates.propose(office, options, version=0, for_side=Party.PROVIDER)
        if made == SCENES:
            viewing = dates.choose(office, options[0], version=viewing.version)
            describe_arrival(office, WAY_IN, version=viewing.version)
            return made
    return made


def _acquainted(request_id: str, offer_id: str, advisor: Actor) -> BrokeredMatch:
    match = review(request_id, offer_id, advisor)
    advance(match.id, "offer", advisor)
    for key in ("interested", "share"):
        take(locked(match.id), key, by=Party.SEEKER)
    advance(match.id, "present", advisor)
    take(locked(match.id), "welcome", by=Party.PROVIDER)
    return release(match.id)


def _pairs(session: scoped_session[Session] | Session, advisor: Actor) -> Iterator[tuple[str, str]]:
    """People who read mails and let those who offer be asked, with a home that nobody was proposed."""
    taken = set(session.scalars(select(BrokeredMatch.offer_id)))
    matched = select(BrokeredMatch.request_id)
    waiting = select(HousingRequest).where(
        HousingRequest.state == RequestState.ACTIVE, HousingRequest.id.not_in(matched)
    )
    for request in session.scalars(waiting.order_by(HousingRequest.created_at, HousingRequest.id)).all():
        agreed = has_consent(request, Purpose.SHARING) and may_be_matched(request, needs_of(request))
        if not agreed or mail_reader(request) is None:
            continue
        for ranked in ranked_offers(request, advisor).ranking.matches:
            offer = db.session.get_one(Offer, ranked.offer)
            if offer.id not in taken and offer.dwelling is not None:
                taken.add(offer.id)
                yield request.id, offer.id
                break


def _at(days: int, hour: int) -> datetime:
    return dates.moment_at(clock.today() + timedelta(days=days), time(hour))
