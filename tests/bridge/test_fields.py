"""Facts and criteria as form fields."""

from datetime import timedelta

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from matching.catalogue import HOMES
from matching.criteria import money
from tests.factories import make_dwelling
from wohnberatung.bridge.fields import fact_form
from wohnberatung.bridge.requirement_fields import form_data, requirement_form
from wohnberatung.core import clock


def posted(form_class, *pairs):
    return form_class(MultiDict(pairs))


@pytest.fixture
def home_form(app):
    with app.test_request_context():
        yield fact_form(Form, HOMES.facts)


def test_every_fact_has_a_field_that_takes_unknown_for_an_answer(home_form):
    empty = home_form(MultiDict([(fact.key, "") for fact in HOMES.facts if fact.key != "languages"]))
    assert empty.validate(), empty.errors
    assert set(empty.fact_values().values()) == {None}
    assert set(empty.fact_values()) == {fact.key for fact in HOMES.facts}


def test_every_field_can_be_drawn(home_form):
    form = home_form()
    assert all(str(form[fact.key]()) and form[fact.key].label.text for fact in HOMES.facts)


def test_units_in_labels_are_words(home_form):
    labels = {key: str(field.label.text) for key, field in home_form()._fields.items()}
    assert labels["rent_warm_eur"].endswith("in Euro")
    assert labels["inner_door_clear_width_cm"] == "Lichte Breite der Innentüren in Zentimetern"
    assert labels["shop_distance_m"] == "Weg zum nächsten Lebensmittelgeschäft in Metern"
    assert [label for label in labels.values() if set("€²%") & set(label)] == []


def test_values_arrive_as_the_engine_takes_them(home_form):
    form = posted(
        home_form,
        ("inner_door_clear_width_cm", "88,5 cm"),
        ("rent_warm_eur", "1.234,50"),
        ("has_lift", "nein"),
        ("tenure", "cooperative"),
        ("living_form", "homeshare"),
        ("district", "06"),
        ("available_from", "1.3.2027"),
        ("languages", "dgs"),
        ("languages", "de"),
        ("self_description", " Wir kochen. "),
    )
    assert form.validate(), form.errors
    known = {key: value for key, value in form.fact_values().items() if value is not None}
    assert known == {
        "inner_door_clear_width_cm": 88.5,
        "rent_warm_eur": 1234.5,
        "has_lift": False,
        "tenure": "cooperative",
        "living_form": "homeshare",
        "district": "06",
        "available_from": "2027-03-01",
        "languages": ["dgs", "de"],
        "self_description": "Wir kochen.",
    }


@pytest.mark.parametrize(
    ("key", "raw", "message"),
    [
        ("inner_door_clear_width_cm", "schmal", "keine Zahl"),
        ("inner_door_clear_width_cm", "900", "nicht plausibel"),
        ("available_from", "31.2.2027", "kein Datum"),
        ("has_lift", "vielleicht", "eine der Antworten"),
        ("tenure", "squat", "eine der Antworten"),
        ("district", "999", "eine der Antworten"),
        ("languages", "klingon", "eine der Antworten"),
        ("self_description", "a" * 5000, "höchstens"),
    ],
)
def test_a_refused_entry_is_explained_and_shown_again(home_form, key, raw, message):
    form = posted(home_form, (key, raw))
    assert not form.validate()
    assert message in " ".join(map(str, form[key].errors))
    if form[key].type in ("FactField", "LongTextField"):
        assert raw in form[key]()


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("rent_warm_eur", "650 Euro warm", 650),
        ("rent_warm_eur", "max. 650 warm", 650),
        ("rent_warm_eur", "bis 700", 700),
        ("rent_warm_eur", "390,00 warm", 390),
        ("rent_warm_eur", "bis zu 700 € im Monat", 700),
        ("inner_door_clear_width_cm", "0,8 m", 80),
        ("inner_door_clear_width_cm", "800 mm", 80),
        ("rooms", "3 + Kü", 3),
        ("rooms", "3 ZKB", 3),
        ("rooms", "2½-Zimmer-Wohnung", 2.5),
        ("rooms", "2 Zi + Wohnküche", 2),
        ("rent_warm_eur", "warm 390 €", 390),
        ("inner_door_clear_width_cm", "0,80 m", 80),
        ("inner_door_clear_width_cm", "ca. 0,8 m", 80),
        ("inner_door_clear_width_cm", "80 Zentimeter", 80),
        ("deposit_months", "3 KM", 3),
    ],
)
def test_words_that_say_no_more_than_the_field_are_left_out(home_form, key, typed, value):
    form = posted(home_form, (key, typed))
    assert form.validate(), form.errors
    assert form[key].data == value


