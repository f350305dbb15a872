"""Answers to questions become facts that are stated, and every list that is looked at next reads them."""

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import Conflict, NotFound
from wohnberatung.core.ids import hash_token
from wohnberatung.demand.models import OfferQuestion, QuestionState
from wohnberatung.demand.services.questions import load_question
from wohnberatung.dwellings.services import state_facts
from wohnberatung.extensions import db


def answer_question(question_id: str, value: Any, actor: Actor) -> OfferQuestion:
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


def answer_by_link(token: str, value: Any) -> OfferQuestion:
    """Without signing in: as good as an answer on the desk, and never more than stated."""
    return _answer(question_by_link(token), value, None)


def _answer(question: OfferQuestion, value: Any, actor: Actor | None) -> OfferQuestion:
    state = QuestionState.NOT_KNOWN if value is None else QuestionState.ANSWERED
    if question.state == QuestionState.ANSWERED:
        if state == QuestionState.ANSWERED and value == _known(question):
            return question
        raise Conflict(_("Diese Frage ist schon beantwortet. Ändern können Sie die Angabe bei Ihrem Angebot."))
    if value is not None:
        state_facts(question.offer, {question.key: value}, actor=actor, source=_("Antwort auf eine Rückfrage"))
    question.state, question.answered_at = state, clock.now()
    db.session.flush()
    return question


def _known(question: OfferQuestion) -> Any:
    """What the offer's parts know of the fact by now."""
    parts = (part for part in question.offer.parts if any(fact.key == question.key for fact in part.own_facts()))
    return next((getattr(part, question.key) for part in parts), None)
