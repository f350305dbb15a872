"""The same dwelling or person twice is found, and different ones are left apart."""

import pytest

from benchmarks.__main__ import main
from benchmarks.people import make_crowd
from matching.duplicates.fields import DWELLING, PERSON
from matching.duplicates.pairs import likely_duplicates

FIRST = ["Anna", "Bernd", "Clara", "Dieter", "Emma", "Fritz", "Greta", "Hans", "Ilse", "Jonas", "Karin", "Lukas"]

HOUSE = {"street": "Hüblerstraße", "house_number": "5", "postcode": "01309"}


def found(rows, fields, **options):
    pairs = likely_duplicates(list(rows), list(rows.values()), fields, **options)
    return {frozenset((pair.a, pair.b)) for pair in pairs}


def person(first, last, birth="", street="", house="", phone=""):
    names = {"first_name": first, "last_name": last, "birth_date": birth}
    return {**names, "street": street, "house_number": house, "phone": phone}


def people(count, seed=1):
    return make_crowd(count, doubles=0.0, seed=seed).rows


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Königsbrücker Straße 12 a", "Koenigsbruecker Str. 12a"),
        ("Hüblerstr. 5", "Hüblerstraße 05"),
        ("Prager-Straße 3", "Prager Straße 3"),
    ],
)
def test_spellings_of_one_address_are_one_dwelling(one, other):
    rows = {
        "a": {"street": one, "postcode": "01099", "living_area_sqm": 54.5},
        "b": {"street": other, "postcode": "01099", "living_area_sqm": 54},
        "c": {"street": "Bautzner Straße 77", "postcode": "01099", "living_area_sqm": 81},
    }
    (pair,) = likely_duplicates(list(rows), list(rows.values()), DWELLING)
    assert {pair.a, pair.b} == {"a", "b"}
    assert pair.fields["street"] == pair.fields["house_number"] == "agree"
    assert pair.fields["unit"] == "blank"


def test_neighbours_in_one_house_stay_apart():
    rows = {
        "unten": {
            "street": "Hüblerstraße",
            "house_number": "5",
            "postcode": "01309",
            "unit": "EG links",
            "floor": 0,
            "living_area_sqm": 48,
            "rooms": 2,
        },
        "oben": {
            "street": "Hüblerstraße",
            "house_number": "5",
            "postcode": "01309",
            "unit": "3. OG rechts",
            "floor": 3,
            "living_area_sqm": 92,
            "rooms": 4,
        },
    }
    assert found(rows, DWELLING, least=0.9) == set()


def test_swapped_names_and_a_mistyped_birthday_are_one_person():
    known = person("Wilhelmine", "Puschkow", "1941-03-07", phone="03511234567")
    again = person("Puschkow", "Wilhelmine", "1941-03-01")
    assert frozenset("ab") in found({**people(60), "a": known, "b": again}, PERSON)


def test_missing_birth_dates_do_not_merge_everybody():
    rows = {f"p{number}": person(first, "Müller") for number, first in enumerate(FIRST)}
    assert found(rows, PERSON) == set()
    assert found({"a": person("", "Müller"), "b": person("", "Müller")}, PERSON) == set()


def test_people_who_live_together_are_not_one():
    home = {"street": "Wormser Straße", "house": "81", "phone": "0351 4440101"}
    couple = {
        "h": person("Hans", "Puschkow", "1941-03-07", **home),
        "i": person("Ilse", "Puschkow", "1944-11-30", **home),
        "k": person("Karl", "Wendisch", **home),
        "m": person("Marianne", "Wendisch", **home),
    }
    assert found({**people(300), **couple}, PERSON) == set()


def test_who_has_moved_is_still_the_same():
    before = person("Wilhelmine", "Puschkow", "1941-03-07", "Wormser Straße", "81")
    after = person("Wilhelmine", "Puschkow", "07.03.1941", "Am Anger", "3")
    assert found({**people(300), "a": before, "b": after}, PERSON) == {frozenset("ab")}


def flat(floor, area, rooms, **more):
    return {**HOUSE, "floor": floor, "living_area_sqm": area, "rooms": rooms, **more}


