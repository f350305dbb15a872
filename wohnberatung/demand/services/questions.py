"""Questions that would help most people: found by the engine, asked by mail or on the desk, answered into facts."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from matching.catalogue import HOMES
from matching.facts import Fact, Flag, Text
from matching.whatif.questions import Question, best_questions
from wohnberatung.bridge.frames import current_supply
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import hash_token, new_token
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.core.steps import Party, Step, party_of
from wohnberatung.core.transactions import each_in_its_own_transaction
from wohnberatung.demand.models import OfferQuestion, QuestionState
from wohnberatung.demand.services.figures import people
from wohnberatung.demand.steps import ANSWER, ASK_AGAIN, NOT_KNOWN, QUESTION_STEPS
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.dwellings.services.entering import state_facts
from wohnberatung.dwellings.services.lifecycle import own_offer
from wohnberatung.dwellings.services.provider_desk import tell_provider
from wohnberatung.extensions import db
from wohnberatung.planning.services import published
from wohnberatung.planning.services.published import Sought
from wohnberatung.seekers.services.open_requests import open_requests

PER_OFFER = 3
MOST_FOUND = 5000
# Whoever did not know the answer is not asked again before they can have measured.
ASKED_AGAIN_AFTER = timedelta(days=180)


@dataclass(frozen=True)
class ShownQuestion:
    """One question for people. `helps` is the published figure, in words; `one_click` where yes or no is the whole
    answer."""

    question: OfferQuestion
    title: str
    text: str
    helps: str

    @property
    def id(self) -> str:
        return self.question.id

    @property
    def fact(self) -> Fact:
        return HOMES.fact(self.question.key)

    @property
    def one_click(self) -> bool:
        return isinstance(self.fact, Flag)

    @property
    def is_open(self) -> bool:
        return self.question.state == QuestionState.OPEN

    @property
    def steps(self) -> dict[str, Step[OfferQuestion]]:
        """The buttons under the question, by their keys."""
        return {step.key: step for step in QUESTION_STEPS.offered(self.question, Party.PROVIDER)}


def refresh_questions() -> int:
    """Find the best questions of all published offers anew; returns how many are open. Flushes and never commits."""
    requests = open_requests().each
    with current_supply() as supply:
        found = best_questions(supply.frame, requests, most=MOST_FOUND, texts=supply.texts) if requests else ()
    kept = {(each.offer_id, each.key): each for each in db.session.scalars(select(OfferQuestion))}
    best = _best_per_offer(found, _held_by({question.offer for question in found}))
    for question in best:
        _keep(kept.pop((question.offer, question.key), None), question)
    for row in kept.values():
        if row.state == QuestionState.OPEN and not _link_is_valid(row):
            db.session.delete(row)
    db.session.flush()
    return len(best)


def questions_for(actor: Actor, offer_id: str | None = None, most: int = PER_OFFER) -> list[ShownQuestion]:
    """The best open questions to this person's offers, or to one of them."""
    query = _open().order_by(OfferQuestion.helps.desc(), OfferQuestion.gain.desc(), OfferQuestion.id)
    if offer_id is not None:
        query = query.where(OfferQuestion.offer_id == own_offer(offer_id, actor).id)
    else:
        query = query.where(Offer.organisation_id.in_(actor.organisation_ids))
    sought = published.by_criterion()
    return [_shown(row, sought) for row in db.session.scalars(query.limit(most))]


def questions_for_office(actor: Actor, number: int = 1) -> Page[ShownQuestion]:
    """All open questions, the most helpful first."""
    only_office(actor)
    query = _open().order_by(OfferQuestion.helps.desc(), OfferQuestion.gain.desc(), OfferQuestion.id)
    page = paginate(db.session, query, number)
    sought = published.by_criterion()
    return Page([_shown(row, sought) for row in page.items], page.number, page.size, page.total)


def load_question(question_id: str, actor: Actor) -> OfferQuestion:
    """For whoever may change the offer; NotFound for all others."""
    question = db.session.get(OfferQuestion, question_id)
    if question is None:
        raise NotFound(_("Diese Frage gibt es nicht."))
    own_offer(question.offer_id, actor)
    return question


def load_shown(question_id: str, actor: Actor) -> ShownQuestion:
    """The same, ready to be shown."""
    return shown_question(load_question(question_id, actor))


def shown_question(question: OfferQuestion) -> ShownQuestion:
    return _shown(question, published.by_criterion())


def _shown(question: OfferQuestion, sought: list[Sought]) -> ShownQuestion:
    """How many it helps is said as the published figures have it: how many ask for that, be it of this home or not."""
    fact = HOMES.fact(question.key)
    asking = next((line.seeking for line in sought if line.key == question.key), 0)
    return ShownQuestion(question, question.offer.display_title, _(fact.question or fact.label), people(asking))


def _open() -> Select[Any]:
    query = select(OfferQuestion).join(Offer).where(OfferQuestion.state == QuestionState.OPEN)
    loaded = joinedload(OfferQuestion.offer)
    query = query.options(loaded.joinedload(Offer.dwelling), loaded.joinedload(Offer.project))
    return query.where(Offer.status == OfferStatus.PUBLISHED)


def _held_by(ids: Collection[str]) -> dict[str, frozenset[str]]:
    """By offer: the kinds of parts that hold its facts. Nobody is asked what could be kept nowhere."""
    query = select(Offer.id, Offer.dwelling_id, Offer.project_id).where(Offer.id.in_(ids))
    named = ("dwelling", "project")
    return {
        offer_id: frozenset({"offer"} | {name for name, key in zip(named, keys, strict=True) if key})
        for offer_id, *keys in db.session.execute(query)
    }


