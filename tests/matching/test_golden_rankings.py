"""Rankings an advisor can read and agree with: one household, a few homes, the list and why."""

import json
import math
import re

import pytest

from matching.catalogue import HOMES
from matching.frame import Frame
from matching.json_input import read_offers, read_requests
from matching.ranking import rank


def must(key, wanted, **more):
    return {"key": key, "wanted": wanted, "importance": "must", **more}


def wish(key, wanted, weight=1, **more):
    return {"key": key, "wanted": wanted, "importance": "wish", "weight": weight, **more}


def ranked(requirements, offers, household=None, text="", means=0, **options):
    """`offers` maps a name to facts, or to a whole offer with evidence, demands and text."""
    rows = [{"id": name, **(offer if "facts" in offer else {"facts": offer})} for name, offer in offers.items()]
    request = {"id": "r", "requirements": requirements, "household": household or {}, "text": text}
    request["works_means_eur"] = means
    (read,) = read_requests(json.dumps([request]), HOMES)
    frame = Frame(HOMES, read_offers(json.dumps(rows), HOMES))
    return rank(read, frame, **options).matches


def listed(*arguments, **options):
    return [(match.offer, match.outlook) for match in ranked(*arguments, **options)]


def test_a_wheelchair_user_sees_what_may_still_fit_before_what_is_known_to_need_the_same_works():
    requirements = [must("inner_door_clear_width_cm", 90), must("shower_level", True), must("steps_to_flat", 0)]
    measured = dict.fromkeys(["inner_door_clear_width_cm", "shower_level", "steps_to_flat"], "measured")
    offers = {
        "Altbau ohne Lift": {"inner_door_clear_width_cm": 80, "shower_level": False, "steps_to_flat": 60},
        "Neubau": {
            "facts": {"inner_door_clear_width_cm": 92, "shower_level": True, "steps_to_flat": 0},
            "evidence": measured,
        },
        "Platte mit Wanne": {
            "facts": {"inner_door_clear_width_cm": 88, "shower_level": False, "steps_to_flat": 0},
            "evidence": measured,
        },
        "Inserat": {"facts": {"shower_level": True, "steps_to_flat": 0}, "evidence": {"steps_to_flat": "claimed"}},
    }
    assert listed(requirements, offers) == [
        ("Neubau", "fits"),
        ("Inserat", "clarify"),
        ("Platte mit Wanne", "adapt"),
    ]


def test_unknown_is_never_no():
    (match,) = ranked([must("has_lift", True), must("rent_warm_eur", 700)], {"o": {"rent_warm_eur": 650}})
    assert match.outlook == "clarify"
    assert 0 < match.score < 1
    assert (match.worst, match.best) == (0, 1)


def test_a_claim_of_an_advert_does_not_prove_a_width_but_raises_its_likelihood():
    requirements = [must("inner_door_clear_width_cm", 90)]
    offers = {
        "verspricht es": {
            "facts": {"inner_door_clear_width_cm": 95},
            "evidence": {"inner_door_clear_width_cm": "claimed"},
        },
        "schweigt": {},
        "verneint es": {
            "facts": {"inner_door_clear_width_cm": 75},
            "evidence": {"inner_door_clear_width_cm": "claimed"},
        },
    }
    matches = ranked(requirements, offers)
    assert [match.offer for match in matches] == ["verspricht es", "schweigt", "verneint es"]
    assert {match.reasons[0].grade for match in matches} == {"unknown"}
    assert "laut Anzeige 95 cm" in matches[0].reasons[0].sentence


def test_a_claim_satisfies_a_wish():
    (match,) = ranked(
        [wish("shower_level", True)], {"o": {"facts": {"shower_level": True}, "evidence": {"shower_level": "claimed"}}}
    )
    assert match.reasons[0].grade == "met"
    assert match.score == 1


@pytest.mark.parametrize(
    ("consent", "outlook", "score"),
    [("agreed", "adapt", 0.9), ("open", "adapt", 0.5), (None, "adapt", 0.5), ("refused", "misses", 0.0)],
)
def test_an_adaptation_counts_as_far_as_the_owner_consents(consent, outlook, score):
    facts = {"inner_door_clear_width_cm": 78, "conversion_consent": consent}
    (match,) = ranked([must("inner_door_clear_width_cm", 90)], {"o": facts}, include_misses=True)
    assert (match.outlook, match.score) == (outlook, pytest.approx(score * half_every_25_000(2250)))


def half_every_25_000(own_eur):
    return 0.5 ** (own_eur / 25_000)


