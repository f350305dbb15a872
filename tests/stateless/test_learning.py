"""``propose-weights``, ``rank --weights`` and ``likelihoods`` on files."""

import json

import numpy as np

from matching.learning.likelihood import LEAST_KNOWN
from matching.learning.wish_weights import LEAST_CASES
from tests.stateless.running import answered, run, wish

WISHES = ("balcony", "garden", "furnished")
OFFERS = [
    {"id": f"o{n}", "facts": {key: bool(n >> place & 1) for place, key in enumerate(WISHES)}}
    for n in range(2 ** len(WISHES))
]
REQUESTS = [{"id": f"r{n}", "requirements": [wish(key, True) for key in WISHES]} for n in range(LEAST_CASES + 20)]


def outcomes(requests):
    """People who take whatever has a balcony, and leave what has none."""
    return [
        {"request": request["id"], "offer": offer["id"], "accepted": offer["facts"]["balcony"]}
        for request in requests
        for offer in OFFERS
    ]


def written(folder, name, content):
    path = folder / f"{name}.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return str(path)


def proposed(folder, requests, told):
    path = written(folder, "outcomes", told)
    return answered(folder, "propose-weights", "--outcomes", path, requests=requests, offers=OFFERS)


def test_weights_are_proposed_with_what_they_would_change(tmp_path):
    weights = proposed(tmp_path, REQUESTS, outcomes(REQUESTS))["weights"]
    assert weights["factors"]["balcony"] > max(weights["factors"][key] for key in WISHES[1:])
    assert weights["better"]
    assert weights["quality"]["proposed"] > weights["quality"]["present"]
    assert weights["instead_of"] == "default-1"
    assert weights["preview"], "the order of the lists changes"


def test_approved_weights_rank_and_are_named(tmp_path):
    path = written(tmp_path, "weights", {"version": "by people 2", "factors": {"garden": 3, "balcony": 0.1}})
    both = [
        {"id": "a", "facts": {"balcony": True, "garden": False}},
        {"id": "b", "facts": {"balcony": False, "garden": True}},
    ]
    requests = [{"id": "r", "requirements": [wish("balcony", True, 2), wish("garden", True)]}]
    order = {}
    for name, options in (("present", ()), ("approved", ("--weights", path))):
        answer = answered(tmp_path, "rank", *options, requests=requests, offers=both)
        order[name] = answer["engine"]["weights"], answer["rankings"][0]["matches"][0]["offer"]
    assert order == {"present": ("default-1", "a"), "approved": ("by people 2", "b")}


def test_too_few_outcomes_propose_nothing(tmp_path):
    answer = proposed(tmp_path, REQUESTS, outcomes(REQUESTS[:3]))
    assert (answer["weights"], answer["cases"], answer["needed"]) == (None, 3, LEAST_CASES)


def test_faults_of_outcomes_and_weights_are_all_named(tmp_path):
    bad = [{"request": "r0", "accepted": "yes", "because": "nonsense", "mood": 1}, 7]
    path = written(tmp_path, "outcomes", bad)
    code, out, errors = run(tmp_path, "propose-weights", "--outcomes", path, requests=REQUESTS, offers=OFFERS)
    assert (code, out) == (2, "")
    for named in ("Nr. 1, offer", "Nr. 1, accepted", "Nr. 1, because", "Nr. 1, mood", "Nr. 2"):
        assert named in errors
    path = written(tmp_path, "weights", {"version": "x", "factors": {"balcony": 99, "nonsense": 1}})
    code, out, errors = run(tmp_path, "rank", "--weights", path, requests=REQUESTS, offers=OFFERS)
    assert (code, out) == (2, "")
    assert "balcony" in errors
    assert "nonsense" in errors


def test_likelihoods_are_told_for_unknowns_only(tmp_path):
    rng = np.random.default_rng(1)
    offers = []
    for number in range(6 * LEAST_KNOWN):
        year = int(rng.integers(1890, 2027))
        facts = {"year_built": year, "floor": int(rng.integers(0, 6))}
        if rng.random() < 0.6:
            facts["step_free"] = bool(rng.random() < (0.9 if year > 1990 else 0.1))
        offers.append({"id": f"o{number}", "facts": facts})
    path = written(tmp_path, "offers", offers)
    code, out, errors = run(tmp_path, "likelihoods", "--offers", path)
    assert (code, errors) == (0, "")
    found = {item["key"]: item for item in json.loads(out)["likelihoods"]}
    learned = found["step_free"]
    assert learned["brier"]["learned"] < learned["brier"]["base"]
    years = {offer["id"]: offer["facts"]["year_built"] for offer in offers}
    unknown = {offer["id"] for offer in offers if "step_free" not in offer["facts"]}
    assert learned["offers"].keys() <= unknown
    likely = {key: chance for key, chance in learned["offers"].items() if years[key] > 2000}
    assert min(likely.values()) > learned["base"]
    assert found["garden"]["offers"] == {}
