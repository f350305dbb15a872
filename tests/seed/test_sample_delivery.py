"""The sample delivery that a newcomer imports: twelve flats and the habits of real programs."""

from datetime import date

import pytest
from flask import Flask

from seed_data.files import FOLDER
from wohnberatung.intake.openimmo import read_openimmo
from wohnberatung.intake.recognise import openimmo_file
from wohnberatung.intake.result import ImportResult


@pytest.fixture
def transfer(app: Flask) -> ImportResult:
    with app.app_context():
        return read_openimmo(openimmo_file(FOLDER / "openimmo_beispiel.zip"), date(2026, 11, 22))


def test_the_sample_offers_twelve_flats_without_removing_any(transfer: ImportResult) -> None:
    on_offer = [record for record in transfer.records if record.action == "change" and not record.skipped]
    assert len({record.key for record in on_offer}) == 12
    assert not transfer.full
    assert not transfer.faults


def test_the_sample_has_a_parking_space_and_a_deletion(transfer: ImportResult) -> None:
    assert any(record.skipped for record in transfer.records)
    assert [record.action for record in transfer.records].count("delete") == 1


def test_the_sample_shows_messy_habits() -> None:
    content = (FOLDER / "openimmo_beispiel.zip").read_bytes().decode("iso-8859-1")
    for habit in ("ISO-8859-1", 'xmlns="http://www.openimmo.de"', 'modus="NEU"', "ETAGENWOHNUNG", "1.015,50", "sofort",
                  "Dresden / Gorbitz", "Johanstadt", 'aktionart="delete"', "ca. 59"):  # fmt: skip
        assert habit in content
