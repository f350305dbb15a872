"""A proposal in a real browser: from the ranked list by mail to the person, and back with an answer."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.hands import follow, send_request, sign_in
from tests.browser.lines import broken_amounts

Look = Callable[[str, str], None]


def test_a_proposal_goes_to_the_person_and_comes_back_with_an_answer(page: Page, look: Look) -> None:
    number = send_request(page, "Ich gehe mit dem Rollator", "erika@example.org")
    sign_in(page)
    propose(page, number, look)
    page.goto("/postfach")
    look("mailbox", "Postfach der Vorführung")
    open_mail(page, f"Es gibt etwas Neues: {number}")
    look("mail", "Guten Tag")
    follow(page.locator("main a[href*='/vorschlag/']"))
    answer(page, look)
    read_answer(page, number, look)


def propose(page: Page, number: str, look: Look) -> None:
    page.goto(f"/gesuche?nummer={number}")
    follow(page.get_by_role("link", name=number))
    look("ranked-list", "Was gesucht wird")
    follow(page.get_by_role("button", name="Prüfen").first)
    look("under-review", "in Prüfung")
    follow(page.get_by_role("button", name="Vorschlagen"))
    look("offered", "E-Mail an die suchende Person")
    follow(page.get_by_role("link", name="Zurückziehen"))
    follow(page.get_by_role("button", name="Zurückziehen"))
    look("why-withdrawn", "Es gibt ein Problem")
    page.goto("/vorschlaege")
    page.get_by_label("Stand").select_option(label="Bei der suchenden Person")
    follow(page.get_by_role("button", name="Anwenden"))
    look("list", number)


def open_mail(page: Page, subject: str) -> None:
    follow(page.get_by_role("link", name=subject).first)
    expect(page.get_by_role("heading", level=1)).to_have_text(subject)


def answer(page: Page, look: Look) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("Unser Vorschlag")
    look("proposal", "Ihre Antwort")
    assert broken_amounts(page, 320, 360) == []
    for label, word in (("Fragen Sie mich später noch einmal", "later"), ("Ich brauche Hilfe", "help")):
        follow(page.get_by_role("link", name=label))
        look(word, "Antwort senden")
        follow(page.get_by_role("link", name="Zurück zum Vorschlag"))
    follow(page.get_by_role("link", name="Das passt nicht"))
    follow(page.get_by_role("button", name="Antwort senden"))
    look("declined-without-reason", "Es gibt ein Problem")
    page.get_by_label("Die Türen passen nicht").check()
    page.get_by_label(re.compile("mehr dazu sagen")).fill("Die Schlafzimmertür ist nur 70 cm breit.")
    follow(page.get_by_role("button", name="Antwort senden"))
    look("declined", "Ihr Grund: Die Türen passen nicht")
    follow(page.get_by_role("button", name="Das interessiert mich"))
    look("interested", "Sie haben Interesse")


def read_answer(page: Page, number: str, look: Look) -> None:
    page.goto("/vorschlaege")
    follow(page.get_by_role("link", name=number))
    expect(page.locator("main")).to_contain_text("hat Interesse")
    look("answered", "Die Schlafzimmertür ist nur 70 cm breit.")
    page.goto("/postfach")
    open_mail(page, f"Wir haben Ihre Nachricht: {number}")
    follow(page.locator("main a[href*='/mein-gesuch/']"))
    look("my-request", "Unsere Vorschläge")
