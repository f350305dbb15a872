"""Easy German and English in a real browser: accessible, readable on a small phone, chosen by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.hands import follow, follow_by_key
from tests.browser.lines import divided_words
from wohnberatung.core.languages import TRANSLATED, ReadLanguage

PHONE = {"width": 320, "height": 640}
MISSING_NUMBER = {"leicht": "Hier fehlt: Telefon-Nummer", "en": "Please add: Telephone number"}
ARRIVED = {"leicht": "Die Suche der Person ist bei uns", "en": "The person's housing request has arrived"}
OF_ITS_OWN = ("/", "/suche", "/datenschutz")
LOOKED_AT = (*OF_ITS_OWN, "/barrierefreiheit", "/angebote?profil=wheelchair", "/termin", "/wohnprojekte")


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda language: language.code)
def test_the_way_to_a_request_on_a_small_phone(
    page: Page,
    language: ReadLanguage,
    assert_accessible: Callable[[Page], None],
    take_screenshot: Callable[..., None],
) -> None:
    def look(word: str) -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url
        assert divided_words(page) == [], page.url
        take_screenshot(page, word)

    def go_on(to: str) -> None:
        follow(page.locator("button[value=weiter]"))
        assert page.url.endswith(f"/suche/{to}")
        look(to)

    page.set_viewport_size(PHONE)
    page.goto("/impressum")
    page.get_by_role("link", name=language.name).focus()
    follow_by_key(page)
    expect(page.locator("html")).to_have_attribute("lang", language.tag)
    for path in LOOKED_AT:
        page.goto(path)
        look(path)
        if path in OF_ITS_OWN:
            assert_accessible(page)
    page.goto("/suche/haushalt")
    go_on("alltag")
    page.locator("input[value=wheelchair]").check()
    page.locator("[name=consent_health]").check()
    for step in ("bedarf", "wohnung", "ort", "kosten", "gemeinschaft", "einzug", "kontakt"):
        go_on(step)
    follow(page.locator("button[value=weiter]"))
    expect(page.locator("#fehler")).to_be_visible()
    assert_accessible(page)
    page.locator("input[name=reach][value=none]").check()
    go_on("einwilligung")
    page.locator("[name=consent_matching]").check()
    go_on("pruefen")
    follow(page.locator("button.kern-btn--primary"))
    assert "/mein-gesuch/" in page.url
    expect(page.locator("html")).to_have_attribute("lang", language.tag)
    look("eingang")


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda language: language.code)
def test_a_helper_fills_in_for_a_blind_person_without_javascript(
    browser: Browser, base_url: str, language: ReadLanguage
) -> None:
    """On a large screen, with nothing known but the profile, and with a mistake on the way."""
    context = browser.new_context(base_url=base_url, java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"/suche?sprache={language.code}")
    page.goto("/suche/haushalt")
    page.locator("input[value=other]").check()
    follow(page.locator("button[value=weiter]"))
    page.locator("input[value=low_vision_blind]").check()
    page.locator("[name=consent_health]").check()
    for _step in range(7):
        follow(page.locator("button[value=weiter]"))
    page.locator("input[name=reach][value=phone]").check()
    follow(page.locator("button[value=weiter]"))
    expect(page.locator(".error-summary")).to_contain_text(MISSING_NUMBER[language.code])
    page.locator("[name=phone]").fill("0351 1234567")
    page.locator("[name=helper_name]").fill("Hilde Beispiel")
    page.locator("[name=helper_phone]").fill("0351 7654321")
    follow(page.locator("button[value=weiter]"))
    for box in page.get_by_role("checkbox").all():
        box.check()
    follow(page.locator("button[value=weiter]"))
    follow(page.locator("button.kern-btn--primary"))
    expect(page.get_by_role("heading", level=1)).to_have_text(ARRIVED[language.code])
    context.close()
