"""What a measure says of a person: as it is entered, and as it is sealed."""

from collections.abc import Mapping, Sequence
from typing import Required, TypedDict


class GivenMeasure(TypedDict, total=False):
    """A measure as it is entered: what its row says, and the parts of its content; amounts in €, days of steps in
    ISO 8601 by key."""

    option: str
    kind: Required[str]
    status: str | None
    goal_id: str | None
    drop_reason: str | None
    title: str | None
    note: str | None
    outcome: str | None
    cost_low: float | None
    cost_high: float | None
    programs: Sequence[str]
    consents: Sequence[str]
    steps: Mapping[str, str]


class MeasureContent(TypedDict):
    """What is sealed of it: amounts in €, keys of programmes and of consents it needs, days of the steps that are done
    in ISO 8601 by key."""

    title: str
    note: str
    outcome: str
    cost_low: float | None
    cost_high: float | None
    programs: list[str]
    consents: list[str]
    steps: dict[str, str]
