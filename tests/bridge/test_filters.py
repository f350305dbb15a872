"""Filters of the public list: made from the catalogue, forgiving, and taken away one by one."""

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from matching import facts, kinds
from matching.catalogue import HOMES
from matching.profiles import PROFILES
from wohnberatung.bridge.filters import CRITERIA, FOLDED, NEIGHBOURHOOD, OPENLY
from wohnberatung.bridge.url_search import UrlSearch
from wohnberatung.dwellings.forms import OfferFilterForm

pytestmark = pytest.mark.usefixtures("app_context")
KEYS = [criterion.key for criterion in CRITERIA]


@pytest.fixture
def app_context(app):
    with app.test_request_context():
        yield


def url_search(**params: Any) -> UrlSearch:
    return form_of(**params).url_search()


def form_of(**params: Any) -> OfferFilterForm:
    return OfferFilterForm(MultiDict(params))


def example(criterion: kinds.Criterion) -> dict[str, Any]:
    """What somebody may enter for one criterion."""
    fact = criterion.fact
    if isinstance(criterion, kinds.IsTrue):
        return {criterion.key: "ja"}
    if isinstance(fact, facts.Day):
        value = "01.08.2027"
    elif isinstance(fact, facts.Measure):
        value = fact.number_words(fact.low + fact.step)
    elif isinstance(fact, facts.NeighbourhoodCode):
        value = fact.city.codes[5]
    else:
        value = next(iter(fact.options))
    return {f"{criterion.key}_low": value} if isinstance(criterion, kinds.Within) else {criterion.key: value}


def proven(criterion: kinds.Criterion) -> dict[str, Any]:
    if isinstance(criterion, kinds.IsTrue):
        return {criterion.key: "sicher"}
    return {**example(criterion), f"{criterion.key}_sicher": "y"}


def test_whatever_decides_can_be_filtered_by() -> None:
    deciding = {item.key for item in HOMES.criteria if item.fact.headline or item.needs_evidence}
    assert deciding <= set(KEYS)
    assert len(KEYS) == len(set(KEYS)) == len(OPENLY) + len(FOLDED) + 1


@pytest.mark.parametrize("key", KEYS)
def test_every_filter_asks_for_its_criterion_and_can_be_taken_away(key: str) -> None:
    criterion = HOMES.criterion(key)
    found = url_search(**example(criterion))
    (asked,) = found.requirements
    assert (asked["key"], asked["importance"]) == (key, "must")
    assert criterion.read_wanted(asked["wanted"]) == asked["wanted"]
    (chip,) = found.chips
    assert criterion.label in chip.words
    assert dict(chip.without) == {}
    assert dict(found.params).keys() == example(criterion).keys()


@pytest.mark.parametrize("key", KEYS)
def test_every_filter_can_ask_for_what_is_known_only(key: str) -> None:
    found = url_search(**proven(HOMES.criterion(key)))
    assert found.proven == {key}
    assert "nur sicher" in found.chips[0].words
    assert dict(found.chips[0].without) == {}


@pytest.mark.parametrize("key", KEYS)
def test_nonsense_is_said_at_the_field_and_left_out(key: str) -> None:
    names = example(HOMES.criterion(key))
    form = form_of(**dict.fromkeys(names, "Quatsch"), suche="Balkon")
    found = form.url_search()
    assert found.requirements == ()
    assert form.errors.keys() == ({"ort"} if key == NEIGHBOURHOOD.key else names.keys())
    assert [chip.words for chip in found.chips] == ["Stichwort „Balkon“"]
    assert dict(found.params) == {"suche": ["Balkon"]}


def test_a_box_without_a_value_asks_nothing() -> None:
    assert url_search(rent_warm_eur="", rent_warm_eur_sicher="y").requirements == ()
    assert url_search(rent_warm_eur="", rent_warm_eur_sicher="y").proven == frozenset()


def test_an_impossible_range_is_said_and_left_out() -> None:
    form = form_of(rooms_low="4", rooms_high="2", step_free="ja")
    assert [asked["key"] for asked in form.url_search().requirements] == ["step_free"]
    assert "rooms_high" in form.errors


def test_places_are_found_however_spelt() -> None:
    found = url_search(ort="Johanstadt")
    assert {place for asked in found.requirements for place in asked["wanted"]} == {"06", "07"}
    assert dict(found.params) == {"district": ["06", "07"]}
    assert set(url_search(ort="01307").requirements[0]["wanted"]) == {"06", "07"}
    assert form_of(ort="Johanstadt").how_understood() == (
        "„Johanstadt“ verstehen wir als Johannstadt-Nord oder Johannstadt-Süd."
    )
    assert form_of(ort="Cotta").how_understood() == ""
    assert url_search(ort="Johannstadt", district="11").requirements[0]["wanted"] == ["11", "06", "07"]


@pytest.mark.parametrize(
    ("typed", "said"), [("Plagwitz", "Meinen Sie Blasewitz"), ("xyz", "finden wir keinen Stadtteil von Dresden")]
)
def test_a_place_that_is_none_is_said(typed: str, said: str) -> None:
    form = form_of(ort=typed)
    assert form.url_search().requirements == ()
    assert said in form.ort.errors[0]


def test_a_place_that_does_not_exist_leaves_the_others() -> None:
    form = form_of(district=["06", "xx"])
    assert form.url_search().requirements[0]["wanted"] == ["06"]
    assert form.errors.keys() == {"ort"}


def test_each_of_several_places_is_taken_away_alone() -> None:
    found = url_search(district=["06", "07"], nah="y")
    assert found.requirements[0]["tolerance"] == 1
    assert [chip.without["district"] for chip in found.chips] == [["07"], ["06"]]
    assert all(chip.words.endswith(" und in der Nähe") for chip in found.chips)
    assert [dict(chip.without) for chip in found.filters] == [{}]


def test_a_profile_brings_its_needs_and_a_filter_overrides_one() -> None:
    profile = PROFILES[0]
    found = url_search(profil=profile.key, inner_door_clear_width_cm="85")
    asked = {entry["key"]: entry for entry in found.requirements}
    assert asked.keys() == {preset.key for preset in profile.requirements}
    assert asked["inner_door_clear_width_cm"]["wanted"] == 85
    assert found.chips[0].words == profile.label
    assert found.household == {"needs_wheelchair_home": True}


def test_an_unknown_profile_is_left_out() -> None:
    form = form_of(profil="astronaut")
    assert form.url_search().is_open
    assert "profil" in form.errors


def test_what_the_household_says_is_asked_of_offers() -> None:
    found = url_search(haushalt_persons="3", haushalt_wbs="ja")
    assert found.household == {"persons": 3, "wbs": True}
    assert not found.is_open
    assert [chip.words for chip in found.chips] == [
        "Personen im Haushalt: 3 Personen",
        "Wohnberechtigungsschein (WBS) liegt vor: ja",
    ]


def test_foreign_parameters_are_not_carried_on() -> None:
    assert dict(url_search(utm_source="x", seite="2", offer_id="y", _external="1").params) == {}


def test_nothing_asked_is_open() -> None:
    assert url_search().is_open
    assert url_search().chips == ()
