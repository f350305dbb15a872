"""Needs profiles fill a request with values a person can then change."""

import pytest

from matching.catalogue import HOMES
from matching.frame import Frame
from matching.profiles import PROFILES, NeedsProfile
from matching.ranking import rank
from matching.requests import Request, Requirement, SupplyRow

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
def test_a_good_home_on_the_ground_floor_without_a_lift_misses_no_must(profile: NeedsProfile) -> None:
    """A must of a lift asks nothing where there is none to take; no must concerns a ramp or a parking space."""
    facts: dict[str, object] = {"floor": 0, "has_lift": False, "steps_to_flat": 0}
    facts |= {preset.key: preset.wanted for preset in profile.requirements if not preset.key.startswith("lift_")}
    facts = {key: value for key, value in facts.items() if not isinstance(value, list)}
    requirements = tuple(
        Requirement(preset.key, preset.wanted, preset.importance, preset.weight, preset.tolerance)
        for preset in profile.requirements
        if preset.importance == "must"
    )
    (match,) = rank(Request("r", requirements), Frame(HOMES, [SupplyRow("ground floor", facts)])).matches
    assert match.outlook == "fits"
    assert not {key for key in musts(profile.key) if key.startswith(("ramp_", "parking_"))}


BODY_NEEDS = {
    "wheelchair": {
        "step_free": 1,
        "entrance_door_clear_width_cm": 90,
        "inner_door_clear_width_cm": 90,
        "bathroom_door_clear_width_cm": 90,
        "threshold_height_cm": 2,
        "shower_level": 1,
        "turning_space_cm": 120,
        "bathroom_turning_space_cm": 120,
        "wc_side_space_cm": 70,
        "corridor_width_cm": 90,
        "lift_cabin_depth_cm": 120,
        "lift_cabin_width_cm": 90,
        "lift_door_clear_width_cm": 80,
    },
    "walker": {
        "step_free": 1,
        "inner_door_clear_width_cm": 80,
        "threshold_height_cm": 2,
        "bathroom_door_clear_width_cm": 70,
        "entrance_door_clear_width_cm": 70,
        "lift_door_clear_width_cm": 70,
    },
    "walking_limited": {"steps_to_flat": 3},
    "low_vision_blind": {},
    "hard_of_hearing_deaf": {},
    "dementia": {},
    "small_child_disability": {
        "step_free": 1,
        "inner_door_clear_width_cm": 70,
        "bathroom_door_clear_width_cm": 70,
        "lift_door_clear_width_cm": 70,
    },
    "short_stature": {"controls_reachable": 1},
    "care_at_home": {"step_free": 1, "bed_side_space_cm": 90, "inner_door_clear_width_cm": 70},
}
"""What each of them physically cannot do without, at the value that the body or the aid still needs."""


@pytest.mark.parametrize("key", BODY_NEEDS)
def test_what_a_person_physically_cannot_do_without_is_a_must(key: str) -> None:
    least = {
        preset.key: preset.wanted - preset.tolerance
        for preset in BY_KEY[key].requirements
        if preset.importance == "must"
    }
    assert least == BODY_NEEDS[key]


@pytest.mark.parametrize(
    ("key", "value"), [("lift_door_clear_width_cm", 70), ("wc_side_space_cm", 33), ("turning_space_cm", 110)]
)
def test_a_home_that_a_wheelchair_cannot_use_is_not_listed(key: str, value: int) -> None:
    requirements = tuple(
        Requirement(preset.key, preset.wanted, preset.importance, preset.weight, preset.tolerance)
        for preset in BY_KEY["wheelchair"].requirements
    )
    rows = [
        SupplyRow("unusable", {key: value, "has_lift": True, "floor": 2}, {key: "measured"}),
        SupplyRow("not known", {"has_lift": True, "floor": 2}),
    ]
    assert [match.offer for match in rank(Request("r", requirements), Frame(HOMES, rows)).matches] == ["not known"]


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
