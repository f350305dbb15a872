"""The same dwelling or person twice is found, and different ones are left apart."""

import random

import pytest

from matching.duplicates import DWELLING, PERSON, likely_duplicates

FIRST = [
    "Anna", "Bernd", "Clara", "Dieter", "Emma", "Fritz", "Greta", "Hans", "Ilse", "Jonas", "Karin", "Lukas",
    "Maria", "Norbert", "Olga", "Peter", "Rosa", "Stefan",
]  # fmt: skip
LAST = [
    "Müller", "Schmidt", "Schäfer", "Köhler", "Weiß", "Krause", "Lehmann", "Böhme", "Jäger", "Groß", "Voigt",
    "Richter", "Hempel", "Zimmermann", "Wünsche",
]  # fmt: skip
HOUSE = {"street": "Hüblerstraße", "house_number": "5", "postcode": "01309"}
STREETS = ["Königsbrücker Straße", "Bautzner Straße", "Hüblerstraße", "Kesselsdorfer Str.", "An der Dreikönigskirche"]


def found(rows, fields, **options):
    pairs = likely_duplicates(list(rows), list(rows.values()), fields, **options)
    return {frozenset((pair.a, pair.b)) for pair in pairs}


def person(first, last, birth="", street="", house="", phone=""):
    names = {"first_name": first, "last_name": last, "birth_date": birth}
    return {**names, "street": street, "house_number": house, "phone": phone}


def people(count, seed=1):
    generator = random.Random(seed)

    def day():
        return f"{generator.randrange(1930, 2000)}-{generator.randrange(1, 13):02}-{generator.randrange(1, 29):02}"

    return {
        f"p{number}": person(
            first=generator.choice(FIRST),
            last=generator.choice(LAST),
            birth=day(),
            street=generator.choice(STREETS),
            house=str(generator.randrange(1, 150)),
            phone=f"0351{generator.randrange(10**6, 10**7)}",
        )
        for number in range(count)
    }


def mistyped(row, generator):
    """One or two slips of the keyboard, sometimes swapped names or no birthday."""
    row = dict(row)
    for name in generator.sample(["first_name", "last_name", "street", "house_number", "phone"], 2):
        text = row[name]
        place = generator.randrange(len(text))
        dropped, doubled = text[:place] + text[place + 1 :], text[:place] + "e" + text[place:]
        row[name] = generator.choice([text, dropped, doubled, text.replace("ß", "ss").replace("ü", "ue")])
    if generator.random() < 0.15:
        row["first_name"], row["last_name"] = row["last_name"], row["first_name"]
    if generator.random() < 0.3:
        row["birth_date"] = ""
    return row


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


def test_mistyped_doubles_of_a_crowd_are_found_and_others_left_alone():
    generator = random.Random(5)
    rows = people(600)
    doubles = {f"{key}'": mistyped(rows[key], generator) for key in generator.sample(sorted(rows), 120)}
    truth = {frozenset((key, key[:-1])) for key in doubles}
    pairs = found({**rows, **doubles}, PERSON)
    precision, recall = len(pairs & truth) / len(pairs), len(pairs & truth) / len(truth)
    assert precision > 0.95, precision
    assert recall > 0.93, recall


def test_nothing_comes_of_nothing():
    assert likely_duplicates([], [], PERSON) == []
    assert likely_duplicates(["a"], [person("Anna", "Groß")], PERSON) == []
    assert likely_duplicates(["a", "b"], [{}, {}], PERSON) == []
