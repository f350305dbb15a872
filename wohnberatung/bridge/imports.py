"""Imports: from raw values, free fields and free text to facts of the catalogue, with their evidence.

What a field of the file says is `stated`, unless adverts are known to be careless with it (`claim_only`);
what is read out of prose is `claimed` and keeps its sentence. A field outweighs prose. A value the catalogue
refuses is told as a fault and stays unknown: one wrong number must not keep a flat out of the lists, and a
guess in its place would be worse than nothing.
"""

import re
import textwrap
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from matching.catalogue import HOMES, Market
from matching.criteria import access
from matching.criteria.wording import PLANNED
from matching.facts import Fact, FactError, Flag, Hint, Measure
from matching.language import AT_ONCE, amount, day_in
from wohnberatung.bridge.neighbourhoods import District

CLAIMED, STATED = "claimed", "stated"
DISTRICT = "derived/district"
# Below this a district is a coin toss among several and rather stays unknown.
LEAST_CERTAIN = 0.4
CERTAIN = 0.9
LONGEST_SENTENCE = 400
_SENTENCE_ENDS = re.compile(
    r"\n+|(?<=[.!?])(?<!\d\.)(?<!ca\.)(?<!bzw\.)(?<!inkl\.)(?<!Nr\.)(?<!z\.)(?<!B\.)\s+(?=[\"„A-ZÄÖÜ])"
)

# Facts about which what a text says is compared with the fields beside it: people decide by them whether they come.
_ASKED_IN_PROSE = frozenset({access.HAS_LIFT.key, access.STEP_FREE.key, access.FLOOR.key})
# Of promises in degrees one word may say more than another; that it is none of them contradicts them all.
_NONE_OF_THEM = {access.CLAIMED_LEVEL.key: "none"}
_CODE = re.compile(r"[+-]?0\d")
_UNITS = frozenset({"", "€", "eur", "euro", "m²", "m2", "qm", "km", "cm", "m", "%"})

Raw = str | bool | float


@dataclass(frozen=True)
class Fault:
    """Why a value of the file stays unknown: the fact's key, a German sentence that names the value, and the value
    as it was given."""

    key: str
    message: str
    given: str = ""


@dataclass(frozen=True)
class ImportedFacts:
    """Facts by key with their level of evidence; `sentences`: the wording a claim was read from; `contradicted`: what
    else the same record says of a fact."""

    facts: dict[str, Any]
    evidence: dict[str, str]
    sentences: dict[str, str]
    faults: tuple[Fault, ...]
    contradicted: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Found:
    value: Any
    level: str
    sentence: str = ""


class _Given(NamedTuple):
    """A raw value, the factor that converts its unit, whether it stands in a field that programs always fill in, and
    whether it is a claim at most."""

    raw: Any
    factor: float = 1.0
    is_box: bool = False
    claimed: bool = False


def facts_from(
    values: Mapping[str, Raw],
    named: Mapping[str, Raw] | None = None,
    texts: Sequence[str] = (),
    district: District | None = None,
    market: Market = HOMES,
) -> ImportedFacts:
    """What one record of an import says about the market's supply.

    `values`: path in lower case → raw value; `named`: column or free field in lower case → raw value;
    `texts`: free text; `district`: where the record's address was located.
    """
    located = district if district and district.certainty >= LEAST_CERTAIN else None
    place = {DISTRICT: located.code} if located else {}
    columns = {bare(name): raw for name, raw in (named or {}).items()}
    prose = _Prose(texts)
    found: dict[str, _Found] = {}
    faults: list[Fault] = []
    contradicted: dict[str, Any] = {}
    for fact in market.facts:
        given = [*_from_paths(fact, {**values, **place}), *_from_columns(fact, columns)]
        given.sort(key=lambda one: one.claimed)  # who says it outright outweighs a word of many meanings
        one = _first_plausible(fact, given, faults) or prose.claim(fact)
        if one and given and (other := _other_word(fact, one.value, given, prose)) is not None:
            contradicted[fact.key] = other
        if one:
            found[fact.key] = _as_certain(one, fact, located) if located else one
    return ImportedFacts(
        facts={key: one.value for key, one in found.items()},
        evidence={key: one.level for key, one in found.items()},
        sentences={key: one.sentence for key, one in found.items() if one.sentence},
        faults=tuple(faults),
        contradicted=contradicted,
    )


