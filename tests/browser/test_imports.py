"""A letting clerk imports eighty flats with mixed faults, puts the faulty ones right from the report, sees demand. And
another one sends a table with words of his own."""

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import LANDLORD, follow, onward, sign_in, touch
from tests.browser.test_office_pages import fits_and_is_accessible
from tests.intake import forty
from tests.intake.eighty import FAULTS, FLATS, archive

Accessible = Callable[[Page], None]
# A worker beside the server looks for work every two seconds, the waiting page looks again every three.
WORKED = 60_000


def test_eighty_flats_with_faults_come_in_and_are_put_right(
    page: Page, tmp_path: Path, assert_accessible: Accessible, take_screenshot: Callable[..., None]
) -> None:
    sign_in(page, LANDLORD)
    page.goto("/einlesen")
    assert_accessible(page)
    bestand = tmp_path / "bestand.zip"
    bestand.write_bytes(archive("Elbmuster"))

    send(page, bestand)
    expect(page.get_by_text("wird gelesen").or_(button(page, "Übernehmen")).first).to_be_visible()
    expect(button(page, "Übernehmen")).to_be_visible(timeout=WORKED)
    expect(page.get_by_role("link", name=f"Neu ({FLATS - 2})")).to_be_visible()
    follow(page.get_by_role("link", name=f"Mit Fehlern ({len(FAULTS)})"))
    expect(page.get_by_text("9.000 m² ist nicht plausibel")).to_be_visible()
    expect(page.get_by_text("„drei Mieten“ ist keine Zahl")).to_be_visible()
    take_screenshot(page, "vorschau")
    fits_and_is_accessible(page, assert_accessible)

    follow(button(page, "Übernehmen"))
    expect(page.get_by_role("heading", name="Was die Lieferung getan hat")).to_be_visible(timeout=WORKED)
    assert_accessible(page)
    with page.expect_download() as download:
        touch(page.get_by_role("link", name="Fehlerbericht als XLSX"))
    corrected = tmp_path / "fehler.xlsx"
    download.value.save_as(corrected)
    put_right(corrected)

    follow(page.get_by_role("link", name="Berichtigte Tabelle schicken"))
    send(page, corrected)
    expect(button(page, "Übernehmen")).to_be_visible(timeout=WORKED)
    expect(page.get_by_role("link", name=f"Geändert ({len(FAULTS)})")).to_be_visible()
    expect(page.get_by_role("link", name="Mit Fehlern")).to_have_count(0)
    follow(button(page, "Übernehmen"))
    expect(page.get_by_role("heading", name="Was die Lieferung getan hat")).to_be_visible(timeout=WORKED)

    follow(page.get_by_role("link", name="Wer sucht, was wir haben?"))
    expect(page.get_by_role("heading", level=1, name="Bedarf")).to_be_visible()
    take_screenshot(page, "bedarf")


def test_a_clerks_own_table_is_public_right_and_complete(
    page: Page, tmp_path: Path, assert_accessible: Accessible, take_screenshot: Callable[..., None]
) -> None:
    sign_in(page, LANDLORD)
    page.goto("/einlesen")
    own = tmp_path / "leerstand.xlsx"
    own.write_bytes(forty.table())
    send(page, own)
    follow(page.get_by_role("link", name="Spalten zuordnen"))
    take_screenshot(page, "spalten")
    fits_and_is_accessible(page, assert_accessible)
    for heading, meaning in forty.OWN_WORDS.items():
        page.get_by_label(heading, exact=True).select_option(label=meaning)
    onward(page)
    expect(button(page, "Übernehmen")).to_be_visible(timeout=WORKED)
    expect(page.get_by_role("link", name=f"Neu ({forty.FLATS})")).to_be_visible()
    expect(page.get_by_role("link", name="Übersprungen (1)")).to_be_visible()
    expect(page.get_by_role("link", name=f"Mit Fehlern ({len(forty.FAULTS)})")).to_be_visible()
    take_screenshot(page, "tabelle-vorschau")
    follow(button(page, "Übernehmen"))
    expect(page.get_by_role("heading", name="Was die Lieferung getan hat")).to_be_visible(timeout=WORKED)

    page.goto("/einlesen")
    with page.expect_download() as download:
        touch(page.get_by_role("link", name="Bestand als CSV"))
    rows = csv.DictReader(Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    stock = {row["Objektnummer"]: row for row in rows}
    for number in range(1, forty.FLATS + 1):
        wanted, row = forty.expected(number), stock[f"K-{number:02d}"]
        assert {heading: row[heading] for heading in wanted} == wanted
    page.goto(f"/angebote/{stock['K-01']['Angebots-ID (nicht ändern)']}")
    expect(page.locator("main")).to_contain_text("446,50 €")
    expect(page.locator("main")).to_contain_text("Ruhig, zum Hof")
    expect(page.locator("main")).not_to_contain_text("Geheim")


def send(page: Page, file: Path) -> None:
    page.get_by_label("Datei auswählen").set_input_files(file)
    follow(button(page, "Datei prüfen lassen"))


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def put_right(file: Path) -> None:
    """As a clerk would in the spreadsheet: every faulty value gets one that can be."""
    book = openpyxl.load_workbook(file)
    rows = list(book.active.iter_rows())
    right = {"Wohnfläche": "55", "Zimmer": "2,5", "Kaution": "1.200,00 €", "Baujahr": "1977", "Frei ab": "01.04.2027"}
    for row in rows[1:]:
        for heading, cell in zip(rows[0], row, strict=True):
            if heading.value in right and cell.value:
                cell.value = right[heading.value]
    book.save(file)