@pytest.mark.parametrize(
    ("key", "wanted", "bad", "price"),
    [
        ("shower_level", True, False, 6500),
        ("inner_door_clear_width_cm", 90, 80, 2250),
        ("threshold_height_cm", 2, 5, 175),
        ("steps_to_flat", 0, 2, 2300),
        ("step_free", True, None, 2300),
    ],
)
@pytest.mark.parametrize(("consent", "agreed"), [("agreed", 0.9), ("open", 0.5)])
def test_an_unknown_never_ranks_below_the_certain_no_that_works_can_mend(key, wanted, bad, price, consent, agreed):
    known = {key: bad} if bad is not None else {"steps_to_flat": 2}
    offers = {
        "gemessen": {"facts": {**known, "conversion_consent": consent}, "evidence": dict.fromkeys(known, "measured")},
        "unbekannt": {"conversion_consent": consent},
    }
    unknown, certain = ranked([must(key, wanted)], offers)
    assert (unknown.offer, certain.offer) == ("unbekannt", "gemessen")
    assert certain.score == certain.worst == pytest.approx(agreed * half_every_25_000(price))
    assert unknown.worst == pytest.approx(certain.score)
    assert certain.score < unknown.score < unknown.best == 1


def test_nothing_is_taken_for_mendable_where_the_owner_refused_or_no_works_reach():
    refused, no_works, stairs = (
        ranked([must(key, True)], {"o": facts})[0]
        for key, facts in [
            ("shower_level", {"conversion_consent": "refused"}),
            ("balcony", {}),
            ("step_free", {"floor": 4}),
        ]
    )
    assert [match.worst for match in (refused, no_works, stairs)] == [0, 0, 0]


def test_what_the_household_pays_itself_lowers_a_home_and_its_own_means_come_first():
    measured = {"shower_level": "measured"}
    facts = {"shower_level": False, "conversion_consent": "agreed"}
    without, with_fund, rich = (
        ranked([must("shower_level", True)], {"o": {"facts": facts, "evidence": measured}}, means=means)[0]
        for means in (0, 4180, 20_000)
    )
    scores = [0.9 * half_every_25_000(own) for own in (6500, 2320, 0)]
    assert [match.score for match in (without, with_fund, rich)] == pytest.approx(scores)
    assert [match.works.own_eur for match in (without, with_fund, rich)] == [6500, 2320, 0]
    assert math.exp(without.reasons[0].contribution) == pytest.approx(without.score)


def test_two_homes_that_fit_equally_are_ordered_by_what_people_must_pay():
    offers = {
        "Treppenlift": {"facts": {"steps_to_flat": 12}, "evidence": {"steps_to_flat": "measured"}},
        "Rampe": {"facts": {"steps_to_flat": 2}, "evidence": {"steps_to_flat": "measured"}},
    }
    assert [match.offer for match in ranked([must("step_free", True)], offers)] == ["Rampe", "Treppenlift"]


def test_two_narrow_doors_are_priced_each_and_one_ramp_once():
    requirements = [
        must("inner_door_clear_width_cm", 90),
        must("bathroom_door_clear_width_cm", 90),
        must("steps_to_flat", 0),
        must("step_free", True),
    ]
    facts = {"inner_door_clear_width_cm": 78, "bathroom_door_clear_width_cm": 70, "steps_to_flat": 2}
    offer = {"facts": facts, "evidence": dict.fromkeys(facts, "measured")}
    (match,) = ranked(requirements, {"o": offer})
    doors, ramp = sorted(match.adaptations, key=lambda works: -works.pieces)
    assert (doors.pieces, doors.piece_eur, doors.cost_eur) == (2, (1500, 3000), (3000, 6000))
    assert doors.keys == ("inner_door_clear_width_cm", "bathroom_door_clear_width_cm")
    assert (ramp.pieces, ramp.cost_eur, ramp.agreed) == (1, (600, 4000), False)
    assert match.works.cost_eur == (3600, 10_000)
    assert match.works.funding[0] == "sgb11_40_4"
    assert match.score == pytest.approx(0.5**4 * half_every_25_000(4500 + 2300))


@pytest.mark.parametrize("facts", [{"has_lift": False}, {"floor": 0}, {"floor": 0, "has_lift": None}])
def test_nobody_is_asked_for_the_width_of_a_lift_that_nobody_takes(facts):
    (match,) = ranked([must("lift_door_clear_width_cm", 90)], {"o": facts})
    assert (match.outlook, match.score) == ("fits", 1)
    assert match.reasons[0].found is None
    assert "nicht nötig" in match.reasons[0].sentence


@pytest.mark.parametrize(
    ("facts", "area", "rooms"),
    [
        ({"living_area_sqm": 84, "rooms": 4, "private_area_sqm": 16}, 16, 1),
        ({"living_area_sqm": 300, "rooms": 9, "private_area_sqm": 46}, 46, 9),
        ({"living_area_sqm": 52, "rooms": 2}, 52, 2),
        ({"private_area_sqm": 18}, 18, None),
        ({"living_area_sqm": 52, "rooms": 2, "private_area_sqm": 52}, 52, 2),
    ],
)
def test_a_room_in_a_flat_is_judged_by_the_room(facts, area, rooms):
    (match,) = ranked([wish("living_area_sqm", [40, None]), wish("rooms", [2, None])], {"o": facts})
    assert [reason.found for reason in match.reasons] == [area, rooms]


