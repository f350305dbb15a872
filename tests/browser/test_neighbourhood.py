"""Somebody who lives here finds whom to talk to and where a room is free on Thursday evening; an advisor sees what a
Stadtteil has and lacks. By telephone in German and in easy language, by keyboard alone in English."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import ADVISOR, follow, follow_by_key, sign_in, tab_to

PHONE, SMALL_PHONE, DESK = {"width": 360, "height": 780}, {"width": 320, "height": 640}, {"width": 1366, "height": 768}
HERE = "/stadtteile/pieschen-sued"
CONTACT = "Christa Beispielberg"
Look = Callable[[str], None]


class Resident:
    """Goes on from page to page; with a telephone, or without a mouse."""

    def __init__(self, page: Page, *, by_key: bool) -> None:
        self.page, self.by_key, self.steps = page, by_key, 0

    def press(self, target: Locator) -> None:
        self.steps += 1
        if self.by_key:
            tab_to(self.page, target)
            follow_by_key(self.page)
        else:
            follow(target)

    def choose(self, field: str, value: str) -> None:
        select = self.page.locator(f"#{field}")
        if not self.by_key:
            select.select_option(value)
            return
        tab_to(self.page, select)
        for _option in range(select.locator("option").count()):
            if select.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no way to {value}")


@pytest.mark.parametrize(("language", "by_key"), [("de", False), ("leicht", False), ("en", True)])
def test_a_resident_finds_whom_to_talk_to_and_a_room_on_thursday_evening(
    page: Page,
    language: str,
    by_key: bool,
    assert_accessible: Callable[[Page], None],
    take_screenshot: Callable[..., None],
) -> None:
    def look(word: str) -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], word
        assert_accessible(page)
        take_screenshot(page, f"neighbourhood-{word}-{language}")

    page.set_viewport_size(DESK if by_key else PHONE)
    page.goto(f"/?sprache={language}")
    resident = Resident(page, by_key=by_key)
    resident.press(page.locator('main a[href="/stadtteile"]').first)
    look("all")
    resident.press(page.locator(f'main a[href="{HERE}"]').first)
    expect(page.locator("main")).to_contain_text(CONTACT)
    assert resident.steps < 3
    look("place")
    resident.press(page.locator('main a[href^="/ansprechpersonen/"]').first)
    topic = page.locator("main select").first
    resident.choose(str(topic.get_attribute("id")), str(topic.locator("option").nth(5).get_attribute("value")))
    page.get_by_role("textbox").first.fill("Wann treffen Sie sich?")
    look("question")
    resident.press(page.locator('main button[type="submit"], main form button.kern-btn--primary').first)
    expect(page.locator("main")).to_contain_text(re.compile(r"D[A-Z]-\d{4}-"))
    look("receipt")

    page.goto(HERE)
    resident.steps = 0
    resident.press(page.locator('main a[href*="/nachbarschaft?"][href*="gruppe-room"]').last)
    look("rooms")
    resident.choose("tag", "thu")
    resident.choose("zeit", "evening")
    resident.choose("zugang", "rollstuhl")
    resident.press(page.locator('main form button[type="submit"]').first)
    assert resident.steps < 3
    expect(page.locator("main .home").first).to_be_visible()
    look("free-room")
    resident.press(page.locator("main .home a").first)
    expect(page.locator("main")).to_contain_text(re.compile("Donnerstag|Thursday"))
    look("room")


def test_an_advisor_sees_what_a_stadtteil_has_and_lacks(page: Page, assert_accessible: Callable[[Page], None]) -> None:
    page.set_viewport_size(DESK)
    sign_in(page, ADVISOR)
    page.goto(HERE)
    tab_to(page, page.locator(f'main a[href="{HERE}/lage"]'))
    follow_by_key(page)
    for told in ("Wohnungen im Bestand", "Bedarf und Angebote", "fehlt"):
        expect(page.locator("main")).to_contain_text(told)
    for size in (DESK, SMALL_PHONE):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert_accessible(page)
