"""The engine's words in the language being read, by the themes in which people meet them, and each of them."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeVar

from matching.catalogue import MARKETS, THEMES, Market
from matching.facts import Choice, Fact, Measure
from matching.kinds import Criterion
from matching.language import Language
from matching.profiles import PROFILES
from wohnberatung.core.languages import ReadLanguage, current_language
from wohnberatung.translations import translations_of

T = TypeVar("T")


def spoken() -> Language:
    """For whoever reads this page or this mail."""
    return engine_language(current_language())


@cache
def engine_language(language: ReadLanguage) -> Language:
    """Whoever reads it where."""
    translate = translations_of(language.locale).ugettext
    return Language(
        # The empty message is what gettext keeps its own notes under.
        translate=lambda message: translate(message) if message else "",
        decimal=language.decimal,
        thousands=language.thousands,
        day_format=language.day_format,
    )


def by_theme(items: Iterable[T]) -> list[tuple[str, str, tuple[T, ...]]]:
    """(theme, German label, facts or criteria or rows that have a `fact`), in the order of the themes."""
    groups: dict[str, list[T]] = {theme: [] for theme in THEMES}
    for item in items:
        groups[_theme_of(item)].append(item)
    return [(theme, label, tuple(groups[theme])) for theme, label in THEMES.items() if groups[theme]]


def declared_wording() -> Iterator[tuple[str, str]]:
    """(message, where it is declared) of themes, facts, criteria, works and needs profiles."""
    yield from ((label, "declared/themes") for label in THEMES.values())
    for market in MARKETS.values():
        yield from ((text, f"declared/{market.name}") for text in _texts(market) if text)
    for profile in PROFILES:
        texts = (profile.label, profile.explanation, *(preset.explanation for preset in profile.requirements))
        yield from ((text, "declared/profiles") for text in texts if text)


def _theme_of(item: Any) -> str:
    return str(getattr(item, "fact", item).theme)


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
