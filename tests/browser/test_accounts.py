"""Accounts in a real browser, by keyboard alone: from registering to the first sign-in with a second step."""

import re
from collections.abc import Callable

import pyotp
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import hands
from tests.browser.hands import follow, follow_by_key, follow_by_tab, tab_to, type_into
from tests.browser.test_office_pages import PHONE
from tests.browser.test_request_form import heading

DESKTOP = {"width": 1280, "height": 900}
PASSWORD = "fünf große Hechte im Fluss"
ADDRESS = "ilse@beispielstein.example"
Look = Callable[[str], None]


def button(page: Page, name: str) -> Locator:
    return page.locator("main").get_by_role("button", name=name, exact=True)


def test_a_provider_registers_and_signs_in_with_a_second_step_by_keyboard(page: Page, look: Look) -> None:
    register(page, look)
    confirm(page, look)
    sign_in(page)
    heading_of_organisation = "Haus Beispielstein"
    page.goto("/organisation")
    heading(page, heading_of_organisation)
    expect(page.locator("main")).to_contain_text("Wartet auf die Bestätigung")
    look("organisation")
    secret = set_up_second_step(page, look)
    follow_by_tab(page, page.get_by_role("button", name="Abmelden"))
    expect(page.get_by_role("status")).to_contain_text("Sie sind abgemeldet")
    sign_in(page)
    heading(page, "Zweiter Schritt")
    look("code")
    # The next period's code, as the present one was used for setting it up.
    type_into(page, page.get_by_label("Code", exact=True), pyotp.TOTP(secret).at(page_seconds(page) + 30))
    follow_by_key(page)
    expect(page.get_by_role("button", name="Abmelden")).to_be_visible()
    page.goto("/konto")
    look("account")


def register(page: Page, look: Look) -> None:
    page.goto("/anmelden")
    follow_by_tab(page, page.get_by_role("link", name="Als Anbieter registrieren"))
    heading(page, "Als Anbieter registrieren")
    follow_by_tab(page, button(page, "Registrieren"))
    expect(page.get_by_role("heading", name="Es gibt ein Problem")).to_be_visible()
    look("register-errors")
    tab_to(page, page.get_by_label("Städtisches Wohnungsunternehmen"))
    for _kind in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Private Eigentümerin, privater Eigentümer")).to_be_checked()
    type_into(page, page.get_by_label("Name der Organisation oder des Hauses"), "Haus Beispielstein")
    type_into(page, page.get_by_label("Ihr Name"), "Ilse Beispielstein")
    type_into(page, page.get_by_label("E-Mail-Adresse"), ADDRESS)
    follow_by_tab(page, button(page, "Registrieren"))
    heading(page, "Sehen Sie in Ihr Postfach")
    look("mail-sent")


def confirm(page: Page, look: Look) -> None:
    page.goto("/postfach")
    follow_by_tab(page, page.get_by_role("link", name="Bitte bestätigen Sie Ihre E-Mail-Adresse").first)
    follow_by_tab(page, page.locator("main a[href*='/zugang/']"))
    heading(page, "Registrierung abschließen")
    look("confirm")
    type_into(page, page.get_by_label("Neues Passwort", exact=True), PASSWORD)
    type_into(page, page.get_by_label("Neues Passwort noch einmal"), PASSWORD)
    follow_by_tab(page, button(page, "Registrierung abschließen"))
    expect(page.locator("main")).to_contain_text("Ihre Organisation ist angemeldet")


def sign_in(page: Page) -> None:
    page.goto("/anmelden")
    type_into(page, page.get_by_label("E-Mail-Adresse"), ADDRESS)
    type_into(page, page.get_by_label("Passwort"), PASSWORD)
    follow_by_key(page)
    expect(page).not_to_have_url(re.compile("/anmelden$"))


def set_up_second_step(page: Page, look: Look) -> str:
    page.goto("/konto")
    follow_by_tab(page, page.get_by_role("link", name="Zweiten Schritt einrichten"))
    expect(page.get_by_role("img", name="Bild für die App")).to_be_visible()
    look("second-step")
    secret = page.locator(".secret").inner_text().replace(" ", "")
    type_into(page, page.get_by_label("Code", exact=True), pyotp.TOTP(secret).at(page_seconds(page)))
    follow_by_key(page)
    heading(page, "Ihre Ersatzcodes")
    look("recovery-codes")
    return secret


def page_seconds(page: Page) -> int:
    """The clock of the person's telephone."""
    return int(page.evaluate("Date.now()") // 1000)


def test_the_office_decides_about_who_waits(
    browser: Browser, base_url: str, assert_accessible: Callable[[Page], None], take_screenshot: Callable[..., None]
) -> None:
    """The pages of the administration, without JavaScript."""
    context = browser.new_context(base_url=base_url, java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    hands.sign_in(page, hands.ADMIN)
    page.goto("/verwaltung/organisationen")
    follow(page.get_by_role("link", name="Hausgemeinschaft Kleehof"))
    page.get_by_label("Die Wohnberatung sieht jede Veröffentlichung vorher an").check()
    follow(page.get_by_role("button", name="Organisation bestätigen"))
    expect(page.get_by_role("status")).to_contain_text("ist bestätigt")
    page.goto("/postfach")
    expect(page.get_by_role("link", name=re.compile("Ihre Organisation ist bestätigt")).first).to_be_visible()
    context.close()
    context = browser.new_context(base_url=base_url, locale="de-DE")
    page = context.new_page()
    hands.sign_in(page, hands.ADMIN)
    for path in ("/verwaltung/organisationen?stand=alle", "/verwaltung/personen", "/verwaltung/organisationen/anlegen"):
        page.goto(path)
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
            assert_accessible(page)
        take_screenshot(page, path.rpartition("/")[2])
    context.close()
