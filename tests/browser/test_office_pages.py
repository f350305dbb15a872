"""The office's pages in a real browser, and the first whole path: a form and a delivery become a ranked list."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.hands import follow, follow_by_key, send_request, sign_in, touch
from tests.infrastructure.processes import told_by
from tests.infrastructure.server import ROOT
from wohnberatung.core.languages import LANGUAGES

PHONE, DESK = {"width": 320, "height": 640}, {"width": 1366, "height": 768}
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
    assert_accessible(office)
    # Where in a long list it stands depends on what else was delivered.
    office.get_by_role("textbox", name="Ein bestimmtes Angebot suchen").fill(delivered[0])
    follow(office.locator("main").get_by_role("button", name="Suchen"))
    imported = office.locator(".match").filter(has=office.get_by_role("heading", name=delivered[0]))
    expect(imported.first).to_contain_text("Zu klären")
    expect(imported.first).to_contain_text("noch unbekannt")
    assert_accessible(office)
    take_screenshot(office)


WHOLE_ROWS = """[...document.querySelectorAll('.match')].map(row => row.getBoundingClientRect())
  .filter(row => row.bottom <= innerHeight && row.right <= document.documentElement.clientWidth).length"""


def open_long_list(page: Page) -> None:
    """The workplace of a request for which more is found than a screen shows."""
    page.goto("/gesuche")
    links = page.locator("main tbody a")
    addresses = [str(link.get_attribute("href")) for link in links.all()]
    for address in addresses:
        page.goto(address)
        if page.locator(".match").count() > 10:
            return
    raise AssertionError(f"none of {addresses} has a long list")


def test_ten_offers_stand_on_a_desks_screen_beside_the_request(
    office: Page, assert_accessible: Accessible, take_screenshot: Callable[..., None]
) -> None:
    office.set_viewport_size(DESK)
    open_long_list(office)
    assert office.evaluate(WHOLE_ROWS) >= 10
    first = office.locator(".match").first
    expect(first).to_contain_text(re.compile(r"€.*m².*Zimmer|unbekannt", re.DOTALL))
    request = office.get_by_role("heading", name="Was gesucht wird").bounding_box()
    listed = first.bounding_box()
    assert request
    assert listed
    assert request["x"] + request["width"] <= listed["x"]
    take_screenshot(office, "desk")
    for width in (1200, 1199, 768):
        office.set_viewport_size({"width": width, "height": 768})
        assert office.evaluate("document.documentElement.scrollWidth") <= width, width
    office.set_viewport_size(DESK)
    touch(first.locator("summary").first)
    expect(first.get_by_text("noch unbekannt").first).to_be_visible()
    for colours in ("light", "dark"):
        office.emulate_media(color_scheme=colours)
        assert_accessible(office)
    fits_and_is_accessible(office, assert_accessible)


def test_a_list_is_worked_through_by_keys_that_rest_while_one_types_and_never_post(office: Page) -> None:
    open_long_list(office)
    posted: list[str] = []
    office.on("request", lambda request: posted.extend([request.url] if request.method != "GET" else []))
    address, rows = office.url, office.locator(".match")
    field = office.get_by_label("Ein bestimmtes Angebot suchen")
    field.focus()
    office.keyboard.type("jkop")
    expect(field).to_have_value("jkop")
    expect(field).to_be_focused()
    field.blur()
    office.keyboard.press("p")
    assert office.url == address, "no offer is meant yet"
    for key, number in (("j", 0), ("k", 0), ("j", 1), ("j", 2), ("k", 1)):
        office.keyboard.press(key)
        expect(rows.nth(number).get_by_role("link").first).to_be_focused()
        expect(rows.nth(number)).to_be_in_viewport(ratio=1)
    office.keyboard.press("o")
    summary = rows.nth(1).locator("summary").first
    expect(rows.nth(1).locator("details").first).to_have_attribute("open", "")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    office.keyboard.press("o")
    expect(rows.nth(1).locator("details").first).not_to_have_attribute("open", "")
    title = rows.nth(1).get_by_role("link").first.inner_text()
    follow_by_key(office, "p")
    expect(office.get_by_role("heading", level=1)).to_contain_text(title)
    expect(office.locator("#vorschlagen").get_by_role("button", name="Vorschlagen")).to_be_in_viewport()
    assert not posted


def test_the_workplace_needs_no_script(office: Page, browser: Browser, base_url: str) -> None:
    open_long_list(office)
    session = office.context.storage_state()
    context = browser.new_context(base_url=base_url, java_script_enabled=False, locale="de-DE", storage_state=session)
    page = context.new_page()
    page.goto(office.url)
    expect(page.locator(".keys")).to_be_hidden()
    first = page.locator(".match").first
    touch(first.locator("summary").first)
    expect(first.get_by_text("noch unbekannt").first).to_be_visible()
    for box in page.get_by_label("Vergleichen").all()[:2]:
        box.check()
    follow(page.get_by_role("button", name="Bis zu vier nebeneinander vergleichen"))
    expect(page.locator(".compared")).to_be_visible()
    context.close()


def import_sample(folder: Path) -> list[str]:
    """Neighbourhoods that the sample delivery names, which stand in the titles of its flats."""
    told = told_by(folder, "import", "openimmo", str(ROOT / "seed_data" / "openimmo_beispiel.zip"))
    named = re.findall(r"\(Name „([^“]+)“\)", told)
    assert named, told
    return named
