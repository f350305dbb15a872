"""Raw values become facts with the evidence they deserve; what cannot be is told and stays unknown."""

from dataclasses import replace

import pytest

from matching.catalogue import HOMES
from matching.facts import Choice, Choices, Day, Flag, From, Hint, Measure, Text
from wohnberatung.bridge.imports import facts_from
from wohnberatung.bridge.neighbourhoods import District, find_district


def test_fields_are_stated_and_accessibility_flags_are_claimed():
    read = facts_from({"flaechen/wohnflaeche": 62.5, "ausstattung/fahrstuhl@personen": True})
    assert read.facts == {"living_area_sqm": 62.5, "has_lift": True}
    assert read.evidence == {"living_area_sqm": "stated", "has_lift": "claimed"}
    assert read.faults == ()


@pytest.mark.parametrize(
    ("text", "key", "value", "sentence"),
    [
        ("Schöne Lage. Der Zugang ist stufenlos. Ruhig.", "step_free", True, "Der Zugang ist stufenlos."),
        (
            "Bad mit bodengleicher Dusche, ca. 6 m² groß.",
            "shower_level",
            True,
            "Bad mit bodengleicher Dusche, ca. 6 m² groß.",
        ),
        ("Leider kein Aufzug im Haus!", "has_lift", False, "Leider kein Aufzug im Haus!"),
        ("Wohnung im 2. OG\nOhne Schwellen\nFrei", "threshold_height_cm", 0, "Ohne Schwellen"),
        ("Die Wohnung ist barrierefrei.", "claimed_level", "accessible", "Die Wohnung ist barrierefrei."),
    ],
)
def test_prose_becomes_claims_that_keep_their_sentence(text, key, value, sentence):
    read = facts_from({}, texts=("Titel", text))
    assert read.facts[key] == value
    assert read.evidence[key] == "claimed"
    assert read.sentences[key] == sentence


def test_a_denial_outweighs_a_promise_elsewhere():
    read = facts_from({}, texts=("Mit Aufzug erreichbar ist nur das Nebenhaus, hier gibt es keinen Aufzug.",))
    assert read.facts["has_lift"] is False


def test_a_field_outweighs_prose():
    read = facts_from({"ausstattung/fahrstuhl@personen": False}, texts=("Aufzug vorhanden.",))
    assert read.facts["has_lift"] is False
    assert read.sentences == {}


def test_an_implausible_value_is_told_and_stays_unknown():
    read = facts_from({"flaechen/wohnflaeche": 9000.0, "flaechen/anzahl_zimmer": 2.0})
    assert read.facts == {"rooms": 2}
    (fault,) = read.faults
    assert fault.key == "living_area_sqm"
    assert "9.000 m²" in fault.message
    assert "500" in fault.message


def test_a_value_that_is_no_number_is_told():
    (fault,) = facts_from({"preise/kaution": "3 Kaltmieten"}).faults
    assert (fault.key, "„3 Kaltmieten“" in fault.message) == ("deposit_eur", True)


def test_a_unit_behind_a_number_is_understood():
    assert facts_from({}, named={"stufen": "3 Stufen", "türbreite": "zirka"}).facts == {"steps_to_flat": 3}


def test_words_for_unknown_are_no_fault():
    assert facts_from({"zustand_angaben/baujahr": "k. A.", "flaechen/wohnflaeche": "-"}) == facts_from({})


def test_values_are_taken_where_the_field_says_yes_only():
    assert facts_from({"ausstattung/barrierefrei": False}).facts == {}
    assert facts_from({"ausstattung/barrierefrei": 1.0}).facts == {"claimed_level": "accessible"}
    both = {"ausstattung/barrierefrei": True, "ausstattung/rollstuhlgerecht": True}
    assert facts_from(both).facts == {"claimed_level": "wheelchair"}


def test_units_are_converted():
    assert facts_from({"infrastruktur/distanzen@distanz_zu=bus": 0.35}).facts == {"stop_distance_m": 350}


def test_free_fields_are_known_by_their_other_names():
    read = facts_from({}, named={"Anzahl  Stufen": 3.0, "etage": "2", "Lieblingsfarbe": "grün"})
    assert read.facts == {"steps_to_flat": 3, "floor": 2}
    assert read.evidence["steps_to_flat"] == "claimed"


