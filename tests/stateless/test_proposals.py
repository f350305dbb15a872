"""`allocate` and `form-groups` from the command line: the contract, the table, the faults."""

import pytest

from tests.stateless.running import answered, must, run, wish

RICH = {"id": "rich", "requirements": [must("rent_warm_eur", 800), wish("balcony", True)]}
POOR = {"id": "poor", "requirements": [must("rent_warm_eur", 600), wish("balcony", True)]}
LATE = {"id": "late", "requirements": [must("rent_warm_eur", 400)]}
FLATS = [
    {"id": "A", "facts": {"rent_warm_eur": 500, "balcony": True}},
    {"id": "B", "facts": {"rent_warm_eur": 700, "balcony": False}},
]


def test_a_proposal_names_who_where_and_who_goes_without(tmp_path):
    value = answered(tmp_path, "allocate", requests=[RICH, POOR, LATE], offers=FLATS)
    assert {item["request"]: item["offer"] for item in value["assignments"]} == {"poor": "A", "rich": "B"}
    assert value["unassigned"] == ["late"]
    assert value["total"] == pytest.approx(sum(item["score"] for item in value["assignments"]))
    rich = next(item for item in value["assignments"] if item["request"] == "rich")
    assert rich["alternative"] == {"offer": "A", "score": 1.0, "given_to": "poor"}
    assert "hilft aber bei poor mehr" in rich["sentence"]
    assert value["engine"]["catalogue"].startswith("homes-")


def test_the_table_says_the_same_in_words(tmp_path):
    code, out, _ = run(tmp_path, "allocate", "--format", "table", requests=[RICH, POOR, LATE], offers=FLATS)
    assert code == 0
    assert "(kein Vorschlag)" in out
    assert "Summe der Bewertungen: 1,50" in out
    assert "poor                     A                        1.00" in out


def test_urgency_and_waiting_weigh_where_they_are_given(tmp_path):
    calm = {**POOR, "id": "a"}
    offers = FLATS[:1]
    for standing in ({"urgency": 2}, {"waiting_months": 12}):
        pressing = {**POOR, "id": "b", **standing}
        value = answered(tmp_path, "allocate", requests=[calm, pressing], offers=offers)
        assert [item["request"] for item in value["assignments"]] == ["b"]


def test_protection_keeps_a_scarce_home_for_those_who_need_it(tmp_path):
    offers = [{"id": "stufenlos", "facts": {"step_free": True, "balcony": True}}]
    able = {"id": "able", "requirements": [wish("balcony", True)], "urgency": 1}
    needs = [{"id": name, "requirements": [must("step_free", True)]} for name in ("n1", "n2")]
    free, kept = (
        answered(tmp_path, "allocate", "--protection", share, requests=[able, *needs], offers=offers)
        for share in ("0", "1")
    )
    assert free["assignments"][0]["request"] == "able"
    assert kept["assignments"][0]["request"] == "n1"


@pytest.mark.parametrize(
    ("field", "value"), [("urgency", 4), ("urgency", 1.5), ("urgency", "hoch"), ("waiting_months", -1)]
)
def test_implausible_standing_is_refused_by_name(tmp_path, field, value):
    code, out, errors = run(tmp_path, "allocate", requests=[{**POOR, field: value}], offers=FLATS)
    assert (code, out) == (2, "")
    assert "poor" in errors
    assert field in errors


HOUSE = {"id": "Haus", "facts": {"free_places": 3, "inner_door_clear_width_cm": 84, "community_hours_month": 8}}


def seeker(name, **household):
    return {"id": name, "requirements": [wish("community_hours_month", 10)], "household": household}


def test_a_group_pools_what_the_care_fund_pays_on_the_day_asked(tmp_path):
    people = [seeker("a", care_entitled=True), seeker("b", care_entitled=True), seeker("c")]
    people[0]["requirements"].append(must("inner_door_clear_width_cm", 90))
    (group,) = answered(tmp_path, "form-groups", "--on", "2026-11-22", requests=people, offers=[HOUSE])["groups"]
    assert (group["offer"], group["requests"]) == ("Haus", ["a", "b", "c"])
    assert group["pooled_funding_eur"] == 2 * 4180
    assert 0 < group["score"] <= 1
    assert [works["cost_eur"] for works in group["adaptations"]] == [[1500, 3000]]


def test_the_share_of_the_care_fund_has_an_upper_bound(tmp_path):
    people = [seeker(f"p{number}", care_entitled=True) for number in range(6)]
    house = {"id": "Haus", "facts": {"free_places": 6}}
    (group,) = answered(tmp_path, "form-groups", "--on", "2026-11-22", requests=people, offers=[house])["groups"]
    assert group["pooled_funding_eur"] == 16720


def test_groups_as_a_table_name_what_is_unclear(tmp_path):
    people = [seeker("a"), seeker("b")]
    people[0]["requirements"].append(must("shower_level", True))
    code, out, _ = run(tmp_path, "form-groups", "--format", "table", requests=people, offers=[HOUSE])
    assert code == 0
    assert "Zu klären: " in out
    code, out, _ = run(tmp_path, "form-groups", "--format", "table", requests=people[:1], offers=[HOUSE])
    assert "Keine Gruppe" in out


def test_a_day_without_an_amount_and_an_unknown_house_are_refused(tmp_path):
    files = {"requests": [seeker("a")], "offers": [HOUSE]}
    code, _, errors = run(tmp_path, "form-groups", "--on", "2035-01-01", **files)
    assert code == 2
    assert "01.01.2035" in errors
    code, _, errors = run(tmp_path, "form-groups", "--offer", "Schloss", **files)
    assert code == 2
    assert "Schloss" in errors


def test_both_commands_answer_for_the_sites_market(tmp_path):
    group = {"id": "g", "requirements": [must("site_kind", ["house"])]}
    site = {"id": "s", "facts": {"site_kind": "house"}}
    value = answered(tmp_path, "allocate", "--market", "sites", requests=[group], offers=[site])
    assert value["assignments"][0]["offer"] == "s"
    assert answered(tmp_path, "form-groups", "--market", "sites", requests=[group], offers=[site])["groups"] == []
