"""The day phrases of a line: which there are, and which days they mean, seen from a day.

A day without a year is the next one. Where that is hardly meant (12.11. on 29 November) it is not `sure`.
"""

import calendar
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from wohnberatung.cases import spoken_words as words
from wohnberatung.cases.repeats import Every, later, months_on
from wohnberatung.cases.spoken_words import Symbol, Tokens, low

ROLLED_ON_UNASKED = timedelta(days=183)
"""A day without a year that is over by less than this is rather a day that was than one of next year."""
FRIDAY = 4
_AHEAD = {"diese": 0, "nächste": 1, "kommende": 1, "übernächste": 2}
_PARTS_OF_WEEK = {"anfang": 0, "mitte": 2, "ende": FRIDAY}


class DayMeant(NamedTuple):
    """A day that a phrase may mean; with `every` the first of those that it means."""

    day: date
    sure: bool = True
    every: Every | None = None


def _ahead(tokens: Tokens, at: int, span: str) -> tuple[int, int] | None:
    """ "nächste Woche", "dieses Monats", "des Jahres": how many of them ahead."""
    word = low(tokens, at)
    ahead = 0 if word in ("der", "des") else _AHEAD.get(word.rstrip("nrsm"))
    return (ahead, at + 2) if ahead is not None and low(tokens, at + 1) in (span, f"{span}s", f"{span}es") else None


def _part(tokens: Tokens, at: int) -> tuple[str, int] | None:
    word = low(tokens, at)
    return (word, at + 1) if word in _PARTS_OF_WEEK else None


def _none(_today: date, *_values: Any) -> tuple[DayMeant, ...]:
    """What looks like a day and is none."""
    return ()


def _date(today: date, said: tuple[int, int, int | None]) -> list[DayMeant]:
    day, month, year = said
    if year is not None:
        return [DayMeant(made)] if (made := _made(year, month, day)) else []
    this_year = _made(today.year, month, day)
    if this_year and this_year >= today:
        return [DayMeant(this_year)]
    # 29 February is the next one there is.
    later = next((made for ahead in range(1, 9) if (made := _made(today.year + ahead, month, day))), None)
    is_far_ago = this_year is None or today - this_year > ROLLED_ON_UNASKED
    return [DayMeant(later, sure=is_far_ago)] if later else []


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday_and_date(today: date, weekday: int, said: tuple[int, int, int | None]) -> list[DayMeant]:
    """One day where both agree, also one that was; where they do not, either may be the slip, and neither is sure
    where the date had to be rolled on."""
    days = _date(today, said)
    if any(each.day.weekday() == weekday for each in days):
        return days
    was = _last(today, said)
    if was and was.weekday() == weekday and today - was <= ROLLED_ON_UNASKED:
        return [DayMeant(was)]
    return [*days, DayMeant(_coming(today, weekday), sure=all(each.sure for each in days))]


def _last(today: date, said: tuple[int, int, int | None]) -> date | None:
    """The day of that name that was last, today among them."""
    day, month, year = said
    made = (_made(each, month, day) for each in ((today.year, today.year - 1) if year is None else (year,)))
    return next((each for each in made if each and each <= today), None)


def _date_and_weekday(today: date, said: tuple[int, int, int | None], weekday: int) -> list[DayMeant]:
    return _weekday_and_date(today, weekday, said)


def _day_alone(today: date, day: int) -> list[DayMeant]:
    months = (months_on(today.replace(day=1), ahead) for ahead in range(3))
    days = (_made(month.year, month.month, day) for month in months)
    return [DayMeant(next(made for made in days if made and made >= today))]


def _coming(today: date, weekday: int) -> date:
    """The first one after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _weekday(today: date, weekday: int) -> list[DayMeant]:
    return [DayMeant(_coming(today, weekday))]


def _next_weekday(today: date, weekday: int, weeks: int = 0) -> list[DayMeant]:
    """ "nächsten Freitag" on a Monday: some mean this week's, some that of the next."""
    coming = _coming(today, weekday) + timedelta(weeks=weeks)
    this_week = coming - timedelta(weeks=weeks) <= today + timedelta(days=6 - today.weekday())
    return [DayMeant(coming), *([DayMeant(coming + timedelta(weeks=1))] if this_week else [])]


