"""Forms of viewings: dates to propose and to choose, the way in, how it was."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Optional

from wohnberatung.bridge.fields import NOT_OFFERED, fact_form
from wohnberatung.bridge.typed_fields import ClockField, DayField
from wohnberatung.core import clock
from wohnberatung.core.constraints import NOTE
from wohnberatung.core.holidays import day_of_rest
from wohnberatung.core.languages import Words
from wohnberatung.viewings.way_in import LIFT, PARTS, STEP_FREE
from wohnberatung.web.filters import long_day, moment_in, slot_word, time_of_day
from wohnberatung.web.forms import PatientForm, VersionedForm, at_most

if TYPE_CHECKING:
    from matching.facts import Fact

MOST_OPTIONS = 3
NONE_FITS = "keiner"
SHORT = 200
_SIDES = (("seeker", _l("für die suchende Person")), ("provider", _l("für den Anbieter")))


class DeedForm(PatientForm, VersionedForm):
    """What needs no words."""


class ForSideForm(PatientForm, VersionedForm):
    """The office says for whom it does it; for all others that is known."""

    side = RadioField(
        _l("Für wen tragen Sie das ein?"),
        choices=[SelectChoice(key, label) for key, label in _SIDES],
        validators=[Optional()],
        invalid_choice_message=NOT_OFFERED,
    )


class DatesForm(ForSideForm):
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


class ChoiceForm(PatientForm, VersionedForm):
    """One of the dates that were proposed, or none of them."""

    moment = RadioField(
        _l("Welcher Termin passt?"),
        validators=[InputRequired(_l("Bitte wählen Sie einen Termin, oder sagen Sie, dass keiner passt."))],
        invalid_choice_message=NOT_OFFERED,
    )

    def offer(self, moments: Sequence[datetime]) -> "ChoiceForm":
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


class MissedForm(PatientForm, VersionedForm):
    """Who was not there."""

    who = RadioField(
        _l("Wer war nicht da?"),
        choices=[SelectChoice("seeker", _l("Die suchende Person")), SelectChoice("provider", _l("Der Anbieter"))],
        validators=[InputRequired(_l("Bitte wählen Sie, wer nicht da war."))],
        invalid_choice_message=NOT_OFFERED,
    )


def _radios(label: Words, options: Mapping[str, Words]) -> UnboundField:
    choices = [SelectChoice(key, words) for key, words in options.items()]
    return RadioField(label, choices=choices, default="", invalid_choice_message=NOT_OFFERED)


class ArrivalForm(PatientForm, VersionedForm):
    """How somebody finds the door and gets in, also with a wheelchair, and who helps."""

    meet = StringField(
        _l("Wo treffen Sie sich?"), description=_l("Zum Beispiel: vor dem Hauseingang."), validators=[at_most(SHORT)]
    )
    bell = StringField(_l("Wo klingelt man?"), validators=[at_most(SHORT)])
    into_house = _radios(_l("Wie kommt man ins Haus?"), STEP_FREE)
    lift = _radios(_l("Gibt es einen Aufzug?"), LIFT)
    helper = StringField(
        _l("Wer hilft vor Ort?"),
        description=_l("Ein Name und eine Telefonnummer für den Tag."),
        validators=[at_most(SHORT)],
    )
    note = TextAreaField(_l("Was sollte man noch wissen?"), validators=[at_most(NOTE)], render_kw={"rows": 3})

    def said(self) -> dict[str, str]:
        """By the names of the fields."""
        return {name: self[name].data or "" for name in PARTS}


class FeedbackForm(ForSideForm):
    """How it was, and whether to go on."""

    verdict = RadioField(
        _l("Wie soll es weitergehen?"),
        choices=[
            SelectChoice("yes", _l("Ich möchte weitermachen")),
            SelectChoice("unsure", _l("Ich bin mir noch nicht sicher")),
            SelectChoice("no", _l("Es passt nicht")),
        ],
        validators=[InputRequired(_l("Bitte sagen Sie, wie es weitergehen soll."))],
        invalid_choice_message=NOT_OFFERED,
    )
    words = TextAreaField(
        _l("Wie war es?"),
        description=_l("Das liest nur die Wohnberatung."),
        validators=[at_most(NOTE)],
        render_kw={"rows": 4},
    )
    measured = BooleanField(
        _l("Ich habe nachgemessen"),
        description=_l("Kreuzen Sie das an, wenn die Zahlen mit einem Zollstock oder Maßband gemessen sind."),
    )


def feedback_form(facts: Sequence["Fact"]) -> type[BaseForm]:
    """With a field for each fact that may turn out to be different."""
    return fact_form(FeedbackForm, facts)
