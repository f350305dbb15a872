"""The engine's words in the language being read, by the themes in which people meet them, and each of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, TypeVar

from flask_babel import gettext as _

from matching.catalogue import HOMES, MARKETS, THEMES, Market
from matching.criteria.adaptations import PAYERS
from matching.facts import Choice, Fact, Measure
from matching.kinds import Criterion
from matching.language import Language
from matching.option_kinds import Near
from matching.profiles import PROFILES
from wohnberatung.core import clock
from wohnberatung.core.languages import ReadLanguage, current_language
from wohnberatung.translations import translations_of

T = TypeVar("T")


class Judged(Protocol):
    """One requirement's part in a match, as the engine gives it or as it was kept."""

    @property
    def key(self) -> str: ...
    @property
    def side(self) -> str: ...
    @property
    def importance(self) -> str: ...
    @property
    def grade(self) -> str: ...
    @property
    def contribution(self) -> float | None: ...


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
        currency_first=language.currency_first,
        today=clock.today,
    )


def money(value: float) -> str:
    """An amount of euro as whoever reads this page or this mail writes it: the one way for all that are shown."""
    return spoken().money(value)


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


@dataclass(frozen=True)
class Decision:
    """What decides about a match: how many answers about what must be are `open`, the `question` to begin with, and how
    many of the wishes are met and open."""

    open: int
    question: str
    wishes: int
    wishes_met: int
    wishes_open: int


def decision_of(reasons: Sequence[Judged]) -> Decision:
    """Of the open answers the one comes first that is least likely to turn out well."""
    unknown = [reason for reason in reasons if reason.importance == "must" and reason.grade == "unknown"]
    wishes = [reason.grade for reason in reasons if reason.importance == "wish" and reason.side == "seeker"]
    first = min(unknown, key=lambda reason: reason.contribution or 0.0, default=None)
    return Decision(
        open=len(unknown),
        question="" if first is None else _question_about(first.key, first.side),
        wishes=len(wishes),
        wishes_met=sum(grade in ("met", "nearly") for grade in wishes),
        wishes_open=wishes.count("unknown"),
    )


def _question_about(key: str, side: str) -> str:
    """What to ask: the provider about a fact, the household about what the offer asks of it."""
    if side == "provider":
        return _("Haushalt: %(label)s?", label=_(HOMES.demand_criterion(key).label))
    criterion = next(item for market in MARKETS.values() for item in market.criteria if item.key == key)
    return _(criterion.fact.question or criterion.label)


def with_tolerance(criterion: Criterion, wanted: str, tolerance: float) -> str:
    """The wanted value with what is still accepted beside it, where that is something."""
    if tolerance and isinstance(criterion, Near):
        return _("%(places)s und in der Nähe", places=wanted)
    fact = criterion.fact
    if not tolerance or not isinstance(fact, Measure):
        return wanted
    return _("%(wanted)s, Spielraum %(tolerance)s", wanted=wanted, tolerance=fact.amount_words(tolerance, spoken()))


class Funded(Protocol):
    """Works that programmes may pay, as the engine gives them or as they were kept."""

    @property
    def funding(self) -> tuple[str, ...]: ...


def payers_of(works: Iterable[Funded]) -> str:
    """Who may pay any of them, in the order in which to ask."""
    asked = {programme for each in works for programme in each.funding}
    return ", ".join(_(payer) for programme, payer in PAYERS.items() if programme in asked)


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
        yield from (fact.unit, fact.unit_one, fact.just_one, fact.endless)
    if isinstance(fact, Choice):
        yield from fact.options.values()


def _of_criterion(criterion: Criterion) -> Iterator[str]:
    yield criterion.label
    yield from (works.label for works in criterion.adaptations)
