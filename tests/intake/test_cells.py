"""What spreadsheets and clerks make of cells: undone where one thing alone can be meant, else asked, never guessed."""

from datetime import date

import pytest

from tests.intake.test_tables import facts, read, workbook
from wohnberatung.intake.cells import house_number, is_changed, text_of
from wohnberatung.intake.sections import postcode_and_town
from wohnberatung.intake.services.comparison import understand

PLACE = "Objektnummer;Straße;Hausnummer;PLZ;Ort"


def row(headings, cells, name="liste.csv"):
    (record,) = read(f"{PLACE};{headings}\nW1;Weg;1;01307;Dresden;{cells}\n", name).records
    return record


def known(headings, cells):
    return facts(row(headings, cells))[0]


def cell(heading, value):
    (record,) = read(workbook([["Objektnummer", "Straße", "PLZ", heading], ["W1", "Weg", "01307", value]])).records
    return record


@pytest.mark.parametrize(
    "rent", ["650", "€ 650", "EUR 650", "650 Euro", "650,-", "650,- EUR", "ca. 650 EUR", "-650", "650.00"]
)
def test_a_rent_is_read_however_it_is_written(rent):
    assert known("Warmmiete", rent) == {"rent_warm_eur": 650}


@pytest.mark.parametrize("area", ["", "60"])
@pytest.mark.parametrize("rent", ["drei", "drei Euro", "3", "3 euros", "3,- EUR"])
@pytest.mark.parametrize("heading", ["Warmmiete", "Kaltmiete", "Bruttokaltmiete"])
def test_a_word_or_next_to_nothing_is_no_rent_and_is_asked(heading, rent, area):
    read = understand(row(f"{heading};Zimmer;Wohnfläche", f"{rent};drei;{area}")).facts
    assert not {"rent_warm_eur", "rent_net_cold_eur", "rent_gross_cold_eur"} & read.facts.keys()
    assert read.facts["rooms"] == 3
    (fault,) = read.faults
    assert (fault.key.startswith("rent_"), fault.given) == (True, rent)


@pytest.mark.parametrize(
    ("heading", "written", "value"),
    [
        ("Warmmiete", "390,00 warm", {"rent_warm_eur": 390}),
        ("Warmmiete", "warm 390 €", {"rent_warm_eur": 390}),
        ("Warmmiete", "390 € mtl.", {"rent_warm_eur": 390}),
        ("Türbreite", "0,8 m", {"inner_door_clear_width_cm": 80}),
        ("Türbreite", "0,80 m", {"inner_door_clear_width_cm": 80}),
        ("Türbreite", "80cm", {"inner_door_clear_width_cm": 80}),
        ("Türbreite", "800 mm", {"inner_door_clear_width_cm": 80}),
        ("Zimmer", "3 + Kü", {"rooms": 3}),
        ("Zimmer", "2 Zi + Wohnküche", {"rooms": 2}),
        ("Zimmer", "2½ Zimmer", {"rooms": 2.5}),
    ],
)
def test_words_that_say_no_more_than_the_column_are_read_as_in_forms(heading, written, value):
    assert known(heading, written) == value


@pytest.mark.parametrize(
    ("heading", "written"), [("Warmmiete", "390 kalt"), ("Warmmiete", "bis 700"), ("Zimmer", "2-3 Zimmer")]
)
def test_words_that_say_something_else_are_left_to_be_asked(heading, written):
    assert facts(row(heading, written))[0] == {}


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u202f", "\u2009"])
def test_thousands_may_be_parted_by_any_blank(blank):
    assert known("Warmmiete", f"1{blank}200,50") == {"rent_warm_eur": 1200.5}


def test_a_rent_of_nothing_is_unknown_and_a_deposit_of_nothing_is_none():
    assert facts(row("Warmmiete;Kaution", "0;0")) == ({"deposit_eur": 0}, [])
    assert facts(cell("Warmmiete", ("=A9", 0.0))) == ({}, [])
    assert facts(cell("Wohnfläche", 0.0)) == ({}, [])


def test_a_thousand_is_a_thousand_as_in_openimmo():
    assert known("Warmmiete", "1,200") == {"rent_warm_eur": 1200}
    assert known("Warmmiete", "1.200") == {"rent_warm_eur": 1200}


@pytest.mark.parametrize(
    ("area", "sqm"), [("62,5 qm", 62.5), ("112 qm", 112), ("1,2E+02", 120), ("8.505E1", 85.05), ("62.5 m²", 62.5)]
)
def test_an_area_is_read_with_any_unit_and_as_programs_shorten_it(area, sqm):
    assert known("Wohnfläche", area) == {"living_area_sqm": sqm}