def _weekday_after_next(today: date, weekday: int) -> list[DayMeant]:
    return _next_weekday(today, weekday, weeks=1)


def _in_units(today: date, count: int, unit: str) -> list[DayMeant]:
    return [DayMeant(later(today, count, unit))]


def _in_range(today: date, first: int, last: int, unit: str) -> list[DayMeant]:
    return [DayMeant(later(today, first, unit)), DayMeant(later(today, last, unit))]


def _weekday_in_units(today: date, weekday: int, count: int, unit: str) -> list[DayMeant]:
    """ "Donnerstag in 14 Tagen": that long after the coming Thursday; "in acht Tagen" is said of a week."""
    if (count, unit) == (8, "tag"):
        count, unit = 1, "woche"
    return [DayMeant(later(_coming(today, weekday), count, unit))]


def _in_units_on_weekday(today: date, count: int, unit: str, weekday: int) -> list[DayMeant]:
    """ "in zwei Wochen am Mittwoch": of the week that it is then, or that long after the coming one."""
    then = later(today, count, unit)
    of_that_week = then + timedelta(days=weekday - then.weekday())
    return sorted({DayMeant(of_that_week), DayMeant(later(_coming(today, weekday), count, unit))})


def _every(today: date, count: int, unit: str, weekday: int | None = None) -> list[DayMeant]:
    """ "alle 2 Wochen Dienstag": from the coming one on; a day of its own where the line names none beside it."""
    if not count:
        return []
    first = later(today, count, unit) if weekday is None else _coming(today, weekday)
    return [DayMeant(first, sure=False, every=Every(count, unit))]


def _each(count: int, unit: str) -> Callable[..., list[DayMeant]]:
    return lambda today, weekday=None: _every(today, count, unit, weekday)


def _each_unit(count: int) -> Callable[..., list[DayMeant]]:
    return lambda today, unit, weekday=None: _every(today, count, unit, weekday)


def _before(today: date, count: int, unit: str, said: tuple[int, int, int | None]) -> list[DayMeant]:
    """ "3 Tage vor dem 15.12.": before that day, not before today."""
    return [DayMeant(later(each.day, -count, unit), each.sure) for each in _date(today, said)]


def _after(today: date, count: int, unit: str, said: tuple[int, int, int | None]) -> list[DayMeant]:
    """ "4 Wochen nach dem 20.11.": of the one that was, unless that is over too. A time limit mostly runs already."""
    was = _last(today, said)
    if was and later(was, count, unit) >= today:
        return [DayMeant(later(was, count, unit))]
    return [DayMeant(later(each.day, count, unit), each.sure) for each in _date(today, said)]


def _week(today: date, ahead: int) -> list[DayMeant]:
    """Its Monday; of the current one its end, if that is meant."""
    return [DayMeant(_of_week(today, 0, ahead))] if ahead else [DayMeant(_of_week(today, FRIDAY), sure=False)]


def _of_week(today: date, weekday: int, ahead: int = 0) -> date:
    return today + timedelta(days=weekday - today.weekday(), weeks=ahead)


def _weekday_of_week(today: date, weekday: int, ahead: int) -> list[DayMeant]:
    return [DayMeant(_of_week(today, weekday, ahead))]


def _part_of_week(today: date, part: str, ahead: int) -> list[DayMeant]:
    """Monday, Wednesday or Friday; at the week-end, "Ende der Woche" may be that of the next one."""
    day = _of_week(today, _PARTS_OF_WEEK[part], ahead)
    return [DayMeant(day)] if day >= today else [DayMeant(day + timedelta(weeks=1), sure=False)]


def _calendar_week(today: date, number: int, weekday: int = 0) -> list[DayMeant]:
    if not 1 <= number <= 52:
        return []
    days = (date.fromisocalendar(year, number, weekday + 1) for year in (today.year, today.year + 1))
    return [DayMeant(next(day for day in days if day >= today))]


def _part_of_month(today: date, part: str, month: int, year: int | None = None) -> list[DayMeant]:
    return _date(today, (_day_of_part(part, year or today.year, month), month, year))


