"""Tables that were opened and saved in an office program: ours come back unchanged, and what it hides is told."""

import csv
import io
import shutil
import subprocess
import zipfile

import openpyxl
import pytest

from tests.factories import make_dwelling, make_offer
from tests.intake.test_tables import facts, read
from tests.intake.uploads import done, outcomes, run_of, send
from wohnberatung.dwellings.services.dwellings import Address
from wohnberatung.dwellings.services.offers import save_offer
from wohnberatung.intake.archives import Unreadable
from wohnberatung.intake.services import decisions, exports

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:automatic-styles>'
    '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)
TAIL = "</office:spreadsheet></office:body></office:document-content>"
# The rest of a sheet, as LibreOffice ends it.
REST = (
    '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/>'
    "</table:table-row>"
)


def text(words):
    return _cell("string", words)


def number(value, shown):
    return _cell("float", shown, f' office:value="{value}"')


def day(value, shown):
    return _cell("date", shown, f' office:date-value="{value}"')


def _cell(kind, shown, value=""):
    return f'<table:table-cell office:value-type="{kind}"{value}><text:p>{shown}</text:p></table:table-cell>'


def line(*cells, more=""):
    rest = '<table:table-cell table:number-columns-repeated="1000"/>'
    return f"<table:table-row{more}>{''.join(cells)}{rest}</table:table-row>"


def sheet(*rows, name="Tabelle1", style="ta1"):
    return f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}{REST}</table:table>'


def ods(*sheets):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", HEAD + "".join(sheets) + TAIL, zipfile.ZIP_DEFLATED)
    return target.getvalue()


HEADINGS = line(*map(text, ("Objektnummer", "Straße", "Hausnummer", "PLZ", "Warmmiete", "Frei ab")))


def home(number_of_home, house, more=""):
    place = (text(number_of_home), text("Weg"), house, number(1307, "1307"))
    return line(*place, number(650.5, "650,50 €"), day("2027-03-01", "01.03.27"), more=more)


def test_an_opendocument_table_is_read_as_any_other():
    content = ods(sheet(HEADINGS, home("W1", number(4, "4")), home("W2", day("2027-05-03", "03. Mai"))))
    first, second = read(content, "liste.ods").records
    assert (first.external_id, first.address.house_number, first.address.postcode) == ("W1", "4", "01307")
    assert facts(first)[0] == {"rent_warm_eur": 650.5, "available_from": "2027-03-01"}
    assert (second.address.house_number, "war einmal eine Nummer" in second.notes[0]) == ("", True)


def test_rows_and_sheets_that_are_hidden_are_named_and_not_taken():
    hidden = home("W2", number(5, "5"), ' table:visibility="filter"')
    content = ods(
        sheet(HEADINGS, home("W1", number(4, "4")), hidden),
        sheet(HEADINGS, home("W7", number(7, "7")), name="Alt", style="ta2"),
        sheet(line(text("Ansprechpartner: Frau Emsig")), name="Deckblatt"),
        sheet(HEADINGS, home("W3", number(6, "6")), name="Nord"),
        sheet(name="Leer"),
    )
    result = read(content, "liste.ods", full=True)
    found = {record.external_id: record.position for record in result.records}
    assert found == {"W1": "Blatt Tabelle1, Zeile 2", "W3": "Blatt Nord, Zeile 2"}
    assert ("„Alt“, „Deckblatt“" in result.notes[0], "ausgeblendet" in result.notes[1]) == (True, True)
    assert (": 3." in result.notes[1], result.full) == (True, False)


