"""An appointment booked on a phone and called off by its link; then a home surveyed on a tablet that loses its
connection, and the letter about it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.hands import follow, number_on_receipt, sign_in, touch

PHONE, TABLET = {"width": 390, "height": 844}, {"width": 820, "height": 1180}
Look = Callable[[str], None]


@pytest.fixture
def look(page: Page, assert_accessible: Callable[[Page], None], take_screenshot: Callable[..., None]) -> Look:
    """The page as it is: no sideways scrolling, accessible, a picture of it."""

    def check(word: str) -> None:
        width = page.viewport_size["width"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, word
        assert_accessible(page)
        take_screenshot(page, word)

    return check


def test_an_appointment_is_booked_on_a_phone_and_called_off_by_its_link(page: Page, look: Look) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/")
    follow(page.get_by_role("link", name="Termin buchen").first)
    look("ways")
    follow(page.get_by_role("link", name=re.compile("Zeit auswählen .Am Telefon")))
    look("times")
    follow(page.locator(".times a").nth(2))
    page.get_by_label("Worum geht es?").fill("Mein Bad ist zu eng.")
    page.get_by_label("Telefonnummer").fill("030 23125 099")
    page.get_by_label("E-Mail-Adresse").fill("paula@example.org")
    follow(page.get_by_role("button", name="Termin verbindlich buchen"))
    expect(page.locator("main")).to_contain_text("Ohne Ihre Einwilligung")
    look("without-consent")
    page.get_by_label(re.compile("^Ich willige ein")).check()
    follow(page.get_by_role("button", name="Termin verbindlich buchen"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Termin steht fest")
    look("booked")
    number = number_on_receipt(page, "TE")
    page.goto("/postfach")
    follow(page.get_by_role("link", name=f"Ihr Termin: {number}"))
    expect(page.locator("main")).not_to_contain_text("Bad")
    follow(page.locator("main a[href*='/mein-termin/']"))
    follow(page.get_by_role("link", name="Termin absagen"))
    look("ask-cancel")
    follow(page.get_by_role("button", name="Termin absagen"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Termin ist abgesagt")
    look("cancelled")


@pytest.fixture
def disturbed(browser: Browser, browser_context_args: dict[str, Any], live_server: str) -> Iterator[BrowserContext]:
    """A browser whose connection may be cut: failed requests are meant here."""
    context = browser.new_context(**{**browser_context_args, "base_url": live_server})
    yield context
    context.close()


def test_a_home_is_surveyed_through_a_lost_connection_and_told_in_a_letter(
    disturbed: BrowserContext,
    assert_accessible: Callable[[Page], None],
    take_screenshot: Callable[..., None],
) -> None:
    page = disturbed.new_page()
    page.set_viewport_size(TABLET)
    sign_in(page)
    case = survey_begun(page)
    room = page.locator("#raum-rooms")
    width = room.get_by_label(re.compile("Lichte Breite der Innentüren"))
    disturbed.set_offline(True)
    width.fill("8000")
    expect(room.get_by_role("status")).to_contain_text("auf diesem Gerät gesichert")
    touch(room.get_by_role("button"))
    expect(room.get_by_role("status")).to_contain_text("Keine Verbindung")
    take_screenshot(page, "offline")
    disturbed.set_offline(False)
    expect(room).to_contain_text("Fehler:")
    expect(width).to_have_value("8000")
    width.fill("76")
    disturbed.set_offline(True)
    touch(room.get_by_role("button"))
    expect(room.get_by_role("status")).to_contain_text("Keine Verbindung")
    disturbed.set_offline(False)
    expect(room.get_by_role("status")).to_contain_text("Gespeichert um")
    page.locator("#raum-bathroom").get_by_label("nein").first.check()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#raum-bathroom").get_by_role("status")).to_contain_text("wiederhergestellt")
    expect(page.locator("#raum-bathroom").get_by_label("nein").first).to_be_checked()
    expect(page.get_by_label(re.compile("Lichte Breite der Innentüren"))).to_have_value("76")
    touch(page.locator("#raum-bathroom").get_by_role("button"))
    expect(page.locator("#raum-bathroom").get_by_role("status")).to_contain_text("Gespeichert um")
    page.reload()
    expect(page.locator("#barrieren ~ .barriers")).to_contain_text("76 cm")
    assert_accessible(page)
    take_screenshot(page, "surveyed")
    written(page, case, assert_accessible, take_screenshot)


def survey_begun(page: Page) -> str:
    """Of the worked case of the demo, for somebody in a wheelchair; the address of the case."""
    page.goto("/faelle")
    follow(page.get_by_role("row", name=re.compile("Beispielmann")).get_by_role("link").first)
    case = page.url
    follow(page.get_by_role("link", name="Bestandsaufnahme der Wohnung"))
    follow(page.get_by_role("link", name="Bestandsaufnahme beginnen"))
    page.get_by_label("Welche Wohnung?").fill("Musterweg 12")
    page.get_by_label("Ich nutze einen Rollstuhl").check()
    follow(page.get_by_role("button", name="Beginnen"))
    expect(page.locator("#raum-rooms")).to_be_visible()
    return case


def written(page: Page, case: str, assert_accessible: Callable[[Page], None], shot: Callable[..., None]) -> None:
    page.goto(f"{case}/briefe/neu/beratung")
    page.get_by_label("Was Sie selbst schreiben").fill("Am schwersten ist für Sie das Bad.")
    follow(page.get_by_role("button", name="Vorschau"))
    expect(page.locator(".paper")).to_contain_text("Am schwersten ist für Sie das Bad.")
    assert_accessible(page)
    follow(page.get_by_role("button", name="Brief speichern"))
    expect(page.get_by_role("link", name="PDF öffnen und drucken")).to_be_visible()
    assert_accessible(page)
    shot(page, "letter")
    pdf = page.request.get(page.url + ".pdf")
    assert pdf.body().startswith(b"%PDF")
