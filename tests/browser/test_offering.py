"""A private owner on a telephone lists a flat with a photo; later one answer from a mail changes an advisor's list."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.hands import OWNER, follow, send_request, sign_in, sign_out
from tests.infrastructure.processes import told_by
from tests.pictures.drawings import telephone_photo

PHONE, DESKTOP = {"width": 390, "height": 800}, {"width": 1280, "height": 900}
TITLE = "Erdgeschoss mit breiten Türen"
DETAILS = {
    "Der Weg in die Wohnung": {"Lichte Breite von Haus- und Wohnungstür": "98"},
    "Räume und Türen": {"Höchste Schwelle": "0", "Freie Fläche zum Wenden": "160", "Breite des Flurs": "130"},
    "Bad": {"Freie Bewegungsfläche im Bad": "160", "Platz neben dem WC": "95"},
}
Look = Callable[[Page, str], None]


def looker(assert_accessible: Callable[[Page], None], take_screenshot: Callable[..., None]) -> Look:
    """Looks at a page on both sizes and leaves it as a telephone shows it."""

    def look(page: Page, word: str) -> None:
        for name, size in (("desktop", DESKTOP), ("small", {"width": 320, "height": 640}), ("phone", PHONE)):
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], word
            if name != "small":
                assert_accessible(page)
                take_screenshot(page, f"{word}-{name}")

    return look


def test_an_owner_lists_a_flat_by_telephone_and_one_answer_from_a_mail_changes_the_list(
    page: Page,
    live_folder: Path,
    assert_accessible: Callable[[Page], None],
    take_screenshot: Callable[..., None],
) -> None:
    look = looker(assert_accessible, take_screenshot)
    number = send_request(page, "Ich nutze einen Rollstuhl")
    page.set_viewport_size(PHONE)
    sign_in(page, OWNER)
    list_a_flat(page, look)
    add_a_photo(page, look)
    fill_in_details(page, look)
    follow(page.get_by_role("button", name="Zur Prüfung geben"))
    expect(page.locator("main")).to_contain_text("Ihr Angebot ist bei der Wohnberatung")
    sign_out(page)
    approve(page, look)
    assert outlook_in_list(page, number) == "Zu klären"
    ask_by_mail(page, live_folder)
    sign_out(page)
    answer_from_the_mail(page, look)
    sign_in(page)
    assert outlook_in_list(page, number) == "Passt"


def list_a_flat(page: Page, look: Look) -> None:
    """The short form, first with a slip of the finger."""
    page.goto("/anbieten")
    look(page, "desk")
    follow(page.get_by_role("link", name="Wohnung anbieten"))
    page.get_by_label("Straße", exact=True).fill("Erdichtete Straße")
    page.get_by_label("Hausnummer", exact=True).fill("7")
    page.get_by_label("Postleitzahl", exact=True).fill("1099")
    page.get_by_label(re.compile("^Warmmiete")).fill("398,50")
    page.get_by_label(re.compile("^Wohnfläche")).fill("52")
    page.get_by_label(re.compile("^Zimmer")).fill("2")
    page.get_by_label("Tag im Kalender wählen").fill("2026-12-01")
    expect(page.get_by_label("Frei ab")).to_have_value("01.12.2026")
    for question, answer in (("Stufenlos erreichbar", "ja"), ("Aufzug", "nein")):
        page.get_by_role("radiogroup", name=question).get_by_label(answer).check()
    page.get_by_label(re.compile("^Lichte Breite der Innentüren")).fill("95")
    page.get_by_label(re.compile("^Lichte Breite der Badtür")).fill("95")
    page.get_by_label("Überschrift").fill(TITLE)
    follow(page.get_by_role("button", name="Speichern"))
    look(page, "short-form-refused")
    expect(page.get_by_role("link", name=re.compile("fünf Ziffern"))).to_be_visible()
    page.get_by_label("Postleitzahl", exact=True).fill("01099")
    follow(page.get_by_role("button", name="Speichern"))
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def add_a_photo(page: Page, look: Look) -> None:
    follow(page.get_by_role("link", name="Fotos und Grundriss"))
    photo = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": telephone_photo()}
    page.get_by_label("Bilder auswählen").set_input_files([photo])
    follow(page.get_by_role("button", name="Hochladen"))
    expect(page.locator("main")).to_contain_text("1 Bild ist da.")
    page.get_by_label(re.compile("Was ist auf Bild 1")).fill("Hauseingang ohne Stufe")
    follow(page.get_by_role("button", name="Beschreibungen speichern"))
    expect(page.get_by_role("img", name="Hauseingang ohne Stufe")).to_be_visible()
    look(page, "album")
    follow(page.get_by_role("link", name="Fertig"))


def fill_in_details(page: Page, look: Look) -> None:
    """On the page of the offer, which pictures lead back to; three themes of it, with all but the shower."""
    for theme, details in DETAILS.items():
        follow(page.get_by_role("link", name=theme, exact=True))
        for label, value in details.items():
            page.get_by_label(re.compile(f"^{label}")).fill(value)
        follow(page.get_by_role("button", name="Speichern"))
        expect(page.locator("main")).to_contain_text("Gespeichert.")
    look(page, "offer")


def approve(page: Page, look: Look) -> None:
    sign_in(page)
    page.goto("/pruefung")
    look(page, "reviews")
    follow(page.get_by_role("link", name=TITLE))
    look(page, "review")
    page.get_by_label("Veröffentlichen").check()
    follow(page.get_by_role("button", name="Entscheidung senden"))
    expect(page.locator("main")).to_contain_text("Das Angebot ist veröffentlicht.")


def outlook_in_list(page: Page, number: str) -> str:
    """How the advisor's ranked list judges the flat."""
    page.goto(f"/gesuche?nummer={number}")
    follow(page.get_by_role("link", name=number))
    match = page.locator(".match").filter(has=page.get_by_role("heading", name=TITLE))
    return match.locator(".kern-badge").first.inner_text().strip()


def ask_by_mail(page: Page, folder: Path) -> None:
    """The worker finds the question; the advisor sends it with one click from the offer's page."""
    told_by(folder, "ask-providers", "--no-mail")
    page.goto("/anbieten?suche=Erdichtete")
    follow(page.get_by_role("link", name=TITLE))
    shower = page.locator(".question").filter(has_text="bodengleiche Dusche")
    follow(shower.get_by_role("button", name="Anbieter per E-Mail fragen"))
    expect(page.locator("main")).to_contain_text("Die Frage ist unterwegs.")


def answer_from_the_mail(page: Page, look: Look) -> None:
    page.goto("/postfach")
    follow(page.get_by_role("link", name="Eine kurze Frage zu Ihrer Wohnung").first)
    follow(page.locator("main a[href*='/frage/']"))
    expect(page.locator("main")).to_contain_text("bodengleiche Dusche")
    look(page, "question")
    follow(page.get_by_role("button", name="Ja", exact=True))
    expect(page.locator("main")).to_contain_text("wirkt sofort in allen Listen")
    look(page, "answered")