def test_what_means_at_once_or_in_so_many_months_is_a_day(home_form):
    today = clock.today()
    for typed in ("so bald wie möglich", "ab sofort", "schnellstmöglich"):
        assert posted(home_form, ("available_from", typed))["available_from"].data == today.isoformat()
    assert (
        posted(home_form, ("available_from", "in 2 Wochen"))["available_from"].data
        == (today + timedelta(weeks=2)).isoformat()
    )


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("rent_warm_eur", "650,- kalt", "Bitte schreiben Sie die Warmmiete"),
        ("rent_warm_eur", "600-700 €", "sind zwei Zahlen. Bitte schreiben Sie nur eine, zum Beispiel 700."),
        ("rent_warm_eur", "99999", "ist nicht plausibel"),
        ("max_persons", "2-3", "sind zwei Zahlen. Bitte schreiben Sie nur eine, zum Beispiel 3."),
        ("deposit_eur", "3 KM", "oder 3 bei „Kaution in Monatsmieten“"),
        ("available_from", "nach Ostern", "„nach Ostern“ ist kein Datum"),
        ("available_from", "Frühjahr 2027", "„Frühjahr 2027“ ist kein Datum"),
    ],
)
def test_what_means_something_else_is_quoted_and_asked(home_form, key, typed, said):
    form = posted(home_form, (key, typed))
    assert not form.validate()
    assert said in " ".join(map(str, form[key].errors))
    assert typed in form[key]()


DOUBTED = [
    ("rent_warm_eur", "5.100", "60", "Miete im Monat: 5.100 € für 60 m². Stimmt das?", [5100]),
    ("rent_gross_cold_eur", "13000", "200", "Miete im Monat: 13.000 € für 200 m². Stimmt das?", [13000]),
    ("rent_warm_eur", "8,40", "60", "Ist der Preis je m² gemeint, also 504 €?", [504, 8.4]),
    ("rent_net_cold_eur", "7", "62,5", "Ist der Preis je m² gemeint, also 437,50 €?", [437.5, 7]),
    ("rent_warm_eur", "3", "60", "Ist der Preis je m² gemeint, also 180 €?", [180, 3]),
    ("rent_warm_eur", "12", "", "Miete im Monat: 12 €. Stimmt das?", [12]),
    ("rent_warm_eur", "90", "60", "Miete im Monat: 90 € für 60 m². Stimmt das?", [90]),
]


@pytest.mark.parametrize(("key", "typed", "area", "asked", "amounts"), DOUBTED)
def test_a_rent_that_can_hardly_be_meant_is_asked_about_and_taken_once_somebody_says_so(
    home_form, key, typed, area, asked, amounts
):
    form = posted(home_form, (key, typed), ("living_area_sqm", area))
    assert not form.validate()
    assert asked in form[key].errors[0]
    assert f'value="{typed}"' in form[key]()
    answers = form[key].doubt.answers
    assert [answer.amount for answer in answers] == amounts
    for answer in answers:
        agreed = posted(home_form, (key, typed), ("living_area_sqm", area), (f"{key}_agreed", answer.sent))
        assert agreed.validate(), agreed.errors
        assert agreed.fact_values()[key] == answer.amount
    other = posted(home_form, (key, "4"), ("living_area_sqm", area), (f"{key}_agreed", answers[0].sent))
    assert not other.validate(), "an answer about another amount settles nothing"


@pytest.mark.parametrize(
    ("rent", "area"), [("510", "60"), ("3600", "60"), ("700", "10"), ("120", "60"), ("5100", ""), ("", "60")]
)
def test_a_rent_that_may_be_is_not_asked_about(home_form, rent, area):
    form = posted(home_form, ("rent_warm_eur", rent), ("living_area_sqm", area))
    assert form.validate(), form.errors


def test_a_rent_is_asked_about_beside_what_is_stored(home_form):
    form = posted(fact_form(Form, [money.RENT_WARM]), ("rent_warm_eur", "8,40"))
    form.beside = {"living_area_sqm": 60}
    assert not form.validate()
    assert "also 504 €?" in form["rent_warm_eur"].errors[0]


@pytest.mark.parametrize(("typed", "euros"), [("3 KM", 1200), ("2,5 Kaltmieten", 1000), ("3 Monatsmieten", 1200)])
def test_a_deposit_in_rents_is_worked_out_where_the_rent_is_known(home_form, typed, euros):
    given = (("deposit_eur", typed), ("rent_net_cold_eur", "400"))
    form = posted(home_form, *given)
    assert not form.validate()
    (asked,) = form["deposit_eur"].errors
    (answer,) = form["deposit_eur"].doubt.answers
    assert f"„{typed}“ ergibt " in asked
    assert "bei einer Nettokaltmiete von 400 €" in asked
    agreed = posted(home_form, *given, ("deposit_eur_agreed", answer.sent))
    assert agreed.validate(), agreed.errors
    assert agreed.fact_values()["deposit_eur"] == euros


