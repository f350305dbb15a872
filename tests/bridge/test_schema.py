"""The catalogue as JSON Schema."""

import json

import pytest

from matching.catalogue import HOMES, SITES
from wohnberatung.bridge.schema import fact_schema, offer_schema, request_schema


@pytest.mark.parametrize("market", [HOMES, SITES], ids=lambda market: market.name)
def test_the_schemas_name_every_fact_and_criterion_and_are_json(market):
    offer, request = (json.loads(json.dumps(make(market))) for make in (offer_schema, request_schema))
    assert list(offer["properties"]["facts"]["properties"]) == [fact.key for fact in market.facts]
    asked = request["properties"]["requirements"]["items"]["oneOf"]
    assert [one["properties"]["key"]["const"] for one in asked] == [criterion.key for criterion in market.criteria]


def test_a_fact_is_described_with_its_range_and_may_be_unknown():
    door = fact_schema(HOMES.fact("inner_door_clear_width_cm"))
    assert door["anyOf"] == [{"type": "number", "minimum": 40, "maximum": 200, "x-unit": "cm"}, {"type": "null"}]
    assert door["title"] == HOMES.fact("inner_door_clear_width_cm").label


def test_wanted_values_have_the_shape_that_the_criterion_reads():
    listed = request_schema(HOMES)["properties"]["requirements"]["items"]["oneOf"]
    wanted = {one["properties"]["key"]["const"]: one["properties"]["wanted"] for one in listed}
    assert wanted["rooms"]["type"] == "array"
    assert wanted["rooms"]["maxItems"] == 2
    assert wanted["balcony"] == {"type": "boolean"}
    assert wanted["available_from"] == {"type": "string", "format": "date"}
    assert wanted["tenure"]["items"]["enum"][0] == "rent"
    assert wanted["languages"]["items"]["enum"] == list(HOMES.fact("languages").options)
