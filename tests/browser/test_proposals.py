"""A proposal in a real browser: from the ranked list by mail to the person, and back with an answer."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_office_pages import PHONE, onward, sign_in_as_advisor

DESKTOP = {"width": 1280, "height": 900}
Look = Callable[[str, str], None]


def test_a_proposal_goes_to_the_person_and_comes_back_with_an_answer(
    page: Page, assert_accessible: Callable[[Page], None], take_screenshot: Callable[..., None]
) -> None:
    def look(word: str, told: str) -> None:
        """Once the page tells it: accessible and readable on both sizes; a picture of each."""
        expect(page.locator("main")).to_contain_text(told)
        page.wait_for_load_state()
        for name, size in (("phone", PHONE), ("desktop", DESKTOP)):
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], word
            assert_accessible(page)
            take_screenshot(page, f"{word}-{name}")

    number = send_request_by_mail(page)
    sign_in_as_advisor(page)
    propose(page, number, look)
    page.goto("/postfach")
    look("mailbox", "Postfach der Vorführung")
    open_mail(page, f"Es gibt etwas Neues: {number}")
    look("mail", "Guten Tag")
    page.locator("main a[href*='/vorschlag/']").click()
    answer(page, look)
    read_answer(page, number, look)


def send_request_by_mail(page: Page) -> str:
    """Through the form with a mouse, on the phone of somebody who reads mails; the number on the receipt."""
    page.goto("/suche/haushalt")
    page.get_by_label("Personen im Haushalt").fill("1")
    onward(page)
    page.get_by_label("Ich gehe mit dem Rollator").check()
    page.get_by_label(re.compile("^Ich willige ein")).check()
    for _step in ("alltag", "bedarf", "wohnung", "ort", "kosten", "gemeinschaft", "einzug"):
        onward(page)
    page.get_by_label("Mit einer E-Mail").check()
    page.get_by_label(re.compile("^E-Mail-Adresse")).fill("erika@example.org")
    onward(page)
    for agreed in ("vergleicht", "Kontaktdaten"):
        page.get_by_label(re.compile(agreed)).check()
    onward(page)
    page.get_by_role("button", name="Gesuch absenden").click()
    found = re.search(r"DD-\d{4}-\w{6}", page.locator("main").inner_text())
    assert found is not None
    return found[0]


def propose(page: Page, number: str, look: Look) -> None:
    page.goto(f"/gesuche?nummer={number}")
    page.get_by_role("link", name=number).click()
    look("ranked-list", "Was gesucht wird")
    page.get_by_role("button", name="Prüfen").first.click()
    look("under-review", "in Prüfung")
    page.get_by_role("button", name="Vorschlagen").click()
    look("offered", "E-Mail an die suchende Person")
    page.get_by_role("link", name="Zurückziehen").click()
    page.get_by_role("button", name="Zurückziehen").click()
    look("why-withdrawn", "Es gibt ein Problem")
    page.goto("/vorschlaege")
    look("list", number)


def open_mail(page: Page, subject: str) -> None:
    page.get_by_role("link", name=subject).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(subject)


def answer(page: Page, look: Look) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("Unser Vorschlag")
    look("proposal", "Ihre Antwort")
    for label, word in (("Fragen Sie mich später noch einmal", "later"), ("Ich brauche Hilfe", "help")):
        page.get_by_role("link", name=label).click()
        look(word, "Antwort senden")
        page.get_by_role("link", name="Zurück zum Vorschlag").click()
    page.get_by_role("link", name="Das passt nicht").click()
    page.get_by_role("button", name="Antwort senden").click()
    look("declined-without-reason", "Es gibt ein Problem")
    page.get_by_label("Die Türen passen nicht").check()
    page.get_by_label(re.compile("mehr dazu sagen")).fill("Die Schlafzimmertür ist nur 70 cm breit.")
    page.get_by_role("button", name="Antwort senden").click()
    look("declined", "Ihr Grund: Die Türen passen nicht")
    page.get_by_role("button", name="Das interessiert mich").click()
    look("interested", "Sie haben Interesse")


def read_answer(page: Page, number: str, look: Look) -> None:
    page.goto("/vorschlaege")
    page.get_by_role("link", name=number).click()
    expect(page.locator("main")).to_contain_text("hat Interesse")
    look("answered", "Die Schlafzimmertür ist nur 70 cm breit.")
    page.goto("/postfach")
    open_mail(page, f"Wir haben Ihre Nachricht: {number}")
    page.locator("main a[href*='/mein-gesuch/']").click()
    look("my-request", "Unsere Vorschläge")
