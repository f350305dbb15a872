"""The request form in a real browser: by keyboard alone, without JavaScript, on a small phone, with every error."""

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.browser.hands import follow, follow_by_key, follow_by_tab, onward, tab_to, touch, type_into

PHONE = {"width": 320, "height": 640}
Accessible = Callable[[Page], None]


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def press_onward(page: Page) -> None:
    follow_by_tab(page, page.get_by_role("button", name="Weiter", exact=True))


def tick(page: Page, label: str | re.Pattern[str]) -> None:
    tab_to(page, page.get_by_label(label))
    page.keyboard.press("Space")


def test_a_wheelchair_user_gets_through_with_the_keyboard_alone(page: Page, assert_accessible: Accessible) -> None:
    page.goto("/suche")
    follow_by_tab(page, page.get_by_role("link", name="Los geht es"))
    heading(page, "Wer zieht ein?")
    type_into(page, page.get_by_label("Personen im Haushalt"), "1")
    follow_by_key(page)
    heading(page, "Wie kommen Sie im Alltag zurecht?")
    tick(page, "Ich nutze einen Rollstuhl")
    tick(page, re.compile("^Ich willige ein"))
    press_onward(page)
    heading(page, "Was Ihre Wohnung dafür können muss")
    tab_to(page, page.locator("summary", has_text="Räume"))
    page.keyboard.press("Space")
    kitchen = page.get_by_role("radiogroup", name="Küche zum Unterfahren")
    tab_to(page, kitchen.get_by_label("wäre schön"))
    standing = page.locator("#stand").inner_text()
    page.keyboard.press("ArrowUp")
    expect(kitchen.get_by_label("muss sein")).to_be_checked()
    expect(page.locator("#stand")).not_to_have_text(standing)
    press_onward(page)
    heading(page, "Wie soll Ihre Wohnung sein?")
    press_onward(page)
    heading(page, "Wo möchten Sie wohnen?")
    type_into(page, page.get_by_label("Stadtteil oder Postleitzahl suchen"), "Johanstadt")
    follow_by_key(page)
    found = page.get_by_role("group", name="Gefunden zu „Johanstadt“")
    tab_to(page, found.get_by_label("Johannstadt-Nord"))
    page.keyboard.press("Space")
    press_onward(page)
    heading(page, "Was darf die Wohnung kosten?")
    rent = page.get_by_role("group", name="Wie viel Miete können Sie im Monat zahlen?")
    type_into(page, rent.get_by_label("Höchstens in Euro"), "620")
    follow_by_key(page)
    heading(page, "Möchten Sie mit anderen zusammen wohnen?")
    press_onward(page)
    heading(page, "Wann möchten Sie einziehen?")
    press_onward(page)
    heading(page, "Wie erreichen wir Sie?")
    tab_to(page, page.get_by_label("Am Telefon"))
    for _press in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Gar nicht")).to_be_checked()
    press_onward(page)
    heading(page, "Was dürfen wir mit Ihren Angaben tun?")
    tick(page, re.compile("mit Wohnungsangeboten vergleicht"))
    press_onward(page)
    heading(page, "Stimmt alles?")
    expect(page.get_by_text(re.compile(r"höchstens 620\s€"))).to_be_visible()
    follow_by_tab(page, page.get_by_role("button", name="Gesuch absenden"))
    heading(page, "Ihr Gesuch ist angekommen")
    assert_accessible(page)
    follow_by_tab(page, page.get_by_role("link", name="/mein-gesuch/"))
    heading(page, "Mein Gesuch")
    expect(page.get_by_text("Johannstadt-Nord")).to_be_visible()
    assert_accessible(page)
    follow_by_tab(page, page.get_by_role("link", name="Der Wohnberatung schreiben"))
    heading(page, "Nachrichten an die Wohnberatung")
    type_into(page, page.get_by_label("Ihre Nachricht"), "Darf mein Hund mit?")
    follow_by_tab(page, page.get_by_role("button", name="Nachricht senden"))
    expect(page.get_by_role("listitem").filter(has_text="Darf mein Hund mit?")).to_be_visible()
    assert_accessible(page)


