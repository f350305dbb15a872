"""What the request form asks: every criterion once, presets of several profiles merged to the stricter."""

from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from matching.catalogue import HOMES
from matching.frame import Frame
from matching.profiles import PROFILES
from matching.ranking import rank
from matching.requests import Request, Requirement, SupplyRow
from wohnberatung.bridge.neighbourhood_fields import neighbourhood_groups, neighbourhoods_meant
from wohnberatung.bridge.request_form import (
    DISTRICT,
    FORM_PAGES,
    MOVING,
    household_presets,
    presets_for,
    tells_about_health,
)
from wohnberatung.bridge.summary import needs_summary, wish_words
from wohnberatung.seekers.forms.household import PlacesMixin
from wohnberatung.seekers.forms.steps import wishes_form

PETS = {"pets": True}


@pytest.fixture(autouse=True)
def speaking(app: Flask) -> Iterator[None]:
    """Labels are translated when they are read."""
    with app.test_request_context():
        yield


@pytest.mark.parametrize("profiles", [[], ["wheelchair"], [profile.key for profile in PROFILES]])
def test_every_criterion_is_asked_exactly_once(profiles: list[str]) -> None:
    presets = {wish.criterion.key for wish in presets_for(profiles, PETS)}
    asked = Counter({DISTRICT.fact.key: 1}) + Counter(presets)
    for page in FORM_PAGES:
        asked += Counter(question.fact.key for question in page.questions if question.fact.key not in presets)
        asked += Counter(criterion.key for _theme, _label, group in page.folded(presets) for criterion in group)
    assert asked == Counter({criterion.key: 1 for criterion in HOMES.criteria})


def test_two_people_in_one_household_get_the_stricter_of_both() -> None:
    wishes = {wish.criterion.key: wish for wish in presets_for(["walker", "wheelchair"], {})}
    assert wishes["inner_door_clear_width_cm"].wanted == 90, "80 for the walker"
    assert wishes["bathroom_door_clear_width_cm"].importance == "must", "a wish for the walker"
    assert wishes["ramp_slope_percent"].weight == 2, "1 for the walker"
    wider = {wish.criterion.key: wish.wanted for wish in presets_for(["walking_limited", "walker"], {})}
    assert (wider["threshold_height_cm"], wider["stop_distance_m"]) == (2, 300)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_alone_presets_what_it_declares(profile) -> None:
    wishes = presets_for([profile.key], {})
    assert {(wish.criterion.key, str(wish.wanted), wish.importance, wish.weight) for wish in wishes} == {
        (preset.key, str(preset.wanted), preset.importance, preset.weight) for preset in profile.requirements
    }
    assert all(str(wish.explanation) for wish in wishes)
    for wish in wishes:
        Requirement(**wish.as_requirement())


@pytest.mark.parametrize("page", FORM_PAGES)
def test_a_must_is_never_preselected(page) -> None:
    form = wishes_form(page)()
    usual = {question.fact.key: form[f"{question.fact.key}_importance"].data for question in page.questions}
    assert set(usual.values()) <= {"wish", ""}


def test_neither_is_it_for_the_places_one_wants() -> None:
    assert PlacesMixin.places_importance.kwargs["default"] == "wish"


@pytest.mark.parametrize(("importance", "asks"), [("must", True), ("wish", False)])
def test_a_day_that_is_over_is_asked_about_where_it_must_be(importance: str, asks: bool) -> None:
    form = wishes_form(MOVING)(MultiDict({"available_from": "01.08.2020", "available_from_importance": importance}))
    form.validate()
    assert ("vorbei" in " ".join(map(str, form.available_from.errors))) is asks


@pytest.mark.parametrize(
    ("key", "wanted", "found"),
    [("rent_warm_eur", 620, 620.09), ("rent_gross_cold_eur", 500, 509.5), ("living_area_sqm", [45, None], 44.8)],
)
def test_a_limit_does_not_hide_what_lies_a_little_beside_it_and_says_so(key: str, wanted: object, found: float) -> None:
    name, value = (f"{key}_low", wanted[0]) if isinstance(wanted, list) else (key, wanted)
    entered = MultiDict({name: str(value), f"{key}_importance": "must"})
    (page,) = (page for page in FORM_PAGES if any(item.key == key for item in _asked(page)))
    (stored,) = wishes_form(page)(entered).stored_requirements()
    (match,) = rank(Request("r", (Requirement(**stored),)), Frame(HOMES, [SupplyRow("o", {key: found})])).matches
    assert match.reasons[0].grade == "nearly"
    assert f"Spielraum {HOMES.fact(key).format(stored['tolerance'])}" in wish_words(stored)[1]


