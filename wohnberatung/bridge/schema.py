"""The catalogue as JSON Schema (2020-12), for the API's description and for whoever writes files for it.

The shapes are those of the stateless commands: strict JSON values, null for unknown.
"""

from collections.abc import Iterable
from functools import singledispatch
from typing import Any

from matching import facts, kinds
from matching.catalogue import Market
from matching.json_input import HEAVIEST, LIGHTEST
from matching.requests import EVIDENCE_NAMES

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def offer_schema(market: Market) -> Schema:
    """One offer: id, facts, evidence, demands, text."""
    keys = [fact.key for fact in market.facts]
    return _object(
        {
            "id": {"type": "string", "minLength": 1},
            "facts": _object({fact.key: fact_schema(fact) for fact in market.facts}),
            "evidence": {
                "type": "object",
                "propertyNames": {"enum": keys},
                "additionalProperties": {"enum": list(EVIDENCE_NAMES)},
            },
            "demands": requirements_schema(market.demand_criteria),
            "text": {"type": "string"},
        },
        required=("id", "facts"),
    ) | {"$schema": DIALECT}


def request_schema(market: Market) -> Schema:
    """One request: id, requirements, household, text."""
    return _object(
        {
            "id": {"type": "string", "minLength": 1},
            "requirements": requirements_schema(market.criteria),
            "household": _object({fact.key: fact_schema(fact) for fact in market.household}),
            "text": {"type": "string"},
        },
        required=("id", "requirements"),
    ) | {"$schema": DIALECT}


def fact_schema(fact: facts.Fact) -> Schema:
    """The values of a fact; null where unknown."""
    described = {"title": fact.label} | ({"description": fact.hint} if fact.hint else {})
    return {**described, "anyOf": [value_schema(fact), {"type": "null"}]}


def requirements_schema(criteria: Iterable[kinds.Criterion]) -> Schema:
    """A list of requirements, each of one of the criteria."""
    listed = [_requirement(criterion) for criterion in criteria]
    return {"type": "array", "items": {"oneOf": listed}} if listed else {"type": "array", "maxItems": 0}


@singledispatch
def value_schema(fact: facts.Fact) -> Schema:
    """A known value."""
    raise TypeError(f"no schema for {type(fact).__name__}")


@value_schema.register
def _(fact: facts.Measure) -> Schema:
    return {"type": "number", "minimum": fact.low, "maximum": fact.high, "x-unit": fact.unit}


@value_schema.register
def _(fact: facts.Flag) -> Schema:
    return {"type": "boolean"}


@value_schema.register
def _(fact: facts.Choice) -> Schema:
    return {"enum": list(fact.options), "x-labels": dict(fact.options), "x-ordered": fact.ordered}


@value_schema.register
def _(fact: facts.Choices) -> Schema:
    return {"type": "array", "items": {"enum": list(fact.options)}, "minItems": 1, "x-labels": dict(fact.options)}


@value_schema.register
def _(fact: facts.Day) -> Schema:
    return {"type": "string", "format": "date"}


@value_schema.register
def _(fact: facts.NeighbourhoodCode) -> Schema:
    return {"enum": list(fact.city.codes), "x-labels": {code: fact.city.name(code) for code in fact.city.codes}}


@value_schema.register
def _(fact: facts.Text) -> Schema:
    return {"type": "string", "maxLength": fact.longest}


@singledispatch
def wanted_schema(criterion: kinds.Criterion) -> Schema:
    """What may be wanted of a criterion; most want a value of its fact."""
    return value_schema(criterion.fact)


@wanted_schema.register
def _(criterion: kinds.Within) -> Schema:
    bound = {"anyOf": [value_schema(criterion.fact), {"type": "null"}]}
    return {"type": "array", "prefixItems": [bound, bound], "minItems": 2, "maxItems": 2}


@wanted_schema.register
def _(criterion: kinds.Options) -> Schema:
    if isinstance(criterion, kinds.Overlaps):
        return value_schema(criterion.fact)
    return {"type": "array", "items": value_schema(criterion.fact), "minItems": 1}


def _requirement(criterion: kinds.Criterion) -> Schema:
    fields = {
        "key": {"const": criterion.key, "title": criterion.label},
        "wanted": wanted_schema(criterion),
        "importance": {"enum": ["must", "wish"], "default": "must"},
        "weight": {"type": "number", "minimum": LIGHTEST, "maximum": HEAVIEST, "default": 1},
        "tolerance": {"type": "number", "minimum": 0, "default": 0},
    }
    return _object(fields, required=("key", "wanted"))


def _object(properties: Schema, required: Iterable[str] = ()) -> Schema:
    needed = {"required": list(required)} if required else {}
    return {"type": "object", "properties": properties, "additionalProperties": False, **needed}
