"""The office's pages in a real browser, and the first whole path: a form and a delivery become a ranked list."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import follow, send_request, sign_in
from tests.infrastructure.processes import told_by
from tests.infrastructure.server import ROOT
from wohnberatung.core.languages import LANGUAGES

PHONE = {"width": 320, "height": 640}
# In pixels on a desk's screen: some four screens, with every reason folded.
LONGEST_PAGE = 4000
# The worker beside the server makes the demo's city view while other pages are read.
MADE_MS = 60_000
Accessible = Callable[[Page], None]


@pytest.fixture
def office(page: Page) -> Page:
    """An advisor's browser, signed in."""
    sign_in(page)
    return page


def fits_and_is_accessible(page: Page, assert_accessible: Accessible) -> None:
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert_accessible(page)


ROWS = """width => {
  const shown = [...document.querySelectorAll('.header__inner > *')].map(part => part.getBoundingClientRect());
  const middles = shown.filter(part => part.width).map(part => part.top + part.height / 2);
  return Math.max(...middles) - Math.min(...middles) < 3 && document.documentElement.scrollWidth <= width ? 1 : 2;
}"""


def test_the_header_is_one_row_on_a_desks_screen_in_every_language(office: Page) -> None:
    for path in ("/heute", *(f"/angebote?sprache={language.code}" for language in LANGUAGES)):
        office.goto(path)
        for width in (1280, 1366):
            office.set_viewport_size({"width": width, "height": 768})
            assert office.evaluate(ROWS, width) == 1, (path, width)
    office.context.clear_cookies()
    for language in LANGUAGES:
        office.goto(f"/suche?sprache={language.code}")
        for width in (1280, 1366):
            office.set_viewport_size({"width": width, "height": 768})
            assert office.evaluate(ROWS, width) == 1, (language.code, width)


@pytest.mark.parametrize("path", ["/gesuche", "/gesuche?nummer=GIBTESNICHT", "/bestand", "/konto", "/stadtsicht"])
def test_a_page_of_the_office_is_accessible_and_fits_a_phone(
    office: Page, path: str, assert_accessible: Accessible, take_screenshot: Callable[..., None]
) -> None:
    office.goto(path)
    take_screenshot(office)
    fits_and_is_accessible(office, assert_accessible)


@pytest.mark.parametrize("path", ["/gesuche", "/bestand"])
def test_what_a_list_of_the_office_leads_to_is_accessible(
    office: Page, path: str, assert_accessible: Accessible, take_screenshot: Callable[..., None]
) -> None:
    office.goto(path)
    follow(office.locator("main tbody a").first)
    take_screenshot(office)
    fits_and_is_accessible(office, assert_accessible)


def test_a_city_view_and_its_groups_are_short_accessible_and_fit_a_phone(
    office: Page, assert_accessible: Accessible, take_screenshot: Callable[..., None]
) -> None:
    office.goto("/stadtsicht")
    follow(office.locator("main tbody a").first)
    expect(office.get_by_role("heading", name="Ein Zuhause für jedes Gesuch")).to_be_visible(timeout=MADE_MS)
    take_screenshot(office, "homes")
    assert office.evaluate("document.documentElement.scrollHeight") < LONGEST_PAGE
    fits_and_is_accessible(office, assert_accessible)
    follow(office.get_by_role("link", name="Gruppen ansehen"))
    take_screenshot(office, "groups")
    fits_and_is_accessible(office, assert_accessible)


def test_a_form_and_a_delivery_become_a_ranked_list_with_reasons(
    office: Page, live_folder: Path, assert_accessible: Accessible, take_screenshot: Callable[..., None]
) -> None:
    number = send_request(office, "Ich nutze einen Rollstuhl")
    delivered = import_sample(live_folder)
    office.goto(f"/gesuche?nummer={number}")
    follow(office.get_by_role("link", name=number))
    expect(office.get_by_text("Ich nutze einen Rollstuhl")).to_be_visible()
    matches = office.locator(".match")
    imported = matches.filter(has=office.get_by_role("heading", name=re.compile("|".join(map(re.escape, delivered)))))
    expect(imported.first).to_be_visible()
    expect(imported.first).to_contain_text("Zu klären")
    expect(imported.first).to_contain_text("noch unbekannt")
    assert_accessible(office)
    take_screenshot(office)


def import_sample(folder: Path) -> list[str]:
    """Neighbourhoods that the sample delivery names, which stand in the titles of its flats."""
    told = told_by(folder, "import", "openimmo", str(ROOT / "seed_data" / "openimmo_beispiel.zip"))
    named = re.findall(r"\(Name „([^“]+)“\)", told)
    assert named, told
    return named
