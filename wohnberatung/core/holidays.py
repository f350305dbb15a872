"""Days on which nobody works in Dresden: Sundays and the public holidays of Saxony."""

from datetime import date, timedelta
from functools import cache

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words

SUNDAY = 6


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the rule of Gauss as Lichtenberg corrected it."""
    century = year // 100
    moon = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun = 2 - (3 * century + 3) // 4
    cycle = year % 19
    seed = (19 * cycle + moon) % 30
    limit = 21 + seed - (seed // 29 + (seed // 28 - seed // 29) * (cycle // 11))
    sunday = 7 - (year + year // 4 + sun) % 7
    return date(year, 3, 1) + timedelta(days=limit + 7 - (limit - sunday) % 7 - 1)


@cache
def holidays(year: int) -> dict[date, Words]:
    """The public holidays of a year in Dresden by name (§ 1 SächsSFG), in order. The Day of Repentance and Prayer is
    the Wednesday before the last Sunday after Trinity, which is the one before 23 November."""
    sunday, eve = easter(year), date(year, 11, 22)
    return {
        date(year, 1, 1): _l("Neujahr"),
        sunday - timedelta(days=2): _l("Karfreitag"),
        sunday + timedelta(days=1): _l("Ostermontag"),
        date(year, 5, 1): _l("Tag der Arbeit"),
        sunday + timedelta(days=39): _l("Christi Himmelfahrt"),
        sunday + timedelta(days=50): _l("Pfingstmontag"),
        date(year, 10, 3): _l("Tag der Deutschen Einheit"),
        date(year, 10, 31): _l("Reformationstag"),
        eve - timedelta(days=(eve.weekday() - 2) % 7): _l("Buß- und Bettag"),
        date(year, 12, 25): _l("Erster Weihnachtstag"),
        date(year, 12, 26): _l("Zweiter Weihnachtstag"),
    }


def holiday_on(day: date) -> Words | None:
    """The name of the public holiday on that day, if it is one."""
    return holidays(day.year).get(day)


def coming_holidays(first: date) -> list[tuple[date, Words]]:
    """Those of the next twelve months, in order."""
    both = {**holidays(first.year), **holidays(first.year + 1)}
    return [(day, name) for day, name in sorted(both.items()) if first <= day < first + timedelta(days=365)]


def day_of_rest(day: date) -> str:
    """Why one would think twice before doing something on that day, as a sentence; empty for a day as any other."""
    words = f"{day:%d.%m.%Y}"
    if holiday := holiday_on(day):
        return _("Der %(day)s ist ein Feiertag: %(name)s.", day=words, name=holiday)
    return _("Der %(day)s ist ein Sonntag.", day=words) if day.weekday() == SUNDAY else ""
