"""Kinds of facts: what may be known about a dwelling, an offer, a project, a site or a household.

A fact is declared once as an instance of one of these kinds. It may always be unknown (`None`, NaN
once encoded); unknown is never "no". `parse` takes what people and files write, `read` takes strict
JSON values; both refuse the implausible with a `FactError`.
"""

import math
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from matching.language import GERMAN, UNIT_SPELLINGS, Language, TwoReadings, amount, day_of, lacks_year, mark, of_unit
from matching.neighbourhoods import City

UNKNOWN_WORDS = frozenset({"", "unbekannt", "unknown", "weiß nicht", "k. a.", "k.a.", "keine angabe", "-", "?"})
TRUE_WORDS = frozenset({"ja", "j", "yes", "true", "wahr", "1", "x", "vorhanden"})
FALSE_WORDS = frozenset({"nein", "n", "no", "false", "falsch", "0", "kein", "keine", "ohne", "nicht vorhanden"})
WHOLE_UNITS = frozenset({"Personen"})
LARGEST_NUMBER = 1e15
"""Beyond it a number can be neither plausible nor shown."""


class FactError(ValueError):
    """A value the fact cannot take; `key` names the fact, `message` says in German why and what to do instead.

    Some of the `values` in the sentence are words themselves: those are given as how to say them in a language.
    """

    def __init__(self, key: str, sentence: str, **values: "str | Callable[[Language], str]") -> None:
        self.key, self.sentence, self.values = key, sentence, values
        self.message = self.said(GERMAN)
        super().__init__(f"{key}: {self.message}")

    def said(self, language: Language) -> str:
        """The message in another language."""
        values = {name: value(language) if callable(value) else value for name, value in self.values.items()}
        return language.say(self.sentence, **values)


@dataclass(frozen=True)
class From:
    """Where an import finds a fact; of several the first that holds anything wins.

    `a/b` is the text of an element (where it is empty, its presence is a yes), `a/b@NAME` an attribute,
    `a/b@name=VALUE` the element whose attribute has that value, `a/b=WORD` the one with this word, `derived/…` what a
    reader works out itself. `value` is taken where the path holds a yes (true, 1, JA, a number above zero); `factor`
    converts units; what is `claimed` only senders mean differently."""

    path: str
    value: Any = None
    factor: float = 1.0
    claimed: bool = False


@dataclass(frozen=True)
class Hint:
    """A pattern in free text (case-insensitive regular expression) that claims a value."""

    pattern: str
    value: Any


