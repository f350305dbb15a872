"""Every line of the JSON contract: faults name record and key, and all of them come at once."""

import json

import pytest

from matching.catalogue import HOMES
from matching.json_input import ContractError, read_offers, read_requests


def faults_of(read, content):
    with pytest.raises(ContractError) as caught:
        read(content if isinstance(content, str | bytes) else json.dumps(content), HOMES)
    return caught.value.faults


def request_with(**requirement):
    return [{"id": "r1", "requirements": [{"key": "rent_warm_eur", "wanted": 600, **requirement}]}]


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (request_with(key="no_such_key"), ["r1", "no_such_key"]),
        (request_with(wanted="600"), ["r1", "rent_warm_eur"]),
        (request_with(wanted=True), ["r1", "rent_warm_eur"]),
        (request_with(wanted=-1), ["r1", "rent_warm_eur", "-1"]),
        (request_with(wanted=10**400), ["r1", "rent_warm_eur"]),
        (request_with(wanted=None), ["r1", "rent_warm_eur"]),
        (request_with(weight=0), ["r1", "weight"]),
        (request_with(weight=4), ["r1", "weight"]),
        (request_with(tolerance=-5), ["r1", "tolerance"]),
        (request_with(importance="maybe"), ["r1", "importance"]),
        (request_with(importence="must"), ["r1", "importence"]),
        ([{"id": "r1", "requirements": [{"key": "living_area_sqm", "wanted": [80, 40]}]}], ["r1", "living_area_sqm"]),
        ([{"id": "r1", "requirements": [{"key": "living_area_sqm", "wanted": [None, None]}]}], ["living_area_sqm"]),
        ([{"id": "r1", "requirements": [{"key": "living_area_sqm", "wanted": 40}]}], ["r1", "living_area_sqm"]),
        ([{"id": "r1", "requirements": [{"key": "district", "wanted": ["00"]}]}], ["r1", "district", "00"]),
        ([{"id": "r1", "requirements": [{"key": "district", "wanted": []}]}], ["r1", "district"]),
        ([{"id": "r1", "requirements": [{"key": "tenure", "wanted": ["gift"]}]}], ["r1", "tenure", "gift"]),
        ([{"id": "r1", "requirements": [{"key": "available_from", "wanted": "31.02.2027"}]}], ["r1", "available_from"]),
        ([{"id": "r1", "requirements": "all"}], ["r1", "requirements"]),
        ([{"id": "r1"}], ["r1", "requirements"]),
        ([{"id": "r1", "requirements": [], "household": {"religion": "x"}}], ["r1", "religion"]),
        ([{"id": "r1", "requirements": [], "household": {"persons": 2.5e9}}], ["r1", "persons"]),
        ([{"id": "r1", "requirements": [], "household": []}], ["r1", "household"]),
        ([{"id": "r1", "requirements": [], "text": 5}], ["r1", "text"]),
        ([{"id": "r1", "requirements": []}, {"id": "r1", "requirements": []}], ["r1", "id"]),
        ([{"requirements": []}], ["Nr. 1", "id"]),
        (["r1"], ["Nr. 1"]),
        ({"id": "r1"}, ["Liste"]),
        ("[{", ["Zeile 1"]),
        ("[NaN]", ["NaN"]),
        ("[" * 100000, [""]),
        (b"\xff\xfe\x00", ["UTF-8"]),
        ('[{"id": "r1", "requirements": [], "requirements": []}]', ["r1", "requirements"]),
    ],
)
def test_a_fault_in_requests_is_named(content, names):
    faults = faults_of(read_requests, content)
    assert len(faults) == 1
    assert all(name in faults[0] for name in names)


@pytest.mark.parametrize(
    ("offer", "names"),
    [
        ({"facts": {"door": 90}}, ["o1", "door"]),
        ({"facts": {"inner_door_clear_width_cm": 4}}, ["o1", "inner_door_clear_width_cm", "4 cm"]),
        ({"facts": {"has_lift": 1}}, ["o1", "has_lift"]),
        ({"facts": {}, "evidence": {"has_lift": "seen"}}, ["o1", "has_lift", "claimed"]),
        ({"facts": {}, "evidence": {"lift": "stated"}}, ["o1", "lift"]),
        ({"facts": {}, "demands": [{"key": "age", "wanted": 3}]}, ["o1", "age"]),
        ({"facts": {}, "demands": [{"key": "persons", "wanted": 3}]}, ["o1", "persons"]),
        ({}, ["o1", "facts"]),
        ({"facts": 7}, ["o1", "facts"]),
    ],
)
def test_a_fault_in_offers_is_named(offer, names):
    faults = faults_of(read_offers, [{"id": "o1", **offer}])
    assert len(faults) == 1
    assert all(name in faults[0] for name in names)


def test_all_faults_of_a_file_come_at_once():
    content = [*request_with(wanted=-1), {"id": "r2", "requirements": [{"key": "no", "wanted": 1}]}]
    assert len(faults_of(read_requests, content)) == 2


def test_unknown_facts_are_left_out_and_a_byte_order_mark_is_forgiven():
    (row,) = read_offers('\ufeff[{"id": "o", "facts": {"has_lift": null, "floor": 2}}]'.encode(), HOMES)
    assert row.facts == {"floor": 2}
