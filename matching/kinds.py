"""Kinds of criteria: how far a found value falls short of a wanted one, and how satisfying that still is.

Every kind turns several wanted values into parameters once (`parameters`) and then measures a *shortfall*
for requirements × values in one broadcast: 0 where the wanted value holds, otherwise the distance to it
in the unit of the fact (steps, centimetres, euro, days, hops). Grades, scores and sentences all follow
from the shortfall, so a kind has no other behaviour.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Floats
from matching.facts import Choice, Day, Fact, Measure
from matching.language import GERMAN, Language, mark
from matching.requests import Evidence

IDLE = np.inf
"""The value of what there is nothing to judge about: no width of a lift where there is none. It holds, whatever is
wanted, and says nothing about other homes."""
ANYTHING = mark("beliebig")
AT_LEAST, AT_MOST = mark("mindestens %(value)s"), mark("höchstens %(value)s")
OR_BETTER = mark("%(value)s oder besser")
SINCE, UNTIL = mark("ab %(value)s"), mark("bis %(value)s")
HIGHER, LOWER = mark("mindestens im %(storey)s"), mark("höchstens im %(storey)s")


def told(fact: Fact, value: Any, language: Language = GERMAN) -> str:
    """A found value as a person reads it on the day of reading: a day that has come is none to wait for."""
    today = language.today() if isinstance(fact, Day) and value is not None else None
    if today is not None and date.fromisoformat(value) <= today:
        return language.say(mark("sofort"))
    return fact.format(value, language)


@dataclass(frozen=True)
class Adaptation:
    """Works that would turn a missed requirement into a met one.

    `low` and `high` bound the found values it can start from (a 78 cm door can be widened, a 60 cm one not);
    `cost_eur` is the orientation range, of one piece where works are done piece by piece (`each` door): what several
    criteria need is then added up, while one ramp serves them all. `consent` says who must agree; `funding` names
    programmes that may pay.
    """

    measure: str
    label: str
    cost_eur: tuple[int, int]
    low: float = -np.inf
    high: float = np.inf
    consent: str = "owner"
    funding: tuple[str, ...] = ()
    each: bool = False

    @property
    def expected_eur(self) -> float:
        """The middle of the cost range."""
        return sum(self.cost_eur) / 2.0


@dataclass(frozen=True)
class Reading:
    """What a criterion reads off supply rows, arrays of shape (rows,): the value, its evidence class and
    `basis`, the value an adaptation would start from. NaN is unknown."""

    value: Floats
    evidence: NDArray[np.uint8]
    basis: Floats


@dataclass(frozen=True, kw_only=True)
class Criterion(ABC):
    """A rule that judges one fact, or derives what it judges from several. `usual_tolerance` is what people still
    accept beside the value they name, in the unit of the fact, unless they say otherwise: 620.09 € beside 620 €."""

    fact: Fact = field(kw_only=False)
    key: str = ""
    reach: float = 1.0
    step: float = 0.0
    prior: float = 0.5
    needs_evidence: bool = False
    adaptations: tuple[Adaptation, ...] = ()
    norm: str = ""
    others: tuple[Fact, ...] = field(default=())
    idle_where: tuple[tuple[Fact, float], ...] = ()
    usual_tolerance: float = 0.0
    near_enough: ClassVar[float] = 0.0
    """The shortfall up to which a wish counts as nearly met where nobody can name a tolerance."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", self.key or self.fact.key)

    @property
    def label(self) -> str:
        return self.fact.label

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact the criterion reads."""
        return (self.fact, *self.others, *(fact for fact, _ in self.idle_where))

    def derive(self, readings: Sequence[Reading]) -> Reading:
        """One reading from those of all `facts`; a plain criterion reads its own fact. Where another fact is known to
        have a value of `idle_where`, there is nothing to judge: a home without a lift needs no width of the lift."""
        own, *others = readings
        if not self.idle_where:
            return own
        idle = np.zeros(len(own.value), dtype=bool)
        for reading, (_, value) in zip(others, self.idle_where, strict=True):
            idle |= reading.value == value
        return Reading(
            np.where(idle, IDLE, own.value),
            np.where(idle, np.maximum(own.evidence, np.uint8(Evidence.STATED)), own.evidence).astype(np.uint8),
            own.basis,
        )

    @abstractmethod
    def read_wanted(self, raw: Any) -> Any:
        """A strict JSON wanted value, checked; raises `FactError`."""

    @abstractmethod
    def parameters(self, wanted: Sequence[Any]) -> tuple[NDArray[Any], ...]:
        """Of several wanted values, each of shape (requirements, …)."""

    @abstractmethod
    def shortfall(self, parameters: tuple[NDArray[Any], ...], values: Floats) -> Floats:
        """Shape (requirements, values): distance to the wanted value, 0 where it holds. Values are known."""

    @abstractmethod
    def wanted_words(self, wanted: Any, language: Language = GERMAN) -> str:
        """The wanted value as a phrase: 'mindestens 90 cm'."""

    def found(self, value: float) -> Any:
        """The found value as the outside world writes it; None where unknown, and where there is nothing to judge."""
        return None if value == IDLE else self.fact.decode(value)

    def found_words(self, value: float, language: Language = GERMAN) -> str:
        """The found value as a phrase."""
        return language.say(mark("nicht nötig")) if value == IDLE else told(self.fact, self.found(value), language)

    def leaning(self, parameters: tuple[NDArray[Any], ...]) -> Floats | float:
        """Whether what makes a yes or the better side of the fact likelier speaks for the requirements (1) or against
        them (-1): one for all, or shape (requirements, 1)."""
        return 1.0

    def satisfaction(self, shortfall: Floats) -> Floats:
        """How satisfying a wish still is: 1 at the wanted value, falling linearly to 0 at the reach."""
        result: Floats = np.maximum(1.0 - shortfall / self.reach, 0.0)
        return result


class Bounds(Criterion):
    """Numbers between two bounds; every numeric kind is one of these with one bound open."""

    def parameters(self, wanted: Sequence[Any]) -> tuple[NDArray[Any], ...]:
        bounds = np.array([self.bounds(value) for value in wanted], dtype=float)
        return bounds[:, :1], bounds[:, 1:]

    @abstractmethod
    def bounds(self, wanted: Any) -> tuple[float, float]:
        """Lowest and highest value that holds."""

    def shortfall(self, parameters: tuple[NDArray[Any], ...], values: Floats) -> Floats:
        low, high = parameters
        result: Floats = np.maximum(np.maximum(low - values, values - high), 0.0)
        return result

    def read_wanted(self, raw: Any) -> Any:
        if raw is None:
            raise self.fact.refuse(mark("Der gewünschte Wert fehlt."))
        return self.fact.read(raw)


class AtLeast(Bounds):
    """The more the better, from the wanted value on."""

    def bounds(self, wanted: Any) -> tuple[float, float]:
        return self.fact.encode(wanted), np.inf

    def wanted_words(self, wanted: Any, language: Language = GERMAN) -> str:
        return at_least(self.fact, wanted, language)


class AtMost(Bounds):
    """The less the better, up to the wanted value. Of an ordered choice the best option comes first."""

    def bounds(self, wanted: Any) -> tuple[float, float]:
        return -np.inf, self.fact.encode(wanted)

    def wanted_words(self, wanted: Any, language: Language = GERMAN) -> str:
        return at_most(self.fact, wanted, language, usual=OR_BETTER if isinstance(self.fact, Choice) else AT_MOST)


class NotLater(AtMost):
    """A day no later than the wanted one; the shortfall is in days."""

    def wanted_words(self, wanted: Any, language: Language = GERMAN) -> str:
        return language.say(mark("spätestens %(value)s"), value=self.fact.format(wanted, language))


class Within(Bounds):
    """Between two bounds, `[min, max]`; either may be null."""

    def bounds(self, wanted: Any) -> tuple[float, float]:
        low, high = wanted
        return (
            -np.inf if low is None else self.fact.encode(low),
            np.inf if high is None else self.fact.encode(high),
        )

    def read_wanted(self, raw: Any) -> Any:
        if not isinstance(raw, list | tuple) or len(raw) != 2 or raw[0] is raw[1] is None:
            raise self.fact.refuse(mark("Erwartet wird [von, bis]; eines von beiden darf null sein."))
        wanted = [self.fact.read(bound) for bound in raw]
        low, high = self.bounds(wanted)
        if low > high:
            raise self.fact.refuse(mark("Der kleinste Wert ist größer als der größte."))
        return wanted

    def wanted_words(self, wanted: Any, language: Language = GERMAN) -> str:
        low, high = wanted
        if high is None:
            return at_least(self.fact, low, language)
        if low is None:
            return at_most(self.fact, high, language)
        if low == high:
            return self.fact.format(low, language)
        return language.say(
            mark("%(low)s bis %(high)s"),
            low=self._first_words(low, language),
            high=self.fact.format(high, language),
        )

    def _first_words(self, low: Any, language: Language) -> str:
        """The lower bound; a unit is named once, behind the upper one."""
        fact = self.fact
        return fact.number_words(low, language) if isinstance(fact, Measure) else fact.format(low, language)


class IsTrue(Bounds):
    """A yes or no as wanted."""

    def bounds(self, wanted: Any) -> tuple[float, float]:
        return float(wanted), float(wanted)

    def leaning(self, parameters: tuple[NDArray[Any], ...]) -> Floats | float:
        return np.where(parameters[1] > 0, 1.0, -1.0)

    def wanted_words(self, wanted: Any, language: Language = GERMAN) -> str:
        return self.fact.format(wanted, language)


class IsFalse(IsTrue):
    """Wanted true: it must not be so; wanted false: nothing is parameters."""

    def bounds(self, wanted: Any) -> tuple[float, float]:
        return -np.inf, 0.0 if wanted else np.inf

    def wanted_words(self, wanted: Any, language: Language = GERMAN) -> str:
        return language.say(mark("nein") if wanted else mark("ohne Bedeutung"))


def at_least(fact: Fact, value: Any, language: Language = GERMAN) -> str:
    """From the value on."""
    if _is_first(fact, value):
        return language.say(ANYTHING)
    if _is_last(fact, value):
        return fact.format(value, language)
    return _bound(fact, value, (AT_LEAST, SINCE, HIGHER), language)


def at_most(fact: Fact, value: Any, language: Language = GERMAN, *, usual: str = AT_MOST) -> str:
    """Up to the value; `usual` is how it is said of most."""
    if _is_last(fact, value):
        return language.say(ANYTHING)
    if _is_first(fact, value):
        return fact.format(value, language)
    return _bound(fact, value, (usual, UNTIL, LOWER), language)


def _bound(fact: Fact, value: Any, ways: tuple[str, str, str], language: Language) -> str:
    usual, of_year, of_storey = ways
    if isinstance(fact, Measure) and fact.storeys and float(value).is_integer():
        return language.say(of_storey, storey=language.storey(value))
    year = isinstance(fact, Measure) and not fact.grouped
    return language.say(of_year if year else usual, value=fact.format(value, language))


def _is_first(fact: Fact, value: Any) -> bool:
    """Nothing is below it: no amount, no number, the first of an ordered choice."""
    if isinstance(fact, Choice):
        return bool(value == next(iter(fact.options)))
    return isinstance(fact, Measure) and value == fact.low == 0


def _is_last(fact: Fact, value: Any) -> bool:
    if isinstance(fact, Choice):
        return bool(value == list(fact.options)[-1])
    return isinstance(fact, Measure) and bool(fact.endless) and value == fact.high
