"""People who open every page and fill in every form they are offered."""

from collections.abc import Iterator, Mapping
from contextvars import Context
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.infrastructure.client import CheckingClient, offered_values
from tests.infrastructure.pages import Page
from tests.people import PASSWORD, make_user, sign_in
from tests.refusals.records import office_records
from tests.seekers.walking import begin
from tests.tenancy.samples import make_tenant
from wohnberatung.bridge.needs import StoredRequirement
from wohnberatung.core import clock
from wohnberatung.core.actors import ADMIN, ADVISOR, LINK, PROVIDER, PUBLIC
from wohnberatung.extensions import db
from wohnberatung.network.services.searches import save_search
from wohnberatung.pictures.models import Picture
from wohnberatung.web.access import ACCESS

Records = Mapping[str, str]
# What a person writes where a page demands something, by the kind of the field.
WRITTEN = {
    "date": (clock.today() + timedelta(days=3)).isoformat(),
    "time": "10:00",
    "number": "1",
    "email": "jemand@example.org",
    "tel": "0351 1234567",
    "password": PASSWORD,
}
# No page, or one that ends what the next pages need.
NOT_OPENED = {"static"}


ROLES = ({PROVIDER}, {ADVISOR, ADMIN}, {PUBLIC, LINK})


class Filled(NamedTuple):
    """A form as somebody would send it; `typed` are the names of the fields in which one writes."""

    path: str
    data: dict[str, Any]
    typed: tuple[str, ...] = ()


class Person(NamedTuple):
    """A browser, whose it is, and the forms it is offered: as they stand on the pages with these addresses, and filled
    in by endpoint, the first that leads there."""

    browser: "Browser"
    roles: set[str]
    forms: list[tuple[str, Element]]
    offered: dict[str, Filled]


class Browser(CheckingClient):
    """As quick as can be: what a page looks like is judged elsewhere."""

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        db.session.commit()
        response: TestResponse = Context().run(FlaskClient.open, self, *arguments, **options)
        db.session.expire_all()
        return response


def people_with_everything(app: Flask) -> tuple[list[Person], Records]:
    """A provider, somebody of the office and a stranger, with a record of everything and all forms they are offered."""
    browsers, records = _browsers_with_everything(app)
    people = []
    for browser, roles in zip(browsers, ROLES, strict=True):
        forms = list(forms_on_pages(app, browser, roles, records))
        people.append(Person(browser, roles, forms, offered_forms(app, forms)))
    return people, records


def _browsers_with_everything(app: Flask) -> tuple[list[Browser], Records]:
    """Theirs, in the order of `ROLES`, before they have opened anything."""
    tenant, admin = make_tenant(), make_user(ADVISOR, ADMIN)
    records = {**tenant.ids, **office_records(admin, tenant)}
    # Something has to stand in a field before anybody can change it.
    db.session.get_one(Picture, records["picture_id"]).alt = "Ein Bad"
    wanted: list[StoredRequirement] = [{"key": "site_kind", "wanted": ["house"], "importance": "must"}]
    save_search(tenant.ids["project_id"], wanted, "", active=True, actor=tenant.actor)
    browsers = [Browser(app, use_cookies=True) for _roles in ROLES]
    sign_in(browsers[0], tenant.user)
    sign_in(browsers[1], admin)
    begin(browsers[2])
    return browsers, records


def address(app: Flask, rule: Rule, records: Records) -> str | None:
    """The rule's address; None for an argument without a record."""
    area, values = rule.endpoint.partition(".")[0], {}
    for name in rule.arguments:
        known = (records[key] for key in (f"{rule.endpoint} {name}", f"{area}.{name}", name) if key in records)
        values[name] = next(known, "")
    if not all(values.values()):
        return None
    with app.test_request_context():
        return str(app.url_map.bind("localhost").build(rule.endpoint, values, method=None))


def offered_forms(app: Flask, forms: list[tuple[str, Element]]) -> dict[str, Filled]:
    """What this person could send, by endpoint: the first form found that leads there."""
    found: dict[str, Filled] = {}
    for here, form in forms:
        for filled in _ways_to_send(form, here):
            if endpoint := endpoint_of(app, filled.path):
                found.setdefault(endpoint, filled)
    return found


def endpoint_of(app: Flask, path: str) -> str | None:
    """What is asked for where a form is sent to this address."""
    try:
        endpoint, _values = app.url_map.bind("localhost").match(urlsplit(path).path, method="POST")
    except HTTPException:
        return None
    return str(endpoint)


def forms_on_pages(app: Flask, browser: Browser, roles: set[str], records: Records) -> Iterator[tuple[str, Element]]:
    """Every form that sends something, on every page that this person may open, with the page's address."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "GET" not in (rule.methods or ()) or not ACCESS[rule.endpoint] & roles or rule.endpoint in NOT_OPENED:
            continue
        here = address(app, rule, records)
        answer = browser.get(here) if here else None
        if here and answer is not None and answer.mimetype == "text/html" and answer.status_code == 200:
            forms = Page(answer.text).all("form")
            yield from ((here, form) for form in forms if form.attrib.get("method", "get").lower() == "post")


def _ways_to_send(form: Element, here: str) -> Iterator[Filled]:
    data, action = filled_in(form), form.attrib.get("action") or here
    buttons = list(form.iter("button")) or [Element("button")]
    for button in buttons:
        pressed = {button.attrib["name"]: button.attrib.get("value", "")} if "name" in button.attrib else {}
        yield Filled(button.attrib.get("formaction", action), data | pressed, typed_in(form))


def typed_in(form: Element) -> tuple[str, ...]:
    kinds = ("text", "number", *WRITTEN)
    return tuple(
        field.attrib["name"]
        for field in form.iter("input")
        if field.attrib.get("type") in kinds and "name" in field.attrib
    )


def filled_in(form: Element) -> dict[str, Any]:
    """What is there already, and something wherever an answer is demanded."""
    data = dict(offered_values(form))
    for field in form.iter():
        name = field.attrib.get("name")
        if name and not data.get(name) and ("required" in field.attrib or field.attrib.get("type") == "radio"):
            data[name] = something(field)
    return data


def something(field: Element) -> str:
    if field.tag == "select":
        return next((option.attrib["value"] for option in field.iter("option") if option.attrib.get("value")), "")
    kind = field.attrib.get("type", "text")
    if kind in ("radio", "checkbox"):
        return field.attrib.get("value", "on")
    return WRITTEN.get(kind, "1" if field.attrib.get("inputmode") in ("numeric", "decimal") else "Beispiel")
