"""The office's pages in a real browser, and the first whole path: a form and a delivery become a ranked list."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from seed_data.files import read_toml
from tests.infrastructure.server import ROOT, command, demo_environment

PHONE = {"width": 320, "height": 640}
Accessible = Callable[[Page], None]


@pytest.fixture
def office(page: Page) -> Page:
    """An advisor's browser, signed in."""
    sign_in_as_advisor(page)
    return page


def sign_in_as_advisor(page: Page) -> None:
    accounts = read_toml("accounts.toml")
    page.goto("/anmelden")
    page.get_by_label("E-Mail").fill(accounts["account"][0]["email"])
    page.get_by_label("Passwort").fill(accounts["password"])
    page.locator("main").get_by_role("button", name="Anmelden").click()
    expect(page.get_by_role("button", name="Abmelden")).to_be_visible()


def fits_and_is_accessible(page: Page, assert_accessible: Accessible) -> None:
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert_accessible(page)


@pytest.mark.parametrize("path", ["/gesuche", "/gesuche?nummer=GIBTESNICHT", "/bestand", "/konto"])
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
    office.locator("main tbody a").first.click()
    take_screenshot(office)
    fits_and_is_accessible(office, assert_accessible)


def test_a_form_and_a_delivery_become_a_ranked_list_with_reasons(
    office: Page, live_folder: Path, assert_accessible: Accessible, take_screenshot: Callable[..., None]
) -> None:
    number = send_request_of_a_wheelchair_user(office)
    delivered = import_sample(live_folder)
    office.goto(f"/gesuche?nummer={number}")
    office.get_by_role("link", name=number).click()
    expect(office.get_by_text("Ich nutze einen Rollstuhl")).to_be_visible()
    matches = office.locator(".match")
    imported = matches.filter(has=office.get_by_role("heading", name=re.compile("|".join(map(re.escape, delivered)))))
    expect(imported.first).to_be_visible()
    expect(imported.first).to_contain_text("Zu klären")
    expect(imported.first).to_contain_text("noch unbekannt")
    assert_accessible(office)
    take_screenshot(office)


def send_request_of_a_wheelchair_user(page: Page) -> str:
    """Through the form with a mouse; the number on the receipt."""
    page.goto("/suche/haushalt")
    page.get_by_label("Personen im Haushalt").fill("1")
    onward(page)
    page.get_by_label("Ich nutze einen Rollstuhl").check()
    page.get_by_label(re.compile("^Ich willige ein")).check()
    for _step in ("alltag", "bedarf", "wohnung", "ort", "kosten", "gemeinschaft", "einzug"):
        onward(page)
    page.get_by_label(re.compile("^Gar nicht")).check()
    onward(page)
    page.get_by_label(re.compile("vergleicht")).check()
    onward(page)
    page.get_by_role("button", name="Gesuch absenden").click()
    found = re.search(r"DD-\d{4}-\w{6}", page.locator("main").inner_text())
    assert found is not None
    return found[0]


def onward(page: Page) -> None:
    page.get_by_role("button", name="Weiter", exact=True).click()


def import_sample(folder: Path) -> list[str]:
    """Titles of the flats that the sample delivery adds, as the command reports them."""
    sample = str(ROOT / "seed_data" / "openimmo_beispiel.zip")
    arguments = [command("wohnberatung"), "import", "openimmo", sample]
    run = subprocess.run(arguments, env=demo_environment(folder), cwd=ROOT, check=True, capture_output=True, text=True)
    titles = re.findall(r"„([^“]+)“", run.stdout)
    assert titles, run.stdout
    return titles
