"""Every word of the declarations that a person may read, for the catalogues of translations."""

from collections.abc import Iterator

from matching.catalogue import MARKETS, THEMES, Market
from matching.facts import Choice, Fact, Measure
from matching.kinds import Criterion
from matching.profiles import PROFILES


def declared_wording() -> Iterator[tuple[str, str]]:
    """(message, where it is declared) of themes, facts, criteria, works and needs profiles."""
    yield from ((label, "declared/themes") for label in THEMES.values())
    for market in MARKETS.values():
        yield from ((text, f"declared/{market.name}") for text in _texts(market) if text)
    for profile in PROFILES:
        texts = (profile.label, profile.explanation, *(preset.explanation for preset in profile.requirements))
        yield from ((text, "declared/profiles") for text in texts if text)


def _texts(market: Market) -> Iterator[str]:
    for fact in (*market.facts, *market.household):
        yield from _of_fact(fact)
    for criterion in (*market.criteria, *market.demand_criteria):
        yield from _of_criterion(criterion)


def _of_fact(fact: Fact) -> Iterator[str]:
    yield from (fact.label, fact.hint, fact.question)
    if isinstance(fact, Measure):
        yield from (fact.unit, fact.unit_one, fact.endless)
    if isinstance(fact, Choice):
        yield from fact.options.values()


def _of_criterion(criterion: Criterion) -> Iterator[str]:
    yield criterion.label
    yield from (works.label for works in criterion.adaptations)
