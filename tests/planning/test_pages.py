"""Pages of planning: everybody reads protected figures and takes them along; the administration reads exact ones."""

import csv
import io
from itertools import product
from typing import Any

import openpyxl
import pytest

from tests.infrastructure.client import CheckingClient
from tests.people import make_user, sign_in
from tests.planning.snapshots import NOVEMBER, OCTOBER, invented
from tests.privacy.trails import trail
from wohnberatung.planning.cubes import ALL, BY_KEY, CUBES, Cube
from wohnberatung.planning.services.categories import categories_of
from wohnberatung.planning.services.counting import SEPARATOR
from wohnberatung.planning.services.snapshots import newest_figures

NEEDS = {"*|*": [1200, 900, 300], "wheelchair|*": [85, 20, 0], "wheelchair|Pieschen": [25, 10, 0]}
PLACES = {"*": [1200, 900, 300], "06": [55, 40, 0], "07": [15, 0, 0]}


@pytest.fixture
def figures(session: Any) -> None:
    invented(OCTOBER, bedarf={"*|*": [1100, 800, 200]}, stadtteile={"*": [1100, 800, 200]})
    invented(NOVEMBER, bedarf=NEEDS, stadtteile=PLACES)


def every_cell(cube: Cube) -> dict[str, list[int]]:
    """All cells of the cube, totals included, as if there were somebody in each."""
    values = [[ALL, *(code for code, _label in categories_of(each))] for each in cube.dimensions]
    numbers = [40, 25, 10][: len(cube.measures)]
    return {SEPARATOR.join(cell): numbers for cell in product(*values)}


@pytest.fixture
def full(session: Any) -> None:
    """A month in which every cell of every cube has a figure."""
    invented(NOVEMBER, **{cube.key: every_cell(cube) for cube in CUBES})


def test_before_the_first_month_pages_say_when_there_will_be_figures(client: CheckingClient, session: Any) -> None:
    assert "Noch keine Zahlen" in client.get("/planung").text
    assert "Noch keine Zahlen" in client.get("/planung/bedarf").text
    assert client.get("/planung/bedarf.csv").status_code == 404
    assert client.get("/planung/gibt-es-nicht").status_code == 404


def test_the_first_page_is_a_picture_of_the_city(client: CheckingClient, figures: None) -> None:
    page = client.get("/planung").text
    assert "Es suchen etwa 1.200 Haushalte" in page
    assert "etwa 55 Haushalte" in page
    assert all(f"/planung/{cube.key}" in page for cube in CUBES)


@pytest.mark.parametrize("language", ["de", "leicht", "en"])
def test_every_table_can_be_read_in_every_language(client: CheckingClient, full: None, language: str) -> None:
    pages = [client.get(f"/planung/{key}?sprache={language}") for key in BY_KEY]
    assert {page.status_code for page in pages} == {200}
    assert all("40" in page.text for page in pages)


def test_every_table_is_taken_along_whole(client: CheckingClient, full: None, session: Any) -> None:
    for cube in CUBES:
        rows = list(csv.reader(io.StringIO(client.get(f"/planung/{cube.key}.csv").text), delimiter=";"))
        assert len(rows) == 1 + len(every_cell(cube)), cube.key
    sign_in(client, make_user("admin"))
    assert {client.get(f"/planung/{cube.key}/genau").status_code for cube in CUBES} == {200}


def test_works_are_held_against_their_price(client: CheckingClient, full: None) -> None:
    page = client.get("/planung/umbauten").text
    assert "Haushalte je 10.000 Euro" in page
    assert "3,3 bis 6,7" in page, "doors of 1,500 to 3,000 euro"
    assert "33,3 bis 40,0" in page, "what may cost nothing helps no more than those who need it"


def test_a_table_says_below_ten_and_shows_its_chart_beside_it(client: CheckingClient, figures: None) -> None:
    page = client.get("/planung/bedarf").text
    assert "unter 10" in page
    assert 'role="img"' in page
    assert "Ich nutze einen Rollstuhl" in page
    assert "1.100" in page, "the month before, in the course of time"
    lacking = client.get("/planung/bedarf?zahl=lacking").text
    assert "65" in lacking
    assert "300" in client.get("/planung/bedarf?zahl=fits&monat=2026-11").text
    assert "1.100" in client.get("/planung/bedarf?monat=2026-10").text


@pytest.mark.parametrize("query", ["?monat=gestern", "?monat=2020-01", "?zahl=alles", "?monat=2026-13&zahl="])
def test_what_is_asked_and_is_not_there_shows_the_newest(client: CheckingClient, figures: None, query: str) -> None:
    assert "Rollstuhl" in client.get(f"/planung/bedarf{query}").text


def test_tables_can_be_taken_along(client: CheckingClient, figures: None) -> None:
    response = client.get("/planung/stadtteile.csv")
    rows = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["Monat", "Stadtteil", "suchen"]
    cells = {row[1]: row for row in rows[1:]}
    assert cells["insgesamt"][2:] == ["1200", "900", "300", "300"]
    assert cells["insgesamt"][0] == "2026-11"
    assert "unter 10" in cells["Gorbitz-Süd"]
    response = client.get("/planung/bedarf.xlsx?monat=2026-10")
    sheet = openpyxl.load_workbook(io.BytesIO(response.data)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]][:3] == ["Monat", "Bedarf", "Stadtbezirk"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_exact_figures_are_for_the_administration_and_each_look_is_noted(
    client: CheckingClient, figures: None, session: Any
) -> None:
    assert client.get("/planung/bedarf/genau").status_code in (302, 303)
    sign_in(client, make_user("advisor"))
    assert client.get("/planung/bedarf/genau").status_code == 403
    assert "genau" not in client.get("/planung/bedarf").text
    sign_in(client, make_user("admin"))
    assert "/planung/bedarf/genau" in client.get("/planung/bedarf").text
    assert trail("planning_cubes|bedarf") == []
    response = client.get("/planung/bedarf/genau")
    assert "nicht weitergeben" in response.text
    assert "1.201" in response.text
    assert response.headers["Cache-Control"] == "no-store"
    assert [entry.action for entry in trail("planning_cubes|bedarf")] == ["exact_read"]


def test_the_newest_month_is_what_other_pages_read(session: Any) -> None:
    invented(NOVEMBER, bedarf=NEEDS)
    invented(OCTOBER, bedarf={"*|*": [10, 10, 10]})
    assert newest_figures(BY_KEY["bedarf"]) == NEEDS
