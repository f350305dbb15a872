"""The pages of brokerage that no story opens, with the demo's matches: accessible and readable on a
telephone and on a desk's screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import ADMIN, INITIATIVE, LANDLORD, sign_in

OFFICE = {
    "/vorschlaege": "Offene Vorschläge",
    "/vorschlaege/erinnern": "Hier steht, wer noch antworten muss",
    "/vorschlaege/nachrichten": "Nachrichten zu Vorschlägen",
    "/besichtigungen": "Besichtigungen",
    "/verwaltung/gewichte": "Von Hand vorschlagen",
    "/verwaltung/zurueckgekommen": "Einlesen",
}
# Of the first match in a column of the board, its pages.
MATCHES = {
    "einzug": ("", "/vertrag", "/foerderung/neu", "/unterlagen/neu", "/aufgaben/neu"),
    "anbieter": ("", "/nachrichten"),
    "entscheiden": ("",),
}
OFFERING = ("/anbieten/menschen", "/anbieten/aufgaben", "/besichtigungen")
Look = Callable[..., None]


def test_pages_of_the_office_are_accessible_and_fit_a_phone(page: Page, look: Look) -> None:
    sign_in(page, ADMIN)
    for path, told in OFFICE.items():
        page.goto(path)
        look(path.strip("/"), told)
    for column, parts in MATCHES.items():
        page.goto(f"/vorschlaege?spalte={column}")
        match = page.locator("main tbody a").first.get_attribute("href")
        for part in parts:
            page.goto(f"{match}{part}")
            expect(page.locator("main h1")).to_be_visible()
            look(f"{column}{part}")


@pytest.mark.parametrize("who", [LANDLORD, INITIATIVE])
def test_pages_of_those_who_offer_are_accessible_and_fit_a_phone(page: Page, look: Look, who: str) -> None:
    sign_in(page, who)
    addresses = list(OFFERING)
    page.goto(OFFERING[0])
    addresses += [str(link.get_attribute("href")) for link in page.locator("main .desk a").all()[:1]]
    for path in addresses:
        page.goto(path)
        look(path.strip("/")[:40])