def _day_of_part(part: str, year: int, month: int) -> int:
    return {"anfang": 1, "mitte": 15}.get(part) or calendar.monthrange(year, month)[1]


def _nth_weekday(today: date, nth: int, weekday: int, month: int, year: int | None = None) -> list[DayMeant]:
    """ "am ersten Montag im Januar", "letzten Freitag im März" (nth 0): the next one there is; no fifth is made up."""
    for each in (today.year, today.year + 1) if year is None else (year,):
        day = date(each, month, 1) if nth else months_on(date(each, month, 1), 1) - timedelta(weeks=1)
        day += timedelta(days=(weekday - day.weekday()) % 7, weeks=max(nth - 1, 0))
        if day >= today or year is not None:
            return [DayMeant(day)]
    return []


def _part_of_span(today: date, part: str, months: int) -> list[DayMeant]:
    month = months_on(today.replace(day=1), months)
    return [DayMeant(month.replace(day=_day_of_part(part, month.year, month.month)))]


def _part_of_year(today: date, part: str, ahead: int) -> list[DayMeant]:
    month, day = {"anfang": (1, 1), "mitte": (7, 1)}.get(part, (12, 31))
    return [DayMeant(date(today.year + ahead, month, day))]


def _ahead_months(today: date, ahead: int) -> list[DayMeant]:
    return [DayMeant(months_on(today.replace(day=1), ahead))]


def _ahead_years(today: date, ahead: int) -> list[DayMeant]:
    return [DayMeant(date(today.year + ahead, 1, 1))]


def _in_days(days: int) -> Callable[..., list[DayMeant]]:
    def meaning(today: date, count: int = 0, unit: str = "tag") -> list[DayMeant]:
        return [DayMeant(later(today + timedelta(days=days), count, unit))]

    return meaning


def _after_months(months: int) -> Callable[[date], list[DayMeant]]:
    return lambda today: [DayMeant(months_on(today, months))]


def _two_dates(today: date, *said: tuple[int, int, int | None]) -> list[DayMeant]:
    return [day for each in said for day in _date(today, each)]


