"""How a bound is said: "mindestens 90 cm", "höchstens im 1. Obergeschoss". A bound at the end of what there is bounds
nothing or leaves one value: nobody says "höchstens nie".
"""

from typing import Any

from matching.facts import Choice, Fact, Measure
from matching.language import GERMAN, Language, mark

ANYTHING = mark("beliebig")
AT_LEAST, AT_MOST = mark("mindestens %(value)s"), mark("höchstens %(value)s")
OR_BETTER = mark("%(value)s oder besser")
SINCE, UNTIL = mark("ab %(value)s"), mark("bis %(value)s")
HIGHER, LOWER = mark("mindestens im %(storey)s"), mark("höchstens im %(storey)s")
STOREYS = {-1: mark("Untergeschoss"), 0: mark("Erdgeschoss"), 1: mark("1. Obergeschoss")}


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
        return language.say(of_storey, storey=_storey(value, language))
    year = isinstance(fact, Measure) and not fact.grouped
    return language.say(of_year if year else usual, value=fact.format(value, language))


def _storey(value: float, language: Language) -> str:
    """By its name. A mezzanine has none."""
    if value in STOREYS:
        return language.say(STOREYS[int(value)])
    above, below = mark("%(number)s. Obergeschoss"), mark("%(number)s. Untergeschoss")
    return language.say(above if value > 0 else below, number=language.number(abs(value)))


def _is_first(fact: Fact, value: Any) -> bool:
    """Nothing is below it: no amount, no number, the first of an ordered choice."""
    if isinstance(fact, Choice):
        return bool(value == next(iter(fact.options)))
    return isinstance(fact, Measure) and value == fact.low == 0


def _is_last(fact: Fact, value: Any) -> bool:
    if isinstance(fact, Choice):
        return bool(value == list(fact.options)[-1])
    return isinstance(fact, Measure) and bool(fact.endless) and value == fact.high
