"""Whatever somebody types into a field that takes a number, an amount, a size, a day or a time: what cannot be read is
quoted beside the name of its field, in the language of the page, and stays where it was typed.

The fields are those that the pages offer, so a new form is tried without being named here. The steps of the request
form, which share an address, are tried in `tests/seekers/test_request_form_bad_input.py`.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from tests.infrastructure.pages import Page, words
from tests.refusals.browsers import Browser, Person, filled_in
from tests.refusals.conftest import Office
from wohnberatung.core.languages import LANGUAGES

TYPED = "viel ☃ Zeug"
READ_AS_VALUES = {"numeric", "decimal"}
KINDS = {"number", "date", "time"}
# Those of filters stand in the address and refuse nothing: what is no number there filters nothing, and is said.
FEWEST = 40


class Asked(NamedTuple):
    """A form: who is offered it, where it goes, what it holds, and the ids of its fields for values by their names."""

    browser: Browser
    path: str
    data: dict[str, Any]
    fields: dict[str, str]


def takes_a_value(field: Element) -> bool:
    told = field.attrib.get("inputmode") in READ_AS_VALUES or "data-calendar" in field.attrib
    return field.tag == "input" and "name" in field.attrib and (told or field.attrib.get("type") in KINDS)


def forms_with_values(people: list[Person]) -> Iterator[Asked]:
    seen = set()
    for person in people:
        for here, form in person.forms:
            fields = {field.attrib["name"]: field.attrib["id"] for field in form.iter() if takes_a_value(field)}
            asked = Asked(person.browser, urlsplit(form.attrib.get("action") or here).path, filled_in(form), fields)
            key = (asked.path, *fields)
            if fields and key not in seen:
                seen.add(key)
                yield asked


def faults_of(asked: Asked, page: Page) -> Iterator[str]:
    elements = {element.attrib["id"]: element for element in page.all() if "id" in element.attrib}
    for name, key in asked.fields.items():
        field, error = elements.get(key), words(elements.get(f"{key}-fehler"))
        summed_up = next((words(link) for link in page.all("a") if link.attrib.get("href") == f"#{key}"), "")
        # "Mindestens, Personen im Haushalt (freiwillig)": one of the parts says it.
        asked_for = re.split(r" \(|, ", page.labels.get(key, ""))
        if TYPED not in error:
            yield f"{name} does not quote what was typed: {error!r}"
        if field is None or field.attrib.get("value") != TYPED:
            yield f"{name} has lost what was typed"
        if not any(part and part in summed_up for part in asked_for):
            yield f"{name} is not named in the summary: {summed_up!r}"


def test_what_cannot_be_read_is_quoted_and_kept_in_every_language(people: Office) -> None:
    forms = list(forms_with_values(people[0]))
    assert sum(len(asked.fields) for asked in forms) >= FEWEST
    faults: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for browser in {asked.browser for asked in forms}:
            browser.get(f"/?sprache={language.code}")
        for asked in forms:
            answer = asked.browser.post(asked.path, data=asked.data | dict.fromkeys(asked.fields, TYPED))
            found = list(faults_of(asked, Page(answer.text)))
            if found or answer.status_code != 400:
                faults[f"{language.code} {asked.path}"] = [str(answer.status_code), *found]
    assert faults == {}
