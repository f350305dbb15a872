"""A viewing is agreed on from a telephone in easy language: from the mail to the date in one's own calendar."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser.hands import LANDLORD, follow, sign_in, touch
from tests.browser.test_office_pages import PHONE

Look = Callable[[str], None]


def test_a_date_is_chosen_on_the_phone_in_easy_language(
    page: Page, assert_accessible: Callable[[Page], None], take_screenshot: Callable[..., None]
) -> None:
    def look(word: str) -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], word
        assert_accessible(page)
        take_screenshot(page, f"viewing-{word}-phone")

    page.set_viewport_size(PHONE)
    open_offered_dates(page)
    look("to-choose")
    follow(page.get_by_role("button", name="Diesen Termin nehmen"))
    expect(page.locator("main")).to_contain_text("Bitte wählen Sie einen Termin.")
    look("nothing-chosen")
    page.get_by_label(re.compile("15:00")).check()
    follow(page.get_by_role("button", name="Diesen Termin nehmen"))
    expect(page.locator("main")).to_contain_text("Termin ist fest")
    look("agreed")
    with page.expect_download() as download:
        touch(page.get_by_role("link", name=re.compile("In (meinen|den) Kalender eintragen")))
    (event,) = Calendar.from_ical(Path(download.value.path()).read_bytes()).walk("VEVENT")
    assert str(event["status"]) == "CONFIRMED"
    follow(page.get_by_role("button", name="Termin absagen"))
    expect(page.locator("main")).to_contain_text("Der Termin ist abgesagt.")
    look("called-off")


def addresses_of_news(page: Page) -> list[str]:
    """From every page of the mailbox: what other tests have sent meanwhile stands before it."""
    found, number = [], 1
    while True:
        page.goto(f"/postfach?seite={number}")
        links = page.locator("main table a")
        if number > 20 or not links.count():
            return found
        news = page.get_by_role("link", name=re.compile("Es gibt Neues: "))
        found += [str(link.get_attribute("href")) for link in news.all()]
        number += 1


def open_offered_dates(page: Page) -> None:
    """By the mail that tells of news; what others are told is passed over."""
    for address in addresses_of_news(page):
        page.goto(str(address))
        proposal = page.locator("main a[href*='/vorschlag/']").first.get_attribute("href")
        # The mails were written before this server had an address.
        page.goto(f"{urlsplit(str(proposal)).path}?sprache=leicht")
        arrange = page.get_by_role("link", name="Termin zum Anschauen machen")
        if arrange.count():
            follow(arrange)
            if page.get_by_text("Welcher Termin passt?").count():
                return
    raise AssertionError("nobody is to choose a date")


def test_those_who_offer_see_their_viewings_on_the_phone(
    page: Page, assert_accessible: Callable[[Page], None], take_screenshot: Callable[..., None]
) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page, LANDLORD)
    page.goto("/besichtigungen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Besichtigungen")
    assert_accessible(page)
    take_screenshot(page, "viewings-list-phone")
