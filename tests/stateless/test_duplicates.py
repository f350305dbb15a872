"""`duplicates` from the command line: people in requests, dwellings in offers, either file alone."""

import pytest

from tests.stateless.running import answered, run

ANNA = {"first_name": "Wilhelmine", "last_name": "Puschkow", "birth_date": "1941-03-07", "phone": "0351 1234567"}
AGAIN = {"first_name": "Puschkow", "last_name": "Wilhelmine", "birth_date": "07.03.1941", "phone": "+49 351 1234567"}
OTHER = {"first_name": "Bernd", "last_name": "Köhler", "birth_date": "1980-01-02", "phone": "0351 7654321"}


def asking(name, person, beside=False):
    return {"id": name, "requirements": [], **(person if beside else {"person": person})}


def home(name, address, **facts):
    return {"id": name, "facts": facts, "address": address}


FLATS = [
    home("a", {"street": "Königsbrücker Straße 12 a", "postcode": "01099"}, living_area_sqm=54.5, rooms=2),
    home("b", {"street": "Koenigsbruecker Str.", "house_number": "12a", "postcode": "01099"}, living_area_sqm=54),
    home("c", {"street": "Bautzner Straße", "house_number": 77, "postcode": "01099"}, living_area_sqm=81),
]


def test_people_and_dwellings_are_found_field_by_field(tmp_path):
    people = [
        asking("r1", ANNA),
        asking("r2", AGAIN, beside=True),
        asking("r3", OTHER),
        {"id": "r4", "requirements": []},
    ]
    found = answered(tmp_path, "duplicates", requests=people, offers=FLATS)["duplicates"]
    assert [(pair["kind"], pair["a"], pair["b"]) for pair in found] == [("person", "r1", "r2"), ("dwelling", "a", "b")]
    person, dwelling = found
    assert 0.5 <= person["probability"] <= 1
    assert person["fields"]["birth_date"] == "agree"
    assert person["fields"]["email"] == "blank"
    assert dwelling["fields"]["street"] == dwelling["fields"]["house_number"] == "agree"
    assert dwelling["fields"]["rooms"] == "blank"


def test_one_file_alone_is_enough_and_none_is_refused(tmp_path):
    assert len(answered(tmp_path, "duplicates", offers=FLATS)["duplicates"]) == 1
    assert answered(tmp_path, "duplicates", requests=[asking("r1", ANNA)])["duplicates"] == []
    code, _, errors = run(tmp_path, "duplicates")
    assert code == 2
    assert "--requests" in errors


def test_the_table_names_fields_in_german(tmp_path):
    code, out, _ = run(tmp_path, "duplicates", "--format", "table", offers=FLATS)
    assert code == 0
    assert "Hausnummer: gleich" in out
    code, out, _ = run(tmp_path, "duplicates", "--format", "table", offers=FLATS[1:])
    assert out.strip() == "Keine wahrscheinlichen Dubletten."


def test_only_pairs_as_likely_as_asked_are_named(tmp_path):
    assert answered(tmp_path, "duplicates", "--least", "1", offers=FLATS[1:])["duplicates"] == []


def test_sites_are_told_apart_by_their_own_facts(tmp_path):
    yard = {"street": "Am Lagerplatz", "house_number": "3", "postcode": "01099"}
    sites = [home("a", yard, site_area_sqm=400), home("b", yard, site_area_sqm=405)]
    (pair,) = answered(tmp_path, "duplicates", "--market", "sites", offers=sites)["duplicates"]
    assert pair["fields"]["site_area_sqm"] == "agree"


@pytest.mark.parametrize(
    ("record", "names"),
    [
        (asking("r1", {"surname": "X"}), ["r1", "surname"]),
        (asking("r1", {"first_name": ["X"]}), ["r1", "first_name"]),
        (asking("r1", {"first_name": True}, beside=True), ["r1", "first_name"]),
        ({"id": "r1", "requirements": [], "person": "Anna"}, ["r1", "person"]),
        (asking("r1", {"first_name": "X" * 600}), ["r1", "first_name"]),
    ],
)
def test_a_fault_is_named_and_nothing_is_half_done(tmp_path, record, names):
    code, out, errors = run(tmp_path, "duplicates", requests=[record], offers=FLATS)
    assert (code, out) == (2, "")
    assert all(name in errors for name in names)
