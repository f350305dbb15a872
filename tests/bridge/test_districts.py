"""A Stadtteil is found however it is written, and every guess is known to be one."""

import pytest

from matching.neighbourhoods import DRESDEN
from wohnberatung.bridge.neighbourhoods import find_district, suggest_districts


def test_every_official_name_is_found_with_certainty():
    found = {place.name: find_district(place.name) for place in DRESDEN.neighbourhoods}
    assert {name: district.code for name, district in found.items()} == {
        place.name: place.code for place in DRESDEN.neighbourhoods
    }
    assert {district.certainty for district in found.values()} == {1.0}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Äussere Neustadt", "11"), ("Aeussere Neustadt", "11"), ("äußere  neustadt", "11"),
        ("Johannstadt Nord", "06"), ("Johanstadt-Nord", "06"), ("Dresden / Johannstadt-Süd", "07"),
        ("Dresden-Leuben", "61"), ("Dresden OT Langebrück", "36"), ("01257 Dresden (Lockwitz)", "74"),
        ("Trachenberge", "25"), ("Großer Garten", "03"), ("Weisser Hirsch", "42"), ("Hechtviertel", "14"),
        ("Aussere Neustadt", "11"), ("Neustadt (Äußere)", "11"), ("Neustadt (Innere)", "13"), ("Prohlis (Süd)", "72"),
        ("Südvorst.-West", "81"), ("Loschwiz", "41"), ("Helle Wohnung in Striesen-West, nahe dem Markt", "54"),
    ],
)  # fmt: skip
def test_names_are_found_however_they_are_written(text, code):
    assert find_district(text).code == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "Dresden",
        "01307 Dresden",
        "Radebeul",
        "Freital",
        "Berlin",
        "???",
        "x",
        "nicht Prohlis",
        "außer Gorbitz",
        "keine Neustadt",
    ],
)
def test_what_names_no_stadtteil_finds_none(text):
    assert find_district(text) is None


def test_a_misspelling_is_less_certain_and_says_what_was_read():
    district = find_district("Loschwiz")
    assert 0.7 < district.certainty < 0.95
    assert district.how == "„Loschwiz“ ähnelt dem Namen „Loschwitz“ (94 %)"


def test_of_several_parts_the_misspelt_one_is_told():
    assert find_district("Johanstadt-Nord / Dresden").how.startswith("„Johanstadt-Nord“ ähnelt")


def test_a_name_for_several_is_settled_by_coordinates_then_postcode():
    alone = find_district("Striesen")
    by_postcode = find_district("Neustadt", postcode="01099")
    by_point = find_district("Striesen", postcode="01277", lat=51.0485, lon=13.7831)
    assert (alone.code, alone.certainty < 0.5) == ("52", True)
    assert (by_postcode.code, by_postcode.certainty) == ("11", 0.72)
    assert (by_point.code, by_point.certainty) == ("54", 0.81)
    assert "Koordinaten" in by_point.how
    assert "3 Stadtteile" in by_point.how


def test_a_postcode_alone_is_a_guess_that_names_the_others():
    assert find_district(postcode="01465").certainty == 0.9
    several = find_district(postcode="01307")
    assert (several.code, several.certainty) == ("06", 0.6)
    assert "Johannstadt-Süd" in several.how


def test_what_stands_behind_a_denial_is_another_one():
    assert find_district("nicht Prohlis, sondern Leuben").code == "61"


def test_a_name_that_nobody_knows_is_said_aloud_beside_the_guess():
    assert "„Xyzhausen“ kennen wir nicht; Postleitzahl 01307" in find_district("Xyzhausen", postcode="01307").how
    assert "kennen wir nicht" not in find_district("Dresden", postcode="01307").how


def test_a_postcode_around_the_heath_means_where_people_live():
    assert find_district(postcode="01099").name == "Äußere Neustadt"


def test_a_postcode_of_another_town_settles_that_it_is_none_of_ours():
    assert find_district("Altstadt", postcode="01796") is None
    assert find_district(postcode="08523", lat=51.05, lon=13.77) is None


def test_a_postcode_that_contradicts_the_name_lowers_the_certainty():
    district = find_district("Prohlis-Nord", postcode="01099")
    assert (district.code, district.certainty) == ("71", 0.6)
    assert "passt nicht" in district.how


def test_a_postcode_next_door_does_not_contradict():
    assert find_district("Johannstadt-Nord", postcode="01309").certainty == 1.0


def test_coordinates_are_surer_where_the_postcode_agrees():
    alone = find_district(lat=51.0560, lon=13.7690)
    agreed = find_district(postcode="01307", lat=51.0560, lon=13.7690)
    assert (alone.code, agreed.code) == ("06", "06")
    assert alone.certainty < agreed.certainty


def test_coordinates_outside_the_city_find_nothing():
    assert find_district(lat=52.52, lon=13.40) is None
    assert find_district(lat=51.05) is None


def test_suggestions_forgive_typing_and_come_likeliest_first():
    assert suggest_districts("Loschwiz")[0].name == "Loschwitz/Wachwitz"
    assert {district.name for district in suggest_districts("Johan", limit=2)} == {
        "Johannstadt-Nord",
        "Johannstadt-Süd",
    }
    assert [district.code for district in suggest_districts("06")] == ["06"]
    assert suggest_districts("xyz") == suggest_districts("") == []
    assert len(suggest_districts("stadt", limit=3)) == 3
