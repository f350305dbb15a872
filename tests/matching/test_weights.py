"""Weights are proposed from outcomes, shown before anybody approves them, and never touch a must."""

import numpy as np
import pytest

from matching.catalogue import HOMES
from matching.frame import Frame
from matching.requests import Request, Requirement, SupplyRow
from matching.weights import Outcome, TooFewOutcomes, WishWeights, preview, propose_weights, quality

TRUE = {"balcony": 3.0, "garden": 1.5, "quiet_location": 0.6, "furnished": 0.1}
NONE = WishWeights({})


def market(size=400, seed=3):
    generator = np.random.default_rng(seed)
    rows = [SupplyRow(f"o{n:03}", {key: bool(generator.random() < 0.5) for key in TRUE}) for n in range(size)]
    return rows, Frame(HOMES, rows)


def outcomes(rows, count=150, seed=4):
    """People who choose by the true weights, with some noise."""
    generator = np.random.default_rng(seed)
    found = []
    for number in range(count):
        request = Request(f"r{number:03}", tuple(Requirement(key, True, "wish") for key in TRUE))
        shown = generator.choice(len(rows), 6, replace=False)
        liking = [sum(TRUE[key] * rows[row].facts[key] for key in TRUE) + generator.gumbel(0, 0.4) for row in shown]
        best = int(np.argmax(liking))
        ids = [rows[row].id for row in shown]
        found.append(Outcome(request, (ids[best],), tuple(ids[:best] + ids[best + 1 :])))
    return found


def test_the_order_of_the_true_weights_is_recovered_and_lists_get_better():
    rows, frame = market()
    proposal = propose_weights(outcomes(rows), frame, NONE)
    proposed = [proposal.proposed.of(key) for key in TRUE]
    assert proposed == sorted(proposed, reverse=True)
    assert min(proposed) >= 0
    assert proposal.quality_proposed > proposal.quality_present


def test_few_outcomes_propose_nothing_and_some_stay_near_the_present_weights():
    rows, frame = market()
    with pytest.raises(TooFewOutcomes):
        propose_weights(outcomes(rows, 3), frame, NONE)
    few, many = (propose_weights(outcomes(rows, count), frame, NONE).proposed for count in (8, 150))
    assert abs(few.of("balcony") - 1) < abs(many.of("balcony") - 1)


def test_musts_are_out_of_reach_and_versions_name_the_weights():
    request = Request("r", (Requirement("balcony", True), Requirement("garden", True, "wish", 2)))
    weights = WishWeights({"balcony": 0.0, "garden": 1.5})
    assert weights.applied(request).requirements == (
        request.requirements[0],
        Requirement("garden", True, "wish", 3.0),
    )
    assert weights.version == WishWeights({"garden": 1.5, "balcony": 0.0}).version != NONE.version


def test_the_preview_names_what_enters_and_leaves_and_changes_nothing():
    rows = [
        SupplyRow("Balkon", {"balcony": True, "garden": False}),
        SupplyRow("Garten", {"balcony": False, "garden": True}),
    ]
    frame = Frame(HOMES, rows)
    wishes = (Requirement("balcony", True, "wish", 1), Requirement("garden", True, "wish", 1.1))
    (change,) = preview([Request("r", wishes)], frame, NONE, WishWeights({"balcony": 2.0}), top=1)
    assert (change.entering, change.leaving) == (("Balkon",), ("Garten",))
    assert preview([Request("r", wishes)], frame, NONE, NONE) == []


def test_quality_is_one_where_what_was_accepted_stands_first():
    frame = Frame(HOMES, [SupplyRow("gut", {"balcony": True}), SupplyRow("schlecht", {"balcony": False})])
    request = Request("r", (Requirement("balcony", True, "wish"),))
    assert quality([Outcome(request, ("gut",), ("schlecht",))], frame, NONE) == 1
    assert quality([Outcome(request, ("schlecht",), ("gut",))], frame, NONE) < 1
