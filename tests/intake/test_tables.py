"""Tables as people keep them: headings, separators, encodings, numbers and days of every sort."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter

from tests.intake.deliveries import TODAY
from wohnberatung.bridge.imports import facts_from
from wohnberatung.intake.archives import Unreadable
from wohnberatung.intake.recognise import recognise
from wohnberatung.intake.spreadsheet_writer import write_csv, write_xlsx
from wohnberatung.intake.spreadsheets import read_csv, read_xlsx
from wohnberatung.intake.tables import read_table

OWNER = ("org", "Wohnhof")
MESSY = (
    "Bestandsliste Stand 20.11.2026;;;;;;;;;\n"
    ";;;;;;;;;\n"
    "WE-Nr.;Straße;Hausnr.;PLZ;Ort;Wohnfläche (m²);Warmmiete in €;Fahrstuhl;Verfügbar ab;Hausmeister\n"
    'W-01;Müllerstraße;4 b;1307;Dresden;"62,50";1.250,00 €;ja;01.03.2027;Herr Emsig\n'
    "W-02;Größweg 12;;01159;Dresden;ca. 48;640;x;sofort;Frau Flink\n"
)


def read(content, name="liste.csv", full=False):
    data = content.encode() if isinstance(content, str) else content
    return read_table(recognise(name, io.BytesIO(data)), TODAY, OWNER, full)


def facts(record):
    read_in = facts_from(record.values, record.named, ())
    return read_in.facts, [fault.key for fault in read_in.faults]


def expect_messy(transfer):
    first, second = transfer.records
    assert (first.external_id, first.address.street, first.address.house_number) == ("W-01", "Müllerstraße", "4 b")
    assert (first.address.postcode, second.address.postcode) == ("01307", "01159")
    assert (second.address.street, second.address.house_number) == ("Größweg", "12")
    assert facts(first) == (
        {"living_area_sqm": 62.5, "rent_warm_eur": 1250, "has_lift": True, "available_from": "2027-03-01"},
        [],
    )
    assert facts(second)[0] == {
        "living_area_sqm": 48, "rent_warm_eur": 640, "has_lift": True, "available_from": "2026-11-22"
    }  # fmt: skip
    assert "„Hausmeister“" in transfer.notes[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_messy_list_is_understood_in_every_encoding(encoding, separator):
    expect_messy(read(MESSY.replace(";", separator).encode(encoding)))


def test_commas_part_columns_where_decimals_are_quoted():
    quoted = MESSY.replace(";", ",").replace("1.250,00 €", '"1.250,00 €"')
    expect_messy(read(quoted))


def test_a_hint_for_the_spreadsheet_is_no_row():
    expect_messy(read("sep=;\n" + MESSY))


def workbook(rows, **options):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.add_worksheet("Deckblatt").write(0, 0, "Wohnhof")
        sheet = book.add_worksheet("Bestand")
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, day)
                elif isinstance(cell, tuple):
                    sheet.write_formula(number, place, cell[0], None, cell[1])
                else:
                    sheet.write(number, place, cell)
    return target.getvalue()


def test_a_workbook_gives_numbers_days_and_what_formulas_gave():
    content = workbook(
        [
            ["Objektnummer", "PLZ", "Wohnfläche", "Warmmiete", "Frei ab", "Etage"],
            [17, 1307, 62.5, ("=600+40", 640), datetime(2027, 3, 1), "2. OG"],  # noqa: DTZ001
        ]
    )
    (record,) = read(content, "liste.xlsx").records
    assert (record.external_id, record.address.postcode) == ("17", "01307")
    assert facts(record)[0] == {
        "living_area_sqm": 62.5, "rent_warm_eur": 640, "available_from": "2027-03-01", "floor": 2
    }  # fmt: skip


def test_a_faulty_value_is_told_and_a_row_without_a_number_is_left_out():
    transfer = read("Objektnummer;Warmmiete;Wohnfläche\nW1;viel;55\n;600;50\n", full=True)
    assert facts(transfer.records[0]) == ({"living_area_sqm": 55}, ["rent_warm_eur"])
    assert "Zeile 3 hat keine Objektnummer" in transfer.records[1].skipped
    assert transfer.full is False
    assert "endet kein Angebot" in transfer.notes[-1]


def test_the_last_row_of_a_home_counts():
    (record,) = read("Objektnummer;Warmmiete\nW1;600\nW1;650\n").records
    assert facts(record) == ({"rent_warm_eur": 650}, [])
    assert "Zeile 2" in record.notes[0]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "leer.csv", "ist leer"),
        (b"Hallo,\nanbei die Liste.\n", "brief.csv", "keine Überschriften"),
        (b"Stra\xdfe;PLZ;Warmmiete\nWeg;01307;600\n", "liste.csv", "fehlt eine Spalte „Objektnummer“"),
        (b"\xd0\xcf\x11\xe0\0\0\0\0" * 20, "alt.xls", "XLS"),
        (b"PK\x03\x04" + b"kaputt" * 20, "liste.xlsx", "beschädigt"),
        (("Objektnummer;Warmmiete\n" + "W;1\n" * 5100).encode(), "lang.csv", "zu groß"),
    ],
)
def test_what_is_no_table_is_refused_in_words(content, name, words):
    with pytest.raises(Unreadable, match=words):
        read(content, name)


def test_five_thousand_homes_with_title_headings_and_a_total_are_read():
    homes = "".join(f"W{number};600\n" for number in range(5000))
    (sheet,) = read_csv("liste.csv", f"Unsere Wohnungen\n\nObjektnummer;Warmmiete\n{homes}Summe;3000000\n".encode())
    assert (sheet.rows[3][1][0], sheet.rows[5002][1][0], len(sheet.rows)) == ("W0", "W4999", 5004)


def test_a_workbook_with_a_document_type_is_refused():
    book = openpyxl.Workbook()
    book.active.append(["Objektnummer", "Warmmiete"])
    target = io.BytesIO()
    book.save(target)
    evil = io.BytesIO()
    with zipfile.ZipFile(target) as source, zipfile.ZipFile(evil, "w") as copy:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "xl/workbook.xml":
                content = b'<!DOCTYPE x [<!ENTITY a "b">]>' + content
            copy.writestr(entry.filename, content)
    with pytest.raises(Unreadable):
        read(evil.getvalue(), "liste.xlsx")


def test_a_workbook_that_unpacks_to_far_more_is_refused_unread():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 4_000_000)
    with pytest.raises(Unreadable, match="verdächtig stark verdichtet"):
        read(bomb.getvalue(), "liste.xlsx")


DANGEROUS = ("=1+1", "+49 351", "-5 Grad", "@SUM(A1)", "\tTab", "'zitiert")


@pytest.mark.parametrize("digits", [309, 400])
def test_a_number_too_large_for_any_field_is_no_fault_of_the_file(digits):
    table, spoilt = write_xlsx("Liste", ["Nummer", "Warmmiete", "Zimmer"], [["A1", 4711.0, 3.0]]), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(table)) as source, zipfile.ZipFile(spoilt, "w") as copy:
        for entry in source.infolist():
            copy.writestr(entry.filename, source.read(entry).replace(b"<v>4711</v>", b"<v>" + b"9" * digits + b"</v>"))
    (sheet,) = read_xlsx("liste.xlsx", spoilt.getvalue())
    assert sheet.rows[1] == (2, ["A1", "9" * digits, 3.0])


def test_what_we_write_is_no_formula_and_reads_back_as_it_was():
    rows = [[f"W{number}", text, 1.5] for number, text in enumerate(DANGEROUS)]
    as_csv = write_csv(["Objektnummer", "Titel", "Etage"], rows)
    for line in as_csv.decode("utf-8-sig").splitlines()[1:]:
        assert line.split(";")[1].strip('"')[0] == "'"
    as_xlsx = write_xlsx("Bestand", ["Objektnummer", "Titel", "Etage"], rows)
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx)).active
    assert {cell.data_type for (cell,) in sheet.iter_rows(min_row=2, min_col=2, max_col=2)} == {"s"}
    for content, name in ((as_csv, "a.csv"), (as_xlsx, "a.xlsx")):
        titles = [record.title for record in read(content, name).records]
        assert titles == [text.strip() for text in DANGEROUS], name
