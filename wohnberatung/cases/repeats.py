"""What comes again and again: "alle 2 Wochen", and the days that it means."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import ngettext

UNITS = ("tag", "woche", "monat", "jahr")


def months_on(day: date, months: int) -> date:
    """The same day of a later month, or its last one where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def later(day: date, count: int, unit: str) -> date:
    """So many of the `UNITS` after that day."""
    if unit in ("tag", "woche"):
        return day + timedelta(days=count * (7 if unit == "woche" else 1))
    return months_on(day, count * (12 if unit == "jahr" else 1))


@dataclass(frozen=True)
class Every:
    """How often something comes again: each `count` of the `UNITS`."""

    count: int
    unit: str

    @classmethod
    def read(cls, key: str) -> "Every":
        """What `key` wrote."""
        count, unit = key.split(" ")
        return cls(int(count), unit)

    @property
    def key(self) -> str:
        """As it is stored."""
        return f"{self.count} {self.unit}"

    @property
    def words(self) -> str:
        return {
            "tag": ngettext("täglich", "alle %(num)s Tage", self.count),
            "woche": ngettext("wöchentlich", "alle %(num)s Wochen", self.count),
            "monat": ngettext("monatlich", "alle %(num)s Monate", self.count),
            "jahr": ngettext("jährlich", "alle %(num)s Jahre", self.count),
        }[self.unit]

    def next_after(self, due: date, today: date) -> date:
        """The first of its days that is still to come, counted from the one it was due on; a month's last day stays
        that month's day."""
        times = 1
        while (day := later(due, times * self.count, self.unit)) <= today:
            times += 1
        return day
