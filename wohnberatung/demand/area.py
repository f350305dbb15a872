"""What is asked for and what offers leave open: questions to those who offer. They hold no personal data."""

from datetime import time, timedelta

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select

from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine, DeskSection
from wohnberatung.core.actors import Actor
from wohnberatung.core.manifests import Area
from wohnberatung.core.place_sections import PlaceSection
from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Periodic, Running
from wohnberatung.demand import models, views
from wohnberatung.demand.models import OfferQuestion, QuestionState
from wohnberatung.demand.services.of_place import lack_in
from wohnberatung.demand.services.questions import mail_questions, questions_for_office, refresh_questions
from wohnberatung.demand.services.standing import standing_in
from wohnberatung.extensions import db
from wohnberatung.privacy.retention import RetentionRule


def _refresh(_job: Running) -> str:
    with transaction():
        return ngettext(
            "%(num)s Frage an Anbieter ist offen.", "%(num)s Fragen an Anbieter sind offen.", refresh_questions()
        )


def _mail(_job: Running) -> str:
    return ngettext("%(num)s Frage an Anbieter verschickt.", "%(num)s Fragen an Anbieter verschickt.", mail_questions())


WORK = (
    Periodic("offer_questions", _l("Fragen an Anbieter auswählen"), _refresh, every=timedelta(hours=3)),
    # In the morning, when letting clerks are at work.
    Periodic("mail_questions", _l("Fragen an Anbieter verschicken"), _mail, at=time(8, 30)),
)


def worth_asking(actor: Actor) -> DeskContent:
    page = questions_for_office(actor)
    lines = [DeskLine(each.text, each.title, "demand.list_questions") for each in page.items[:SHOWN]]
    return DeskContent(page.total, lines, "demand.list_questions")


DESK = (DeskSection("questions", _l("Fragen, die sich lohnen"), 75, worth_asking),)


RETENTION = (
    RetentionRule(
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


PLACE_SECTIONS = (
    PlaceSection("fehlt", _l("Was gesucht wird"), 50, "demand/of_place.html", lambda code, _actor: lack_in(code)),
    PlaceSection("bedarf", _l("Bedarf und Angebote"), 10, "demand/standing.html", standing_in, for_office=True),
)


AREA = Area(
    key="demand",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    retention=RETENTION,
    desk=DESK,
    place_sections=PLACE_SECTIONS,
)
