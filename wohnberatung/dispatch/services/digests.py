"""The weekly digest: how much waits for somebody, and where. Numbers and headings only, never who or what it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import func, select

from wohnberatung.accounts.models import User
from wohnberatung.accounts.services.people import load_actor
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.board import DUE_WORDS, MINE, Due, MatchFilter, found_matches
from wohnberatung.brokerage.states import MatchState
from wohnberatung.cases.services.desk import desk_of
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError
from wohnberatung.core.languages import GERMAN, known_code, language_of
from wohnberatung.core.transactions import each_in_its_own_transaction
from wohnberatung.demand.models import OfferQuestion, QuestionState
from wohnberatung.dispatch.models import DigestChoice
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import queue_mail

PRESENTED, QUESTIONS, STILL_FREE, IN_REVIEW = "presented", "questions", "still_free", "in_review"


@dataclass(frozen=True)
class Counted:
    """A heading and how many things wait under it; `key` names one of those of a provider."""

    title: str
    count: int
    key: str = ""


def send_digests() -> int:
    """To everybody who has had none this week, wants one, and for whom something waits; returns how many. A week in
    which nobody worked is not made up for. Raises LeftUndone for those that failed."""
    active = select(User.id).where(User.disabled_at.is_(None)).order_by(User.id)
    return sum(each_in_its_own_transaction(db.session.scalars(active).all(), _send))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def waits_for(actor: Actor) -> list[Counted]:
    """What waits, without what is empty."""
    counted = _for_office(actor) if actor.is_staff else _for_provider(actor)
    return [each for each in counted if each.count]


def wants_digest(actor: Actor) -> bool:
    choice = db.session.get(DigestChoice, actor.user_id)
    return choice is None or choice.off_since is None


def language_wanted(actor: Actor) -> str:
    """The code of the language in which one's own digest is written."""
    choice = db.session.get(DigestChoice, actor.user_id)
    return GERMAN.code if choice is None else choice.language


def choose_language(actor: Actor, code: str) -> None:
    """From the next one on. DomainError at `language` for one that we do not have."""
    if known_code(code) is None:
        raise DomainError(_("Bitte wählen Sie eine der Sprachen."), "language")
    _choice_of(actor.user_id or "").language = code
    db.session.flush()


def choose(actor: Actor, *, wanted: bool) -> None:
    """Switch one's own digest on or off."""
    choice = _choice_of(actor.user_id or "")
    choice.off_since = None if wanted else (choice.off_since or clock.now())
    db.session.flush()


def _send(user_id: str) -> bool:
    user = db.session.scalars(select(User).where(User.id == user_id).with_for_update()).one()
    choice, week = _choice_of(user_id), monday_of(clock.today())
    actor = load_actor(user_id)
    if actor is None or choice.off_since is not None or choice.week == week:
        return False
    choice.week = week
    # Headings are words as well.
    with force_locale(language_of(choice.language).locale):
        counted = waits_for(actor)
    if counted:
        queue_mail(
            "digest",
            to=user.email,
            language=choice.language,
            in_dialogue=True,
            counted=counted,
            for_office=actor.is_staff,
        )
    db.session.flush()
    return bool(counted)


def _choice_of(user_id: str) -> DigestChoice:
    choice = db.session.get(DigestChoice, user_id)
    if choice is None:
        choice = DigestChoice(user_id=user_id, language=GERMAN.code)
        db.session.add(choice)
    return choice


def _for_office(actor: Actor) -> Iterator[Counted]:
    for due in (Due.OVER, Due.STALLED):
        mine = found_matches(actor, MatchFilter(due=due, advisor=MINE))
        count = db.session.scalar(select(func.count()).select_from(mine.subquery())) or 0
        yield Counted(str(DUE_WORDS[due]), count, "mine")
    for section in desk_of(actor):
        yield Counted(str(section.title), section.found.count)


def _for_provider(actor: Actor) -> Iterator[Counted]:
    own = Offer.organisation_id.in_(actor.organisation_ids)
    presented = select(func.count(BrokeredMatch.id)).join(BrokeredMatch.offer)
    questions = select(func.count()).select_from(OfferQuestion).join(Offer, Offer.id == OfferQuestion.offer_id)
    offers = select(func.count(Offer.id)).where(own)
    for key, query in (
        (PRESENTED, presented.where(own, BrokeredMatch.state == MatchState.PRESENTED)),
        (QUESTIONS, questions.where(own, OfferQuestion.state == QuestionState.OPEN)),
        (STILL_FREE, offers.where(Offer.status == OfferStatus.PUBLISHED, Offer.asked_at.is_not(None))),
        (IN_REVIEW, offers.where(Offer.status == OfferStatus.REVIEW)),
    ):
        yield Counted("", db.session.scalar(query) or 0, key)
