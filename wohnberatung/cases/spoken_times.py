"""Times of day as people say them: "9 Uhr 30", "halb drei", Saxon "dreiviertel drei", "zwischen 9 und 10 Uhr".

An hour from one to six without "früh" is one of the afternoon: nobody is rung up at three in the night.
"""

from collections.abc import Callable
from datetime import time
from typing import Any, NamedTuple

from wohnberatung.cases.spoken_words import NUMBERS, Symbol, Tokens, joined, low, text, words

LAST_EARLY_HOUR = 6
_QUARTERS = {"viertel": 15, "halb": 30, "dreiviertel": 45}
_MORNING = frozenset({"früh", "morgens", "vormittag", "vormittags", "nachts"})
_AFTERNOON = frozenset({"nachmittag", "nachmittags", "abend", "abends"})
_UNITS = words("€ euro eur cent % m m² qm cm km tage tagen wochen monate jahre personen zimmer")


class Clock(NamedTuple):
    """A time of day, and whether the line may lose its words: "nach 16 Uhr" and "zwischen 9 und 10" stay in it.

    `at` is None where the time is only the latest ("bis 12 Uhr"). `ends_day`: the midnight after the day that is named.
    """

    at: time | None
    until: time | None = None
    exact: bool = True
    ends_day: bool = False


class NoTime(ValueError):
    """A time that no clock shows."""


def midnight(tokens: Tokens, at: int) -> tuple[None, int] | None:
    """ "24 Uhr", "24:00", "24.00 Uhr", "Mitternacht": the end of a day, which no clock shows as its own."""
    if low(tokens, at) == "mitternacht":
        return None, at + 1
    minutes = low(tokens, at + 1) in (":", ".") and text(tokens, at + 2) == "00"
    end = at + 3 if minutes else at + 1
    has_hours = low(tokens, end) in ("uhr", "h")
    if text(tokens, at) != "24" or not (has_hours or (minutes and low(tokens, at + 1) == ":")):
        return None
    return None, end + has_hours


def hour(tokens: Tokens, at: int) -> tuple[time, int] | None:
    """ "9", "9.30", "9:30", "drei" where the words around say that it is a time; no "20 €" and no "2 Zimmer"."""
    found = _numbers(tokens, at) or _hour_in_words(tokens, at)
    return found if found and low(tokens, found[1]) not in _UNITS else None


def time_of_day(tokens: Tokens, at: int) -> tuple[time, int] | None:
    """What is a time by itself: "9 Uhr 30", "14:30", "9.30 Uhr", "halb drei", "fünf vor halb drei"."""
    if midnight(tokens, at):
        return None
    for read in (_with_hours, _from_the_hour, _quarters):
        if found := read(tokens, at):
            return found if text(tokens, at).startswith("0") else _part_of_day(found[0], tokens, found[1])
    return None


def _numbers(tokens: Tokens, at: int) -> tuple[time, int] | None:
    first, last = text(tokens, at), text(tokens, at + 2)
    if not first.isdecimal() or len(first) > 2:
        return None
    apart = low(tokens, at + 1) in (":", ".") and joined(tokens, at + 1) and joined(tokens, at + 2)
    hours, minutes, end = (int(first), int(last), at + 3) if apart and _is_minutes(last) else (int(first), 0, at + 1)
    return (time(hours, minutes), end) if hours < 24 and minutes < 60 else None


def _with_hours(tokens: Tokens, at: int) -> tuple[time, int] | None:
    if not text(tokens, at).isdecimal() or len(text(tokens, at)) > 2:
        return _word_with_hours(tokens, at)
    if low(tokens, at + 1) in ("uhr", "h"):
        return _minutes_after(int(text(tokens, at)), tokens, at + 2)
    found = _numbers(tokens, at)
    if found is None or found[1] != at + 3:
        return None
    if low(tokens, at + 3) == "uhr":
        return found[0], at + 4
    # "9.30" by itself is a time of the office's day; "9.30 €" and "5.11." are not.
    quarter_of_office_day = 7 <= found[0].hour <= 20 and found[0].minute % 15 == 0
    other = low(tokens, found[1]) in _UNITS | {"."}
    return found if low(tokens, at + 1) == ":" or (quarter_of_office_day and not other) else None


def _word_with_hours(tokens: Tokens, at: int) -> tuple[time, int] | None:
    number = _hour_in_words(tokens, at)
    return _minutes_after(number[0].hour, tokens, at + 2) if number and low(tokens, at + 1) == "uhr" else None


