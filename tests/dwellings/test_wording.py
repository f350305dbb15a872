"""Wording that may treat people unequally is found, explained, and read by a person; lawful concepts are not."""

import pytest

from wohnberatung.dwellings.services.wording import check_demands, check_text, unread_objections


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
    (found,) = [each for each in check_text(text) if each.ground == ground]
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
    assert check_text(text) == [] or "Rollator" in text


def test_who_lives_along_may_wish_more_but_never_by_origin_or_disability():
    assert check_text("Zimmer bei mir, nur an Frauen", lives_along=True) == []
    assert [each.ground for each in check_text("Zimmer, nur an Deutsche, keine Behinderten", lives_along=True)] == [
        "origin",
        "disability",
    ]


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
