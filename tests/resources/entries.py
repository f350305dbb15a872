"""Resources, needs and requests for contact with valid defaults."""

from typing import Any, cast

from tests.directory.entries import JOHANNSTADT
from wohnberatung.bridge.weekly_hours import windows_in
from wohnberatung.extensions import db
from wohnberatung.resources.models import ContactRequest, PersonContact, Resource, ResourceState
from wohnberatung.resources.services.contact_requests import ask_contact
from wohnberatung.resources.services.entries import submit_private
from wohnberatung.resources.steps import RESOURCE_STEPS

ANNA = PersonContact(name="Anna Geberin", email="anna@example.org", phone="0351 1")
BERT = PersonContact(name="Bert Frager", email="bert@example.org", phone="")
CONSENT = ("2026-12", "Ich willige ein.")


def make_linked(
    title: str = "Ich lese gern vor",
    *,
    side: str = "gives",
    kind: str = "reading",
    hours: str = "Dienstag 14 bis 17",
    state: str = "published",
    contact: PersonContact = ANNA,
    district: str | None = JOHANNSTADT,
    wanted: Any = (),
    text: str = "Zeitung und Briefe.",
    **facts: Any,
) -> tuple[Resource, str]:
    """A private person's, public unless told otherwise, with the secret of its link."""
    values: Any = {
        "title": title,
        "district": district,
        "weekly": windows_in(hours)[0],
        "closures": [],
        "facts": {**facts, "description": text},
        "wanted": wanted,
    }
    row, token = submit_private(side, kind, values, contact, consent=CONSENT, language="de", held_for=None)
    RESOURCE_STEPS.put(row, ResourceState(state))
    db.session.flush()
    return row, token


def make_resource(*args: Any, **said: Any) -> Resource:
    return make_linked(*args, **said)[0]


def make_contact_request(resource: Resource | None = None, contact: PersonContact = BERT) -> tuple[ContactRequest, str]:
    """Just asked, with the secret of its link."""
    about = resource or make_resource()
    message = "Kommen Sie auch zu mir?"
    said = ask_contact(about.id, contact, message, consent=CONSENT, language="de", held_for=None)
    return cast(tuple[ContactRequest, str], said)
