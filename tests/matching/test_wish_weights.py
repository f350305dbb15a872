"""Proposals of weights from outcomes: they find what mattered, look at unseen cases, and never act by themselves."""

import dataclasses

import numpy as np
import pytest

from matching.catalogue import HOMES
from matching.frame import Frame
from matching.learning.outcomes import LearningCase, Outcome, learning_case_of, pairs_of, ranking_quality
from matching.learning.wish_weights import HAND_SET, LEAST, MOST, TooFewCases, Weights, preview, propose, weighed
from matching.ranking import rank
from matching.requests import Request, Requirement, SupplyRow

TRUE = {
    "balcony": 2.5,
    "garden": 2.0,
    "quiet_location": 1.2,
    "has_lift": 0.8,
    "renewable_heating": 0.4,
    "furnished": 0.0,
}


def simulated(number, true=TRUE, seed=0, offers=8, sharpness=12.0):
    """People who go by the true factors, with moods: each accepts one of the offers shown."""
    rng = np.random.default_rng(seed)
    keys = list(true)
    cases = []
    for index in range(number):
        chosen = [keys[place] for place in rng.choice(len(keys), 4, replace=False)]
        weights = rng.integers(1, 4, len(chosen)).astype(float)
        shares = weights / weights.sum()
        satisfaction = np.clip(rng.random((offers, len(chosen))) * 1.4 - 0.2, 0, 1)
        liking = sharpness * satisfaction @ (shares * np.array([true[key] for key in chosen]))
        accepted = np.zeros(offers)
        accepted[np.argmax(liking + rng.gumbel(size=offers))] = 1
        cases.append(LearningCase(f"r{index}", tuple(chosen), shares, satisfaction, np.ones(offers), accepted))
    return cases


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_what_really_mattered_is_recovered(seed):
    proposal = propose(simulated(300, seed=seed))
    factors = [proposal.proposed.factors[key] for key in TRUE]
    assert factors == sorted(factors, reverse=True)
    assert proposal.proposed_quality > proposal.present_quality + 0.02
    assert proposal.better


def test_outcomes_that_say_nothing_leave_the_weights_about_where_they_are():
    proposal = propose(simulated(300, dict.fromkeys(TRUE, 1.0)))
    assert all(abs(factor - 1) < 0.3 for factor in proposal.proposed.factors.values())
    assert abs(proposal.proposed_quality - proposal.present_quality) < 0.02


def test_factors_are_never_negative_nor_without_bound():
    absurd = {"balcony": -5.0, "garden": 9.0, "quiet_location": 1.0, "has_lift": 1.0, "furnished": 1.0}
    factors = propose(simulated(400, absurd)).proposed.factors
    assert factors["balcony"] == LEAST
    assert all(LEAST <= factor <= MOST for factor in factors.values())


def test_few_cases_propose_nothing():
    with pytest.raises(TooFewCases):
        propose(simulated(99))
    alike = [dataclasses.replace(case, accepted=np.ones(8)) for case in simulated(200)]
    with pytest.raises(TooFewCases):
        propose(alike)


def test_a_proposal_is_named_after_its_content_and_bears_what_it_would_replace():
    cases = simulated(150)
    one, again = propose(cases), propose(cases[::-1])
    assert one.proposed.version == again.proposed.version
    assert one.proposed.version != propose(simulated(150, seed=9)).proposed.version
    assert one.present is HAND_SET
    second = propose(cases, present=one.proposed)
    assert second.present.version == one.proposed.version
    assert one.changes["balcony"] == (1.0, one.proposed.factors["balcony"])


def home(name, **facts):
    return SupplyRow(name, {"rent_warm_eur": 600, **facts})


FLATS = [
    home("Balkon", balcony=True, garden=False),
    home("Garten", balcony=False, garden=True),
    home("beides", balcony=True, garden=True),
    home("teuer", rent_warm_eur=900, balcony=True, garden=True),
]
WISHES = (Requirement("balcony", True, "wish", 2), Requirement("garden", True, "wish", 1))
ASKING = Request("r", (Requirement("rent_warm_eur", 700), *WISHES))


def test_musts_are_out_of_reach():
    heavy = Weights("x", {"rent_warm_eur": 3.0, "garden": 3.0})
    changed = weighed(ASKING, heavy, HOMES)
    assert changed.requirements[0] == ASKING.requirements[0]
    assert [item.weight for item in changed.requirements] == [1, 2, 3]
    assert weighed(ASKING, HAND_SET, HOMES) == ASKING
    assert "teuer" not in {match.offer for match in rank(changed, Frame(HOMES, FLATS)).matches}


def test_a_text_counts_as_the_wish_that_it_stands_for():
    changed = weighed(Request("r", text="Garten"), Weights("x", {"self_description": 0.5}), HOMES)
    assert [(item.key, item.weight) for item in changed.requirements] == [("self_description", 0.5)]


def test_the_preview_names_who_enters_and_who_leaves_and_changes_nothing_itself():
    frame = Frame(HOMES, FLATS)
    (change,) = preview(Weights("x", {"garden": 3.0}), [ASKING], frame, top=2)
    assert change.before == ("beides", "Balkon")
    assert change.after == ("beides", "Garten")
    assert (change.entering, change.leaving) == (("Garten",), ("Balkon",))
    assert preview(HAND_SET, [ASKING], frame, top=2) == []
    assert [match.offer for match in rank(ASKING, frame, top=2).matches] == ["beides", "Balkon"]


def test_a_case_holds_what_the_ranking_saw():
    frame = Frame(HOMES, FLATS)
    outcomes = [
        Outcome("Balkon", accepted=True),
        Outcome("Garten", accepted=False, because="balcony"),
        Outcome("beides", accepted=False, counts=False),
        Outcome("verkauft", accepted=False),
    ]
    case = learning_case_of(ASKING, frame, outcomes)
    assert case.keys == ("balcony", "garden")
    assert case.shares == pytest.approx([2 / 3, 1 / 3])
    assert case.satisfaction.tolist() == [[1, 0], [0, 1]]
    assert case.because == (-1, 0)
    scores = {match.offer: match.score for match in rank(ASKING, frame).matches}
    assert case.chance * (0.5 + 0.5 * case.satisfaction @ case.shares) == pytest.approx(
        [scores["Balkon"], scores["Garten"]]
    )


def test_a_named_reason_is_compared_once_more_by_itself():
    case = learning_case_of(
        ASKING, Frame(HOMES, FLATS), [Outcome("Balkon", True), Outcome("Garten", False, because="balcony")]
    )
    pairs = pairs_of([case], ["balcony", "garden"])
    assert pairs.gains == pytest.approx(np.array([[2 / 3, -1 / 3], [2 / 3, 0.0]]))
    assert pairs.weight.sum() == pytest.approx(1)


def test_the_quality_of_an_order_is_one_where_the_accepted_come_first():
    case = LearningCase(
        "r", ("balcony",), np.ones(1), np.array([[1.0], [0.2], [0.5]]), np.ones(3), np.array([1.0, 0.0, 0.0])
    )
    assert ranking_quality([case], {}) == pytest.approx(1)
    last = dataclasses.replace(case, accepted=np.array([0.0, 1.0, 0.0]))
    assert ranking_quality([last], {}) == pytest.approx(0.5)
    tied = dataclasses.replace(case, satisfaction=np.ones((3, 1)))
    assert ranking_quality([tied], {}) == pytest.approx(np.mean([1, 1 / np.log2(3), 0.5]))
