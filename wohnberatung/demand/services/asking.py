"""Questions go to those who offer by mail, with a link that answers them without signing in."""

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.errors import DomainError
from wohnberatung.core.ids import hash_token, new_token
from wohnberatung.core.one_by_one import each_in_its_own_transaction
from wohnberatung.demand.models import OfferQuestion, QuestionState
from wohnberatung.demand.services.questions import load_question
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.dwellings.services import tell_provider
from wohnberatung.extensions import db

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