def test_flats_of_one_house_stay_apart_and_one_advertised_twice_is_found():
    places = [(floor, side) for floor in range(6) for side in (0, 5)]
    house = {f"w{floor}{side}": flat(floor, 40 + 9 * floor + side, 1 + floor % 3) for floor, side in places}
    elsewhere = {f"x{number}": flat(number % 5, 30 + number, 2, house_number=str(number + 9)) for number in range(40)}
    advert = flat(4, 81, 2, street="Hüblerstr.", unit="4. OG rechts")
    assert found({**house, **elsewhere, "again": advert}, DWELLING) == {frozenset(("w45", "again"))}


@pytest.mark.parametrize("slip", ["1941-03-01", "1941-30-07", "1941-07-03", "1914-03-07"])
def test_a_slip_in_a_birthday_is_no_other_day(slip):
    crowd = people(300)
    one, other = person("Wilhelmine", "Puschkow", "1941-03-07"), person("Wilhelmine", "Puschkow", slip)
    (pair,) = likely_duplicates([*crowd, "a", "b"], [*crowd.values(), one, other], PERSON)
    assert {pair.a, pair.b} == {"a", "b"}
    assert pair.fields["birth_date"] == "differ"


def measured(crowd, fields=PERSON):
    pairs = found(crowd.rows, fields)
    return len(pairs & crowd.same) / len(pairs), len(pairs & crowd.same) / len(crowd.same)


@pytest.mark.parametrize(("size", "seed"), [(1_000, 1), (3_000, 2), (12_000, 3)])
def test_mistyped_doubles_of_a_crowd_are_found_and_others_left_alone(size, seed):
    precision, recall = measured(make_crowd(size, seed=seed))
    assert precision > 0.97, precision
    assert recall > 0.95, recall


def test_a_crowd_without_doubles_yields_next_to_none():
    assert len(found(people(3_000), PERSON)) <= 3


def test_the_order_of_records_changes_nothing():
    rows = make_crowd(300, seed=4).rows
    assert found(rows, PERSON) == found(dict(reversed(rows.items())), PERSON)


def test_the_benchmark_measures_what_it_finds(capsys):
    main(["--quick", "--parts", "duplicates"])
    assert "| 500 invented people | engine | " in capsys.readouterr().out


def test_nothing_comes_of_nothing():
    assert likely_duplicates([], [], PERSON) == []
    assert likely_duplicates(["a"], [person("Anna", "Groß")], PERSON) == []
    assert likely_duplicates(["a", "b"], [{}, {}], PERSON) == []


SIDES = ("links", "rechts")


def row_of_houses(numbers=(2, 4, 6, 8), sizes=(57.3, 48.1)):
    """Forty flats of a row, alike in all but house, storey and side."""
    return {
        f"{number}-{floor}-{side}": {
            "street": "Zeilenbauweg",
            "house_number": str(number),
            "postcode": "01169",
            "unit": f"{f'{floor}. OG' if floor else 'EG'} {side}",
            "floor": floor,
            "living_area_sqm": size,
            "rooms": 3 if size > 50 else 2,
        }
        for number in numbers
        for floor in range(5)
        for side, size in zip(SIDES, sizes, strict=True)
    }


def other_homes(count=200):
    return {
        f"other{number}": {
            "street": f"Gasse {number % 97}",
            "house_number": str(number % 60 + 1),
            "postcode": "01159",
            "floor": number % 6,
            "living_area_sqm": 25 + number * 0.4,
            "rooms": number % 4 + 1,
        }
        for number in range(count)
    }


@pytest.mark.parametrize("sizes", [(57.3, 48.1), (57.3, 57.3)])
@pytest.mark.parametrize("numbers", [(2, 4, 6, 8), (12, 14, 21, 41), ("3", "3 a", "3 b", "5")])
def test_a_row_of_alike_houses_has_no_doubles(sizes, numbers):
    assert found({**row_of_houses(numbers, sizes), **other_homes()}, DWELLING) == set()


@pytest.mark.parametrize(
    "slip", [{"street": "Zeilenbauwg"}, {"unit": "2.OG li."}, {"unit": "2. Obergeschoss links"}, {"postcode": ""}]
)
def test_a_flat_of_a_row_that_was_entered_twice_is_found(slip):
    row = row_of_houses()
    again = row["4-2-links"] | slip
    assert found({**row, **other_homes(), "again": again}, DWELLING) == {frozenset(("4-2-links", "again"))}


