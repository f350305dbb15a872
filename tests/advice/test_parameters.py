"""Amounts and funding programmes on a day."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import scoped_session

from wohnberatung.advice.services.parameters import (
    add_funding_programs,
    add_parameters,
    funding_programs,
    parameter,
)
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.seeding.homes import fill_tables

SUMMER_2025, SUMMER_2026 = date(2025, 7, 1), date(2026, 7, 1)
ROW = {
    "key": "limit", "label": "Grenze", "value": "10", "value_high": "", "unit": "€", "valid_from": "", "valid_to": "",
    "alternative": "0", "source": "Beispiel", "checked_on": "2026-11-22", "status": "to_verify", "note": "",
}  # fmt: skip


@pytest.fixture
def tables(session: scoped_session[Any]) -> None:
    fill_tables()


@pytest.mark.usefixtures("tables")
def test_an_amount_is_that_of_the_day() -> None:
    assert parameter("wbs_income_1", SUMMER_2025).value == 16800
    assert parameter("wbs_income_1", SUMMER_2026).value == 20520


@pytest.mark.usefixtures("tables")
def test_an_amount_nobody_knows_is_not_found() -> None:
    with pytest.raises(NotFound):
        parameter("wbs_income_99")
    with pytest.raises(NotFound):
        parameter("kdu_gross_cold_1", date(2031, 1, 1))


@pytest.mark.usefixtures("tables")
def test_a_disputed_amount_is_ours_and_to_be_verified() -> None:
    ours = parameter("kdu_gross_cold_2", SUMMER_2026)
    assert ours.to_verify
    assert ours.value != 557.64, "what the other source says"


@pytest.mark.usefixtures("tables")
def test_programmes_come_in_the_order_in_which_to_ask() -> None:
    found = funding_programs(("kfw_159", "sgb11_40_4", "kfw_455b"), SUMMER_2026)
    assert [program.key for program in found] == ["sgb11_40_4", "kfw_159"]


@pytest.mark.usefixtures("tables")
def test_filling_the_tables_again_changes_nothing() -> None:
    before = parameter("care_measure_max").id
    fill_tables()
    assert parameter("care_measure_max").id == before
    assert len(funding_programs()) == len({program.key for program in funding_programs()})


def test_a_row_is_taken_once(session: scoped_session[Any]) -> None:
    assert add_parameters([ROW]) == 1
    assert add_parameters([ROW]) == 0


@pytest.mark.parametrize(("column", "cell"), [("value", "zehn"), ("valid_from", "1.1.2026"), ("status", "vielleicht")])
def test_a_cell_that_cannot_be_read_is_named(session: scoped_session[Any], column: str, cell: str) -> None:
    with pytest.raises(DomainError, match="limit"):
        add_parameters([ROW | {column: cell}])
    assert add_funding_programs([]) == 0
