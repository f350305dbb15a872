"""Hints who may pay: always a hint, never a verdict; every amount with its date, its source and its mark."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from wohnberatung.advice.models import FundingProgram, Parameter
from wohnberatung.advice.services import funding_programs, parameter
from wohnberatung.core.errors import NotFound
from wohnberatung.measures.services.options import COST, Option
from wohnberatung.measures.words import CONSENT_RULES

_NUMBERED = re.compile(r"\s*\d+\.\s+(?=[A-ZÄÖÜ])")


@dataclass(frozen=True)
class FundingHint:
    """A programme as it stands on the day, with its steps in order."""

    program: FundingProgram
    steps: tuple[str, ...]

    @property
    def before_works(self) -> bool:
        """Whether the works must wait for a decision, as the steps say."""
        return any(word in self.program.steps for word in ("Erst nach", "bevor die Arbeit", "vor Beginn"))


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
    return tuple(step for text in _NUMBERED.split(program.steps) if (step := text.strip()))
