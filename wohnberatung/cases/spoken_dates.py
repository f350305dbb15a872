"""German days as people say and write them: "in 3 Wochen", "am 5.1.", "Donnerstag in 14 Tagen", "Ende nächster Woche".

A line is read as phrases (`spoken_words`): the longest at each place. A phrase means days, or a time, or that what
looks like a day is none ("Frau Do", "Schreiben vom 12.11.", "Pflegegrad 3.1."). Where phrases mean more than one day
there is more than one reading, and a person says which is meant. Nothing but the phrase that was understood is taken
out of the line; the rest is what is to be done.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from wohnberatung.cases.repeats import Every
from wohnberatung.cases.spoken_days import DAY_PHRASES, DAY_SYMBOLS, DayMeant
from wohnberatung.cases.spoken_times import TIME_PHRASES, TIME_SYMBOLS, Clock, NoTime
from wohnberatung.cases.spoken_words import Tokens, matches, tokens_of

_DAYS = [(parts.split(), meaning) for parts, meaning in DAY_PHRASES]
_TIMES = [(parts.split(), clock) for parts, clock in TIME_PHRASES]
_SYMBOLS = DAY_SYMBOLS | TIME_SYMBOLS


@dataclass(frozen=True)
class Said:
    """A line understood in one way: the day, the time where one was said (`until` of a span), what is to be done.

    Not `sure` where the day is only possible, such as one that was rolled on by a year. With `every` it comes again
    and again from that day on. `doubt` is what a person should think about first.
    """

    day: date
    at: time | None
    text: str
    until: time | None = None
    sure: bool = True
    every: Every | None = None
    doubt: str = ""

    @property
    def key(self) -> str:
        """Names this reading among those of its line."""
        again = f" {self.every.key}" if self.every else ""
        return self.day.isoformat() + (f"T{self.at:%H:%M}" if self.at else "") + again


class NotUnderstood(ValueError):
    """There is no day to come in the line; `over` is the last day it names that is not to come."""

    def __init__(self, said: str, over: date | None = None) -> None:
        super().__init__(said)
        self.over = over


Span = tuple[int, int]


def read_line(line: str, today: date) -> list[Said]:
    """Every reading of the line, in the order of the words. Raises NotUnderstood where it names no day to come."""
    line = " ".join(line.split())
    days: list[tuple[Span, DayMeant]] = []
    times: list[tuple[Span, Clock]] = []
    for span, meaning in _phrases(line, today):
        if isinstance(meaning, DayMeant):
            days.append((span, meaning))
        else:
            times.append((span, meaning))
    to_come = [(span, day) for span, day in days if day.day >= today]
    sure = [(span, day) for span, day in to_come if day.sure]
    if not to_come:
        raise NotUnderstood("no day to come", over=max((day.day for _span, day in days), default=None))
    said_times: list[tuple[Span, Clock] | None] = [*times] or [None]
    readings = [_said(line, day, time) for day in sure or to_come for time in said_times]
    # "ab 5.1. alle 2 Wochen": what comes again may begin on the day that is named beside it, or be told only.
    again = [(span, day.every) for span, day in to_come if day.every]
    if sure and again:
        readings += [_said(line, day, time, again[0]) for day in sure for time in said_times]
    return list({said.key: said for said in readings}.values())


def _said(
    line: str,
    day: tuple[Span, DayMeant],
    time: tuple[Span, Clock] | None,
    again: tuple[Span, Every] | None = None,
) -> Said:
    clock, every = time[1] if time else Clock(None), again[1] if again else day[1].every
    taken = [day[0], *([time[0]] if time and clock.exact else []), *([again[0]] if again else [])]
    for start, end in sorted(taken, reverse=True):
        line = _without(line, start, end)
    # "12.12. 24 Uhr" is 0:00 on the 13th, which a person shall see first.
    when = day[1].day + timedelta(days=clock.ends_day)
    sure = (day[1].sure or every is not None) and not clock.ends_day
    return Said(when, clock.at, line, clock.until, sure, every)


def _without(line: str, start: int, end: int) -> str:
    """The line without the phrase, and without the signs that only joined it to the rest."""
    before, after = line[:start].rstrip(), line[end:].lstrip(" ;:–-.")
    if not after:
        return before.rstrip(" ,;:–-")
    if after.startswith(","):
        return before.rstrip(",") + after if before else after.lstrip(", ")
    return f"{before} {after}".strip()


def _phrases(line: str, today: date) -> Iterator[tuple[Span, DayMeant | Clock]]:
    """What the phrases of the line mean, one after the other; a phrase without meaning is passed over."""
    tokens, at = tokens_of(line), 0
    while at < len(tokens):
        end, meanings = max(_read(tokens, at, today), key=lambda read: read[0], default=(at + 1, ()))
        for meaning in meanings:
            yield (tokens[at].start, tokens[end - 1].end), meaning
        at = end


def _read(tokens: Tokens, at: int, today: date) -> Iterator[tuple[int, Iterable[DayMeant | Clock]]]:
    for parts, meaning in _DAYS:
        for match in matches(parts, tokens, at, _SYMBOLS):
            yield match.end, meaning(today, *match.values)
    for parts, clock in _TIMES:
        try:
            for match in matches(parts, tokens, at, _SYMBOLS):
                yield match.end, [clock(*match.values)]
        except NoTime as error:
            raise NotUnderstood(f"{error} is no time of day") from error
