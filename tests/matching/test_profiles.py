"""Needs profiles fill a request with values a person can then change."""

import pytest

from matching.catalogue import HOMES
from matching.profiles import PROFILES, NeedsProfile

BY_KEY = {profile.key: profile for profile in PROFILES}
EVERY_PROFILE = [pytest.param(profile, id=profile.key) for profile in PROFILES]


def musts(key: str) -> dict[str, object]:
    return {preset.key: preset.wanted for preset in BY_KEY[key].requirements if preset.importance == "must"}


def wishes(key: str) -> dict[str, object]:
    return {preset.key: preset.wanted for preset in BY_KEY[key].requirements if preset.importance == "wish"}


def test_there_is_a_profile_for_each_agreed_need() -> None:
    assert [profile.key for profile in PROFILES] == [
        "wheelchair",
        "power_wheelchair",
        "walker",
        "walking_limited",
        "low_vision_blind",
        "hard_of_hearing_deaf",
        "dementia",
        "small_child_disability",
        "short_stature",
        "care_at_home",
    ]


@pytest.mark.parametrize("profile", EVERY_PROFILE)
def test_every_preset_can_be_asked(profile: NeedsProfile) -> None:
    for preset in profile.requirements:
        criterion = HOMES.criterion(preset.key)
        assert criterion.read_wanted(preset.wanted) == preset.wanted
        assert criterion.wanted_words(preset.wanted)


@pytest.mark.parametrize("profile", EVERY_PROFILE)
def test_a_profile_asks_each_thing_once_and_says_why(profile: NeedsProfile) -> None:
    keys = [preset.key for preset in profile.requirements]
    assert len(keys) == len(set(keys))
    assert profile.label
    assert profile.explanation.endswith(".")
    assert all(preset.explanation.startswith("Damit ") for preset in profile.requirements)
    assert all(preset.weight in (1, 2, 3) for preset in profile.requirements)


@pytest.mark.parametrize("profile", EVERY_PROFILE)
def test_a_profile_has_few_musts_so_that_the_list_is_not_empty(profile: NeedsProfile) -> None:
    assert len(musts(profile.key)) <= 6


@pytest.mark.parametrize("profile", EVERY_PROFILE)
def test_no_must_concerns_a_thing_that_some_good_homes_do_not_have(profile: NeedsProfile) -> None:
    assert not {key for key in musts(profile.key) if key.startswith(("lift_", "ramp_", "parking_"))}


def test_a_wheelchair_asks_for_the_values_of_level_r() -> None:
    assert musts("wheelchair") == {
        "step_free": True,
        "entrance_door_clear_width_cm": 90,
        "inner_door_clear_width_cm": 90,
        "bathroom_door_clear_width_cm": 90,
        "threshold_height_cm": 2,
        "shower_level": True,
    }
    assert wishes("wheelchair").items() >= {"turning_space_cm": 150, "wc_side_space_cm": 90}.items()


def test_a_power_wheelchair_asks_for_all_that_and_a_place_to_charge() -> None:
    assert musts("power_wheelchair") == musts("wheelchair")
    assert wishes("power_wheelchair").keys() - wishes("wheelchair").keys() == {
        "scooter_space",
        "entrance_door_powered",
    }


def test_a_walker_asks_for_the_values_of_level_b() -> None:
    assert musts("walker")["inner_door_clear_width_cm"] == 80
    assert wishes("walker")["turning_space_cm"] == 120


def test_what_is_not_seen_or_heard_needs_another_sense() -> None:
    assert {"tactile_labels", "contrast_marking"} <= wishes("low_vision_blind").keys()
    assert {"visual_doorbell", "alarm_visual"} <= wishes("hard_of_hearing_deaf").keys()
