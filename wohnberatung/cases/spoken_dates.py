"""German days as people say and write them: "in 3 Wochen", "am 5.1.", "nächsten Montag", "Mitte Januar um 14 Uhr".

`read_follow_up` takes the day (and the time) out of one line; what is left is what is to be done.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "ein eine einem einer einen",
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
        ),
        start=1,
    )
    for word in words.split()
}
MONTHS = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
WEEKDAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")
_MONTH = (
    r"(?P<month>jan(?:uar)?|feb(?:ruar)?|märz?|mrz|apr(?:il)?|mai|juni?|juli?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    r"|okt(?:ober)?|nov(?:ember)?|dez(?:ember)?)\.?"
)
_WEEKDAY = (
    r"(?P<weekday>mo(?:ntag)?|di(?:enstag)?|mi(?:ttwoch)?|do(?:nnerstag)?|fr(?:eitag)?|sa(?:mstag)?|sonnabend"
    r"|so(?:nntag)?)\b\.?"
)
_COUNT = r"(?P<count>\d{1,3}|" + "|".join(NUMBERS) + r")"


@dataclass(frozen=True)
class Said:
    """A line understood: the day, the time of day where one was said, and what is to be done."""

    day: date
    at: time | None
    text: str


class NotUnderstood(ValueError):
    """There is no day in the line, or one that the calendar does not have."""


def read_follow_up(line: str, today: date) -> Said:
    """A day from today on, the time if there is one, and the rest of the line. NotUnderstood without a day.

    A day without a year is the next one; "nächsten Montag" is the first Monday after today.
    """
    rest, at = _time_in(" ".join(line.split()))
    for pattern, meaning in _PATTERNS:
        found = pattern.search(rest)
        if found:
            day = meaning(found, today)
            if day < today:
                raise NotUnderstood(f"{day} is over")
            return Said(day, at, _without(rest, found))
    raise NotUnderstood("no day found")


def _time_in(line: str) -> tuple[str, time | None]:
    found = _TIME.search(line)
    if not found:
        return line, None
    hour, minute = int(found["hour"] or found["hour2"]), int(found["minute"] or found["minute2"] or 0)
    if hour > 23 or minute > 59:
        raise NotUnderstood(f"{hour}:{minute} is no time of day")
    return _without(line, found), time(hour, minute)


def _without(line: str, found: re.Match[str]) -> str:
    rest = f"{line[: found.start()].rstrip()} {line[found.end() :].lstrip()}"
    return " ".join(rest.split()).strip(" ,;:–-.")


def _in_days(found: re.Match[str], today: date) -> date:
    unit = found["unit"].lower()
    if found["half"]:
        return _months_on(today, 6)
    count = int(found["count"]) if found["count"].isdigit() else NUMBERS[found["count"].lower()]
    if unit.startswith("tag"):
        return today + timedelta(days=count)
    if unit.startswith("woche"):
        return today + timedelta(weeks=count)
    return _months_on(today, count * (12 if unit.startswith("jahr") else 1))


def _months_on(day: date, months: int) -> date:
    """The same day of a later month, or its last one where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _on_date(found: re.Match[str], today: date) -> date:
    number = int(found["number"]) if "number" in found.re.groupindex else _month_of(found)
    if found["year"]:
        year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
        return _date(year, number, int(found["day"]))
    day = _date(today.year, number, int(found["day"]), leap_too=True)
    return day if day >= today else _date(today.year + 1, number, int(found["day"]), leap_too=True)


def _date(year: int, month: int, day: int, leap_too: bool = False) -> date:
    # The 29 February without a year is the next one there is.
    while leap_too and (month, day) == (2, 29) and not calendar.isleap(year):
        year += 1
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NotUnderstood(str(error)) from error


def _month_of(found: re.Match[str]) -> int:
    return MONTHS.index(found["month"].lower().replace("mrz", "mär")[:3]) + 1


def _on_weekday(found: re.Match[str], today: date) -> date:
    word = found["weekday"].lower()
    wanted = 5 if word == "sonnabend" else WEEKDAYS.index(word[:2])
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _on_weekday_after_next(found: re.Match[str], today: date) -> date:
    return _on_weekday(found, today) + timedelta(weeks=1)


def _part_of_month(found: re.Match[str], today: date) -> date:
    month = _month_of(found)
    year = int(found["year"]) if found["year"] else today.year
    day = _date(year, month, _day_of_part(found["part"].lower(), year, month))
    return day if found["year"] or day >= today else _date(year + 1, month, day.day)


def _day_of_part(part: str, year: int, month: int) -> int:
    return {"anfang": 1, "mitte": 15}.get(part) or calendar.monthrange(year, month)[1]


def _end_of(found: re.Match[str], today: date) -> date:
    if found["span"].lower() == "woche":
        friday = today + timedelta(days=4 - today.weekday())
        return friday if friday >= today else friday + timedelta(weeks=1)
    return date(today.year, today.month, calendar.monthrange(today.year, today.month)[1])


def _next_span(found: re.Match[str], today: date) -> date:
    """The first day of the next week, month or year."""
    span = found["span"].lower()
    if span == "woche":
        return today + timedelta(days=7 - today.weekday())
    return date(today.year + 1, 1, 1) if span == "jahr" else _months_on(today.replace(day=1), 1)


def _plus(days: int) -> Callable[[re.Match[str], date], date]:
    return lambda _found, today: today + timedelta(days=days)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE)


_TIME = _compiled(
    r"(?:um\s+)?(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*uhr|(?:um\s+)?(?P<hour2>\d{1,2}):(?P<minute2>\d{2}))"
)
_YEAR = r"(?P<year>\d{4}|\d{2})?"
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date]], ...] = (
    (_compiled(rf"(?:am\s+)?{_WEEKDAY}\s+in\s+einer\s+woche"), _on_weekday_after_next),
    (
        _compiled(rf"(?:bis\s+)?(?:am\s+|zum\s+)?(?:\w+,\s*)?(?P<day>\d{{1,2}})\.\s?(?P<number>\d{{1,2}})\.{_YEAR}"),
        _on_date,
    ),
    (_compiled(rf"(?:bis\s+)?(?:am\s+|zum\s+)?(?P<day>\d{{1,2}})\.\s?{_MONTH}\s*(?P<year>\d{{4}})?"), _on_date),
    (_compiled(rf"(?P<part>anfang|mitte|ende)\s+{_MONTH}\s*(?P<year>\d{{4}})?"), _part_of_month),
    (_compiled(r"(?:am\s+)?ende\s+(?:der|des|dieser|dieses)\s+(?P<span>woche|monats)"), _end_of),
    (
        _compiled(
            rf"in\s+(?:(?P<half>einem\s+halben)\s+|{_COUNT}\s+)(?P<unit>tag(?:en)?|wochen?|monat(?:en)?|jahr(?:en)?)"
        ),
        _in_days,
    ),
    (_compiled(r"übermorgen"), _plus(2)),
    (_compiled(r"morgen"), _plus(1)),
    (_compiled(r"heute"), _plus(0)),
    (
        _compiled(rf"(?:(?:am|bis|nächsten|kommenden|diesen)\s+)*{_WEEKDAY}(?P<week>\s+in\s+einer\s+woche)?"),
        _on_weekday,
    ),
    (_compiled(r"(?:im\s+|in\s+der\s+)?(?:nächste[nsr]?|kommende[nsr]?)\s+(?P<span>woche|monat|jahr)"), _next_span),
)
