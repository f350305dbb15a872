"""The journeys of people who seek a home, in a real browser: from the start page to "Mein Gesuch".

In three languages, on a phone and on a desktop, by keyboard alone and without JavaScript (`personas.WALKS`).
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import Hands, Keyboard, Pointer
from tests.browser.personas import PERSONAS, WALKS, WIDTHS, Walk
from wohnberatung.core.languages import GERMAN, LANGUAGES, ReadLanguage
from wohnberatung.translations.extraction import load

ON_STEP = re.compile(r"/suche/(\w+)")
HEADINGS = "[document.title.split(' – ')[0], ...[...document.querySelectorAll('h1, h2, h3')].map(e => e.innerText)]"


def browser_of(walk: Walk) -> dict[str, Any]:
    """Settings of the browser."""
    phone = walk.device == "phone"
    return {
        "viewport": {"width": WIDTHS[walk.device], "height": 844},
        "java_script_enabled": walk.has_script,
        "is_mobile": phone,
        "has_touch": phone,
    }


EVERY_WALK = [
    pytest.param(walk, id=str(walk), marks=pytest.mark.browser_context_args(**browser_of(walk))) for walk in WALKS
]

FEW = 5
COUNT = re.compile(r"\d[\d.,]*\d|\d")


def test_everybody_is_there_in_every_language_on_both_devices_by_keyboard_and_without_script() -> None:
    assert {(walk.persona.key, walk.language) for walk in WALKS} == {
        (persona.key, language) for persona in PERSONAS for language in LANGUAGES
    }
    ways = {"pointer", "keyboard", "without script"}
    for own in (*({"persona": persona} for persona in PERSONAS), *({"language": language} for language in LANGUAGES)):
        walks = [walk for walk in WALKS if all(getattr(walk, name) == value for name, value in own.items())]
        assert ({walk.device for walk in walks}, {walk.way for walk in walks}) == (set(WIDTHS), ways), own


@pytest.mark.parametrize("walk", EVERY_WALK)
def test_a_journey(
    page: Page, walk: Walk, assert_accessible: Callable[[Page], None], take_screenshot: Callable[..., None]
) -> None:
    hands: Hands = Keyboard() if walk.way == "keyboard" else Pointer()

    def look(word: str) -> None:
        is_readable(page, walk)
        take_screenshot(page, word)
        if walk.has_script:
            assert_accessible(page)

    enter(page, hands, walk.language)
    told = fill_in(page, hands, walk)
    assert bool(told) is walk.persona.counted, "how many offers there are"
    few = [sentences for possible, sentences in told if possible < FEW]
    assert 2 in few or not few, "which must costs most, while few offers are possible"
    assert all(sentences == 1 for possible, sentences in told if possible >= FEW)
    look("answers")
    hands.follow(page, "main button.kern-btn--primary")
    assert re.search(r"/mein-gesuch/\w+/eingang", page.url)
    number = page.locator(".receipt-number").inner_text()
    assert re.fullmatch(r"[A-Z]+-2\d{3}-\w+", number)
    look("receipt")
    with page.expect_download() as download:
        hands.press(page, "main a[href$='.pdf']")
    paper = download.value.path().read_bytes()
    assert paper.startswith(b"%PDF")
    assert len(paper) > 5_000
    hands.follow(page, "main .secret-link a")
    assert re.search(r"/mein-gesuch/\w+([?#]|$)", page.url)
    expect(page.get_by_text(number)).to_be_visible()
    look("mine")


def enter(page: Page, hands: Hands, language: ReadLanguage) -> None:
    """From the start page to the first step, in one's language."""
    page.goto("/")
    if language is not GERMAN:
        hands.follow(page, f".header__languages [lang={language.tag}]")
    expect(page.locator("html")).to_have_attribute("lang", language.tag)
    for address in ("/suche", "/suche/haushalt"):
        hands.follow(page, f"main a[href='{address}']")
        assert page.url.endswith(address)


def fill_in(page: Page, hands: Hands, walk: Walk) -> list[tuple[int, int]]:
    """Answer step by step up to the last page; per step that tells how it stands, the offers possible
    and the number of sentences."""
    told: list[tuple[int, int]] = []
    left = dict(walk.persona.answers)
    while (step := step_in(page.url)) != "pruefen":
        is_readable(page, walk)
        for name, value in left.pop(step, {}).items():
            for text in (value,) if isinstance(value, str) else value:
                hands.answer(page, name, text)
            if name == "search":
                hands.follow(page, "main button[value=suchen]")
                assert page.url.endswith("#gefunden")
        if sentences := page.locator("#stand .live-count p").all_inner_texts():
            told.append(
                (
                    sum(int(number.replace(".", "").replace(",", "")) for number in COUNT.findall(sentences[0])[:3]),
                    len(sentences),
                )
            )
        hands.follow(page, "main button[value=weiter]")
        assert step_in(page.url) != step
    assert not left
    return told


def step_in(address: str) -> str:
    """The step that an address shows."""
    found = ON_STEP.search(address)
    assert found, address
    return found[1]


def is_readable(page: Page, walk: Walk) -> None:
    """Nothing sticks out to the side, and no heading was left in German."""
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[walk.device], page.url
    if walk.language is not GERMAN:
        assert set(page.evaluate(HEADINGS)) & left_in_german(walk.language) == set(), page.url


@cache
def left_in_german(language: ReadLanguage) -> frozenset[str]:
    """Messages that read otherwise in this language."""
    return frozenset(
        message.id
        for message in load(language.locale)
        if message.string and message.id != message.string
        if isinstance(message.id, str)
    )
