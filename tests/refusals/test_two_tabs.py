"""Two tabs over one record: the second to save is told what is stored meanwhile, and keeps what it wrote.

Every form that a page offers with entries in it is one over something stored, unless it is named here as one that
makes something new. It carries the version it was drawn from; sent with another, it is refused with both texts.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page
from tests.people import make_user, sign_in
from tests.refusals.browsers import Browser, Filled, endpoint_of, filled_in
from tests.refusals.conftest import Office
from tests.refusals.filled_in import answers
from wohnberatung.core.actors import ADMIN, ADVISOR, LINK, PUBLIC
from wohnberatung.extensions import db

# What already stands in their fields is a suggestion or a default: they make something that was not there.
NEW = {
    "accounts.create_organisation",
    "accounts.invite_member",
    "appointments.book_for",
    "brokerage.add_funding",
    "cases.open_case",
    "cases.plan_absence",
    "contacts.add_person",
    "cases.record_consultation",
    "cases.split_household",
    "cooperation.add_task",
    "cases.take_down_request",
    "cityview.make_run",
    "dwellings.enter_offer",
    "events.add_dates",
    "initiatives.begin_initiative",
    "letters.write_letter",
    "noticeboard.begin_notice",
    "network.add_site",
    "pictures.add_pictures",
    "projects.add_places",
    "resources.enter_own",
    "projects.enter_exchange",
    "projects.enter_room",
    "surveys.begin_survey",
}
# Stores nothing, or one's own word alone: the last one counts and stands on the page.
HARMLESS = {"brokerage.try_requirements", "dispatch.choose_language", "projects.cast_ballot"}
# What these say is not one of the texts of the page: every criterion wants an answer first.
INCOMPLETE = {"dwellings.change_demands", "network.save_search"}
ADDED = "von mir ergänzt"


@pytest.fixture
def editing(app: Flask, people: Office) -> dict[str, tuple[Browser, Element, Filled]]:
    """By endpoint: who is offered the form, the form, and how it is sent. What strangers store nobody else changes."""
    found: dict[str, tuple[Browser, Element, Filled]] = {}
    answered = answers(people[1])
    for person in people[0]:
        for here, form in person.forms if person.roles != {PUBLIC, LINK} else ():
            path = form.attrib.get("action") or here
            if list(entries(form)) and (endpoint := endpoint_of(app, path)) and endpoint not in found:
                data = {**filled_in(form), **answered.get(endpoint, {})}
                found[endpoint] = (person.browser, form, Filled(path, data))
    return found


WRITTEN_IN = ("text", "email", "tel", "date", "time")


def entries(form: Element) -> Iterator[str]:
    """The names of fields that a person sees and that hold something already."""
    return (name for field in form.iter() if (name := field.attrib.get("name")) and holds(field))


def holds(field: Element) -> bool:
    if field.tag == "textarea":
        return bool((field.text or "").strip())
    if field.tag == "select":
        return any("selected" in option.attrib and option.attrib.get("value") for option in field.iter("option"))
    kind = field.attrib.get("type", "text")
    return ("checked" in field.attrib) if kind in ("checkbox", "radio") else _is_written(field, kind)


def _is_written(field: Element, kind: str) -> bool:
    return field.tag == "input" and kind in WRITTEN_IN and bool(field.attrib.get("value"))


def changeable(form: Element) -> str | None:
    """A field for free words that holds some."""
    for field in form.iter():
        name = field.attrib.get("name")
        if field.tag == "textarea" and (field.text or "").strip():
            return name
        plain = field.tag == "input" and field.attrib.get("type", "text") == "text"
        if plain and field.attrib.get("value") and "inputmode" not in field.attrib and "maxlength" not in field.attrib:
            return name
    return None


def test_a_second_tab_is_told_what_is_stored_and_keeps_what_it_wrote(editing: dict[str, tuple]) -> None:
    unprotected, silent, lost = set(), {}, set()
    for endpoint, (browser, form, filled) in editing.items():
        if endpoint in NEW | HARMLESS:
            continue
        if not any(name.startswith("version") and value for name, value in filled.data.items()):
            unprotected.add(endpoint)
            continue
        stale = {name: "99" if name.startswith("version") else value for name, value in filled.data.items()}
        name = changeable(form)
        if name:
            stale[name] = f"{ADDED} {stale[name]}"
        answer = browser.post(filled.path, data=stale)
        if endpoint in INCOMPLETE:
            continue
        if answer.status_code != 409:
            silent[endpoint] = answer.status_code
        elif name and not (ADDED in answer.text and "Jetzt gespeichert" in answer.text):
            lost.add(endpoint)
    assert unprotected == set(), "carries no version"
    assert silent == {}, "answered something else than 409"
    assert lost == set(), "what was written is gone"
    assert editing.keys() >= NEW, "makes nothing new any more"


def test_two_administrators_over_the_rights_of_one_person(client: CheckingClient) -> None:
    """No version is counted for rights: the form compares what it showed."""
    colleague = make_user(ADVISOR)
    sign_in(client, make_user(ADMIN))
    page = f"/verwaltung/personen/{colleague.id}"
    first = client.get(page)
    assert client.submit(page, {"roles": ["advisor", "provider"]}, button="Rechte speichern").status_code == 200
    data = filled_in(next(form for form in Page(first.text).all("form") if form.attrib.get("action") == page))
    late = client.post(page, data={**data, "roles": ["admin"]})
    assert late.status_code == 409
    assert "Jetzt gespeichert" in late.text
    assert db.session.get_one(type(colleague), colleague.id).roles == {"advisor", "provider"}