def test_the_whole_form_works_without_javascript(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, locale="de-DE", java_script_enabled=False)
    page = context.new_page()
    page.goto("/suche")
    follow(page.get_by_role("link", name="Los geht es"))
    page.get_by_label("Kinder im Haushalt").fill("viele")
    onward(page)
    problem = page.get_by_role("link", name="„viele“ ist keine Zahl.")
    follow(problem)
    assert page.url.endswith("#household_children")
    page.get_by_label("Kinder im Haushalt").fill("2")
    onward(page)
    page.get_by_label("Unser Kind hat eine Behinderung").check()
    page.get_by_label("Ich willige ein").check()
    onward(page)
    touch(page.locator("summary", has_text="Räume"))
    page.get_by_role("group", name="Lichte Breite der Innentüren").get_by_label("muss sein").check()
    onward(page)
    page.get_by_role("group", name="Zimmer").get_by_label("Mindestens").fill("4")
    touch(page.get_by_text("Sehen, Hören, Orientierung, Sicherheit"))
    page.get_by_role("radiogroup", name="Ruhige Lage").get_by_label("wäre schön").check()
    onward(page)
    page.get_by_label("Stadtteil oder Postleitzahl suchen").fill("Äussere Neustadt")
    follow(page.get_by_role("button", name="Stadtteil suchen"))
    page.get_by_label("Äußere Neustadt").check()
    onward(page)
    follow(page.get_by_role("button", name="Zurück"))
    expect(page.get_by_label("Äußere Neustadt")).to_be_checked()
    for _step in range(4):
        onward(page)
    page.get_by_label("Mit einer E-Mail").check()
    page.get_by_label("E-Mail-Adresse").fill("familie@example.org")
    onward(page)
    for box in page.get_by_role("checkbox").all():
        box.check()
    onward(page)
    expect(page.get_by_text(re.compile(r"mindestens 4\sZimmer"))).to_be_visible()
    follow(page.get_by_role("button", name="Gesuch absenden"))
    heading(page, "Ihr Gesuch ist angekommen")
    context.close()


def test_every_step_and_every_error_is_accessible(
    page: Page, assert_accessible: Accessible, take_screenshot: Callable[..., None]
) -> None:
    """Each step as it comes, then with errors, then answered; nothing sticks out on a small phone."""

    def look(word: str) -> None:
        for width in (1280, PHONE["width"]):
            page.set_viewport_size({"width": width, "height": 640})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, word
            assert_accessible(page)
            take_screenshot(page, f"{word}-{width}")

    def refused(word: str) -> None:
        onward(page)
        summary = page.get_by_role("heading", name="Es gibt ein Problem")
        expect(summary).to_be_focused()
        look(f"{word}-error")

    page.goto("/suche/haushalt")
    look("haushalt")
    page.get_by_label("Personen im Haushalt").fill("einige")
    refused("haushalt")
    page.get_by_label("Personen im Haushalt").fill("2")
    page.get_by_label("Für jemand anderen").check()
    onward(page)
    look("alltag")
    page.locator("[value=wheelchair]").check()
    refused("alltag")
    page.locator("[name=consent_health]").check()
    onward(page)
    look("bedarf")
    doors = page.get_by_role("group", name="Lichte Breite der Innentüren").get_by_label("Mindestens")
    doors.fill("breit")
    refused("bedarf")
    doors.fill("90")
    onward(page)
    for folded in page.locator("summary").all():
        touch(folded)
    look("wohnung")
    storey = page.get_by_role("group", name="Etage").get_by_label("Höchstens")
    storey.fill("1")
    refused("wohnung")
    storey.fill("")
    onward(page)
    look("ort")
    page.get_by_label("Stadtteil oder Postleitzahl suchen").fill("Johanstadt")
    refused("ort")
    page.get_by_label("Johannstadt-Nord").check()
    onward(page)
    look("kosten")
    page.get_by_label("Höchstens in Euro").first.fill("viel")
    refused("kosten")
    page.get_by_label("Höchstens in Euro").first.fill("")
    onward(page)
    look("gemeinschaft")
    onward(page)
    look("einzug")
    page.get_by_label("Spätestens am").fill("bald")
    refused("einzug")
    page.get_by_label("Spätestens am").fill("")
    onward(page)
    look("kontakt")
    refused("kontakt")
    page.locator("[name=reach][value=none]").check()
    page.locator("[name=helper_name]").fill("Tina Tochter")
    page.locator("[name=helper_phone]").fill("0351 1234567")
    onward(page)
    look("einwilligung")
    refused("einwilligung")
    for box in page.get_by_role("checkbox").all():
        box.check()
    onward(page)
    look("pruefen")
    follow(page.get_by_role("link", name="Später weitermachen"))
    heading(page, "Später weitermachen")
    look("spaeter")
