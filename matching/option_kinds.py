"""Kinds of criteria whose wanted value is a list of options, each with a shortfall of its own, or a text."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Floats
from matching.constants import HOP_SATISFACTION, SIMILAR_TEXTS
from matching.facts import Choice, Choices, NeighbourhoodCode, Text
from matching.kinds import Criterion
from matching.language import GERMAN, Language, mark
from matching.shares_in_words import ALIKE, in_a_word


class Options(Criterion):
    """Wanted is a list of options; a table of shortfalls per option answers by look-up."""

    @abstractmethod
    def table(self, wanted: Any) -> Floats:
        """Shape (options,): the shortfall of each option."""

    def parameters(self, wanted: Sequence[Any]) -> tuple[NDArray[Any], ...]:
        return (np.stack([self.table(value) for value in wanted]),)

    def shortfall(self, parameters: tuple[NDArray[Any], ...], values: Floats) -> Floats:
        result: Floats = parameters[0][:, values.astype(np.intp)]
        return result

    def read_wanted(self, raw: Any) -> Any:
        if not isinstance(raw, list | tuple) or not raw:
            raise self.fact.refuse(mark("Erwartet wird eine Liste mit mindestens einem Wert."))
        return [self._known(item) for item in raw]

    def _known(self, item: Any) -> Any:
        value = self.fact.read(item)
        if value is None:
            raise self.fact.refuse(mark("Die Liste enthält einen leeren Wert."))
        return value

    def wanted_words(self, wanted: Any, language: Language = GERMAN) -> str:
        return language.alternatives([self.fact.format(item, language) for item in wanted])


class OneOf(Options):
    """One of the wanted options; nothing lies in between."""

    fact: Choice

    def table(self, wanted: Any) -> Floats:
        shortfalls = np.full(len(self.fact.options), np.inf)
        shortfalls[[int(self.fact.encode(item)) for item in wanted]] = 0.0
        return shortfalls


class Near(Options):
    """In a wanted neighbourhood, or hops away from one: satisfying by `HOP_SATISFACTION`."""

    fact: NeighbourhoodCode

    def table(self, wanted: Any) -> Floats:
        hops: Floats = self.fact.city.hops
        nearest: Floats = hops[[int(self.fact.encode(item)) for item in wanted]].min(axis=0)
        return nearest

    def satisfaction(self, shortfall: Floats) -> Floats:
        return np.interp(shortfall, range(len(HOP_SATISFACTION)), HOP_SATISFACTION)


class Overlaps(Options):
    """At least one option in common."""

    fact: Choices

    def table(self, wanted: Any) -> Floats:
        return np.array([self.fact.encode(wanted)])

    def shortfall(self, parameters: tuple[NDArray[Any], ...], values: Floats) -> Floats:
        common = parameters[0].astype(np.int64) & values.astype(np.int64)
        return np.where(common > 0, 0.0, np.inf)

    def read_wanted(self, raw: Any) -> Any:
        return self.fact.read(raw) if raw is not None else super().read_wanted(raw)

    def wanted_words(self, wanted: Any, language: Language = GERMAN) -> str:
        return self.fact.format(wanted, language)


class Resembles(Criterion):
    """Likeness of two texts, 1 where they say the same; the value handed in is the likeness itself."""

    fact: Text
    near_enough = 1.0 - SIMILAR_TEXTS

    def read_wanted(self, raw: Any) -> Any:
        wanted = self.fact.read(raw)
        if not wanted:
            raise self.fact.refuse(mark("Der Text zum Vergleichen fehlt."))
        return wanted

    def found(self, value: float) -> Any:
        return None if np.isnan(value) else round(value, 3)

    def found_words(self, value: float, language: Language = GERMAN) -> str:
        if np.isnan(value):
            return language.say(mark("unbekannt"))
        return language.say(in_a_word(value, ALIKE))

    def parameters(self, wanted: Sequence[Any]) -> tuple[NDArray[Any], ...]:
        return (np.zeros((len(wanted), 1)),)

    def shortfall(self, parameters: tuple[NDArray[Any], ...], values: Floats) -> Floats:
        result: Floats = 1.0 - values + parameters[0]
        return result

    def wanted_words(self, wanted: Any, language: Language = GERMAN) -> str:
        """Never the text itself: it is personal, and three readers see the sentence."""
        return language.say(mark("ähnliche Vorstellungen"))
