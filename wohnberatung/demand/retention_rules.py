"""How long questions are kept once they are answered; they hold no personal data, and links end by themselves."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.demand.models import OfferQuestion, QuestionState
from wohnberatung.extensions import db
from wohnberatung.privacy.retention import Rule

RULES = (
    Rule(
        "offer_questions",
        _l("Beantwortete Fragen an Anbieter"),
        _l("löschen"),
        365,
        lambda before: select(OfferQuestion).where(
            OfferQuestion.state != QuestionState.OPEN, OfferQuestion.answered_at < before
        ),
        db.session.delete,
    ),
)