def test_homes_without_a_lift_say_nothing_about_the_width_of_other_lifts():
    offers = {"ohne": {"has_lift": False}, "unbekannt": {"has_lift": True}}
    scores = {match.offer: match.score for match in ranked([must("lift_door_clear_width_cm", 90)], offers)}
    assert scores == {"ohne": 1, "unbekannt": pytest.approx(0.4)}


def test_a_door_too_narrow_to_widen_is_missed():
    assert listed([must("inner_door_clear_width_cm", 90)], {"o": {"inner_door_clear_width_cm": 69}}) == []


def test_the_smaller_works_are_proposed_first():
    offers = {"drei Stufen": {"steps_to_flat": 3}, "eine Treppe": {"steps_to_flat": 16}}
    matches = ranked([must("steps_to_flat", 0)], offers)
    measures = {match.offer: match.adaptations[0].measure for match in matches}
    assert measures["drei Stufen"] != measures["eine Treppe"]
    costs = {match.offer: match.adaptations[0].cost_eur for match in matches}
    assert costs == {"drei Stufen": (600, 4000), "eine Treppe": (7000, 16000)}


def test_a_seekers_own_tolerance_lets_a_rent_pass_as_nearly():
    offers = {"620": {"rent_warm_eur": 620}, "640": {"rent_warm_eur": 640}, "641": {"rent_warm_eur": 641}}
    matches = ranked([must("rent_warm_eur", 620, tolerance=20)], offers)
    assert {match.offer: match.reasons[0].grade for match in matches} == {"620": "met", "640": "nearly"}
    assert {match.outlook for match in matches} == {"fits"}


@pytest.mark.parametrize(
    ("key", "wanted", "tolerance", "graded"),
    [
        ("rent_warm_eur", 650, 10, {650: "met", 660: "nearly", 666: "missed"}),
        ("rent_warm_eur", 650, 0, {650: "met", 651: "missed"}),
        ("living_area_sqm", [45, None], 1, {45: "met", 44: "nearly", 43: "missed"}),
        ("available_from", "2027-03-01", 0, {"2027-03-01": "met", "2027-03-05": "missed"}),
        ("stop_distance_m", 300, 50, {300: "met", 350: "nearly", 400: "missed"}),
        ("district", ["06"], 1, {"06": "met", "07": "nearly", "01": "missed"}),
        ("district", ["06"], 0, {"06": "met", "07": "missed"}),
    ],
)
def test_a_wish_is_nearly_met_within_its_tolerance_alone_and_worth_something_beyond(key, wanted, tolerance, graded):
    offers = {str(found): {key: found} for found in graded}
    matches = ranked([wish(key, wanted, tolerance=tolerance)], offers)
    assert {match.offer: match.reasons[0].grade for match in matches} == {str(k): v for k, v in graded.items()}
    assert [match.offer for match in matches] == list(offers)
    assert len({round(match.score, 6) for match in matches}) == len(offers)
    assert all(match.score > 0.5 for match in matches)


@pytest.mark.parametrize(
    ("with_balcony", "without", "word"),
    [(0, 300, "sehr unwahrscheinlich"), (10, 40, "eher unwahrscheinlich"), (300, 0, "sehr wahrscheinlich")],
)
def test_how_likely_an_open_answer_is_is_told_in_a_word(with_balcony, without, word):
    known = {f"o{number}": {"balcony": number < with_balcony} for number in range(with_balcony + without)}
    matches = ranked([must("balcony", True)], {"offen": {}, **known}, top=None)
    sentence = next(match for match in matches if match.offer == "offen").reasons[0].sentence
    assert sentence.endswith(f"Dass das zutrifft, ist {word}.")
    assert "%" not in sentence


def test_what_an_advert_claims_is_likely_in_a_word_too():
    claimed = {"facts": {"inner_door_clear_width_cm": 95}, "evidence": {"inner_door_clear_width_cm": "claimed"}}
    (match,) = ranked([must("inner_door_clear_width_cm", 90)], {"o": claimed})
    assert match.reasons[0].sentence.endswith("Dass das zutrifft, ist ungewiss.")


def test_how_alike_two_texts_are_is_told_in_a_word():
    texts = {"o": {"facts": {}, "text": "Wir kochen oft zusammen im Garten."}}
    (match,) = ranked([], texts, text="Gemeinsam kochen und ein Garten")
    assert re.search(r": (sehr ähnlich|ähnlich) ", match.reasons[-1].sentence)
    assert "%" not in match.reasons[-1].sentence