ALIKE = row_of_houses()["4-2-links"]


@pytest.mark.parametrize("stock", [0, 1, 3, 40, 200])
@pytest.mark.parametrize(
    "other",
    [
        {"street": "Lindenweg"},
        {"street": "Zeilenbaustraße"},
        {"street": "Zeilenbauplatz", "unit": ""},
        {"house_number": "6"},
        {"floor": 3, "unit": "3. OG links"},
    ],
)
def test_alike_homes_of_another_street_house_or_storey_are_no_doubles_in_any_stock(other, stock):
    assert found({**other_homes(stock), "one": ALIKE, "other": ALIKE | other}, DWELLING) == set()


@pytest.mark.parametrize("stock", [0, 3, 40, 200])
@pytest.mark.parametrize("spelling", ["Zeilenbau-Weg", "Zeilenbauwg.", "ZEILENBAUWEG", "Zeilnebauweg"])
def test_another_spelling_of_a_street_is_no_other_street(spelling, stock):
    rows = {**other_homes(stock), "one": ALIKE, "other": ALIKE | {"street": spelling}}
    assert found(rows, DWELLING) == {frozenset(("one", "other"))}


@pytest.mark.parametrize("short", ["E.-Thälmann-Str.", "Thälmannstraße", "Ernst-Thälmann-Strasse"])
def test_a_street_that_is_cut_short_is_still_asked_about(short):
    rows = {**other_homes(), "one": ALIKE | {"street": "Ernst-Thälmann-Straße"}, "other": ALIKE | {"street": short}}
    assert found(rows, DWELLING) == {frozenset(("one", "other"))}


UNSAID = [("unit",), ("floor",), ("unit", "postcode"), ("unit", "floor")]


@pytest.mark.parametrize("unsaid", UNSAID)
def test_what_one_of_two_records_does_not_say_never_speaks_against_them(unsaid):
    row = {**row_of_houses(), **other_homes()}
    whole, lacking = (
        max(
            (pair.probability for pair in likely_duplicates([*row, "again"], [*row.values(), again], DWELLING, 0.01)
             if {pair.a, pair.b} == {"4-2-links", "again"}),
            default=0.0,
        )
        for again in (row["4-2-links"], {key: value for key, value in row["4-2-links"].items() if key not in unsaid})
    )  # fmt: skip
    assert whole > 0.85
    # Without storey and unit it may be any of five.
    assert lacking > (0.6 if len(unsaid) == 2 and "floor" in unsaid else 0.85)


@pytest.mark.parametrize("unsaid", UNSAID)
@pytest.mark.parametrize("other", [{"house_number": "5"}, {"living_area_sqm": 71.0}, {"street": "Probengasse"}])
def test_a_home_that_fits_nowhere_is_nobodys_double_for_what_it_does_not_say(unsaid, other):
    row = {**row_of_houses(), **other_homes()}
    strange = {key: value for key, value in (row["4-2-links"] | other).items() if key not in unsaid}
    assert found({**row, "strange": strange}, DWELLING) == set()


ONE_PERSON = [
    (("Nguyễn Thị", "Hương", "+49 (0)152 5550 1113"), ("Huong", "Nguyen", "0152/55501113")),
    (("Trần Văn", "Đức", "0351 5550306"), ("Duc", "Tran", "+49 351 5550306")),
    (("Maria", "Schmidt-Kunze", "0351 5550305"), ("Maria", "Kunze", "+49 351 5550305")),
]


@pytest.mark.parametrize("pair", ONE_PERSON)
def test_names_in_other_order_and_double_names_with_one_phone_are_proposed(pair):
    one, other = (person(first, last, phone=phone) for first, last, phone in pair)
    assert found({**people(200), "a": one, "b": other}, PERSON) == {frozenset("ab")}


@pytest.mark.parametrize("names", [("Karin", "Klaus"), ("Lea", "Leo"), ("Anna", "Bruno")])
def test_couples_and_twins_with_one_phone_and_one_home_are_two(names):
    home = {"street": "Probestr.", "house": "4", "phone": "0351 5550301"}
    one, other = (person(first, "Zwillich", **home) for first in names)
    assert found({**people(200), "a": one, "b": other}, PERSON) == set()
