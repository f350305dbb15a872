"""The questions that would help most: found by the engine over all lists, kept until they are answered."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
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
from wohnberatung.core.errors import NotFound
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.demand.models import OfferQuestion, QuestionState
from wohnberatung.demand.rounding import people
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.dwellings.services import own_offer
from wohnberatung.extensions import db
from wohnberatung.seekers.services import requests_sought

PER_OFFER = 3
MOST_FOUND = 5000
# Whoever did not know the answer is not asked again before they can have measured.
ASKED_AGAIN_AFTER = timedelta(days=180)


@dataclass(frozen=True)
class ShownQuestion:
    """One question for people. `helps` is rounded, in words; `one_click` where yes or no is the whole answer."""

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


def refresh_questions() -> int:
    """Find the best questions of all published offers anew; returns how many are open. Flushes and never commits."""
    asked = [sought.request for sought in requests_sought().each]
    with current_supply() as supply:
        found = best_questions(supply.frame, asked, most=MOST_FOUND, texts=supply.texts) if asked else ()
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
    return [shown_question(row) for row in db.session.scalars(query.limit(most))]


def questions_for_office(actor: Actor, number: int = 1) -> Page[ShownQuestion]:
    """All open questions, the most helpful first."""
    only_office(actor)
    query = _open().order_by(OfferQuestion.helps.desc(), OfferQuestion.gain.desc(), OfferQuestion.id)
    page = paginate(db.session, query, number)
    return Page([shown_question(row) for row in page.items], page.number, page.size, page.total)


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
    fact = HOMES.fact(question.key)
    return ShownQuestion(question, question.offer.display_title, _(fact.question or fact.label), people(question.helps))


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
        row.state, row.answered_at, row.mailed_at = QuestionState.OPEN, None, None


def _link_is_valid(row: OfferQuestion) -> bool:
    return row.valid_until is not None and row.valid_until > clock.now()
