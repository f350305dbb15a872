"""Forms with which people agree on a date: up to three are proposed, one is chosen."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired, Optional

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.bridge.typed_fields import ClockField, DayField
from wohnberatung.core import clock
from wohnberatung.core.holidays import day_of_rest
from wohnberatung.web.filters import long_day, moment_in, slot_word, time_of_day
from wohnberatung.web.forms import PatientForm, VersionedForm

MOST_OPTIONS = 3
NONE_FITS = "keiner"


class ProposedDates(PatientForm, VersionedForm):
    """Up to three dates, the first of them needed."""

    day_1 = DayField(_l("Erster Tag"), validators=[InputRequired(_l("Bitte geben Sie einen Tag an."))])
    time_1 = ClockField(_l("Uhrzeit am ersten Tag"), validators=[InputRequired(_l("Bitte geben Sie eine Uhrzeit an."))])
    day_2 = DayField(_l("Zweiter Tag"), validators=[Optional()])
    time_2 = ClockField(_l("Uhrzeit am zweiten Tag"), validators=[Optional()])
    day_3 = DayField(_l("Dritter Tag"), validators=[Optional()])
    time_3 = ClockField(_l("Uhrzeit am dritten Tag"), validators=[Optional()])

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        for number in (2, 3):
            day, at = self[f"day_{number}"], self[f"time_{number}"]
            if bool(day.data) != bool(at.data) and not (day.errors or at.errors):
                missing = at if day.data else day
                missing.errors = [_("Bitte geben Sie zu diesem Termin Tag und Uhrzeit an.")]
                valid = False
        return bool(valid)

    def moments(self) -> list[tuple[date, time]]:
        """Those that were filled in."""
        pairs = [(self[f"day_{number}"].data, self[f"time_{number}"].data) for number in range(1, MOST_OPTIONS + 1)]
        return [(day, at) for day, at in pairs if day and at]


class ChosenDate(PatientForm, VersionedForm):
    """One of the dates that were proposed, or none of them."""

    moment = RadioField(
        _l("Welcher Termin passt?"),
        validators=[InputRequired(_l("Bitte wählen Sie einen Termin, oder sagen Sie, dass keiner passt."))],
        invalid_choice_message=NOT_OFFERED,
    )

    def offer(self, moments: Sequence[datetime]) -> Self:
        """With these to choose from."""
        options = [SelectChoice(slot_word(moment), _option_words(moment)) for moment in moments]
        self.moment.choices = [*options, SelectChoice(NONE_FITS, _("Keiner passt"))]
        return self

    def chosen(self) -> datetime | None:
        """None where none of them fits."""
        return None if self.moment.data == NONE_FITS else moment_in(self.moment.data)


def _option_words(moment: datetime) -> str:
    """With what one should think of on such a day."""
    words = _("%(day)s, %(time)s", day=long_day(moment), time=time_of_day(moment))
    rest = day_of_rest(clock.to_berlin(moment).date())
    return f"{words} ({rest})" if rest else words