@pytest.mark.parametrize(
    ("key", "most", "share", "other"),
    [
        ("rent_warm_eur", 450, 398, 465),
        ("rent_gross_cold_eur", 400, 330, 402.5),
        ("deposit_eur", 900, 800, 1000),
    ],
)
def test_a_place_in_a_shared_flat_is_judged_by_what_the_place_costs(key, most, share, other):
    """The flat around it has 312 m² and ten rooms; nobody pays for these alone."""
    flat = {"living_area_sqm": 312, "rooms": 10, "private_area_sqm": 19, "group_size": 8}
    asked = [must(key, most), must("rooms", [1, 1]), wish("living_area_sqm", [15, 25])]
    offers = {"Zimmer": {**flat, key: share}, "teures Zimmer": {**flat, key: other}}
    (match,) = ranked(asked, offers)
    assert (match.offer, match.outlook) == ("Zimmer", "fits")
    assert [reason.grade for reason in match.reasons] == ["met", "met", "met"]


def test_cents_do_not_fall_through_the_tolerance():
    assert listed([must("rent_warm_eur", 600, tolerance=20.1)], {"o": {"rent_warm_eur": 620.1}}) == [("o", "fits")]


def test_a_wished_neighbourhood_counts_less_with_every_hop_and_the_river_is_no_hop_without_a_bridge():
    offers = {"Johannstadt-Nord": {"district": "06"}, "Striesen-West": {"district": "54"}, "Gruna": {"district": "57"},
              "Radeberger Vorstadt": {"district": "12"}, "Loschwitz": {"district": "41"}}  # fmt: skip
    scores = {match.offer: match.score for match in ranked([wish("district", ["06"])], offers)}
    assert scores == pytest.approx(
        {
            "Johannstadt-Nord": 1.0,
            "Striesen-West": 0.5 + 0.5 * 0.6,
            "Radeberger Vorstadt": 0.5 + 0.5 * 0.6,
            "Gruna": 0.5 + 0.5 * 0.0,
            "Loschwitz": 0.5 + 0.5 * 0.25,
        }
    )


def test_both_sides_wishes_meet_in_their_geometric_mean():
    offer = {
        "facts": {"balcony": True, "garden": False},
        "demands": [wish("persons", [2, 3]), wish("pets", True)],
    }
    (match,) = ranked(
        [wish("balcony", True, 3), wish("garden", True, 1)], {"o": offer}, household={"persons": 2, "pets": True}
    )
    assert match.score == pytest.approx(0.5 + 0.5 * (0.75 * 0.5) ** 0.5)
    assert sum(reason.contribution for reason in match.reasons if reason.side == "seeker") == pytest.approx(0.75)


def test_what_an_offer_asks_of_a_household_excludes_and_explains_without_telling_the_provider():
    offer = {"facts": {}, "demands": [must("persons", [3, 5])]}
    assert listed([], {"o": offer}, household={"persons": 2}) == []
    (match,) = ranked([], {"o": offer}, household={"persons": 4})
    assert match.outlook == "fits"
    assert "4" not in match.reasons[0].sentences["provider"]


def test_a_restricted_home_asks_for_the_permit_by_itself():
    offers = {"gebunden": {"wbs_type": "gMW"}, "frei": {"wbs_type": "none"}}
    assert listed([], offers, household={"wbs": False}) == [("frei", "fits")]
    assert dict(listed([], offers)) == {"frei": "fits", "gebunden": "clarify"}


def test_step_free_follows_from_steps_lift_and_storey():
    offers = {
        "keine Stufe": {"steps_to_flat": 0},
        "gesagt": {"step_free": True},
        "dritter Stock ohne Lift": {"floor": 3, "has_lift": False},
        "dritter Stock mit Lift": {"floor": 3, "has_lift": True},
        "zwei Stufen": {"steps_to_flat": 2},
    }
    assert dict(listed([must("step_free", True)], offers)) == {
        "keine Stufe": "fits",
        "gesagt": "fits",
        "dritter Stock mit Lift": "clarify",
        "zwei Stufen": "adapt",
    }


def test_equal_offers_are_ordered_by_the_seed_and_by_nothing_else():
    offers = {f"o{number}": {} for number in range(30)}
    orders = [[match.offer for match in ranked([], offers, seed=seed)] for seed in (1, 1, 2)]
    assert orders[0] == orders[1] != orders[2]


def test_texts_about_living_together_find_each_other():
    texts = {"Küche": "wir kochen zusammen, großer Garten", "Stille": "Ruhiges Haus für Berufstätige, keine Feste"}
    offers = {name: {"facts": {}, "text": text} for name, text in texts.items()}
    matches = ranked([], offers, text="Garten und gemeinsames Kochen")
    assert [match.offer for match in matches] == ["Küche", "Stille"]
    assert matches[0].reasons[0].key == "self_description"
