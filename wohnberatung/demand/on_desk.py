"""Questions to providers whose answer would help most, on the office's desk."""

from flask_babel import lazy_gettext as _l

from wohnberatung.cases.services.desk import SHOWN, Found, Line, desk_section
from wohnberatung.core.actors import Actor
from wohnberatung.demand.services.questions import questions_for_office


@desk_section("questions", _l("Fragen, die sich lohnen"), position=75)
def worth_asking(actor: Actor) -> Found:
    page = questions_for_office(actor)
    lines = [Line(each.text, each.title, "demand.list_questions") for each in page.items[:SHOWN]]
    return Found(page.total, lines, "demand.list_questions")
