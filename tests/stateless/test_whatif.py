"""The what-if commands from the command line: their contracts, and what they refuse."""

import pytest

from tests.stateless.running import answered, must, run, wish

FLAT = {
    "id": "flat",
    "facts": {"inner_door_clear_width_cm": 78, "rent_warm_eur": 645, "district": "06", "balcony": None},
    "demands": [{"key": "persons", "wanted": [1, 3], "importance": "must"}],
}
WIDE = {"id": "wide", "facts": {"inner_door_clear_width_cm": 95, "rent_warm_eur": 600, "district": "11"}}
ANNA = {
    "id": "anna",
    "requirements": [must("inner_door_clear_width_cm", 90), must("rent_warm_eur", 700), wish("balcony", True)],
    "household": {"persons": 2},
    "profiles": ["wheelchair"],
}
BERND = {"id": "bernd", "requirements": [must("rent_warm_eur", 620)], "household": {"persons": 4}}
FILES = {"requests": [ANNA, BERND], "offers": [FLAT, WIDE]}
COMMANDS = {
    "why-not": (),
    "concessions": (),
    "best-questions": (),
    "adaptation-advice": (),
    "gap": (),
    "newcomers": ("--offer", "wide"),
    "rank-requests": (),
    "scarcity": (),
}


def test_why_not_names_the_missed_musts_and_the_smallest_change(tmp_path):
    found = {(pair["request"], pair["offer"]): pair for pair in answered(tmp_path, "why-not", **FILES)["why_not"]}
    assert set(found) == {("anna", "flat"), ("bernd", "flat")}
    adapted = found["anna", "flat"]
    assert (adapted["outlook"], adapted["missed"]) == ("adapt", [])
    change = adapted["smallest_change"]
    assert (change["kind"], change["key"], change["to"], change["cost_eur"]) == (
        "adapt", "inner_door_clear_width_cm", 90, [1500, 3000],
    )  # fmt: skip
    missed = found["bernd", "flat"]
    assert [(item["key"], item["wanted"], item["found"]) for item in missed["missed"]] == [
        ("rent_warm_eur", 620, 645),
        ("persons", [1, 3], 4),
    ]
    assert [(item["kind"], item["side"], item["to"]) for item in missed["changes"]] == [
        ("loosen", "seeker", 645),
        ("loosen", "provider", [1, 4]),
    ]
    assert missed["smallest_change"] == missed["changes"][0]


def test_why_not_can_look_at_one_pair_only(tmp_path):
    found = answered(tmp_path, "why-not", "--request", "bernd", "--offer", "flat", **FILES)["why_not"]
    assert [(pair["request"], pair["offer"]) for pair in found] == [("bernd", "flat")]


def test_concessions_count_what_every_must_keeps_away(tmp_path):
    dear = {"id": "dear", "facts": {"rent_warm_eur": 640}}
    anna, bernd = answered(tmp_path, "concessions", requests=[ANNA, BERND], offers=[dear, WIDE])["concessions"]
    assert (anna["request"], anna["listed_now"]) == ("anna", 2)
    (item,) = bernd["items"]
    assert (item["key"], item["opens_if_dropped"]) == ("rent_warm_eur", 1)
    assert [(step["wanted"], step["opens"]) for step in item["steps"]] == [(645, 1)]


def test_best_questions_say_what_to_ask_whom(tmp_path):
    (*_, question) = answered(tmp_path, "best-questions", **FILES)["questions"]
    assert (question["key"], question["helps"], question["whom"]) == ("balcony", 1, "provider")
    assert question["gain"] > 0
    assert len(answered(tmp_path, "best-questions", "--most", "1", **FILES)["questions"]) == 1


def test_adaptation_advice_counts_seekers_newly_served(tmp_path):
    (advice,) = answered(tmp_path, "adaptation-advice", **FILES)["advice"]
    assert {name: advice[name] for name in ("offer", "measure", "keys", "cost_eur", "consent", "newly_fits")} == {
        "offer": "flat",
        "measure": "widen_door",
        "keys": ["inner_door_clear_width_cm"],
        "cost_eur": [1500, 3000],
        "consent": "owner",
        "newly_fits": 1,
    }
    assert "sgb11_40_4" in advice["funding"]


