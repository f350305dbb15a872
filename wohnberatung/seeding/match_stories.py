"""What has become of proposals of the invented office: each story taken step by step on its day, one in every state.

The clock is put back to the day of each step, so that the real services do everything and all deadlines are right.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from seed_data.files import read_toml
from wohnberatung.accounts.models import Organisation
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.first_shown import declare_first, who_needs
from wohnberatung.brokerage.services.history import Given, locked, take
from wohnberatung.brokerage.services.matches import advance, review
from wohnberatung.brokerage.services.rankings import RankedOffers, ranked_offers
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.extensions import db
from wohnberatung.letters.services.by_post import post_letter
from wohnberatung.seekers.forms.consents import RELEASE_CONSENT
from wohnberatung.seekers.models import HousingRequest, Purpose, RequestState
from wohnberatung.seekers.services.consents import GivenConsent, add_consent, has_consent, may_be_matched
from wohnberatung.seekers.services.post import letters_about, may_be_written_to
from wohnberatung.seekers.services.requests import needs_of
from wohnberatung.viewings.services import dates
from wohnberatung.viewings.services.sides import VIEWING

Record = Mapping[str, Any]
# So many homes are looked at until one is found.
LOOKED_AT = 60


@dataclass(frozen=True)
class ToldStep:
    """One step of one story: how many days ago, by whom, and what went along."""

    ago: int
    story: str
    key: str
    by: Party
    given: Given


def tell_stories(session: scoped_session[Session] | Session, advisor: Actor) -> int:
    """Bring every story to where it is today; returns how many found their people and homes. Flushes, never commits."""
    told = read_toml("match_stories.toml")
    stories = {story["name"]: story for story in told["story"]}
    pairs = _cast(session, stories, advisor)
    steps = [step for name in pairs for step in _steps(stories[name], told["pace"], told["days_ahead"])]
    matches: dict[str, str] = {}
    for step in sorted(steps, key=lambda each: -each.ago):
        with clock.put_back(timedelta(days=step.ago)):
            if step.key == "review":
                matches[step.story] = review(*pairs[step.story], advisor).id
            elif step.key == "posted":
                for letter in letters_about(matches[step.story]):
                    post_letter(letter.id, advisor)
            elif step.key == "view":
                _arrange(matches[step.story], step.given.until or clock.today(), advisor)
            elif step.by is Party.OFFICE:
                advance(matches[step.story], step.key, advisor, given=step.given)
            elif step.key == "release":
                release(matches[step.story])
            else:
                take(locked(matches[step.story]), step.key, by=step.by, given=step.given)
    return len(matches)


def keep_first(session: scoped_session[Session] | Session, advisor: Actor) -> int:
    """One home whose measured features somebody needs is shown to them first for a week; returns how many."""
    published = select(Offer).where(Offer.status == OfferStatus.PUBLISHED, Offer.dwelling_id.is_not(None))
    free = published.where(Offer.id.not_in(select(BrokeredMatch.offer_id))).order_by(Offer.id)
    for offer in session.scalars(free.limit(LOOKED_AT)):
        if who_needs(offer):
            declare_first(offer.id, clock.today() + timedelta(days=7), advisor, version=None)
            return 1
    return 0


def release(match_id: str) -> BrokeredMatch:
    """The person's yes to passing on name and contact, with the consent that stands behind it."""
    match = locked(match_id)
    if not has_consent(match.request, Purpose.RELEASE):
        read = RELEASE_CONSENT
        add_consent(match.request, GivenConsent(read.purpose, read.version, str(read.text)))
    return take(match, "release", by=Party.SEEKER)


def _arrange(match_id: str, day: date, advisor: Actor) -> None:
    """The office notes for both the date on which they have agreed."""
    desk, moment = VIEWING.at_desk(match_id, advisor), dates.moment_at(day, time(10))
    viewing = dates.propose(desk, [moment], version=0, for_side=Party.PROVIDER)
    dates.choose(desk, moment, version=viewing.version)


def _steps(story: Record, pace: Mapping[str, int], ahead: Mapping[str, int]) -> Iterator[ToldStep]:
    """The common way as far as this story goes it, and what came then."""
    begun, asked_by, quick = int(story["begun"]), story.get("by", {}), story.get("quick", 1.0)
    keys, ago = list(pace), begun
    for key in keys[: keys.index(story["as_far_as"]) + 1]:
        ago = begun - round(pace[key] * quick)
        yield _step(story["name"], key, ago, asked_by.get(key), {"in_days": round(ahead.get(key, 0) * quick)})
    for record in story.get("then", ()):
        ago -= record["after"]
        yield _step(story["name"], record["step"], ago, record.get("by"), record)


def _step(name: str, key: str, ago: int, by: str | None, record: Record) -> ToldStep:
    """`until` is the day that the step asks for, today's where it names none; steps that ask for none leave it."""
    day = clock.today() + timedelta(days=record.get("in_days", 0) - ago)
    given = Given(record.get("reason"), record.get("note", ""), day)
    parties = STEPS[key].by
    return ToldStep(
        ago, name, key, Party(by) if by else Party.OFFICE if parties == (Party.OFFICE,) else parties[0], given
    )


def _cast(
    session: scoped_session[Session] | Session, stories: Mapping[str, Record], advisor: Actor
) -> dict[str, tuple[str, str]]:
    """Request and home of each story: who has waited longest first, nobody and no home twice, but for a home that two
    want."""
    pairs: dict[str, tuple[str, str]] = {}
    taken = set(session.scalars(select(BrokeredMatch.offer_id)))
    ranked = cache(lambda request: ranked_offers(request, advisor))
    left = list(_seekers(session))
    for name, story in stories.items():
        shared = pairs.get(story.get("home_of", ""))
        for request in left:
            if story.get("by_post") and not may_be_written_to(request):
                continue
            home = _home(ranked(request), story, taken, shared and shared[1])
            if home is not None:
                pairs[name] = request.id, home
                taken.add(home)
                left.remove(request)
                break
    return pairs


def _home(ranked: RankedOffers, story: Record, taken: Collection[str], shared: str | None) -> str | None:
    """The best of the list that was on offer when the story began, or the one that somebody else wants."""
    begun = clock.now() - timedelta(days=story["begun"])
    named = select(Organisation.id).where(Organisation.name == story.get("of"))
    owner = db.session.scalar(named) if "of" in story else None
    for offer in (ranked.offers[match.offer] for match in ranked.ranking.matches):
        if shared is not None:
            found = offer.id == shared
        else:
            there = offer.published_at is not None and offer.published_at < begun and offer.id not in taken
            found = there and story.get("with_project", False) == (offer.project_id is not None)
            found = found and owner in (None, offer.organisation_id)
        if found:
            return offer.id
    return None


def _seekers(session: scoped_session[Session] | Session) -> Iterator[HousingRequest]:
    active = select(HousingRequest).where(HousingRequest.state == RequestState.ACTIVE)
    for request in session.scalars(active.order_by(HousingRequest.created_at, HousingRequest.id)):
        if may_be_matched(request, needs_of(request)) and has_consent(request, Purpose.SHARING):
            yield request
