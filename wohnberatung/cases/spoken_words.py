"""The words of a line that says when: tokens, what each may mean, and phrases made of them.

A phrase is written as its parts: words as they are said ("in", "|" between several, "?" after one that may be missing)
and symbols in capitals ("COUNT"), each of which stands for a function below: tokens and place → (value, where it
ends). `spoken_dates` and `spoken_times` say what the phrases mean.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "ein eins eine einem einer einen",
            "zwei",
            "drei",
            "vier",
            "fünf",
            "sechs",
            "sieben",
            "acht",
            "neun",
            "zehn",
            "elf",
            "zwölf",
            "dreizehn",
            "vierzehn",
            "fünfzehn",
        ),
        start=1,
    )
    for word in words.split()
} | {"zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfundvierzig": 45}
MONTHS = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_MONTH = re.compile(
    r"jan(uar)?|feb(ruar)?|märz?|mrz|apr(il)?|mai|juni?|juli?|aug(ust)?|sept?(ember)?|okt(ober)?|nov(ember)?|dez(ember)?"
)
_SHORT_DAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")
_DAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_ORDINALS = ("letzte", "erste", "zweite", "dritte", "vierte")
TITLES = words("frau fr herr herrn hr hrn fam familie dr prof dipl schwester pfleger")
# "So früh wie möglich", "so bald es geht": no Sunday.
_AFTER_SO = words("früh bald schnell zeitig rasch oft lange weit gut viel wie dass ist war es wird kann")
_PREPOSITIONS = words("am an bis zum ab auf für spätestens dem den der")
# Of a line that says when somebody can be reached.
_REACHABLE = words("erreichbar erreichen anzutreffen sprechbar")
_LIMITS = words("ab bis nur immer nicht werktags wochentags täglich außer")
_DAYS_IN_WORDS = words("heute morgen übermorgen vormittags nachmittags abends morgens früh")
_REACHING = _LIMITS | words("- – — / : . & + und oder von zu am uhr h gut telefonisch")
_TOKEN = re.compile(r"\d+|[^\W\d_]+|\S")


class Token(NamedTuple):
    """A number, a word or one sign, and where it stands in the line."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower()


Tokens = Sequence[Token]
Symbol = Callable[[Tokens, int], tuple[Any, int] | None]


def tokens_of(line: str) -> list[Token]:
    return [Token(found[0], found.start(), found.end()) for found in _TOKEN.finditer(line)]


class PhraseFound(NamedTuple):
    """A phrase found: where it ends, and what its symbols say in their order; None says nothing."""

    end: int
    values: tuple[Any, ...]


def matches(parts: Sequence[str], tokens: Tokens, at: int, symbols: dict[str, Symbol]) -> Iterator[PhraseFound]:
    """Every way in which the phrase can be read from this place on."""
    if not parts:
        yield PhraseFound(at, ())
        return
    part, rest = parts[0].removesuffix("?"), parts[1:]
    read = _part(part, tokens, at, symbols)
    for value, end in [*([read] if read else []), *([(None, at)] if parts[0].endswith("?") else [])]:
        for further in matches(rest, tokens, end, symbols):
            yield PhraseFound(further.end, further.values if value is None else (value, *further.values))


def _part(part: str, tokens: Tokens, at: int, symbols: dict[str, Symbol]) -> tuple[Any, int] | None:
    if part.isupper():
        return symbols[part](tokens, at)
    return (None, at + 1) if low(tokens, at) in part.split("|") else None


def low(tokens: Tokens, at: int) -> str:
    return tokens[at].low if 0 <= at < len(tokens) else ""


def text(tokens: Tokens, at: int) -> str:
    return tokens[at].text if 0 <= at < len(tokens) else ""


def joined(tokens: Tokens, at: int) -> bool:
    """Whether the token follows the one before it without a space."""
    return 0 < at < len(tokens) and tokens[at - 1].end == tokens[at].start


def after_dot(tokens: Tokens, at: int) -> int:
    """Past the dot of an abbreviation, if there is one."""
    return at + 1 if low(tokens, at) == "." and joined(tokens, at) else at


def preposition(tokens: Tokens, at: int) -> tuple[None, int] | None:
    """ "am", "bis zum", "spätestens am", "auf den": belongs to the day that follows."""
    end = at
    while low(tokens, end) in _PREPOSITIONS:
        end += 1
    return (None, end) if end > at else None


