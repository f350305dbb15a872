"""Contact persons of the office: what was asked of somebody waits on their desk until its day."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine, DeskSection
from wohnberatung.contacts import models, views
from wohnberatung.contacts.services.persons import contacts_near
from wohnberatung.contacts.services.questions import WaitingQuestion, waiting_questions
from wohnberatung.contacts.topics import TOPIC_LABELS
from wohnberatung.core.actors import Actor
from wohnberatung.core.manifests import Area
from wohnberatung.core.place_sections import PlaceSection


def questions_to_me(actor: Actor) -> DeskContent:
    """Those that are late first."""
    waiting = waiting_questions(actor)
    return DeskContent(len(waiting), [_line(each) for each in waiting[:SHOWN]], "advice.list_enquiries")


def _line(each: WaitingQuestion) -> DeskLine:
    place = f", {each.put.place.name}" if each.put.place else ""
    until = _("Antwort bis %(day)s", day=f"{each.put.due_on:%d.%m.%Y}")
    return DeskLine(
        f"{TOPIC_LABELS[each.put.topic]}{place}",
        f"{each.enquiry.receipt_number}, {until}",
        "advice.show_enquiry",
        {"enquiry_id": each.enquiry.id},
        urgent=each.put.is_late,
    )


DESK = (DeskSection("contact_questions", _l("Fragen an Sie als Ansprechperson"), 38, questions_to_me),)

PLACE_SECTIONS = (
    PlaceSection(
        "ansprechpersonen",
        _l("Ansprechpersonen"),
        10,
        "contacts/of_place.html",
        lambda code, _actor: contacts_near(code) or None,
    ),
)

AREA = Area(
    key="contacts",
    models=models,
    blueprint=views.blueprint,
    desk=DESK,
    place_sections=PLACE_SECTIONS,
    not_exported="What the office publishes of its own staff; questions are told and erased with their enquiry.",
)
