"""Whoever has written a text and sends it when their session is over, in this tab or in another one, finds it again.

The forms are those that the pages offer, so a new one is tried without being named here.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from tests.people import sign_in
from tests.refusals.browsers import Browser, Person, filled_in
from tests.refusals.conftest import Office
from wohnberatung.accounts.models import User
from wohnberatung.core.actors import PUBLIC
from wohnberatung.extensions import db

WRITTEN = "Das habe ich lange überlegt und aufgeschrieben."
KEPT = "/formular"
FEWEST = 15


class Letter(NamedTuple):
    """A form in which somebody has written; `is_public` where nobody signs in for it."""

    browser: Browser
    path: str
    data: dict[str, Any]
    is_public: bool


def texts_of(form: Element) -> list[str]:
    return [field.attrib["name"] for field in form.iter("textarea") if "name" in field.attrib]


def letters(people: list[Person]) -> Iterator[Letter]:
    """One of each form with room for a text."""
    seen = set()
    for person in people:
        for here, form in person.forms:
            path, texts = form.attrib.get("action") or here, texts_of(form)
            if texts and (key := (urlsplit(path).path, *texts)) not in seen:
                seen.add(key)
                data = filled_in(form) | dict.fromkeys(texts, WRITTEN)
                yield Letter(person.browser, path, data, PUBLIC in person.roles)


def sent_too_late(letter: Letter) -> Any:
    letter.browser.delete_cookie("session")
    return letter.browser.post(letter.path, data=letter.data)


def test_a_text_that_is_sent_after_its_session_is_still_there(people: Office) -> None:
    written = list(letters(people[0]))
    assert len(written) >= FEWEST
    lost = {}
    for letter in written:
        answer = sent_too_late(letter)
        led_on = answer.headers.get("Location", "")
        is_kept = letter.is_public and answer.status_code == 302  # it was taken all the same
        if not (is_kept or led_on.endswith(f"weiter={KEPT}") or WRITTEN in answer.text):
            lost[letter.path] = answer.status_code
    assert lost == {}


def test_a_text_is_still_there_for_whoever_signed_in_again_in_another_tab(people: Office) -> None:
    lost = {}
    for letter in (each for each in letters(people[0]) if not each.is_public):
        with letter.browser.session_transaction() as session:
            user = db.session.get_one(User, session["user_id"])
        letter.browser.delete_cookie("session")
        sign_in(letter.browser, user)
        answer = letter.browser.post(letter.path, data=letter.data)
        page = letter.browser.get(KEPT) if answer.headers.get("Location") == KEPT else answer
        if WRITTEN not in page.text:
            lost[letter.path] = answer.status_code
    assert lost == {}