def test_newcomers_enter_the_lists_that_a_ranking_shows(tmp_path):
    found = answered(tmp_path, "newcomers", "--offer", "wide", "--top", "1", **FILES)["newcomers"]
    rankings = answered(tmp_path, "rank", "--top", "1", **FILES)["rankings"]
    assert sorted(item["request"] for item in found) == sorted(
        ranking["request"] for ranking in rankings if ranking["matches"][0]["offer"] == "wide"
    )
    bars = {item["request"]: item["bar"] for item in found}
    assert bars["bernd"] is None
    assert 0 < bars["anna"] < 1


def test_requests_are_ranked_for_an_offer_with_the_scores_of_the_ranking(tmp_path):
    flat, wide = answered(tmp_path, "rank-requests", **FILES)["rankings"]
    scores = {
        (match["offer"], ranking["request"]): match["score"]
        for ranking in answered(tmp_path, "rank", **FILES)["rankings"]
        for match in ranking["matches"]
    }
    for ranking in (flat, wide):
        assert ranking["considered"] == 2
        for candidate in ranking["candidates"]:
            assert candidate["score"] == pytest.approx(scores[ranking["offer"], candidate["request"]])
    assert sum(len(ranking["candidates"]) for ranking in (flat, wide)) == len(scores)


def test_a_provider_never_reads_what_a_household_is(tmp_path):
    (flat, _) = answered(tmp_path, "rank-requests", **FILES)["rankings"]
    asked = [reason for reason in flat["candidates"][0]["reasons"] if reason["side"] == "provider"]
    assert [(reason["key"], reason["found"]) for reason in asked] == [("persons", None)]


def test_scarcity_names_who_needs_the_wide_door(tmp_path):
    narrow = [{"id": f"n{number}", "facts": {"inner_door_clear_width_cm": 65}} for number in range(12)]
    (found,) = answered(
        tmp_path, "scarcity", "--offer", "wide", requests=[ANNA, BERND], offers=[WIDE, *narrow]
    )["scarcity"]  # fmt: skip
    assert [feature["key"] for feature in found["features"]] == ["inner_door_clear_width_cm"]
    assert [(item["request"], item["alternatives"]) for item in found["claimants"]] == [("anna", 0)]
    assert (found["needed_by"], found["others"]) == (1, 1)


def test_gap_sets_supply_beside_demand(tmp_path):
    found = answered(tmp_path, "gap", **FILES)["gap"]
    lines = {(line["kind"], line["key"]): line for line in found["lines"]}
    assert (found["requests"], found["offers"]) == (2, 2)
    assert lines["criterion", "rent_warm_eur"]["demand"] == 2
    assert lines["profile", "wheelchair"]["demand"] == 1
    assert lines["district", "06"]["supply"] == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_speaks_in_sentences_too(tmp_path, command):
    code, out, errors = run(tmp_path, command, *COMMANDS[command], "--format", "table", **FILES)
    assert (code, errors) == (0, "")
    assert out.strip()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_answers_empty_files(tmp_path, command):
    offers = [WIDE] if command == "newcomers" else []
    answered(tmp_path, command, *COMMANDS[command], requests=[], offers=offers)


@pytest.mark.parametrize("command", COMMANDS)
def test_faults_name_record_and_key_and_nothing_is_printed(tmp_path, command):
    requests = [{"id": "anna", "requirements": [must("no_such_key", 1)], "profiles": ["giant"]}]
    code, out, errors = run(tmp_path, command, *COMMANDS[command], requests=requests, offers=[WIDE])
    assert (code, out) == (2, "")
    assert "Gesuch anna, no_such_key" in errors
    assert "Gesuch anna, profiles: Das Bedarfsprofil „giant“ gibt es nicht." in errors


@pytest.mark.parametrize("command", ["why-not", "adaptation-advice", "newcomers", "rank-requests", "scarcity"])
def test_an_offer_that_is_not_in_the_file_is_refused(tmp_path, command):
    code, out, errors = run(tmp_path, command, "--offer", "nowhere", **FILES)
    assert (code, out) == (2, "")
    assert "--offer nowhere" in errors
