"""A no about a door in a real browser: the person says what they measured, the advisor measures, by keyboard alone."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.hands import Keyboard, follow, send_request, sign_in
from tests.browser.test_proposals import open_mail

Look = Callable[[str, str], None]
WIDTH = "inner_door_clear_width_cm"


def test_a_door_that_is_too_narrow_is_measured_and_corrected_by_keyboard(page: Page, look: Look) -> None:
    number = send_request(page, "Ich gehe mit dem Rollator", "erika@example.org")
    sign_in(page)
    page.goto(f"/gesuche?nummer={number}")
    follow(page.get_by_role("link", name=number))
    follow(page.get_by_role("button", name="Vorschlagen").first)
    match = page.url
    page.goto("/postfach")
    open_mail(page, f"Es gibt etwas Neues: {number}")
    follow(page.locator("main a[href*='/vorschlag/']"))
    follow(page.get_by_role("link", name="Das passt nicht"))
    look("why", "Sie können uns danach sagen, was Sie gemessen haben.")
    page.get_by_label("Die Türen passen nicht").check()
    follow(page.get_by_role("button", name="Antwort senden"))
    follow(page.get_by_role("link", name="Sagen, was ich gemessen habe"))
    look("measured", "Was haben Sie gemessen?")
    page.get_by_label(re.compile("Innentüren")).fill("78")
    follow(page.get_by_role("button", name="Absenden"))
    look("declined", "Wir messen in der Wohnung nach")

    hands = Keyboard()
    page.goto(match)
    expect(page.locator("main")).to_contain_text("Die Person sagt: Lichte Breite der Innentüren 78 cm")
    hands.follow(page, "main a[href*='/angaben/confirm']")
    look("confirm", "alle Listen werden neu gereiht")
    field = page.locator(f"main [name={WIDTH}]")
    expect(field).to_have_value("78")
    hands.follow(page, "main form.form button")
    look("confirmed", "Die Angaben zur Wohnung sind berichtigt")
    expect(page.locator("main")).to_contain_text("abgelehnt")
    page.goto(match)
    expect(page.locator("main")).to_contain_text("Ablehnung bestätigt")