def _other_word(fact: Fact, kept: Any, given: Sequence[_Given], prose: "_Prose") -> Any:
    """What is said besides and cannot be so as well; None where nothing is. Of most facts one element of a delivery
    says more than another one, so only a yes and a no contradict each other, and storeys."""
    if denied := _NONE_OF_THEM.get(fact.key):
        claim = prose.claim(fact)
        return denied if claim and claim.value == denied != kept else None
    if not isinstance(fact, Flag) and fact.key not in _ASKED_IN_PROSE:
        return None
    for one in given:
        value = _first_plausible(fact, [one], [])
        # Programs write a no for every box that nobody ticked; the way in is worth a question all the same.
        is_unticked = value and one.is_box and value.value is False and fact.key not in _ASKED_IN_PROSE
        if value and value.value != kept and not is_unticked:
            return value.value
    claim = prose.claim(fact) if fact.key in _ASKED_IN_PROSE else None
    return claim.value if claim and claim.value != kept else None


def _first_plausible(fact: Fact, given: Sequence[_Given], faults: list[Fault]) -> _Found | None:
    for raw, factor, is_box, claimed in given:
        try:
            value = fact.parse(_suited(fact, raw, factor))
        except FactError as error:
            faults.append(Fault(error.key, error.message, _written(raw)))
            continue
        if value is not None:
            # Programs write a no for every box that nobody ticked.
            unticked = is_box and value is False
            return _Found(value, CLAIMED if fact.claim_only or claimed or unticked else STATED)
    return None


def _as_certain(one: _Found, fact: Fact, district: District) -> _Found:
    """A district is no better known than the way it was found, which takes the place of a sentence."""
    if DISTRICT not in (source.path for source in fact.imports):
        return one
    return _Found(one.value, STATED if district.certainty >= CERTAIN else CLAIMED, district.how)


def _from_paths(fact: Fact, values: Mapping[str, Raw]) -> Iterator[_Given]:
    """In the order the fact declares."""
    for source in fact.imports:
        raw = values.get(source.path.lower())
        if raw is None:
            continue
        if source.value is None:
            yield _Given(raw, source.factor, is_box=True, claimed=source.claimed)
        elif _says_yes(raw):
            yield _Given(source.value, claimed=source.claimed)


def _from_columns(fact: Fact, columns: Mapping[str, Raw]) -> Iterator[_Given]:
    # A label and an alias that differ only in their signs are one column.
    for name in dict.fromkeys(map(bare, _names(fact))) if columns else ():
        if (raw := columns.get(name)) is not None:
            yield _Given(raw)


def _written(raw: Any) -> str:
    return f"{raw:g}".replace(".", ",") if isinstance(raw, float) else str(raw)


def _says_yes(raw: Raw) -> bool:
    return raw > 0 if isinstance(raw, float) else raw is True


def decimal(text: str) -> float | None:
    """A number with point or comma as decimal mark: '88.00', '88,5', '1.234,50', 'ca. 62 m²'.

    None where the text is no number, or one with leading zeros: that is a code, such as a postcode.
    """
    read = None if _CODE.match(text) else amount(text, decimal_point=True)
    return read[0] if read and read[1].lower() in _UNITS else None


def named_day(text: str) -> date | None:
    """The first day named in the text; of a month alone its first."""
    return day_in(text)


def says_at_once(text: str) -> bool:
    return AT_ONCE.search(text) is not None


