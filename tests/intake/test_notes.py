"""What a delivery's report says, it says in words that people know, and it says which of two columns counts."""

import re

import pytest

from tests.intake.deliveries import COSTS, FLAT, home, openimmo, provider
from tests.intake.eighty import archive
from tests.intake.uploads import outcomes, run_of, send
from wohnberatung.intake.headings import PLACE_HEADINGS
from wohnberatung.intake.services.exports import FACTS
from wohnberatung.intake.spreadsheet_writer import write_csv

KEYS = {fact.key for fact in FACTS if "_" in fact.key} | {name for name in PLACE_HEADINGS if "_" in name}
PLACES = ("9", "EG"), ("11", "2. OG"), ("11", "")
FREE = "Objektnummer;Straße;Hausnummer;{};Warmmiete\nW1;Musterweg;4;{};600\n"


def said_of(run_id: str) -> list[str]:
    """Every sentence of a report."""
    told = [line for outcome in outcomes(run_id).values() for line in (outcome.name, *outcome.lines, *outcome.unknown)]
    return [*told, *run_of(run_id).notes]


def one_number_for_several_flats() -> str:
    place = "<geo><plz>01129</plz><ort>Dresden</ort><strasse>Kennweg</strasse><hausnummer>{}</hausnummer>"
    flats = (
        home(FLAT + place.format(house) + f"<wohnungsnr>{unit}</wohnungsnr><etage>2</etage></geo>" + COSTS, None, "7")
        for house, unit in PLACES
    )
    return openimmo(provider(*flats))


def every_fact_misspelt() -> bytes:
    headings = ["Objektnummer", "Straße", "Hausnummer", *(fact.label for fact in FACTS)]
    return write_csv(headings, [[f"W{number}", "Weg", number, *(word for _fact in FACTS)] for number, word in WORDS])


WORDS = ((1, "???"), (2, "-99999"), (3, "vielleicht"), (4, "01.02.1203"), (5, "gr\ufffdn"), (6, "1/2"))


@pytest.mark.parametrize("content", [archive, one_number_for_several_flats, every_fact_misspelt])
def test_no_key_of_ours_stands_in_a_report(content, owner, clerk):
    told = said_of(send(content(), clerk, owner))
    assert len(told) > len(PLACES)
    leaked = {word for line in told for word in re.findall(r"\w+", line)} & KEYS
    assert leaked == set()


def test_the_flats_that_share_a_number_are_told_apart_as_people_do(owner, clerk):
    told = " ".join(said_of(send(one_number_for_several_flats(), clerk, owner)))
    for words in ("„Kennweg 9, EG“", "„Kennweg 11, 2. OG“", "„Kennweg 11, 2. Obergeschoss“"):
        assert f"gemeint ist {words}" in told


@pytest.mark.parametrize(
    ("headings", "cells", "asked"),
    [
        ("Bezugsfertig;frei ab", "01.02.2027;01.03.2027", "Frei ab: Es gilt „01.02.2027“, in einer anderen Spalte"),
        ("Bezugsfertig;frei ab", ";01.03.2027", ""),
        ("Bezugsfertig;frei ab", "01.03.2027;1.3.2027", ""),
        ("Miete warm;Gesamtmiete", "600;650", "Es gilt „600“, in einer anderen Spalte steht „650“"),
        ("Nettokaltmiete;Grundmiete", "400;400,00 €", ""),
        ("PLZ;Postleitzahl", "01307;01309", "Postleitzahl: Es gilt „01307“, in einer anderen Spalte steht „01309“"),
    ],
)
def test_of_two_columns_that_mean_the_same_it_is_said_which_counts(headings, cells, asked, owner, clerk):
    first, second = headings.split(";")
    run_id = send(FREE.format(headings, cells), clerk, owner)
    notes = " ".join(outcomes(run_id)["W1"].notes)
    assert (asked in notes, "Stimmt das?" in notes) == (True, bool(asked))
    named = f"bedeuten dasselbe: „{first}“, „{second}“" in " ".join(run_of(run_id).notes)
    assert named == (cells[0] != ";")


def test_a_damaged_title_of_a_new_home_is_named(owner, clerk):
    run_id = send("Objektnummer;Titel;Straße;Warmmiete\nW1;Sch\ufffdn;Weg;600\nW2;Schön;W\ufffdg;600\n", clerk, owner)
    notes = {key: " ".join(outcome.notes) for key, outcome in outcomes(run_id).items()}
    assert "Zeichenfehler („�“): Titel." in notes["W1"]
    assert "Zeichenfehler („�“): Adresse." in notes["W2"]