@pytest.mark.parametrize(
    ("certainty", "level"), [(1.0, "stated"), (0.9, "stated"), (0.6, "claimed"), (0.4, "claimed"), (0.3, None)]
)
def test_a_district_is_as_certain_as_the_way_it_was_found(certainty, level):
    read = facts_from({}, district=District("06", certainty, "Postleitzahl 01307"))
    assert read.evidence.get("district") == level
    assert read.sentences.get("district") == ("Postleitzahl 01307" if level else None)


def test_no_place_is_no_district():
    assert facts_from({}, district=find_district("Atlantis")).facts == {}


RAW = {
    Measure: (12.0, 12),
    Flag: (1.0, True),
    Choice: ("b", "b"),
    Choices: ("b", ["b"]),
    Day: ("01.08.2027", "2027-08-01"),
    Text: ("Wort", "Wort"),
}
OPTIONS = {"a": "A", "b": "B"}
SETTINGS = {Measure: {"unit": "cm", "low": 0, "high": 50}, Choice: {"options": OPTIONS}, Choices: {"options": OPTIONS}}


@pytest.mark.parametrize("kind", RAW, ids=lambda kind: kind.__name__)
def test_a_new_fact_of_any_kind_is_imported_by_its_declaration_alone(kind):
    new = kind(
        key="new_one",
        label="Neues",
        imports=(From("neu/feld@WERT"),),
        aliases=("neues feld",),
        **SETTINGS.get(kind, {}),
    )
    market = replace(HOMES, facts=(*HOMES.facts, new))
    raw, value = RAW[kind]
    for read in (
        facts_from({"neu/feld@wert": raw}, market=market),
        facts_from({}, named={"Neues_Feld": raw}, market=market),
    ):
        assert read.facts == {"new_one": value}
        assert read.evidence == {"new_one": "stated"}


def test_a_new_hint_is_searched_by_its_declaration_alone():
    new = Flag(key="new_one", label="Neues", hints=(Hint(r"\bwintergarten\b", True),))
    read = facts_from({}, texts=("Mit WINTERGARTEN.",), market=replace(HOMES, facts=(*HOMES.facts, new)))
    assert (read.facts, read.sentences) == ({"new_one": True}, {"new_one": "Mit WINTERGARTEN."})


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("verwaltung_objekt/haustiere", "pets_allowed"),
        ("ausstattung/bad@wanne", "has_bathtub"),
        ("ausstattung/gartennutzung", "garden"),
    ],
)
def test_a_box_that_nobody_ticked_claims_at_most(path, key):
    unticked, ticked = facts_from({path: False}), facts_from({path: True})
    assert (unticked.facts[key], unticked.evidence[key]) == (False, "claimed")
    assert (ticked.facts[key], ticked.evidence[key]) == (True, "stated")
    written = facts_from({}, {HOMES.fact(key).label: False})
    assert written.evidence[key] == "stated"


@pytest.mark.parametrize(
    ("path", "key"),
    [("ausstattung/rampe", "step_free"), ("ausstattung/moebliert@moeb=teil", "furnished")],
)
def test_less_is_not_taken_for_all_of_it(path, key):
    assert key not in facts_from({path: True}).facts


def test_a_loggia_is_a_place_in_the_open():
    assert facts_from({"flaechen/anzahl_logia": 1.0}).facts["balcony"] is True


@pytest.mark.parametrize(
    "sentence",
    [
        "Die Hausverwaltung plant 2027 den Anbau eines Aufzugs.",
        "2027 wird ein Aufzug angebaut.",
        "Der geplante Aufzug hält auf jeder Etage.",
        "Ein Aufzug soll nachgerüstet werden.",
        "A lift will be installed.",
        "Geplant: Aufzug, Balkone und Rampe.",
        "Der barrierefreie Umbau ist geplant.",
        "Ein Balkon, der 2027 angebaut wird.",
        "Der Aufzug ist im Bau.",
    ],
)
def test_what_is_only_planned_is_no_promise(sentence):
    assert facts_from({}, texts=[sentence]).facts == {}


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("Ein Aufzug wurde 2019 angebaut.", {"has_lift": True}),
        ("Gut geplante Wohnung mit Aufzug.", {"has_lift": True}),
        ("Kein Aufzug, der Anbau ist geplant.", {"has_lift": False}),
        ("Erdgeschosswohnung, ein Umbau ist geplant.", {"floor": 0}),
    ],
)
def test_what_is_so_today_is_read_beside_plans(sentence, facts):
    assert facts_from({}, texts=[sentence]).facts == facts