def test_half_a_room_that_became_a_day_is_half_a_room_again():
    assert known("Zimmer", "02. Mai") == {"rooms": 2.5}
    assert facts(cell("Zimmer", date(2026, 5, 3)))[0] == {"rooms": 3.5}
    assert facts(cell("Zimmer", date(2026, 4, 3))) == ({}, ["rooms"])


@pytest.mark.parametrize("number", ["03. Mai", "Dez 14", "12. Dez", "03.05.2026", "2026-04-02", "1,00E+06"])
def test_a_house_number_that_became_a_day_is_asked_about(number):
    (record,) = read(f"{PLACE};Lage\nW1;Weg;{number};01307;Dresden;2. OG\n").records
    assert (record.address.house_number, record.address.street) == ("", "Weg")
    assert f"„{number}“ war einmal eine Nummer" in record.notes[0]


def test_a_number_that_became_a_day_or_a_million_names_no_home():
    table = workbook([["Objektnummer", "PLZ", "Warmmiete"], [date(2026, 2, 1), "01307", 600], ["W2", "01307", 600]])
    first, second = read(table, full=True).records
    assert ("keine Objektnummer mehr" in first.skipped, second.skipped) == (True, "")
    (million,) = read("Objektnummer;PLZ;Warmmiete\n1,00E+06;01307;600\n").records
    assert "„1,00E+06“ ist keine Objektnummer mehr" in million.skipped
    assert not any(map(is_changed, ("W-1001", "10E", "2-4", "12.3", 17.0, "A1", "")))


@pytest.mark.parametrize(("given", "read_as"), [("12 – 14", "12 - 14"), ("½", "1/2"), ("12½", "12 1/2"), (17.0, "17")])
def test_fine_signs_of_house_numbers_are_plain_again(given, read_as):
    assert house_number(given) == read_as


@pytest.mark.parametrize(
    ("given", "code", "town"),
    [
        ("1307", "01307", ""),
        ("D-01307", "01307", ""),
        ("01307 Dresden", "01307", "Dresden"),
        (1307.0, "01307", ""),
        ("D 1307", "01307", ""),
        ("130", "", ""),
    ],
)
def test_a_postcode_gets_its_zero_back(given, code, town):
    assert postcode_and_town(text_of(given)) == (code, town)


def test_a_postcode_in_the_column_of_the_town_is_one():
    (record,) = read("Objektnummer;Straße;Ort\nW1;Weg 1;01307 Dresden\n").records
    assert (record.address.postcode, record.address.town) == ("01307", "Dresden")


def test_a_day_that_is_shown_as_a_number_is_a_day_again():
    assert facts(cell("Frei ab", 46054.0)) == ({"available_from": "2026-02-01"}, [])


def test_a_year_of_two_digits_that_became_the_last_century_is_asked_about():
    assert facts(cell("Frei ab", date(1930, 4, 1))) == ({}, ["available_from"])


@pytest.mark.parametrize(
    ("line", "street", "number", "unit"),
    [
        ("Platz der Einheit 1, WE 12", "Platz der Einheit", "1", "WE 12"),
        ("Teststr. 12 - 14a", "Teststr.", "12 - 14a", ""),
        ("Musterstraße12", "Musterstraße", "12", ""),
        ("Straße des 17. Juni 5 b", "Straße des 17. Juni", "5 b", ""),
        ("Weg 3, 2. OG links", "Weg", "3", "2. OG links"),
        ("Am Markt", "Am Markt", "", ""),
    ],
)
def test_a_line_of_an_address_is_taken_apart(line, street, number, unit):
    (record,) = read(f"Objektnummer;Adresse;PLZ\nW1;{line};01307\n").records
    assert (record.address.street, record.address.house_number, record.address.unit) == (street, number, unit)


@pytest.mark.parametrize(
    ("headings", "cells", "expected"),
    [
        ("WBS", "ja", {"wbs_type": "L"}),
        ("WBS", "nein", {"wbs_type": "none"}),
        ("WBS", "keiner", {"wbs_type": "none"}),
        ("WBS ja/nein", "ja", {"wbs_type": "L"}),
        ("WBS erforderlich", "nein", {"wbs_type": "none"}),
        ("Aufz.", "keine", {"has_lift": False}),
        ("Aufz.", "J", {"has_lift": True}),
        ("Etage", "3. OG Mitte", {"floor": 3}),
        ("Etage", "EG rechts", {"floor": 0}),
        ("Lage", "2. OG links", {"floor": 2}),
    ],
)
def test_words_of_clerks_are_read(headings, cells, expected):
    assert known(headings, cells) == expected