DAY_SYMBOLS: dict[str, Symbol] = {
    "PRE": words.preposition,
    "DATE": words.calendar_day,
    "WRITTEN": words.day_and_month,
    "ALONE": words.day_alone,
    "WEEKDAY": words.weekday,
    "EACH": words.each_weekday,
    "NTH": words.ordinal,
    "FROM_TO": words.weekdays_from_to,
    "REACHABLE": words.reachable,
    "COUNT": words.count,
    "UNIT": words.unit,
    "MONTH": words.month,
    "YEAR": words.year,
    "PART": _part,
    "NAMED": words.title_and_name,
    "TOMORROW": words.tomorrow,
    "WEEK": lambda tokens, at: _ahead(tokens, at, "woche"),
    "MONTHS": lambda tokens, at: _ahead(tokens, at, "monat"),
    "YEARS": lambda tokens, at: _ahead(tokens, at, "jahr"),
}
DAY_PHRASES: tuple[tuple[str, Callable[..., Iterable[DayMeant]]], ...] = (
    # What looks like a day and is none: names, numbers of other things, days that were.
    ("NAMED", _none),
    ("REACHABLE", _none),
    ("von|vom? PRE? FROM_TO", _none),
    ("pflegegrad|pg|nr|nummer|kapitel|abschnitt|absatz|punkt|ziffer|version|seite|haus|wohnung .? DATE", _none),
    ("vom|von|seit|aus dem? DATE", _none),
    ("wie|schon|bereits PRE? DATE", _none),
    ("seit|vom|von WEEKDAY", _none),
    ("am? letzten|letzter|vergangenen|vorigen WEEKDAY", _none),
    ("letzte|letzter|vergangene|vorige woche PRE? WEEKDAY?", _none),
    ("WEEKDAY letzter|voriger|vergangener woche", _none),
    ("gestern|vorgestern WEEKDAY?", _none),
    # What comes again and again.
    ("alle COUNT UNIT PRE? WEEKDAY?", _every),
    ("alle COUNT UNIT EACH", _every),
    ("EACH alle COUNT UNIT", lambda today, weekday, count, unit: _every(today, count, unit, weekday)),
    ("wöchentlich|jede woche? EACH", _each(1, "woche")),
    ("PRE? WEEKDAY alle COUNT UNIT", lambda today, weekday, count, unit: _every(today, count, unit, weekday)),
    ("jede|jeden|jedes UNIT PRE? WEEKDAY?", _each_unit(1)),
    ("jede|jeden|jedes zweite|zweiten UNIT PRE? WEEKDAY?", _each_unit(2)),
    ("jeden WEEKDAY", _each(1, "woche")),
    ("jeden zweiten WEEKDAY", _each(2, "woche")),
    ("täglich", _each(1, "tag")),
    ("wöchentlich PRE? WEEKDAY?", _each(1, "woche")),
    ("vierzehntägig|vierzehntäglich PRE? WEEKDAY?", _each(2, "woche")),
    ("14 -? tägig|täglich PRE? WEEKDAY?", _each(2, "woche")),
    ("monatlich", _each(1, "monat")),
    ("jährlich", _each(1, "jahr")),
    # Dates.
    ("PRE? DATE", _date),
    ("PRE WRITTEN", _date),
    ("PRE ALONE", _day_alone),
    ("vom|von DATE bis zum? DATE", _two_dates),
    ("PRE? WEEKDAY ,? PRE? DATE", _weekday_and_date),
    ("PRE? DATE (? WEEKDAY )?", _date_and_weekday),
    ("PRE? PART MONTH YEAR?", _part_of_month),
    ("im MONTH YEAR?", lambda today, month, year=None: _date(today, (1, month, year))),
    ("COUNT UNIT vor dem? DATE", _before),
    ("in|innerhalb|binnen? von? COUNT UNIT nach|ab|seit dem? DATE", _after),
    ("PRE? NTH WEEKDAY im|des? MONTH YEAR?", _nth_weekday),
    # So long from now.
    ("in COUNT UNIT", _in_units),
    ("in COUNT bis|-|–|oder COUNT UNIT", _in_range),
    ("in COUNT UNIT PRE? WEEKDAY", _in_units_on_weekday),
    ("PRE? WEEKDAY in COUNT UNIT", _weekday_in_units),
    ("in einem halben jahr", _after_months(6)),
    ("in einem vierteljahr", _after_months(3)),
    ("heute", _in_days(0)),
    ("heute in COUNT UNIT", _in_days(0)),
    ("PRE? TOMORROW", _in_days(1)),
    ("TOMORROW in COUNT UNIT", _in_days(1)),
    ("PRE? übermorgen", _in_days(2)),
    ("übermorgen in COUNT UNIT", _in_days(2)),
    # Days of a week.
    ("PRE? WEEKDAY", _weekday),
    ("PRE? kommenden|kommender|diesen|dieser WEEKDAY", _weekday),
    ("PRE? nächsten|nächster|nächstem WEEKDAY", _next_weekday),
    ("PRE? übernächsten|übernächster WEEKDAY", _weekday_after_next),
    ("PRE? WEEKDAY in? WEEK", _weekday_of_week),
    ("in? der? WEEK PRE? WEEKDAY", lambda today, ahead, weekday: _weekday_of_week(today, weekday, ahead)),
    ("in|bis der? WEEK", _week),
    ("WEEK", _week),
    ("PRE? PART in? WEEK", _part_of_week),
    ("in? der? kw COUNT PRE? WEEKDAY?", _calendar_week),
    ("PRE? WEEKDAY in? der? kw COUNT", lambda today, weekday, number: _calendar_week(today, number, weekday)),
    # Months and years.
    ("PRE? PART MONTHS", _part_of_span),
    ("PRE? monatsende", lambda today: _part_of_span(today, "ende", 0)),
    ("PRE? PART YEARS", _part_of_year),
    ("PRE? jahresende", lambda today: _part_of_year(today, "ende", 0)),
    ("im? MONTHS", _ahead_months),
    ("im? YEARS", _ahead_years),
)