def _suited(fact: Fact, raw: Any, factor: float) -> Any:
    """The raw value in the type the fact expects; what does not suit is left for the fact to refuse."""
    if isinstance(fact, Flag):
        return bool(raw) if raw in (0.0, 1.0) else raw
    if isinstance(fact, Measure):
        return _number(fact, raw, factor)
    return f"{raw:g}" if isinstance(raw, float) else raw


def _number(fact: Measure, raw: Any, factor: float) -> Any:
    if isinstance(raw, bool):
        return None  # the field is there, but holds no number
    if isinstance(raw, str):
        return raw  # the fact knows which words may stand beside a number of its own
    return round(raw * factor, 6)


def column_of(heading: str, market: Market = HOMES) -> str | None:
    """The column that `facts_from` takes for a fact of the supply by this heading; None for what it does not know."""
    name = bare(heading)
    return name if name in known_columns(market) else None


@cache
def known_paths(market: Market = HOMES) -> frozenset[str]:
    """The paths, in lower case, under which imports find any fact."""
    return frozenset(source.path.lower() for fact in market.facts for source in fact.imports)


def measured(column: str, raw: Raw, market: Market = HOMES) -> float:
    """The number that the fact of this column reads from the value; 0 where it is none or the fact refuses it."""
    fact = known_columns(market)[column]
    try:
        value = fact.parse(_suited(fact, raw, 1.0))
    except FactError:
        return 0.0
    return float(value) if isinstance(value, int | float) else 0.0


def refusal(column: str, raw: Raw, market: Market = HOMES) -> str:
    """In words why the fact of this column refuses the value; empty where it takes it."""
    fact = known_columns(market)[column]
    try:
        fact.parse(_suited(fact, raw, 1.0))
    except FactError as error:
        return error.message
    return ""


def columns_for(path: str, market: Market = HOMES) -> frozenset[str]:
    """The columns that mean the fact which imports find under this path."""
    owners = [fact for fact in market.facts if path in (source.path for source in fact.imports)]
    return frozenset(bare(name) for fact in owners for name in _names(fact))


def facts_called(columns: Collection[str], market: Market = HOMES) -> frozenset[str]:
    """The keys of the facts that these columns mean."""
    wanted = frozenset(columns)
    if not wanted:
        return wanted  # nearly always, for each of thousands of homes
    return frozenset(fact.key for fact in market.facts if wanted & set(map(bare, _names(fact))))


@cache
def known_columns(market: Market = HOMES) -> Mapping[str, Fact]:
    """By every name that a column may have, the first fact it means."""
    columns: dict[str, Fact] = {}
    for fact in market.facts:
        for name in _names(fact):
            columns.setdefault(bare(name), fact)
    return columns


def _names(fact: Fact) -> tuple[str, ...]:
    return (fact.key, fact.label, *fact.aliases)


def bare(name: str) -> str:
    """A heading without case, signs and needless spaces."""
    return " ".join(re.sub(r"[\W_]+", " ", name.lower()).split())


def _is_only_planned(fact: Fact, hint: Hint, sentence: str) -> bool:
    """Whether a promise stands in a sentence about what is to come: nobody can use a lift that will be built. A number
    or a denial is so today all the same."""
    promises = not isinstance(fact, Measure) and hint.value is not False
    return promises and PLANNED.search(sentence) is not None


class _Prose:
    """The free text of one record, searched sentence by sentence only where a pattern occurs at all."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._sentences = [
            sentence
            for text in texts
            for part in _SENTENCE_ENDS.split(text)
            for sentence in textwrap.wrap(part, LONGEST_SENTENCE)
        ]
        self._whole = "\n".join(self._sentences)

    def claim(self, fact: Fact) -> _Found | None:
        """The fact's first hint that matches: denials are declared first, so they outweigh promises."""
        for hint in fact.hints:
            if not re.search(hint.pattern, self._whole, re.IGNORECASE):
                continue
            for sentence in self._sentences:
                if re.search(hint.pattern, sentence, re.IGNORECASE) and not _is_only_planned(fact, hint, sentence):
                    return _Found(fact.read(hint.value), CLAIMED, sentence)
        return None