def _minutes_after(hours: int, tokens: Tokens, at: int) -> tuple[time, int]:
    word = low(tokens, at)
    minutes = int(word) if _is_minutes(word) else NUMBERS.get(word, 0)
    if minutes < 10 or low(tokens, at + 1) in _UNITS | {".", "uhr"}:
        return _time(hours, 0), at
    return _time(hours, minutes), at + 1


def _is_minutes(word: str) -> bool:
    return len(word) == 2 and word.isdecimal()


def _quarters(tokens: Tokens, at: int) -> tuple[time, int] | None:
    """ "viertel drei" is 14:15 in Saxony, "halb drei" 14:30, "dreiviertel drei" and "drei viertel drei" 14:45."""
    word, end = low(tokens, at), at + 1
    if word == "drei" and low(tokens, end) == "viertel":
        word, end = "dreiviertel", end + 1
    full = _spoken_hour(tokens, end) if word in _QUARTERS else None
    return None if full is None else (_time((full - 1) % 24, _QUARTERS[word]), end + 1)


def _from_the_hour(tokens: Tokens, at: int) -> tuple[time, int] | None:
    """ "viertel nach drei", "zehn vor neun", "fünf nach halb drei"."""
    minutes = 15 if low(tokens, at) == "viertel" else NUMBERS.get(low(tokens, at), 0)
    way = {"vor": -1, "nach": 1}.get(low(tokens, at + 1))
    half = low(tokens, at + 2) == "halb"
    full = _spoken_hour(tokens, at + 2 + half)
    if not 0 < minutes <= 20 or way is None or full is None:
        return None
    since_midnight = (full * 60 - 30 * half + way * minutes) % (24 * 60)
    return _time(*divmod(since_midnight, 60)), at + 3 + half


def _spoken_hour(tokens: Tokens, at: int) -> int | None:
    word = low(tokens, at)
    number = int(word) if word.isdecimal() and len(word) <= 2 else NUMBERS.get(word)
    return number if number is not None and 1 <= number <= 12 else None


def _hour_in_words(tokens: Tokens, at: int) -> tuple[time, int] | None:
    number = NUMBERS.get(low(tokens, at))
    return None if number is None or number > 12 else (_time(number, 0), at + 1)


def _part_of_day(said: time, tokens: Tokens, at: int) -> tuple[time, int]:
    """The hour that is meant: "7 Uhr abends" is 19:00, "3 Uhr nachmittags" 15:00, "halb drei" 14:30."""
    word = low(tokens, at)
    if word in _MORNING:
        return said, at + (word in ("morgens", "nachts"))
    if word in _AFTERNOON:
        return (said.replace(hour=said.hour + 12) if said.hour < 12 else said), at + word.endswith("s")
    return afternoon(said), at


def afternoon(said: time) -> time:
    return said.replace(hour=said.hour + 12) if 1 <= said.hour <= LAST_EARLY_HOUR else said


def _time(hours: int, minutes: int) -> time:
    try:
        return time(hours, minutes)
    except ValueError as error:
        raise NoTime(f"{hours}:{minutes:02}") from error


def _exactly(said: time) -> Clock:
    return Clock(said)


def _from(said: time) -> Clock:
    return Clock(said, exact=False)


def _at_the_latest(_said: time) -> Clock:
    return Clock(None, exact=False)


def _between(first: time, last: time) -> Clock:
    """ "zwischen 9 und 10 Uhr": the first; "von 2 bis 3 Uhr" is said of the afternoon."""
    first, last = afternoon(first), afternoon(last)
    return Clock(first, last, exact=False)


TIME_SYMBOLS: dict[str, Symbol] = {"TIME": time_of_day, "HOUR": hour, "MIDNIGHT": midnight}
TIME_PHRASES: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("um? TIME", _exactly),
    ("punkt TIME", _exactly),
    ("um|gegen? MIDNIGHT", lambda: Clock(time(0), ends_day=True)),
    ("vor|bis|spätestens um? MIDNIGHT", lambda: Clock(None, exact=False)),
    ("um HOUR", lambda said: Clock(afternoon(said))),
    ("punkt HOUR", lambda said: Clock(afternoon(said))),
    ("nach|ab|gegen|ca|circa|etwa|frühestens .? um? TIME", _from),
    ("nicht vor TIME", _from),
    ("vor|bis|spätestens um? TIME", _at_the_latest),
    ("zwischen HOUR und TIME", _between),
    ("zwischen TIME und TIME", _between),
    ("zwischen HOUR und HOUR", _between),
    ("von HOUR bis HOUR", _between),
    ("von? HOUR bis|-|– TIME", _between),
    ("von? TIME bis|-|– TIME", _between),
)