def weekday(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """0 for Monday. Of two letters ("Do", "Fr.") only where they are no title and no "so" of another kind."""
    word = low(tokens, at)
    if word in _DAYS or word == "sonnabend":
        return (5 if word == "sonnabend" else _DAYS.index(word)), at + 1
    if word not in _SHORT_DAYS:
        return None
    end = after_dot(tokens, at + 1)
    wanted = low(tokens, at - 1) in _PREPOSITIONS
    if word == "so" and not wanted and (text(tokens, at) != "So" or low(tokens, end) in _AFTER_SO):
        return None
    if word == "fr" and not wanted and text(tokens, end)[:1].isupper():
        return None
    return _SHORT_DAYS.index(word), end


def each_weekday(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """ "dienstags": beside how often; alone it tells when somebody can be reached."""
    word = low(tokens, at)
    return (_DAYS.index(word[:-1]), at + 1) if word.endswith("s") and word[:-1] in _DAYS else None


def weekdays_from_to(tokens: Tokens, at: int) -> tuple[None, int] | None:
    """ "Mo-Fr", "Montag bis Donnerstag": when somebody can be met, and no day."""
    first = weekday(tokens, at)
    last = weekday(tokens, first[1] + 1) if first and low(tokens, first[1]) in ("-", "–", "—", "bis") else None
    return (None, last[1]) if last else None


def reachable(tokens: Tokens, at: int) -> tuple[None, int] | None:
    """ "Mo-Fr 9-12 Uhr erreichbar", "bis Fr. nicht zu erreichen", "erreichbar ab Mo": no day on which to do anything.
    One day alone ("Dienstag erreichbar") may be one."""
    before = _span(tokens, at)
    if low(tokens, before) in _REACHABLE and _says_more_than_a_day(tokens, at, before):
        return None, before + 1
    if low(tokens, at) not in _REACHABLE or low(tokens, at - 1) == "nicht":
        return None
    begins = at + 1 + (low(tokens, at + 1) == ":")
    after = _span(tokens, begins)
    return (None, after) if _says_more_than_a_day(tokens, begins, after) else None


def _span(tokens: Tokens, at: int) -> int:
    """Where words and signs end that say when somebody can be reached."""
    while at < len(tokens):
        day = weekday(tokens, at) or each_weekday(tokens, at)
        if day is None and not (text(tokens, at).isdecimal() or low(tokens, at) in _REACHING | _DAYS_IN_WORDS):
            break
        at = day[1] if day else at + 1
    return at


def _says_more_than_a_day(tokens: Tokens, first: int, end: int) -> bool:
    days = [at for at in range(first, end) if weekday(tokens, at)]
    others = [at for at in range(first, end) if low(tokens, at) in _LIMITS or each_weekday(tokens, at)]
    return len(days) > 1 or bool(others)


def ordinal(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """ "ersten", "1.": 1; "letzten": 0."""
    word = low(tokens, at)
    if word.isdecimal() and after_dot(tokens, at + 1) == at + 2 and 1 <= int(word) <= 4:
        return int(word), at + 2
    return (_ORDINALS.index(word[:-1]), at + 1) if word[-1:] in ("n", "r") and word[:-1] in _ORDINALS else None


def title_and_name(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """ "Frau Do", "Hr. So", "Frau Dr. Montag", "Fr. Traumann": a name, whatever day it looks like."""
    end = at
    while low(tokens, end) in TITLES:
        end = after_dot(tokens, end + 1)
    name = text(tokens, end)
    return (name, end + 1) if end > at and name[:1].isupper() else None


def count(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """ "3", "drei", "ca. 3"."""
    if low(tokens, at) in ("ca", "etwa", "rund", "ungefähr"):
        at = after_dot(tokens, at + 1)
    word = low(tokens, at)
    number = int(word) if word.isdecimal() and len(word) <= 3 else NUMBERS.get(word)
    return None if number is None else (number, at + 1)


def unit(tokens: Tokens, at: int) -> tuple[str, int] | None:
    found = re.fullmatch(r"(tag|woche|monat|jahr)(e|en|n)?", low(tokens, at))
    return (found[1], at + 1) if found else None


def month(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """1 for January; a name after a title ("Herr Mai") is taken by `title_and_name` before."""
    word = low(tokens, at)
    if not _MONTH.fullmatch(word):
        return None
    return MONTHS.index(word.replace("mrz", "mär")[:3]) + 1, after_dot(tokens, at + 1)


def year(tokens: Tokens, at: int) -> tuple[int, int] | None:
    word = text(tokens, at)
    return (int(word), at + 1) if word.isdecimal() and len(word) == 4 else None


def calendar_day(tokens: Tokens, at: int) -> tuple[tuple[int, int, int | None], int] | None:
    """(day, month, year or None) of "5.1.", "05.01.27", "5. Januar 2027", "2027-01-05"."""
    first = text(tokens, at)
    if len(first) == 4 and first.isdecimal() and low(tokens, at + 1) == low(tokens, at + 3) == "-":
        middle, last = text(tokens, at + 2), text(tokens, at + 4)
        return ((int(last), int(middle), int(first)), at + 5) if (middle + last).isdecimal() else None
    if not first.isdecimal() or len(first) > 2 or after_dot(tokens, at + 1) == at + 1:
        return None
    if named := month(tokens, at + 2):
        written = year(tokens, named[1])
        return ((int(first), named[0], written[0] if written else None), written[1] if written else named[1])
    second = text(tokens, at + 2)
    if not second.isdecimal() or len(second) > 2 or after_dot(tokens, at + 3) == at + 3:
        return None
    last = text(tokens, at + 4)
    if last.isdecimal() and (len(last) == 4 or (len(last) == 2 and joined(tokens, at + 4))):
        return (int(first), int(second), int(last) + (2000 if len(last) == 2 else 0)), at + 5
    return (int(first), int(second), None), at + 4


def day_and_month(tokens: Tokens, at: int) -> tuple[tuple[int, int, None], int] | None:
    """ "8.12" without its last dot: only after a preposition, as it may be an amount or a time."""
    first, second = text(tokens, at), text(tokens, at + 2)
    written = first.isdecimal() and second.isdecimal() and low(tokens, at + 1) == "." and joined(tokens, at + 2)
    if not written or not (1 <= int(first) <= 31 and 1 <= int(second) <= 12):
        return None
    return (int(first), int(second), None), at + 3


def day_alone(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """ "am 15.": the next 15th. No "3. Termin", no "5.1."."""
    first, after = text(tokens, at), text(tokens, at + 2)
    written = first.isdecimal() and len(first) <= 2 and after_dot(tokens, at + 1) == at + 2
    if not written or not 1 <= int(first) <= 31 or after[:1].isupper() or after.isdecimal():
        return None
    return int(first), at + 2


def tomorrow(tokens: Tokens, at: int) -> tuple[None, int] | None:
    """ "morgen", but not that of "Dienstag morgen" and "am Morgen"."""
    before = low(tokens, at - 1)
    morning = before in _DAYS or before in _PREPOSITIONS or before == "jeden"
    return (None, at + 1) if low(tokens, at) == "morgen" and not morning else None