@pytest.mark.parametrize(
    ("headings", "cells", "gross", "warm"),
    [
        ("Kaltm.;NK;HK;Warmm.", "412,50 €;110,00 €;74,00 €;596,50 €", 522.5, 596.5),
        ("Kaltmiete;Nebenkosten;Heizkosten", "410;100;80", 510, 590),
        ("Nettokaltmiete;Betriebskosten;HK;Warmmiete", "360;95;70;525", 455, 525),
    ],
)
def test_amounts_of_a_rent_add_up(headings, cells, gross, warm):
    found = known(headings, cells)
    assert (found["rent_gross_cold_eur"], found["rent_warm_eur"]) == (gross, warm)


@pytest.mark.parametrize(
    ("cells", "deposit"),
    [
        ("400;3 MM", {"deposit_months": 3, "deposit_eur": 1200}),
        ("400;2", {"deposit_months": 2, "deposit_eur": 800}),
        ("400;1.237,50 €", {"deposit_eur": 1237.5}),
        ("400;keine", {"deposit_eur": 0}),
    ],
)
def test_a_deposit_is_euro_or_monthly_rents(cells, deposit):
    found = known("Nettokaltmiete;Kaution", cells)
    assert {key: found[key] for key in found if key.startswith("deposit")} == deposit


def test_a_rent_without_a_word_on_heating_keeps_its_amounts_and_asks():
    record = row("Kaltmiete;NK", "410;100")
    assert facts(record)[0] == {"rent_net_cold_eur": 410, "running_costs_eur": 100}
    assert "Stecken die Heizkosten in den Nebenkosten?" in record.notes[0]


def test_an_area_that_cannot_be_makes_no_rent_look_wrong():
    assert facts(row("Warmmiete;Wohnfläche", "650;9.000")) == ({"rent_warm_eur": 650}, ["living_area_sqm"])


def test_under_the_roof_is_asked_how_high():
    record = row("Etage", "DG")
    assert (facts(record), "„DG“ sagt nicht" in record.notes[0]) == (({}, []), True)


def test_rents_that_cannot_be_ask_in_tables_too():
    record = row("Warmmiete;Wohnfläche", "41.500;60")
    given, why = record.doubted["warmmiete"]
    assert (facts(record), given, "im Monat kann nicht stimmen" in why) == (
        ({"living_area_sqm": 60}, []),
        "41.500",
        True,
    )
    record = row("Kaltmiete;Nebenkosten;Warmmiete", "500;100;400")
    assert "rent_warm_eur" not in facts(record)[0]
    assert "passen nicht zusammen" in record.doubted["warmmiete"][1]


LINES = (
    "Gesamt;;;;;;120;1200", "Durchschnitt;;;;;2,5;60;600", "Stand: 28.11.2026;;;;;;;", "* Angaben ohne Gewähr;;;;;;;",
    ";;;;Summe;;120;1200", "Summe 2 Wohnungen;;;;;;120;1200", "Alle Angaben ohne Gewähr;;;;;;;",
)  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_lines_that_are_no_homes_are_told_and_do_not_spoil_a_full_list(line):
    homes = "W1;Weg;1;01159;Dresden;2;50;500\nGesamthof;Summestraße;2;01159;Dresden;3;70;700\n"
    result = read(f"{PLACE};Zimmer;Wohnfläche;Warmmiete\n{homes}{line}\n", full=True)
    assert [bool(record.skipped) for record in result.records] == [False, False, True]
    assert ("ist keine Wohnung" in result.records[2].skipped, result.full) == (True, True)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("KW 10/2027", "2027-03-08"),
        ("31/12/2026", "2026-12-31"),
        ("Q2/2027", "2027-04-01"),
        ("Ende März 2027", "2027-03-31"),
        ("vermietet bis 31.01.2027", "2027-02-01"),
        ("Feb. 2027", "2027-02-01"),
        ("sofort", "2026-11-22"),
        ("2027-04-15", "2027-04-15"),
        ("2027-03", "2027-03-01"),
    ],
)
def test_days_are_read_as_people_write_them(written, day):
    assert known("Frei ab", written) == {"available_from": day}


@pytest.mark.parametrize("written", ["Mitte März", "Mai/Juni 2027", "13.2027", "146447", "Ende 2027", "31.2.2027"])
def test_what_may_be_several_days_is_asked_about(written):
    assert facts(row("Frei ab", written)) == ({}, ["available_from"])