def test_a_stored_row_fills_the_form_the_german_way(session, home_form):
    dwelling = make_dwelling(inner_door_clear_width_cm=88.5, has_lift=True, district="06", year_built=1996)
    form = fact_form(Form, dwelling.own_facts())(obj=dwelling)
    assert 'value="88,5"' in form["inner_door_clear_width_cm"]()
    assert 'value="1996"' in form["year_built"]()
    assert [option.data for option in form["has_lift"] if option.checked] == ["ja"]
    assert 'selected value="06"' in form["district"]()


def test_fields_are_grouped_by_theme(home_form):
    groups = home_form().fact_groups()
    assert [theme for theme, _, _ in groups][:2] == ["access", "rooms"]
    assert sum(len(fields) for _, _, fields in groups) == len(HOMES.facts)


@pytest.fixture
def wishes_form(app):
    with app.test_request_context():
        yield requirement_form(Form, HOMES.criteria)


def test_every_criterion_can_be_asked_for(wishes_form):
    form = wishes_form(MultiDict())
    assert form.validate(), form.errors
    assert form.requirements() == []
    assert [len(fields) > 0 for _, _, group in form.requirement_groups() for _, fields in group] == [True] * len(
        HOMES.criteria
    )


def test_what_is_asked_becomes_requirements(wishes_form):
    form = posted(
        wishes_form,
        ("inner_door_clear_width_cm_importance", "must"),
        ("inner_door_clear_width_cm", "90"),
        ("balcony_importance", "wish"),
        ("rooms_importance", "must"),
        ("rooms_low", "2"),
        ("rooms_high", ""),
        ("district_importance", "wish"),
        ("district", "06"),
        ("district", "01"),
        ("energy_class_importance", ""),
        ("energy_class", "C"),
        ("available_from_importance", "must"),
        ("available_from", "01.04.2027"),
    )
    assert form.validate(), form.errors
    before = [{"key": "balcony", "wanted": True, "importance": "must", "weight": 3, "tolerance": 0}]
    asked = {
        entry["key"]: (entry["wanted"], entry["importance"], entry["weight"]) for entry in form.requirements(before)
    }
    assert asked == {
        "inner_door_clear_width_cm": (90, "must", 1),
        "balcony": (True, "wish", 3),
        "rooms": ([2, None], "must", 1),
        "district": (["06", "01"], "wish", 1),
        "available_from": ("2027-04-01", "must", 1),
    }


def test_who_needs_something_must_say_what(wishes_form):
    form = posted(
        wishes_form,
        ("inner_door_clear_width_cm_importance", "must"),
        ("rooms_importance", "must"),
        ("rooms_low", "4"),
        ("rooms_high", "2"),
        ("rent_warm_eur_importance", "must"),
        ("rent_warm_eur", "viel"),
        ("balcony_importance", "perhaps"),
    )
    assert not form.validate()
    assert set(form.errors) == {"inner_door_clear_width_cm", "rooms_high", "rent_warm_eur", "balcony_importance"}


def test_stored_requirements_fill_the_form(wishes_form):
    stored = [
        {"key": "rooms", "wanted": [2, 3.5], "importance": "must", "weight": 1, "tolerance": 0},
        {"key": "district", "wanted": ["06"], "importance": "wish", "weight": 2, "tolerance": 0},
        {"key": "balcony", "wanted": True, "importance": "wish", "weight": 1, "tolerance": 0},
        {"key": "rent_warm_eur", "wanted": 612.5, "importance": "must", "weight": 1, "tolerance": 20},
    ]
    form = wishes_form(data=form_data(stored, HOMES.criteria))
    assert form.requirements(stored) == sorted(
        stored, key=lambda entry: [c.key for c in HOMES.criteria].index(entry["key"])
    )
    assert 'value="3,5"' in form["rooms_high"]()
    assert 'value="612,50"' in form["rent_warm_eur"]()


def test_a_limit_that_is_none_may_be_written_as_a_word(home_form):
    form = posted(home_form, ("limited_to_months", "unbefristet"))
    assert form.validate()
    assert form.fact_values()["limited_to_months"] == 1200
    assert 'inputmode="text"' in str(form["limited_to_months"]())
    assert 'value="unbefristet"' in str(home_form(data={"limited_to_months": 1200})["limited_to_months"]())
