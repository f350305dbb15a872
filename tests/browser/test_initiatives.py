"""A group in a real browser: on a phone it lists its project with three places, people ask to join, it decides."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.hands import INITIATIVE, follow, sign_in, sign_out

PHONE = {"width": 390, "height": 844}
SMALL_PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
Look = Callable[[str, str], None]


def test_a_group_lists_its_project_with_three_places_on_a_phone(
    page: Page, assert_accessible: Callable[[Page], None], take_screenshot: Callable[..., None]
) -> None:
    def look(word: str, told: str) -> None:
        """Once the page tells it: accessible and readable on all sizes; the group goes on with its phone."""
        expect(page.locator("main")).to_contain_text(told)
        for size in (DESKTOP, SMALL_PHONE, PHONE):
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], word
        assert_accessible(page)
        take_screenshot(page, word)

    sign_in(page, INITIATIVE)
    address = present(page, look)
    number = address.rsplit("/", 1)[1]
    sign_out(page)
    approve(page, look)
    sign_out(page)
    ask_to_join(page, number, look)
    sign_in(page, INITIATIVE)
    answer_and_vote(page, address, look)
    look_for_a_house(page, address, look)


def present(page: Page, look: Look) -> str:
    """From nothing to a page that the office should look at; returns the address of the desk."""
    page.set_viewport_size(PHONE)
    page.goto("/projekte")
    follow(page.get_by_role("link", name="Noch ein Projekt vorstellen"))
    page.get_by_label("Wie heißt Ihr Projekt?").fill("Gartenhof Mickten")
    follow(page.get_by_role("button", name="Entwurf anlegen"))
    look("desk-empty", "Noch sieht ihn nur Ihre Gruppe")
    address = page.url
    follow(page.get_by_role("link", name="Bearbeiten (Über uns)"))
    page.get_by_label(re.compile("^In einem Satz")).fill("Zwölf Menschen suchen ein Haus mit Hof.")
    page.get_by_label("Mehr als die Hälfte").check()
    look("texts", "So entscheiden Sie")
    follow(page.get_by_role("button", name="Speichern"))
    follow(page.get_by_role("link", name="Plätze eintragen"))
    follow(page.get_by_role("button", name="Speichern"))
    look("place-without-title", "Bitte sagen Sie, was frei ist.")
    page.get_by_label("Was ist frei?").fill("Zimmer mit Balkon")
    page.get_by_label("Wie viele gleiche Plätze?").fill("3")
    page.get_by_label(re.compile("^Warmmiete")).fill("420,50")
    follow(page.get_by_role("button", name="Speichern"))
    follow(page.get_by_role("link", name="Termin eintragen"))
    look("date", "Termin eintragen")
    page.get_by_label("Was findet statt?").fill("Offener Abend")
    page.get_by_label("Tag", exact=True).fill("2030-05-03")
    page.get_by_label("Beginn").fill("19:00")
    page.get_by_label("Ende").fill("21:00")
    follow(page.get_by_role("button", name="Speichern"))
    look("desk", "Zimmer mit Balkon, Platz 3")
    follow(page.get_by_role("button", name="Prüfen lassen und veröffentlichen"))
    look("asked", "sieht sich die Seite an")
    return address


def approve(page: Page, look: Look) -> None:
    sign_in(page)
    page.goto("/projekte")
    look("office", "wird geprüft")
    follow(page.get_by_role("link", name="Gartenhof Mickten").first)
    follow(page.get_by_role("button", name="Veröffentlichen", exact=True).first)
    expect(page.locator("main")).to_contain_text("für alle zu sehen")


def ask_to_join(page: Page, project: str, look: Look) -> None:
    page.goto(f"/wohnprojekte/{project}")
    look("public", "Zimmer mit Balkon, Platz 3")
    follow(page.get_by_role("link", name="Die Gruppe kennenlernen"))
    follow(page.get_by_role("button", name="Nachricht absenden"))
    look("join", "Bitte schreiben Sie ein paar Sätze")
    page.get_by_label(re.compile("^Wie dürfen wir")).fill("Erika")
    page.get_by_label(re.compile("^Ihre Nachricht")).fill("Ich koche gern für viele und suche Gesellschaft.")
    page.get_by_label(re.compile("^Ich willige ein")).check()
    follow(page.get_by_role("button", name="Nachricht absenden"))
    look("mine", "Heben Sie diese Seite auf")


def answer_and_vote(page: Page, address: str, look: Look) -> None:
    page.goto(f"{address}/anfragen")
    look("enquiries", "Erika")
    follow(page.locator("main tbody a").first)
    page.get_by_label(re.compile("^Letzter Tag")).fill(next_week(page))
    follow(page.get_by_role("button", name="Abstimmung beginnen"))
    page.get_by_label("Dafür").check()
    look("vote", "Eine Begründung ist nicht nötig")
    follow(page.get_by_role("button", name="Abstimmen"))
    expect(page.locator("main")).to_contain_text("Ihre Stimme ist gezählt")
    page.get_by_label("Ihre Antwort").fill("Kommen Sie doch am Freitag!")
    follow(page.get_by_role("button", name="Antwort absenden"))
    look("answered", "Kommen Sie doch am Freitag!")


def next_week(page: Page) -> str:
    return str(page.evaluate("new Date(Date.now() + 7 * 864e5).toISOString().slice(0, 10)"))


def look_for_a_house(page: Page, address: str, look: Look) -> None:
    page.goto(f"{address}/haeuser")
    follow(page.get_by_role("link", name="Sagen, was wir brauchen"))
    look("search-form", "Was wir brauchen")
    follow(page.get_by_role("button", name="Speichern"))
    look("houses", "Häuser kommen infrage")
    follow(page.get_by_role("link", name="Um Vermittlung bitten").first)
    look("ask-introduction", "spricht mit beiden Seiten")
    follow(page.get_by_role("button", name="Bitte absenden"))
    look("introduction", "Sie bekommen eine E-Mail")
