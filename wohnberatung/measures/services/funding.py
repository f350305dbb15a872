"""Measures to choose from, and hints who may pay: never a verdict, every amount with its date and source."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matching.catalogue import HOMES
from matching.criteria.adaptations import CARE_AIDS, CARE_FUND, HEALTH_AIDS, PARTICIPATION
from wohnberatung.advice.models import FundingProgram, Parameter
from wohnberatung.advice.services.parameters import funding_programs, parameter
from wohnberatung.core.errors import NotFound
from wohnberatung.core.languages import Words
from wohnberatung.measures.models import MeasureKind
from wohnberatung.measures.steps import CONSENT_RULES

K = MeasureKind
TENANCY = ("landlord",)
COST = "cost_"
STAIRS = (CARE_FUND, PARTICIPATION, "kfw_159")


@dataclass(frozen=True)
class Option:
    """A usual measure: `cost` is the key of the amount in the dated tables, `programs` who may pay in the order in
    which to ask, `consents` who usually must agree, `criteria` what it would put right."""

    key: str
    kind: MeasureKind
    label: Words
    cost: str = ""
    programs: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()


FURTHER = (
    Option(
        "stair_lift_straight", K.ADAPTATION, _l("Treppenlift, gerade Treppe"), "stair_lift_straight", STAIRS, TENANCY
    ),
    Option("stair_lift_curved", K.ADAPTATION, _l("Treppenlift, kurvige Treppe"), "stair_lift_curved", STAIRS, TENANCY),
    Option("threshold_ramp", K.AID, _l("Mobile Schwellenrampe"), "threshold_ramp", (HEALTH_AIDS, CARE_AIDS)),
    Option("stair_climbing_aid", K.AID, _l("Mobile Treppensteighilfe"), "stair_climbing_aid", (HEALTH_AIDS,)),
    Option("bath_aids", K.AID, _l("Duschhocker, Badewannenbrett, Toilettensitzerhöhung"), "", (HEALTH_AIDS, CARE_AIDS)),
    Option("walking_aids", K.AID, _l("Rollator oder Rollstuhl"), "", (HEALTH_AIDS,)),
    Option("care_bed", K.AID, _l("Pflegebett"), "", (CARE_AIDS, HEALTH_AIDS)),
    Option(
        "emergency_call_month", K.SERVICE, _l("Hausnotruf, laufende Kosten"), "home_emergency_call_month", (CARE_AIDS,)
    ),
    Option("care_service", K.SERVICE, _l("Pflegedienst oder Hilfe im Haushalt"), "", ("sgb12_71",)),
    Option("assistance", K.SERVICE, _l("Assistenz in der eigenen Wohnung"), "", (PARTICIPATION,)),
    Option(
        "move",
        K.MOVE,
        _l("Umzug in eine passende Wohnung"),
        "",
        (CARE_FUND, PARTICIPATION, "housing_benefit", "sgb7_41", "sgb9_49"),
        ("household",),
    ),
    Option("swap", K.MOVE, _l("Wohnungstausch"), "", ("housing_benefit",), ("landlord", "household")),
    Option(
        "care_flat_share",
        K.SHARED_LIVING,
        _l("Pflege-Wohngemeinschaft"),
        "",
        ("sgb11_38a", "sgb11_45e", "sgb11_45h", CARE_FUND, "saechswtg"),
        ("household",),
    ),
    Option("project", K.SHARED_LIVING, _l("Gemeinschaftliches Wohnprojekt"), "", ("housing_benefit",)),
    Option("homeshare", K.SHARED_LIVING, _l("Wohnen für Hilfe"), "", (), TENANCY),
)


@cache
def options() -> dict[str, Option]:
    """All, by key: first what the engine knows of works, in the order of its criteria."""
    works: dict[str, Option] = {}
    for criterion in HOMES.criteria:
        for found in criterion.adaptations:
            known = works.get(found.measure)
            criteria = (*(known.criteria if known else ()), criterion.key)
            consents = TENANCY if found.consent == "owner" else ()
            works[found.measure] = Option(
                found.measure, K.ADAPTATION, _l(found.label), found.measure, found.funding, consents, criteria
            )
    return works | {option.key: option for option in FURTHER}


def option(key: str) -> Option | None:
    return options().get(key)


# Laws, directives and standards by their names, and the pages of public bodies; no portals, no press.
_CITABLE = re.compile(r"§|\b(?:Artikel|Richtlinie|DIN|KfW|SAB)\b|\b(?:dresden|sachsen|bund)\.de|ministerium\.de")
_UNSURE = re.compile(r"zu prüfen|schwache Quelle|ohne Quelle|tag24|haufe|vdk")
_NUMBERED = re.compile(r"\s*\d+\.\s+(?=[A-ZÄÖÜ])")


@dataclass(frozen=True)
class FundingHint:
    """A programme as it stands on the day, with its steps in order."""

    program: FundingProgram
    steps: tuple[str, ...]

    @property
    def told(self) -> dict[str, str]:
        """What for, how much, on which conditions, in the language being read as far as somebody has translated it."""
        program = self.program
        return {"what": _(program.what), "amount": _(program.amount), "conditions": _(program.conditions)}

    @property
    def told_steps(self) -> tuple[str, ...]:
        """Its steps in the language being read."""
        return _numbered(_(self.program.steps))

    @property
    def is_translated(self) -> bool:
        """Whether somebody has put all of it into the language being read."""
        german = (self.program.what, self.program.amount, self.program.conditions, self.program.steps)
        return all(_(text) != text for text in german)

    @property
    def citable(self) -> tuple[str, ...]:
        """Of its sources those that a city may cite in a letter."""
        parts = (part.strip() for part in self.program.source.split(";"))
        return tuple(part for part in parts if _CITABLE.search(part) and not _UNSURE.search(part))

    @property
    def before_works(self) -> bool:
        """Whether the works must wait for a decision, as the steps say."""
        return self.program.decided_before_works


def funding_hints(keys: Collection[str], on: date | None = None) -> list[FundingHint]:
    """The programmes of these keys that are valid on that day (today), in the order in which to ask."""
    return [FundingHint(program, steps_of(program)) for program in funding_programs(keys, on)] if keys else []


def all_programs(on: date | None = None) -> list[FundingHint]:
    """Everything that is known on that day."""
    return [FundingHint(program, steps_of(program)) for program in funding_programs(None, on)]


def consent_hints(consents: Collection[str], on: date | None = None) -> list[FundingHint]:
    """What the law says about those who must agree, where something is known of it."""
    return funding_hints([CONSENT_RULES[key] for key in consents if key in CONSENT_RULES], on)


def cost_hint(option: Option | None, on: date | None = None) -> Parameter | None:
    """What it usually costs, as the tables say for that day; None where nobody knows."""
    if option is None or not option.cost:
        return None
    try:
        return parameter(COST + option.cost, on)
    except NotFound:
        return None


def steps_of(program: FundingProgram) -> tuple[str, ...]:
    """The numbered sentences of its steps, without their numbers."""
    return _numbered(program.steps)


def _numbered(steps: str) -> tuple[str, ...]:
    return tuple(step for text in _NUMBERED.split(steps) if (step := text.strip()))