@dataclass(frozen=True, kw_only=True)
class Fact(ABC):
    """What every fact declares, whatever its kind. `alone` is what an offer that belongs to no project is taken for:
    an ordinary flat is a home of its own unless somebody says otherwise."""

    key: str
    label: str
    owner: str = "dwelling"
    theme: str = ""
    hint: str = ""
    question: str = ""
    headline: bool = False
    imports: tuple[From, ...] = ()
    aliases: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()
    claim_only: bool = False
    alone: Any = None
    source: str = ""

    def parse(self, raw: Any, language: Language = GERMAN) -> Any:
        """A value as people and files write it ('1.234,50 €', 'ja', '01.08.2026'); None where unknown. `language` is
        that of the page on which it was typed."""
        if raw is None or (isinstance(raw, str) and raw.strip().lower() in UNKNOWN_WORDS):
            return None
        return self.read(self._from_text(raw.strip(), language) if isinstance(raw, str) else raw)

    def read(self, value: Any) -> Any:
        """A strict JSON value, checked for type and plausibility; None where unknown."""
        return None if value is None else self._checked(value)

    def refuse(self, sentence: str, **values: str | Callable[[Language], str]) -> FactError:
        return FactError(self.key, sentence, **values)

    def encode(self, value: Any) -> float:
        """The value as a float for the engine's columns; NaN where unknown."""
        return math.nan if value is None else self._code(value)

    def decode(self, code: float) -> Any:
        """The value of an encoded float; None for NaN."""
        return None if math.isnan(code) else self._value(code)

    def format(self, value: Any, language: Language = GERMAN) -> str:
        """The value as a person reads it."""
        return language.say(mark("unbekannt")) if value is None else self._words(value, language)

    def _from_text(self, text: str, language: Language) -> Any:
        return text

    @abstractmethod
    def _checked(self, value: Any) -> Any: ...

    @abstractmethod
    def _code(self, value: Any) -> float: ...

    @abstractmethod
    def _value(self, code: float) -> Any: ...

    @abstractmethod
    def _words(self, value: Any, language: Language) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Measure(Fact):
    """A number with a unit (`unit_one` where the singular differs) inside a plausible range; years are not
    `grouped` by thousands; `endless` is the word for the highest value where that means no limit. `just_one` is the
    whole phrase for one, where German has the same word for one and many and other languages have not. Where nothing
    measures 0 (`above_zero`), a 0 is what an empty field became somewhere, and is asked. `beside` is a pattern of words
    beside the number that say no more than the fact does. `storeys` are counted from the ground floor, and named."""

    unit: str
    low: float
    high: float
    unit_one: str = ""
    just_one: str = ""
    step: float = 1.0
    grouped: bool = True
    endless: str = ""
    above_zero: bool = False
    beside: str = ""
    storeys: bool = False

    def _from_text(self, text: str, language: Language) -> float:
        if self.endless and text.lower() in (self.endless, language.say(self.endless).lower()):
            return self.high
        if self.storeys and (storey := language.storey_named(text, self.low, self.high)) is not None:
            return storey
        plain = re.sub(self.beside, "", text, flags=re.IGNORECASE).strip() if self.beside else text
        try:
            read = of_unit(self.unit, amount(plain, language=language, in_words=not self.unit.startswith("€")))
        except TwoReadings as two:
            raise self._asked(two) from two
        # Only the fact's own unit may follow: "3 Kaltmieten" is no amount of euro.
        units = [unit for unit in (self.unit, self.unit_one) if unit]
        said = {spoken.say(unit).lower() for unit in units for spoken in (GERMAN, language)}
        if read is not None and read[1].lower() in {"", *said, *UNIT_SPELLINGS.get(self.unit, ())}:
            return read[0]
        raise self.refuse(mark("„%(text)s“ ist keine Zahl. Beispiel: 88 oder 88,5."), text=text[:40])

    def _asked(self, two: TwoReadings) -> FactError:
        """Both readings as they could be written in any language."""
        return self.refuse(
            mark("Meinen Sie %(thousands)s oder %(fraction)s? Bitte schreiben Sie es so."),
            thousands=f"{two.thousands:.0f}",
            fraction=lambda language: f"{two.fraction:g}".replace(".", language.decimal),
        )

    def _checked(self, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < LARGEST_NUMBER:
            raise self.refuse(mark("Erwartet wird eine Zahl, zum Beispiel %(example)s."), example=self._said(self.low))
        if self.unit in WHOLE_UNITS and not float(value).is_integer():
            raise self.refuse(mark("Bitte geben Sie eine ganze Zahl an, zum Beispiel 2."))
        if self.above_zero and value == 0:
            raise self.refuse(
                mark("Meinen Sie wirklich %(value)s? Wenn Sie es nicht wissen, lassen Sie das Feld leer."),
                value=self._said(value),
            )
        if not self.low <= value <= self.high:
            raise self.refuse(
                mark("%(value)s ist nicht plausibel; möglich sind %(low)s bis %(high)s."),
                value=self._said(value),
                low=self._said(self.low),
                high=self._said(self.high),
            )
        return value

    def _is_endless(self, value: float) -> bool:
        return bool(self.endless) and value == self.high

    def _code(self, value: Any) -> float:
        return float(value)

    def _value(self, code: float) -> float:
        return int(code) if code.is_integer() else code

    def _words(self, value: Any, language: Language) -> str:
        # A mezzanine has no name.
        is_named = self.storeys and float(value).is_integer()
        return language.storey(value) if is_named else self.amount_words(value, language)

    def _said(self, value: Any) -> Callable[[Language], str]:
        """A value inside a sentence whose language is not known yet."""
        return partial(self.amount_words, value)

    def amount_words(self, value: float, language: Language = GERMAN) -> str:
        """The number with its unit, also where the value itself has a name: a tolerance is so many storeys."""
        if value == 1 and self.just_one:
            return language.say(self.just_one)
        if self.unit.startswith("€") and not self._is_endless(value):
            return language.money(value, self.unit.removeprefix("€"))
        unit = self.unit_one if value == 1 and self.unit_one else self.unit
        number = self.number_words(value, language)
        return f"{number} {language.say(unit)}" if unit and not self._is_endless(value) else number

    def number_words(self, value: float, language: Language = GERMAN) -> str:
        """The number without its unit; euro amounts with cents or without any."""
        if self._is_endless(value):
            return language.say(self.endless)
        decimals = 2 if self.unit.startswith("€") and not float(value).is_integer() else None
        return language.number(value, decimals) if self.grouped else f"{value:g}"


@dataclass(frozen=True, kw_only=True)
class Flag(Fact):
    """Yes, no or unknown. `also_yes` are words in lower case that name the thing itself: "EBK" for a kitchen."""

    also_yes: tuple[str, ...] = ()

    def _from_text(self, text: str, language: Language) -> bool:
        word = text.lower()
        if word in TRUE_WORDS | FALSE_WORDS or word in self.also_yes:
            return word not in FALSE_WORDS
        raise self.refuse(mark("„%(text)s“ ist weder ja noch nein."), text=text[:40])

    def _checked(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise self.refuse(mark("Erwartet wird ja oder nein (true oder false)."))
        return value

    def _code(self, value: Any) -> float:
        return float(value)

    def _value(self, code: float) -> bool:
        return code > 0

    def _words(self, value: Any, language: Language) -> str:
        return language.say(mark("ja") if value else mark("nein"))


@dataclass(frozen=True, kw_only=True)
class Choice(Fact):
    """One of a fixed list; `options` maps key to German label, `spellings` other words in lower case to a key."""

    options: Mapping[str, str]
    ordered: bool = False
    spellings: Mapping[str, str] = field(default_factory=dict)

    def _from_text(self, text: str, language: Language) -> str:
        words = {word.lower(): key for key, label in self.options.items() for word in (key, label)}
        if key := {**self.spellings, **words}.get(text.lower()):
            return key
        raise self._unknown_option(text)

    def _checked(self, value: Any) -> str:
        if not isinstance(value, str) or value not in self.options:
            raise self._unknown_option(value)
        return value

    def _unknown_option(self, value: Any) -> FactError:
        return self.refuse(
            mark("„%(value)s“ gibt es hier nicht; möglich sind %(options)s."),
            value=str(value)[:40],
            options=", ".join(self.options.values()),
        )

    def _code(self, value: Any) -> float:
        return float(list(self.options).index(value))

    def _value(self, code: float) -> str:
        return list(self.options)[int(code)]

    def _words(self, value: Any, language: Language) -> str:
        return language.say(self.options[value])


@dataclass(frozen=True, kw_only=True)
class Choices(Choice):
    """Any number of a fixed list, encoded as a bit mask (at most 53 options)."""

    def _from_text(self, text: str, language: Language) -> Any:
        parts = [part.strip() for part in re.split(r"[,;]", text)]
        return [super(Choices, self)._from_text(part, language) for part in parts if part]

    def _checked(self, value: Any) -> Any:
        if not isinstance(value, list | tuple) or not value:
            raise self.refuse(mark("Erwartet wird eine Liste mit mindestens einem Wert."))
        chosen = {super(Choices, self)._checked(item) for item in value}
        return [key for key in self.options if key in chosen]

    def _code(self, value: Any) -> float:
        return float(sum(1 << list(self.options).index(item) for item in value))

    def _value(self, code: float) -> Any:
        return [key for index, key in enumerate(self.options) if int(code) >> index & 1]

    def _words(self, value: Any, language: Language) -> str:
        return ", ".join(language.say(self.options[item]) for item in value)


@dataclass(frozen=True, kw_only=True)
class Day(Fact):
    """A calendar day from which something is to be had, ISO text outside, its ordinal inside; one before `first_year`
    or after `last_year` is a slip of the pen."""

    first_year: int = 1990
    last_year: int = 2099

    def _from_text(self, text: str, language: Language) -> str:
        if lacks_year(text):
            raise self.refuse(mark("In welchem Jahr? Bitte schreiben Sie es dazu. Beispiel: 01.08.2027."))
        found = day_of(text)
        return found.isoformat() if found else text

    def _checked(self, value: Any) -> str:
        try:
            day = date.fromisoformat(value if isinstance(value, str) else value.isoformat())
        except (ValueError, TypeError, AttributeError):
            raise self.refuse(
                mark("„%(value)s“ ist kein Datum. Beispiel: 01.08.2027."), value=str(value)[:40]
            ) from None
        if not self.first_year <= day.year <= self.last_year:
            sentence = mark("Meinen Sie wirklich das Jahr %(year)s? Bitte prüfen Sie das Datum.")
            raise self.refuse(sentence, year=str(day.year))
        return day.isoformat()

    def _code(self, value: Any) -> float:
        return float(date.fromisoformat(value).toordinal())

    def _value(self, code: float) -> str:
        return date.fromordinal(int(code)).isoformat()

    def _words(self, value: Any, language: Language) -> str:
        return date.fromisoformat(value).strftime(language.day_format)


@dataclass(frozen=True, kw_only=True)
class NeighbourhoodCode(Fact):
    """A neighbourhood of the city, by its code."""

    city: City

    def _from_text(self, text: str, language: Language) -> str:
        named = (each.code for each in self.city.neighbourhoods if each.name.lower() == text.lower())
        return next(named, text)

    def _checked(self, value: Any) -> str:
        if not isinstance(value, str) or value not in self.city.position:
            raise self.refuse(
                mark("„%(value)s“ ist kein Stadtteil; erwartet wird der Schlüssel, zum Beispiel 06."),
                value=str(value)[:40],
            )
        return value

    def _code(self, value: Any) -> float:
        return float(self.city.position[value])

    def _value(self, code: float) -> str:
        return self.city.codes[int(code)]

    def _words(self, value: Any, language: Language) -> str:
        return self.city.name(value)


@dataclass(frozen=True, kw_only=True)
class Text(Fact):
    """Free text; compared by likeness only, never encoded into a column."""

    longest: int = 4000

    def _checked(self, value: Any) -> str:
        if not isinstance(value, str) or len(value) > self.longest:
            raise self.refuse(
                mark("Erwartet wird ein Text mit höchstens %(longest)s Zeichen."), longest=str(self.longest)
            )
        return value.strip()

    def _code(self, value: Any) -> float:
        return math.nan

    def _value(self, code: float) -> None:
        return None

    def _words(self, value: Any, language: Language) -> str:
        return str(value)
