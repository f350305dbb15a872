"""Easy German and English in a real browser: accessible, readable on a small phone, chosen by keyboard."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from wohnberatung.core.languages import TRANSLATED, ReadLanguage

PHONE = {"width": 320, "height": 640}
OF_ITS_OWN = ("/", "/suche", "/datenschutz")
LOOKED_AT = (*OF_ITS_OWN, "/barrierefreiheit", "/angebote?profil=wheelchair", "/termin", "/wohnprojekte")


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda language: language.code)
def test_the_way_to_a_request_on_a_small_phone(
    page: Page,
    language: ReadLanguage,
    assert_accessible: Callable[[Page], None],
    take_screenshot: Callable[..., Path],
) -> None:
    def look(word: str) -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url
        take_screenshot(page, word)

    def go_on(to: str) -> None:
        page.locator("button[value=weiter]").click()
        page.wait_for_url(f"**/suche/{to}")
        look(to)

    page.set_viewport_size(PHONE)
    page.goto("/impressum")
    page.get_by_role("link", name=language.name).focus()
    page.keyboard.press("Enter")
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
    page.locator("button[value=weiter]").click()
    expect(page.locator("#fehler")).to_be_visible()
    assert_accessible(page)
    page.locator("input[name=reach][value=none]").check()
    go_on("einwilligung")
    page.locator("[name=consent_matching]").check()
    go_on("pruefen")
    page.locator("button.kern-btn--primary").click()
    page.wait_for_url("**/mein-gesuch/**")
    expect(page.locator("html")).to_have_attribute("lang", language.tag)
    look("eingang")
