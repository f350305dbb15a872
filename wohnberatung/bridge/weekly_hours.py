"""Windows that come again each week, and days on which they do not: on forms, in words, and as the fact by which free
times are compared."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, TypedDict

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, TextAreaField
from wtforms.validators import Length

from matching.criteria.resources import DAYS, FREE_TIMES
from wohnberatung.bridge.typed_fields import ClockField, day_typed
from wohnberatung.core import clock
from wohnberatung.core.languages import Words

WEEKDAYS: tuple[str, ...] = tuple(DAYS)
# When a part of the day begins and ends; a window counts for a part that it shares an hour with.
PARTS = {
    "morning": (time(6), time(12)),
    "afternoon": (time(12), time(17)),
    "evening": (time(17), time(23)),
}
PART_LABELS: dict[str, Words] = {"morning": _l("vormittags"), "afternoon": _l("nachmittags"), "evening": _l("abends")}
DAY_LABELS: dict[str, Words] = {key: _l(name) for key, name in DAYS.items()}
SHARED = timedelta(hours=1)
MOST_CLOSURES = 20
WEEKS_AHEAD = 12


class WeeklyWindow(TypedDict):
    """One window of a week: a key of DAYS, and two times as HH:MM."""

    day: str
    first: str
    last: str


class Closure(TypedDict):
    """Days, ends included, ISO 8601."""

    first: str
    last: str


class NextTime(NamedTuple):
    """A day on which a window is open, with its times as HH:MM."""

    day: date
    first: str
    last: str


def free_times(weekly: Iterable[WeeklyWindow]) -> list[str] | None:
    """The windows as values of the fact; None, unknown, where there are none."""
    found = [
        f"{window['day']}_{part}"
        for window in weekly
        for part, (begins, ends) in PARTS.items()
        if _shared(time.fromisoformat(window["first"]), time.fromisoformat(window["last"]), begins, ends) >= SHARED
    ]
    return [key for key in FREE_TIMES.options if key in found] or None


def next_time(
    weekly: Sequence[WeeklyWindow], closures: Sequence[Closure], asked: Sequence[str] = ()
) -> NextTime | None:
    """The next open day from today on, of a window that is one of the `asked` free times where any are."""
    wanted = [window for window in weekly if not asked or set(free_times([window]) or ()) & set(asked)]
    for ahead in range(7 * WEEKS_AHEAD):
        day = clock.today() + timedelta(days=ahead)
        for window in wanted:
            if window["day"] == WEEKDAYS[day.weekday()] and not is_closed(day, closures):
                return NextTime(day, window["first"], window["last"])
    return None


def is_closed(day: date, closures: Iterable[Closure]) -> bool:
    return any(each["first"] <= day.isoformat() <= each["last"] for each in closures)


def weekly_words(weekly: Iterable[WeeklyWindow]) -> list[str]:
    """ "Donnerstag 17:00 bis 21:00 Uhr", each window for itself, in the language being read."""
    return [
        _(
            "%(day)s %(first)s bis %(last)s Uhr",
            day=DAY_LABELS[window["day"]],
            first=window["first"],
            last=window["last"],
        )
        for window in weekly
    ]


def closure_words(closures: Iterable[Closure]) -> str:
    """As they are typed, those that are over left out."""
    today = clock.today().isoformat()
    return ", ".join(_typed(each) for each in closures if each["last"] >= today)


class WeeklyHoursMixin(Form):
    """From and to for each day of the week, all of them optional, and the days on which nothing is free."""

    closures = TextAreaField(
        _l("An diesen Tagen nicht"),
        description=_l("Zum Beispiel: 24.12.2026 bis 06.01.2027, 03.02.2027."),
        validators=[Length(max=500, message=_l("Bitte kürzen Sie die Eingabe."))],
        render_kw={"rows": 2},
    )
    _fields: dict[str, Any]

    def weekly_rows(self) -> list[tuple[Words, Any, Any]]:
        """(day, from, to) in the order of the week."""
        return [(DAY_LABELS[day], self._fields[f"{day}_first"], self._fields[f"{day}_last"]) for day in WEEKDAYS]

    def fill_hours(self, weekly: Iterable[WeeklyWindow], closures: Iterable[Closure]) -> None:
        """What is stored, to be drawn."""
        for window in weekly:
            self._fields[f"{window['day']}_first"].data = time.fromisoformat(window["first"])
            self._fields[f"{window['day']}_last"].data = time.fromisoformat(window["last"])
        self._fields["closures"].data = ", ".join(_typed(each) for each in closures)

    def weekly(self) -> list[WeeklyWindow]:
        """What was typed, days without both times left out."""
        rows = [(day, self._fields[f"{day}_first"].data, self._fields[f"{day}_last"].data) for day in WEEKDAYS]
        return [
            WeeklyWindow(day=day, first=f"{first:%H:%M}", last=f"{last:%H:%M}")
            for day, first, last in rows
            if first and last
        ]

    def closed(self) -> list[Closure]:
        return closures_in(self._fields["closures"].data or "")[0]

    def validate(self, extra_validators: Mapping[str, Sequence[Callable[..., None]]] | None = None) -> bool:
        """Beside the fields themselves: a window has both times, in their order, and days can be read."""
        valid = bool(super().validate(extra_validators))
        for day in WEEKDAYS:
            first, last = self._fields[f"{day}_first"], self._fields[f"{day}_last"]
            if first.errors or last.errors:
                continue
            if bool(first.data) != bool(last.data):
                missing = last if first.data else first
                missing.errors, valid = [_("%(day)s: Bitte geben Sie beide Zeiten an.", day=DAY_LABELS[day])], False
            elif first.data and first.data >= last.data:
                last.errors, valid = [_("%(day)s: Das Ende liegt vor dem Anfang.", day=DAY_LABELS[day])], False
        _read, strange = closures_in(self._fields["closures"].data or "")
        if strange:
            typed = strange[0][:40]
            message = _("„%(typed)s“ ist kein Tag. Beispiel: 24.12.2026 bis 06.01.2027.", typed=typed)
            self._fields["closures"].errors, valid = [message], False
        return valid


for _key, _name in DAY_LABELS.items():
    setattr(WeeklyHoursMixin, f"{_key}_first", ClockField(_l("%(day)s von", day=_name)))
    setattr(WeeklyHoursMixin, f"{_key}_last", ClockField(_l("%(day)s bis", day=_name)))


def closures_in(text: str) -> tuple[list[Closure], list[str]]:
    """(days, pieces that are none) of "24.12.2026 bis 06.01.2027, 03.02.2027"."""
    found: list[Closure] = []
    strange = []
    for piece in filter(None, (each.strip() for each in re.split(r"[,;\n]+", text))):
        ends = [day_typed(each.strip()) for each in re.split(r"\s*(?:bis|–|to|\s-\s)\s*", piece)]
        if None in ends or len(ends) > 2 or ends[0] > ends[-1]:  # type: ignore[operator]
            strange.append(piece)
        elif len(found) < MOST_CLOSURES:
            found.append(Closure(first=str(ends[0]), last=str(ends[-1])))
    return found, strange


_WRITTEN = re.compile(
    r"(?P<day>\w+)\.?\s+(?P<first>\d{1,2}(?:[:.]\d\d)?)\s*(?:-|–|bis)\s*(?P<last>\d{1,2}(?:[:.]\d\d)?)"
)


def windows_in(text: str) -> tuple[list[WeeklyWindow], list[str]]:
    """(windows, pieces that are none) of "Donnerstag 17:00 bis 21:00 Uhr; Fr 9–12", as lists have them."""
    found: list[WeeklyWindow] = []
    strange = []
    for piece in filter(None, (each.strip() for each in re.split(r"[;\n,]+", text))):
        read = _WRITTEN.match(piece)
        days = [key for key, name in DAYS.items() if read and name.casefold().startswith(read["day"].casefold())]
        first, last = (_clock(read[name]) if read else None for name in ("first", "last"))
        if len(days) == 1 and first and last and first < last:
            found.append(WeeklyWindow(day=days[0], first=first, last=last))
        else:
            strange.append(piece)
    return found, strange


def written_windows(weekly: Iterable[WeeklyWindow]) -> str:
    """The same back, in German."""
    return "; ".join(f"{DAYS[each['day']]} {each['first']} bis {each['last']}" for each in weekly)


def _clock(text: str) -> str | None:
    hour, _point, minute = text.replace(".", ":").partition(":")
    return f"{int(hour):02}:{minute or '00'}" if int(hour) < 24 and int(minute or 0) < 60 else None


def _typed(each: Mapping[str, Any]) -> str:
    first, last = (date.fromisoformat(each[name]) for name in ("first", "last"))
    return f"{first:%d.%m.%Y}" if first == last else f"{first:%d.%m.%Y} bis {last:%d.%m.%Y}"


def _shared(first: time, last: time, begins: time, ends: time) -> timedelta:
    day = date(2000, 1, 1)
    return datetime.combine(day, min(last, ends)) - datetime.combine(day, max(first, begins))
