"""Kinds of change that a scenario may make, and what each of them says."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NotRequired, TypedDict

from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words


class ScenarioKind(StrEnum):
    """New `homes`, existing ones made fit (`equip`), other `rents`, other `limits` of what people may pay."""

    HOMES = "homes"
    EQUIP = "equip"
    RENTS = "rents"
    LIMITS = "limits"


class ScenarioChange(TypedDict):
    """What is to be other than today. `place` is a code of a neighbourhood, the name of a Stadtbezirk, or "" for the
    whole city; the rest as the kind asks for it: numbers of homes, rooms, square metres, euro a month, per cent;
    new homes are free from the day on which it was asked (ISO 8601)."""

    place: str
    count: NotRequired[int]
    profile: NotRequired[str]
    form: NotRequired[str]
    rooms: NotRequired[int | None]
    rent: NotRequired[float | None]
    area: NotRequired[int | None]
    free_from: NotRequired[str]
    feature: NotRequired[str]
    street: NotRequired[str]
    percent: NotRequired[float]


KINDS: Mapping[ScenarioKind, Words] = {
    ScenarioKind.HOMES: _l("Neue Wohnungen bauen oder gewinnen"),
    ScenarioKind.EQUIP: _l("Vorhandene Wohnungen umbauen"),
    ScenarioKind.RENTS: _l("Mieten steigen oder sinken"),
    ScenarioKind.LIMITS: _l("Haushalte können mehr oder weniger zahlen"),
}

FEATURES: Mapping[str, Words] = {
    "lift": _l("Aufzug einbauen, das Haus ist dann stufenlos"),
    "entrance": _l("Zugang ohne Stufen"),
    "shower": _l("Bodengleiche Dusche"),
    "doors": _l("Türen 90 cm breit"),
    "bathroom": _l("Bad für den Rollstuhl"),
    "bars": _l("Haltegriffe in Bad und WC"),
}
"""Works that planners think of."""
