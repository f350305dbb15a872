"""A consultation, written while telephoning; a short enquiry in one line; follow-ups; code tables."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.bridge.typed_fields import DayField, WholeNumberField
from wohnberatung.cases.spoken_dates import Said
from wohnberatung.core import clock
from wohnberatung.core.ids import new_id
from wohnberatung.core.transactions import take_back
from wohnberatung.web.forms import Form, VersionedForm, at_most

EXAMPLES = _l("Zum Beispiel: in 3 Wochen anrufen wegen Bad; am 5.1.; nächsten Montag um 10 Uhr Hausbesuch")
LONGEST_NOTE = 20_000
UNKEPT = ("csrf_token", "idempotency_key", "version", "page", "drawn_from")


def reading_words(said: Said) -> str:
    """ "Dienstag, 1. Dezember 2026, 9:30 Uhr, danach alle 2 Wochen"."""
    first = _first_words(said)
    return _("%(first)s, danach %(every)s", first=first, every=said.every.words) if said.every else first


def _first_words(said: Said) -> str:
    day = str(format_date(said.day, "full"))
    if said.at is None:
        return day
    first = f"{said.at.hour}:{said.at.minute:02}"
    if said.until is None:
        return _("%(day)s, %(time)s Uhr", day=day, time=first)
    last = f"{said.until.hour}:{said.until.minute:02}"
    return _("%(day)s, %(first)s bis %(last)s Uhr", day=day, first=first, last=last)


def _reading_line(said: Said) -> str:
    line = _("%(when)s: %(what)s", when=reading_words(said), what=said.text or _("ansehen"))
    return _("%(line)s. Achtung: %(doubt)s", line=line, doubt=said.doubt) if said.doubt else line


class ReadingField(RadioField):
    """How a line was understood. Drawn once the line was read, so that a person sees the day before it is kept, and
    says which is meant where there are several."""

    data: str | None
    # Why a line that is being typed has no reading yet.
    unread: str = ""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **options)

    def settle(self, readings: Sequence[Said]) -> Said | None:
        """The reading that the person has seen and chosen; None until then, and for an empty line."""
        self.choices = [(said.key, _reading_line(said)) for said in readings]
        chosen = next((said for said in readings if said.key == self.data), None)
        if readings and chosen is None:
            plain = len(readings) == 1 and readings[0].sure and not readings[0].doubt
            self.data = readings[0].key if plain else None
            self.errors = [] if plain else [self._question(readings)]
        return chosen

    def _question(self, readings: Sequence[Said]) -> str:
        doubts = dict.fromkeys(said.doubt for said in readings if said.doubt)
        if doubts:
            doubt = " ".join(doubts)
            return _("%(doubt)s Soll es trotzdem sein? Wählen Sie es, oder schreiben Sie es anders.", doubt=doubt)
        return _("Welcher Tag ist gemeint? Wählen Sie, oder schreiben Sie es anders.")


def settled(lines: Iterable[tuple[ReadingField, Sequence[Said]]]) -> list[Said] | None:
    """What was understood and agreed to of every line that is not empty. None where a person is still to look: nothing
    of the deed is kept then, and the form is to be drawn again."""
    chosen = [(readings, field.settle(readings)) for field, readings in lines]
    if any(readings and said is None for readings, said in chosen):
        take_back()
        return None
    return [said for _readings, said in chosen if said is not None]


class ConsultationForm(VersionedForm):
    """In the order in which one talks: the note first, the codes after. The number of the page, and the draft that it
    was drawn from, come back with it."""

    page = HiddenField(default=new_id)
    drawn_from = HiddenField()
    note = TextAreaField(
        _l("Notiz"),
        description=_l("Wird beim Schreiben alle paar Sekunden gesichert."),
        validators=[at_most(LONGEST_NOTE)],
        render_kw={"rows": 8},
    )
    follow_up = StringField(
        _l("Wiedervorlage"), description=EXAMPLES, validators=[at_most(200)], render_kw={"autocomplete": "off"}
    )
    follow_up_day = ReadingField(_l("So haben wir die Wiedervorlage verstanden"))
    held_on = DayField(
        _l("Tag der Beratung"),
        default=clock.today,
        validators=[InputRequired(_l("Bitte geben Sie den Tag an, an dem Sie gesprochen haben."))],
    )
    channel = SelectField(_l("Beratungsform"), invalid_choice_message=NOT_OFFERED)
    minutes = WholeNumberField(
        _l("Dauer in Minuten"),
        default=10,
        validators=[
            InputRequired(_l("Bitte geben Sie die Dauer in Minuten an, zum Beispiel 15.")),
            NumberRange(1, 600, _l("Bitte geben Sie die Dauer in Minuten an, zum Beispiel 15.")),
        ],
    )
    reason = SelectField(_l("Anlass"), invalid_choice_message=NOT_OFFERED)
    person_group = SelectField(_l("Personengruppe"), invalid_choice_message=NOT_OFFERED)
    age_group = SelectField(_l("Altersgruppe"), invalid_choice_message=NOT_OFFERED)
    topics = SelectMultipleField(_l("Themen"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False))
    result = SelectField(_l("Ergebnis"), invalid_choice_message=NOT_OFFERED)
    appointment = StringField(
        _l("Nächster Termin"),
        description=_l("Mit Uhrzeit, zum Beispiel: Donnerstag 14 Uhr Hausbesuch"),
        validators=[at_most(200)],
        render_kw={"autocomplete": "off"},
    )
    appointment_day = ReadingField(_l("So haben wir den Termin verstanden"))

    def values(self) -> dict[str, object]:
        """Everything that was entered, as a draft keeps it; a day in ISO."""
        entered = {field.name: field.data for field in self if field.name not in UNKEPT}
        return {name: data.isoformat() if isinstance(data, date) else data for name, data in entered.items()}


class BriefForm(Form):
    topic = SelectField(_l("Thema"), invalid_choice_message=NOT_OFFERED)
    channel = SelectField(_l("Beratungsform"), invalid_choice_message=NOT_OFFERED)
    person_group = SelectField(_l("Wer fragt"), invalid_choice_message=NOT_OFFERED)


class WhenForm(VersionedForm):
    when = StringField(
        _l("Wann wieder?"),
        description=EXAMPLES,
        validators=[InputRequired(_l("Bitte schreiben Sie, wann der Fall wieder vorliegen soll.")), at_most(200)],
        render_kw={"autocomplete": "off"},
    )
    when_day = ReadingField(_l("So haben wir es verstanden"))


NAMED = (InputRequired(_l("Bitte geben Sie einen Namen an.")), at_most(120))


class NewCodeForm(Form):
    label = StringField(_l("Neuer Eintrag"), validators=NAMED)


class CodeTableForm(VersionedForm):
    label = StringField(_l("Name"), validators=NAMED)
    position = WholeNumberField(_l("Platz in der Liste"), validators=[Optional(), NumberRange(1, 999)], default=1)
    active = BooleanField(
        _l("Wird angeboten"),
        description=_l("Ohne Haken bleibt der Eintrag bei allem stehen, was ihn schon nutzt."),
    )