def _best_per_offer(found: tuple[Question, ...], held: dict[str, frozenset[str]]) -> list[Question]:
    taken: dict[str, int] = defaultdict(int)
    best = []
    for question in found:
        fact = HOMES.fact(question.key)
        askable = fact.owner in held.get(question.offer, ()) and not isinstance(fact, Text)
        if askable and taken[question.offer] < PER_OFFER:
            taken[question.offer] += 1
            best.append(question)
    return best


def _keep(row: OfferQuestion | None, found: Question) -> None:
    if row is None:
        row = OfferQuestion(offer_id=found.offer, key=found.key, helps=found.helps, gain=found.gain)
        db.session.add(row)
    row.helps, row.gain = found.helps, found.gain
    long_ago = row.answered_at is not None and row.answered_at < clock.now() - ASKED_AGAIN_AFTER
    if row.state == QuestionState.NOT_KNOWN and long_ago:
        QUESTION_STEPS.take(row, ASK_AGAIN, by=Party.SYSTEM)
        row.answered_at, row.mailed_at = None, None


def _link_is_valid(row: OfferQuestion) -> bool:
    return row.valid_until is not None and row.valid_until > clock.now()


def answer_question(question_id: str, value: object, actor: Actor) -> OfferQuestion:
    """On the desk; None means that they do not know. The same answer twice is one; Conflict where the question was
    answered otherwise meanwhile."""
    return _answer(load_question(question_id, actor), value, actor)


def question_by_link(token: str) -> OfferQuestion:
    """For the holder of a mailed link; NotFound for any other, and after its day."""
    question = db.session.scalar(select(OfferQuestion).where(OfferQuestion.token_hash == hash_token(token)))
    if question is None or question.valid_until is None or question.valid_until <= clock.now():
        raise NotFound(_("Dieser Link gilt nicht oder nicht mehr."))
    return question


def last_day(question: OfferQuestion) -> date | None:
    """Until when the mailed link can be used, that day included."""
    return clock.to_berlin(question.valid_until - timedelta(seconds=1)).date() if question.valid_until else None


def answer_by_link(token: str, value: object) -> OfferQuestion:
    """Without signing in: as good as an answer on the desk, and never more than stated."""
    return _answer(question_by_link(token), value, None)


def _answer(question: OfferQuestion, value: object, actor: Actor | None) -> OfferQuestion:
    if question.state == QuestionState.ANSWERED and value is not None and value == _known(question):
        return question
    key = NOT_KNOWN if value is None else ANSWER
    by = Party.PROVIDER if actor is None else party_of(actor, Party.PROVIDER)
    QUESTION_STEPS.take(question, key, by=by)
    if value is not None:
        state_facts(question.offer, {question.key: value}, actor=actor, source=_("Antwort auf eine Rückfrage"))
    question.answered_at = clock.now()
    db.session.flush()
    return question


def _known(question: OfferQuestion) -> Any:
    """What the offer's parts know of the fact by now."""
    parts = (part for part in question.offer.parts if any(fact.key == question.key for fact in part.own_facts()))
    return next((getattr(part, question.key) for part in parts), None)


LINK_VALID = timedelta(days=21)
# One organisation gets one question by itself in so many days; the office may ask whenever it wants.
PAUSE = timedelta(days=14)
# So few people are no reason to write.
WORTH_A_MAIL = 3


def ask_provider(question_id: str, actor: Actor) -> OfferQuestion:
    """The office mails one question now. DomainError where nobody reads it, or it was mailed already."""
    only_office(actor)
    question = load_question(question_id, actor)
    if question.state != QuestionState.OPEN:
        raise DomainError(_("Diese Frage ist schon beantwortet."))
    if question.valid_until is not None and question.valid_until > clock.now():
        raise DomainError(_("Diese Frage ist schon unterwegs."))
    if not _mail(question):
        raise DomainError(_("Zu diesem Anbieter ist keine E-Mail-Adresse bekannt. Bitte rufen Sie an."))
    return question


def mail_questions() -> int:
    """The most helpful open question to each organisation that was not asked lately; returns how many mails.

    Raises LeftUndone for those where it failed.
    """
    before = clock.now() - PAUSE
    lately = select(Offer.organisation_id).join(OfferQuestion).where(OfferQuestion.mailed_at > before)
    query = (
        select(OfferQuestion.id, Offer.organisation_id)
        .join(Offer)
        .where(OfferQuestion.state == QuestionState.OPEN, OfferQuestion.mailed_at.is_(None))
        .where(Offer.status == OfferStatus.PUBLISHED, OfferQuestion.helps >= WORTH_A_MAIL)
        .where(Offer.organisation_id.not_in(lately))
        .order_by(OfferQuestion.helps.desc(), OfferQuestion.gain.desc(), OfferQuestion.id)
    )
    best: dict[str, str] = {}
    for question_id, organisation_id in db.session.execute(query):
        best.setdefault(organisation_id, question_id)
    return sum(each_in_its_own_transaction(best.values(), _mail_if_open))


def _mail_if_open(question_id: str) -> bool:
    open_still = (OfferQuestion.state == QuestionState.OPEN) & OfferQuestion.mailed_at.is_(None)
    query = select(OfferQuestion).where(open_still, OfferQuestion.id == question_id).with_for_update(of=OfferQuestion)
    question = db.session.scalar(query)
    return question is not None and _mail(question)


def _mail(question: OfferQuestion) -> bool:
    token = new_token()
    until = clock.start_of_day(clock.today() + LINK_VALID + timedelta(days=1))
    last_day = clock.today() + LINK_VALID
    if not tell_provider(question.offer, "offer_question", token=token, last_day=last_day):
        return False
    question.token_hash, question.valid_until, question.mailed_at = hash_token(token), until, clock.now()
    db.session.flush()
    return True
