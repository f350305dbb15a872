"""The three markets and everything their rankings can judge, checked when this module is imported.

HOMES: households seek flats, rooms and places in projects. SITES: initiatives seek a house, a storey, a plot.
RESOURCES: people of a neighbourhood seek rooms, help and knowledge of each other.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property

from matching import constants
from matching.criteria import (
    access,
    bathroom,
    fittings,
    household,
    living,
    location,
    money,
    resources,
    rooms,
    senses,
    sites,
    size,
)
from matching.facts import Choice, Fact, Flag, Measure, NeighbourhoodCode
from matching.kinds import Criterion
from matching.option_kinds import Resembles
from matching.text_similarity import likeness_rules


class CatalogueError(Exception):
    """A declaration contradicts another one."""


@dataclass(frozen=True, eq=False)
class Market:
    """One catalogue: facts and criteria of the supply side, and what supply may ask of those who seek.

    `consent` is the fact that says whether the owner agrees to conversions; `permit` names the demand that a
    supply row makes by itself where `permit_fact` holds anything but its first option (an occupancy restriction
    asks for a housing permit). `capacity` is the fact that says how many households a row can take,
    `entitlement` the household fact that opens the care fund, `compared` the facts by whose values planning sets
    supply beside demand. CatalogueError where declarations contradict each other.
    """

    name: str
    facts: tuple[Fact, ...]
    criteria: tuple[Criterion, ...]
    household: tuple[Fact, ...] = ()
    demand_criteria: tuple[Criterion, ...] = ()
    consent: Choice | None = None
    permit_fact: Choice | None = None
    permit: Criterion | None = None
    capacity: Measure | None = None
    entitlement: Flag | None = None
    compared: tuple[Choice | NeighbourhoodCode, ...] = ()

    def __post_init__(self) -> None:
        for side, facts, criteria in (
            ("supply", self.facts, self.criteria),
            ("demand", self.household, self.demand_criteria),
        ):
            _refuse_doubles(f"{self.name} {side} facts", (fact.key for fact in facts))
            _refuse_doubles(f"{self.name} {side} criteria", (criterion.key for criterion in criteria))
            for criterion in criteria:
                if missing := [fact.key for fact in criterion.facts if fact not in facts]:
                    raise CatalogueError(f"{self.name}: {criterion.key} judges undeclared facts {missing}")
                if not 0 < criterion.prior < 1 or criterion.reach <= 0:
                    raise CatalogueError(f"{self.name}: {criterion.key} needs 0 < prior < 1 and reach > 0")

    @cached_property
    def _facts(self) -> dict[str, Fact]:
        return {fact.key: fact for fact in self.facts}

    @cached_property
    def _criteria(self) -> dict[str, Criterion]:
        return {criterion.key: criterion for criterion in self.criteria}

    @cached_property
    def _household(self) -> dict[str, Fact]:
        return {fact.key: fact for fact in self.household}

    @cached_property
    def _demands(self) -> dict[str, Criterion]:
        return {criterion.key: criterion for criterion in self.demand_criteria}

    @cached_property
    def text_criterion(self) -> Resembles | None:
        """The criterion that compares texts, if the market has one."""
        return next((criterion for criterion in self.criteria if isinstance(criterion, Resembles)), None)

    def fact(self, key: str) -> Fact:
        """The supply fact of that key; KeyError where there is none."""
        return self._facts[key]

    def household_fact(self, key: str) -> Fact:
        """The household fact of that key; KeyError where there is none."""
        return self._household[key]

    def criterion(self, key: str) -> Criterion:
        """The criterion by which seekers judge supply; KeyError where there is none."""
        return self._criteria[key]

    def demand_criterion(self, key: str) -> Criterion:
        """The criterion by which supply judges a household; KeyError where there is none."""
        return self._demands[key]

    def facts_of(self, owner: str) -> tuple[Fact, ...]:
        """The facts that belong to a dwelling, an offer, a project or a site, in declared order."""
        return tuple(fact for fact in self.facts if fact.owner == owner)

    @cached_property
    def version(self) -> str:
        """Names the rules that a match was made by: it changes with every declaration, judged or not, with every number
        of the rules, and with what makes two texts alike where texts are compared."""
        told = [repr(getattr(self, field.name)) for field in fields(self)]
        told += map(repr, constants.in_force())
        if self.text_criterion is not None:
            told += map(repr, likeness_rules())
        digest = hashlib.sha256("\n".join(told).encode())
        return f"{self.name}-{digest.hexdigest()[:10]}"


def _refuse_doubles(what: str, keys: Iterable[str]) -> None:
    if doubles := [key for key, count in Counter(keys).items() if count > 1]:
        raise CatalogueError(f"{what} declared twice: {doubles}")


THEMES = {
    "access": "Der Weg in die Wohnung",
    "rooms": "Räume und Türen",
    "bathroom": "Bad",
    "size": "Größe und was dazugehört",
    "senses": "Sehen, Hören, Orientierung, Sicherheit",
    "place": "Lage, Haus und Energie",
    "money": "Kosten und Mietvertrag",
    "services": "Unterstützung im Haus",
    "living": "Zusammen wohnen",
    "household": "Ihr Haushalt",
    "sites": "Haus oder Grundstück",
    "resources": "Nachbarschaft",
}
"""The themes by which facts are grouped on forms, sheets and figures, in the order shown."""

_HOME_THEMES = (access, rooms, bathroom, size, fittings, senses, location, money, living)

HOMES = Market(
    name="homes",
    facts=tuple(fact for theme in _HOME_THEMES for fact in theme.FACTS),
    criteria=tuple(criterion for theme in _HOME_THEMES for criterion in theme.CRITERIA),
    household=household.FACTS,
    demand_criteria=household.CRITERIA,
    consent=money.CONVERSION_CONSENT,
    permit_fact=money.WBS_TYPE,
    permit=household.HAS_PERMIT,
    capacity=living.FREE_PLACES,
    entitlement=household.CARE_ENTITLED,
    compared=(location.DISTRICT, living.LIVING_FORM),
)

SITES = Market(name="sites", facts=sites.FACTS, criteria=sites.CRITERIA, compared=(sites.DISTRICT, sites.SITE_KIND))

RESOURCES = Market(name="resources", facts=resources.FACTS, criteria=resources.CRITERIA)

MARKETS = {market.name: market for market in (HOMES, SITES, RESOURCES)}
