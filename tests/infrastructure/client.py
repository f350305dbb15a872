"""A test client that looks at every page it fetches and fills in forms as a person does."""

import re
from collections.abc import Iterator, Mapping
from contextvars import Context
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from flask import has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.infrastructure.pages import Page, faults, words
from tests.infrastructure.reading import watched_writes
from wohnberatung.extensions import db

# OpenID Connect brings people back by a GET, which counts once, by its state: the one that signs in.
BROUGHT_BACK = "/anmelden/stadt/zurueck"
NOT_SENT = frozenset({"submit", "button", "reset", "image", "file"})


# How a page keeps numbers on one line (web/whole_numbers.py); whoever reads it sees words and blanks.
WHOLE = re.compile(r'<span class="whole">([^<]*)</span>')


class ReadPage(TestResponse):
    """An answer whose text is as somebody reads it."""

    @property
    def text(self) -> str:
        return WHOLE.sub(r"\1", super().text).replace("\u00a0", " ")


class CheckingClient(FlaskClient):
    """Fails the test if a page breaks a rule of `pages.py`, the server answers 5xx unexpectedly, or a GET locks or
    writes a row (`reading.py`).

    Requests run outside the test's own application context, as in a server: ``g`` and the session of the
    database are theirs. What the test has added before is committed first (within its own rollback).
    """

    def __init__(self, application: Any, response_wrapper: Any = None, **options: Any) -> None:
        super().__init__(application, response_wrapper, **options)
        self.response_wrapper = type("ReadPage", (ReadPage, self.response_wrapper), {})

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        if has_app_context():
            db.session.commit()
        with watched_writes() as written:
            response: TestResponse = Context().run(super().open, *arguments, **options)
        if has_app_context():
            db.session.expire_all()
        check(response)
        brought_back = bool(arguments) and str(arguments[0]).startswith(BROUGHT_BACK)
        if options.get("method", "GET") in ("GET", "HEAD") and not brought_back:
            assert not written, f"{response.request.path}: a GET only reads, but this one sent {', '.join(written)}"
        return response

    def submit(
        self, path: str, fields: Mapping[str, Any] | None = None, *, button: str = "", follow: bool = True
    ) -> TestResponse:
        """Open `path`, fill in the form that has these fields (and this button), send it off.

        Hidden fields and what is filled in already are sent along. A list chooses several values, None leaves
        a field out (an unticked box, a radio without choice). Asserts that the page offers every field.
        """
        page = Page(self.get(path, follow_redirects=True).text)
        form = find_form(page, set(fields or {}), button)
        data = dict(offered_values(form)) | chosen_button(form, button)
        data = {name: value for name, value in (data | dict(fields or {})).items() if value is not None}
        action = action_of(form, button) or path
        return self.post(urlsplit(action)._replace(fragment="").geturl(), data=data, follow_redirects=follow)


def check(response: TestResponse) -> None:
    """Look at a whole page; parts that a script asked for are no pages."""
    if response.mimetype != "text/html" or response.request.method == "HEAD":
        return
    if response.status_code in range(300, 400) or "HX-Request" in response.request.headers:
        return
    found = faults(response.text)
    if 'id="fehler"' in response.text and response.status_code < 400:
        found.append(f"the page shows errors of a form, but answers {response.status_code}")
    assert not found, f"{response.request.path}:\n" + "\n".join(found)


def find_form(page: Page, names: set[str], button: str) -> Element:
    forms = list(page.all("form"))
    for form in forms:
        if names <= set(field_names(form)) and button in ("", *button_words(form)):
            return form
    offered = "\n".join(f"{sorted(set(field_names(form)))} {list(button_words(form))}" for form in forms)
    raise AssertionError(f"no form with {sorted(names)} {button!r}; the page offers\n{offered}")


def field_names(form: Element) -> Iterator[str]:
    for field in form.iter():
        if field.tag in ("input", "select", "textarea", "button") and "name" in field.attrib:
            yield field.attrib["name"]


def button_words(form: Element) -> Iterator[str]:
    yield from (words(button) for button in form.iter("button"))


def action_of(form: Element, text: str) -> str | None:
    """Where the form goes: a button may lead elsewhere than its form."""
    pressed = (button for button in form.iter("button") if text and words(button) == text)
    own = next((button.attrib["formaction"] for button in pressed if "formaction" in button.attrib), None)
    return own or form.attrib.get("action")


def chosen_button(form: Element, text: str) -> dict[str, str]:
    """The name and value that a browser sends for the button that was pressed."""
    buttons = [button for button in form.iter("button") if text and words(button) == text]
    return {button.attrib["name"]: button.attrib.get("value", "") for button in buttons if "name" in button.attrib}


def offered_values(form: Element) -> Iterator[tuple[str, Any]]:
    """Name and value of each field as the page shows it: what a browser sends if nothing is changed."""
    values: dict[str, list[str]] = {}
    for field in form.iter():
        name = field.attrib.get("name")
        if name and "disabled" not in field.attrib:
            values.setdefault(name, []).extend(values_of(field))
    yield from ((name, found if len(found) > 1 else found[0]) for name, found in values.items() if found)


def values_of(field: Element) -> list[str]:
    if field.tag == "textarea":
        return ["".join(field.itertext())]
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [option for option in options if "selected" in option.attrib]
        if not chosen and "multiple" not in field.attrib:
            chosen = options[:1]
        return [option.attrib.get("value", words(option)) for option in chosen]
    kind = field.attrib.get("type", "text")
    if field.tag != "input" or kind in NOT_SENT:
        return []
    if kind in ("checkbox", "radio"):
        return [field.attrib.get("value", "on")] if "checked" in field.attrib else []
    return [field.attrib.get("value", "")]