def test_a_filter_in_a_workbook_hides_rows_too():
    book = openpyxl.Workbook()
    for row in (["Objektnummer", "PLZ", "Warmmiete"], ["W1", "01307", 600], ["W2", "01307", 610]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.active["C2"].number_format = "0.00E+00"
    book.active["C2"] = 612.375
    million = book.create_sheet("Zweites")
    million.append(["Objektnummer", "PLZ", "Warmmiete"])
    million.append([1_000_000, "01307", 620])
    million["A2"].number_format = "0.00E+00"
    target = io.BytesIO()
    book.save(target)
    result = read(target.getvalue(), "liste.xlsx")
    first, second = result.records
    assert facts(first)[0] == {"rent_warm_eur": 612.38}
    assert (first.external_id, "„1,00E+06“ ist keine Objektnummer" in second.skipped) == ("W1", True)
    assert "ausgeblendet, zum Beispiel durch einen Filter, und nicht gelesen: 3." in result.notes[0]


@pytest.mark.parametrize(
    "content",
    [
        "<!DOCTYPE x [<!ENTITY a 'b'>]>" + HEAD + TAIL,
        HEAD + sheet(line(*map(text, "ABC")), line(text("x"), more=' table:number-rows-repeated="9999"')) + TAIL,
        HEAD + '<table:table><table:table-row><table:table-cell table:number-columns-repeated="9999"'
        ' office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>' + TAIL,
        "kein XML",
    ],
)
def test_an_opendocument_table_that_would_hurt_is_refused(content):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    with pytest.raises(Unreadable):
        read(target.getvalue(), "liste.ods")


@pytest.fixture
def stock(owner):
    """Homes with everything that an office program likes to change."""
    for unit, title in (("2-4", "Hell, ruhig; schön"), ("1/2", "=1+1"), ("10E5", 'mit "Zeichen"\tund Tab')):
        where = Address("Größweg", "3-5", "01307", "Dresden", unit)
        home_of = make_dwelling(
            owner, where, level="stated", district="06", living_area_sqm=62.5, floor=-1, has_lift=False
        )
        offer = make_offer(home_of, title=title, level="stated", rent_warm_eur=1200.5, available_from="2027-02-01")
        save_offer(offer, description="Erste Zeile, mit Komma\nzweite; Zeile")


def by_double_click(line_of_text):
    """The fields of a line where tab, comma and semicolon part them, as LibreOffice 7.4 opens a file."""
    fields, quoted = [""], False
    for sign in line_of_text:
        if sign == '"':
            quoted = not quoted
        elif not quoted and sign in ";,\t":
            fields.append("")
        else:
            fields[-1] += sign
    return fields


def test_no_row_of_a_file_of_ours_shifts_when_it_is_opened_by_a_double_click(stock, owner, clerk):
    content = exports.stock_file("csv", clerk, owner.id).decode("utf-8-sig")
    rows = [by_double_click(row) for row in content.split("\r\n") if row]
    assert (len(rows), {len(row) for row in rows}) == (4, {len(rows[0])})
    assert all(field.startswith('"') for field in content.splitlines()[0].split(";"))


def saved_as_csv(content):
    """As LibreOffice 7.4 saves what it opened: commas, Windows-1252, only what needs it in quotes."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=",", lineterminator="\n").writerows(rows)
    return target.getvalue().encode("cp1252", "replace")


def saved_as_ods(content):
    rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    kinds = {float: lambda cell: number(cell, cell), int: lambda cell: number(cell, cell)}
    lines = [[_escaped(cell) for cell in row] for row in rows]
    return ods(sheet(*(line(*(kinds.get(type(cell), text)(cell) for cell in cells)) for cells in lines)))


def _escaped(cell):
    if not isinstance(cell, str):
        return "" if cell is None else cell
    return cell.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "</text:p><text:p>")


def saved_by_the_program(form):
    def saved(content, tmp_path):
        source = tmp_path / f"bestand.{form}"
        source.write_bytes(content)
        command = [PROGRAM, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "ods"]
        subprocess.run([*command, "--outdir", str(tmp_path), str(source)], check=True, capture_output=True, timeout=120)
        return (tmp_path / "bestand.ods").read_bytes()

    return saved


IMITATED = [
    ("csv", lambda content, _path: saved_as_csv(content), "bestand.csv"),
    ("xlsx", lambda content, _path: saved_as_ods(content), "bestand.ods"),
]
REAL = [(form, saved_by_the_program(form), "bestand.ods") for form in ("csv", "xlsx") if PROGRAM]


@pytest.mark.parametrize(("form", "saved", "name"), IMITATED + REAL)
def test_our_stock_comes_back_unchanged_from_an_office_program(stock, owner, clerk, tmp_path, form, saved, name):
    content = saved(exports.stock_file(form, clerk, owner.id), tmp_path)
    run_id = send(content, clerk, owner, name)
    assert run_of(run_id).state == "promoted", run_of(run_id).trouble
    changed = [(each.name, each.lines) for each in outcomes(run_id).values() if each.state != "unchanged"]
    assert (changed, len(outcomes(run_id))) == ([], 3)


def test_the_template_shows_how_and_brings_no_home(owner, clerk):
    book = openpyxl.load_workbook(io.BytesIO(exports.template_file("xlsx")))
    sheet_of = book.active
    columns = {cell.value: cell.column for cell in sheet_of[1]}
    assert sheet_of.cell(2, columns["Hausnummer"]).value == "12 a"
    assert sheet_of.column_dimensions["A"].number_format == "@"
    chosen = {str(each.sqref): each.formula1 for each in sheet_of.data_validations.dataValidation}
    assert '"ja,nein"' in chosen.values()
    assert any("ohne WBS" in words for words in chosen.values())
    for heading, value in {
        "Objektnummer": "W1",
        "Hausnummer": "2-4",
        "Postleitzahl": "01307",
        "Warmmiete": 640,
    }.items():
        sheet_of.cell(3, columns[heading]).value = value
    target = io.BytesIO()
    book.save(target)
    run_id = send(target.getvalue(), clerk, owner, "vorlage.xlsx")
    assert list(outcomes(run_id)) == ["W1"]
    done(decisions.apply_run, run_id, clerk)
    assert outcomes(run_id)["W1"].faults == []


@pytest.mark.parametrize(
    "gap", ["<text:tab/>", "<text:line-break/>", '<text:s text:c="3"/>', "<text:span> </text:span>"]
)
def test_what_parts_words_in_an_opendocument_cell_parts_them(gap):
    (record,) = read(ods(sheet(HEADINGS, home("W1", text(f"5{gap}12")))), "liste.ods").records
    assert record.address.house_number.split()[:1] == ["5"]


@pytest.mark.parametrize("failed", ["#BEZUG!", "#N/A", "#NAME?", "Err:502"])
def test_a_formula_that_failed_says_nothing_and_takes_nothing_back(failed):
    lines = f"Objektnummer;Warmmiete;Wohnfläche\nW1;{failed};\n"
    (record,) = read(lines).records
    assert (facts(record), record.emptied) == (({}, []), ("wohnfläche",))
    assert "Eine Formel dieser Zeile hat kein Ergebnis" in record.notes[-1]


def test_a_formula_that_nobody_worked_out_takes_nothing_back():
    book = openpyxl.Workbook()
    for row in (["Objektnummer", "Warmmiete", "Wohnfläche"], ["W1", "=600+40", None]):
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    (record,) = read(target.getvalue(), "liste.xlsx").records
    assert (facts(record), record.emptied) == (({}, []), ("wohnfläche",))
    assert "Eine Formel dieser Zeile hat kein Ergebnis" in record.notes[-1]
