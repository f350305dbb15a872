"""Wording that may treat people unequally is found, explained, and read by a person; lawful concepts are not."""

from pathlib import Path

import pytest

from tests.factories import make_dwelling, make_offer, make_organisation
from wohnberatung.dwellings.services.wording import (
    check_demands,
    check_text,
    objections_to,
    unread_objections,
    wishes_of_who_lives_along,
)


@pytest.fixture(autouse=True)
def _in_german(app):
    with app.app_context():
        yield


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("Ruhiges Haus, nur an Deutsche.", "origin"),
        ("Keine Ausländer bitte", "origin"),
        ("Wir suchen eine deutsche Familie", "origin"),
        ("bevorzugt christliche Familie", "religion"),
        ("Keine Kopftücher und kein Kopftuch", "religion"),
        ("Gesucht wird eine ältere Dame", "gender"),
        ("Vermiete nur an Frauen", "gender"),
        ("nur junge Leute", "age"),
        ("Bitte nur bis 40 Jahre", "age"),
        ("Die Wohnung ist nicht für Kinder geeignet", "age"),
        ("Kinder unerwünscht", "age"),
        ("keine homosexuellen Paare", "sexuality"),
        ("Leider nicht für Rollstuhlfahrer", "disability"),
        ("Mieter sollten körperlich fit sein", "disability"),
        ("kein Bürgergeld", "indirect"),
        ("nur Berufstätige", "indirect"),
    ],
)
def test_what_excludes_people_is_found_and_explained(text: str, ground: str):
    found, *_again = [each for each in check_text(text) if each.ground == ground]
    assert found.words.lower() in text.lower()
    assert found.because.endswith(".")
    assert found.instead.endswith(".")
    assert "AGG" in found.source


@pytest.mark.parametrize(
    "text",
    [
        "Seniorenwohnen: nur für Senioren ab 60 Jahren, mit Pflegedienst im Haus.",
        "Studentisches Wohnen, nur an Studenten.",
        "Frauenwohnprojekt, nur an Frauen.",
        "Rollstuhlgerechte Wohnung, bevorzugt an Menschen im Rollstuhl.",
        "Mehrgenerationenhaus mit jungen und älteren Menschen. Kinder sind willkommen.",
        "Deutsche Bahn in der Nähe. Die Frauenkirche ist nicht weit, der Kindergarten auch nicht.",
        "Nur 300 m zur Haltestelle. Keine Haustiere. Nicht für Raucher.",
        "Keine Stufen, auch nicht für den Rollator.",
        "",
    ],
)
def test_what_is_lawful_is_left_alone(text: str):
    assert check_text(text) == []


KNOWN, HELD_OUT = Path(__file__).with_name("adverts.txt").read_text(encoding="utf-8").split("# Held out")


def sentences(part: str, sign: str) -> list[str]:
    return [line[2:] for line in part.splitlines() if line.startswith(f"{sign} ")]


def test_what_leaves_people_out_is_found():
    assert [sentence for sentence in sentences(KNOWN, "U") if not check_text(sentence)] == []


def test_nobody_cries_at_a_lawful_sentence():
    assert [sentence for sentence in sentences(KNOWN + HELD_OUT, "L") if check_text(sentence)] == []


def test_of_sentences_that_the_rules_never_saw_ten_in_eleven_are_found():
    unlawful = sentences(HELD_OUT, "U")
    found = [sentence for sentence in unlawful if check_text(sentence)]
    assert (len(unlawful), len(sentences(HELD_OUT, "L"))) == (24, 24)
    assert len(found) * 11 >= len(unlawful) * 10


def test_a_sentence_that_is_open_to_all_excuses_no_other():
    said = check_text("Wir vermieten unabhängig von der Religion.\nKeine Ausländer bitte, aber Kinder sind willkommen.")
    assert [each.ground for each in said] == ["origin"]


def test_who_lives_along_may_wish_more_but_never_by_origin_or_disability():
    assert check_text("Zimmer bei mir, nur an Frauen", lives_along=True) == []
    assert [each.ground for each in check_text("Zimmer, nur an Deutsche, keine Behinderten", lives_along=True)] == [
        "origin",
        "disability",
    ]


def test_who_lives_along_is_told_why_it_is_lawful(session):
    near, far = make_organisation(kind="owner_occupier"), make_organisation(kind="private_owner")
    own, other = make_offer(make_dwelling(near)), make_offer(make_dwelling(far))
    own.description = other.description = "Zimmer bei mir im Haus, nur an Frauen. Keine Ausländer."
    assert [each.words for each in wishes_of_who_lives_along(own)] == ["nur an Frauen"]
    assert [each.ground for each in objections_to(own)] == ["origin"]
    assert wishes_of_who_lives_along(other) == []
    assert [each.close_allowed for each in objections_to(other)] == [False, True]


def test_a_demand_for_an_age_needs_a_concept():
    asked = [{"key": "age_group", "wanted": ["65"]}, {"key": "children", "wanted": [None, 0]}]
    assert [each.ground for each in check_demands(asked)] == ["age", "age"]
    assert check_demands(asked, "Betreutes Wohnen für ältere Menschen") == []
    assert check_demands([{"key": "children", "wanted": [None, 2]}, {"key": "persons", "wanted": [1, 2]}]) == []


def test_what_stood_there_before_is_not_read_twice_but_each_new_wording_is():
    before = check_text("Wir sind ein Haus, NUR Frauen.")
    assert unread_objections(before, check_text("Ein großes Haus, nur Frauen, mit Garten.")) == []
    after = check_text("Ein Haus, nur Frauen. Keine Kinder, und nur Männer.")
    assert [each.words for each in unread_objections(before, after)] == ["nur Männer", "Keine Kinder"]
