"""Fields for days, times and whole numbers that are no facts: what cannot be read is quoted, and stays where it was
typed. A browser with a calendar sends a day as a program writes it; one without sends what people write."""

import re
from collections.abc import Callable
from datetime import date, time
from typing import Any

from flask_babel import gettext as _
from wtforms import DateField, Field, IntegerField, TimeField
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from matching.language import TwoReadings, amount, day_of
from wohnberatung.bridge.doubted_amounts import SHOWN
from wohnberatung.bridge.wording import spoken

LONGEST_NUMBER = 20
_DAY = re.compile(r"\d{1,2}\W+\w+\W+\d{2,4}")
_CLOCK = re.compile(r"(?:um\s+)?(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d)(?::\d\d)?)?\s*(?:uhr|h)?\.?", re.IGNORECASE)


_PER_CENT = re.compile(r"\s*(?:%|prozent|per ?cent)$", re.IGNORECASE)


class _Quoting(Field):
    """What it cannot read it says once: no rule about the value follows."""

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            raise StopValidation
        super().pre_validate(form)

    def _read(self, valuelist: list[str], read: Callable[[str], Any], refused: Callable[[str], str]) -> Any:
        """The value of what was typed; None of nothing. Raises ValueError, said to the person."""
        typed = valuelist[0].strip() if valuelist else ""
        value = read(typed) if typed else None
        if typed and value is None:
            raise ValueError(refused(typed[:SHOWN]))
        return value


class WholeNumberField(_Quoting, IntegerField):
    """A whole number that is no longer than any of ours."""

    widget = TextInput()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options["render_kw"] = {"inputmode": "numeric", **(options.get("render_kw") or {})}
        super().__init__(*arguments, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = self._read(
            valuelist, _whole, lambda typed: _("„%(typed)s“ ist keine ganze Zahl. Beispiel: 3.", typed=typed)
        )


class PercentField(WholeNumberField):
    """A whole number of per cent, with its sign or without."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([_PER_CENT.sub("", typed.strip()) for typed in valuelist])


class DayField(_Quoting, DateField):
    """A calendar day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = self._read(
            valuelist, day_typed, lambda typed: _("„%(value)s“ ist kein Datum. Beispiel: 01.08.2027.", value=typed)
        )


class ClockField(_Quoting, TimeField):
    """A time of day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = self._read(
            valuelist, _time, lambda typed: _("„%(typed)s“ ist keine Uhrzeit. Beispiel: 9:15.", typed=typed)
        )


def _whole(typed: str) -> int | None:
    typed = typed.replace("−", "-")  # the sign as it is set, which some keyboards write
    try:
        read = amount(typed, language=spoken()) if len(typed) < LONGEST_NUMBER else None
    except TwoReadings:
        return None
    return int(read[0]) if read and not read[1] and float(read[0]).is_integer() else None


def day_typed(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return day_of(typed) if _DAY.fullmatch(typed) else None


def _time(typed: str) -> time | None:
    found = _CLOCK.fullmatch(typed)
    try:
        return time(int(found["hour"]), int(found["minute"] or 0)) if found else None
    except ValueError:
        return None
