"""What comes again and again: "alle 2 Wochen", and the days that it means."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

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
        if self.count == 1:
            return {
                "tag": _("jeden Tag"),
                "woche": _("jede Woche"),
                "monat": _("jeden Monat"),
                "jahr": _("jedes Jahr"),
            }[self.unit]
        return {
            "tag": _("alle %(count)s Tage", count=self.count),
            "woche": _("alle %(count)s Wochen", count=self.count),
            "monat": _("alle %(count)s Monate", count=self.count),
            "jahr": _("alle %(count)s Jahre", count=self.count),
        }[self.unit]

    def next_after(self, due: date, today: date) -> date:
        """The first of its days that is still to come, counted from the one it was due on; a month's last day stays
        that month's day."""
        times = 1
        while (day := later(due, times * self.count, self.unit)) <= today:
            times += 1
        return day