def _asked(page):
    folded = [criterion for _theme, _label, group in page.folded() for criterion in group]
    return [*(question.criterion for question in page.questions), *folded]


def test_two_people_in_one_household_share_the_smaller_tolerance() -> None:
    wishes = {wish.criterion.key: wish for wish in presets_for(["walker", "wheelchair"], {})}
    assert (wishes["lift_door_clear_width_cm"].wanted, wishes["lift_door_clear_width_cm"].tolerance) == (90, 10)
    assert wishes["bathroom_door_clear_width_cm"].tolerance == 0, "10 from 80 for the walker"


def test_a_pet_asks_that_pets_are_allowed() -> None:
    assert [wish.criterion.key for wish in presets_for([], PETS)] == ["pets_allowed"]
    assert presets_for([], {"pets": False}) == ()


def test_only_wheelchairs_preset_that_a_wheelchair_home_is_needed() -> None:
    assert (
        household_presets(["wheelchair"]) == household_presets(["power_wheelchair"]) == {"needs_wheelchair_home": True}
    )
    assert household_presets(["walker", "dementia"]) == {}


def test_health_is_told_by_profiles_and_by_what_the_household_needs() -> None:
    assert tells_about_health(["walker"], {})
    assert tells_about_health([], {"care_entitled": True})
    assert not tells_about_health([], {"care_entitled": False, "persons": 2})


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Johanstadt", "Johannstadt-Nord"),
        ("Äussere Neustadt", "Äußere Neustadt"),
        ("01307", "Johannstadt-Nord"),
        ("  loebtau ", "Löbtau-Nord"),
        ("Blasewiz", "Blasewitz"),
    ],
)
def test_typos_and_postcodes_lead_to_the_neighbourhood(typed: str, name: str) -> None:
    names = {code: place for group in neighbourhood_groups() for code, place in group.neighbourhoods}
    assert name in [names[code] for code in neighbourhoods_meant(typed)]


@pytest.mark.parametrize("typed", ["", "   ", "qqqq", "99999", "!?"])
def test_what_means_no_neighbourhood_finds_none(typed: str) -> None:
    assert neighbourhoods_meant(typed) == []


def test_every_neighbourhood_is_in_the_list_once() -> None:
    listed = [code for group in neighbourhood_groups() for code, _name in group.neighbourhoods]
    assert sorted(listed) == sorted(HOMES.fact("district").city.codes)


WORDS = [
    ({"key": "has_lift", "wanted": True, "importance": "must"}, ("Aufzug", "muss sein")),
    ({"key": "rooms", "wanted": [2, None], "importance": "wish"}, ("Zimmer", "mindestens 2 Zimmer (wäre schön)")),
    ({"key": "smoking_allowed", "wanted": False, "importance": "must"}, ("Rauchen erlaubt", "nein (muss sein)")),
    ({"key": "district", "wanted": ["06"], "importance": "must", "tolerance": 1},
     ("Stadtteil", "Johannstadt-Nord und in der Nähe (muss sein)")),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "words"), WORDS)
def test_a_wish_reads_as_the_person_meant_it(entry, words) -> None:
    assert wish_words({"tolerance": 0, **entry}) == words


def test_a_summary_groups_wishes_by_theme_and_leaves_out_what_is_unknown() -> None:
    needs = {
        "requirements": [{"key": "has_lift", "wanted": True, "importance": "must", "weight": 1, "tolerance": 0}],
        "household": {"persons": 2, "pets": None},
        "profiles": ["walker"],
        "text": "",
    }
    summary = needs_summary(needs)
    assert summary.wishes == (("Der Weg in die Wohnung", (("Aufzug", "muss sein"),)),)
    assert summary.household == (("Personen im Haushalt", "2 Personen"),)
    assert summary.profiles == ("Ich gehe mit dem Rollator",)
