"""A consultation, written while telephoning; a short enquiry in one line; follow-ups; code tables."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.web.forms import Form, VersionedForm, at_most

EXAMPLES = _l("Zum Beispiel: in 3 Wochen anrufen wegen Bad · am 5.1. · nächsten Montag um 10 Uhr Hausbesuch")
LONGEST_NOTE = 20_000
UNKEPT = ("csrf_token", "idempotency_key", "version")


class ConsultationForm(VersionedForm):
    """In the order in which one talks: the note first, the codes after."""

    note = TextAreaField(
        _l("Notiz"),
        description=_l("Wird beim Schreiben alle paar Sekunden gesichert."),
        validators=[at_most(LONGEST_NOTE)],
        render_kw={"rows": 8},
    )
    follow_up = StringField(
        _l("Wiedervorlage"), description=EXAMPLES, validators=[at_most(200)], render_kw={"autocomplete": "off"}
    )
    channel = SelectField(_l("Beratungsform"), invalid_choice_message=NOT_OFFERED)
    minutes = IntegerField(
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

    def values(self) -> dict[str, Any]:
        """Everything that was entered, as a draft keeps it."""
        return {field.name: field.data for field in self if field.name not in UNKEPT}


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


NAMED = (InputRequired(_l("Bitte geben Sie einen Namen an.")), at_most(120))


class NewCodeForm(Form):
    label = StringField(_l("Neuer Eintrag"), validators=NAMED)


class CodeTableForm(VersionedForm):
    label = StringField(_l("Name"), validators=NAMED)
    position = IntegerField(_l("Platz in der Liste"), validators=[Optional(), NumberRange(1, 999)], default=1)
    active = BooleanField(
        _l("Wird angeboten"),
        description=_l("Ohne Haken bleibt der Eintrag bei allem stehen, was ihn schon nutzt."),
    )
