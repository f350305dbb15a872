"""Giving work to others, and opening what is not one's own."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.web.forms import Form, VersionedForm, at_most

NO_DAY = _l("Bitte geben Sie einen Tag an, zum Beispiel 5.1.2027.")


class ReasonForm(Form):
    reason = TextAreaField(
        _l("Warum öffnen Sie den Fall?"),
        description=_l("Die zuständige Person liest das. Es bleibt im Verlauf des Falls stehen."),
        validators=[
            InputRequired(_l("Bitte begründen Sie, warum Sie den Fall öffnen.")),
            Length(min=10, message=_l("Bitte begründen Sie es in einem ganzen Satz.")),
            at_most(500),
        ],
        render_kw={"rows": 3},
    )


class TransferForm(VersionedForm):
    to = SelectField(_l("An wen?"), invalid_choice_message=NOT_OFFERED)
    note = TextAreaField(
        _l("Was sollte die Person wissen?"),
        description=_l("Steht danach im Verlauf: Was ist zugesagt, was ist als Nächstes zu tun?"),
        validators=[at_most(2000)],
        render_kw={"rows": 4},
    )


class StandInForm(VersionedForm):
    stand_in = SelectField(_l("Vertretung für diesen Fall"), invalid_choice_message=NOT_OFFERED)


class BlockForm(VersionedForm):
    sure = BooleanField(
        _l("Ja, ich habe verstanden, was das bedeutet"),
        validators=[InputRequired(_l("Bitte kreuzen Sie an, dass Sie das möchten."))],
    )


class AbsenceForm(Form):
    user = SelectField(_l("Wer ist weg?"), invalid_choice_message=NOT_OFFERED)
    stand_in = SelectField(_l("Wer vertritt?"), invalid_choice_message=NOT_OFFERED)
    first_day = DateField(_l("Erster Tag"), validators=[InputRequired(NO_DAY)])
    last_day = DateField(_l("Letzter Tag"), validators=[InputRequired(NO_DAY)])


class TransferAllForm(Form):
    person = SelectField(_l("Wessen Fälle?"), invalid_choice_message=NOT_OFFERED)
    to = SelectField(_l("An wen?"), invalid_choice_message=NOT_OFFERED)
    note = TextAreaField(_l("Notiz"), validators=[at_most(2000)], render_kw={"rows": 3})
    sure = BooleanField(
        _l("Ja, alle offenen Fälle übergeben"),
        validators=[InputRequired(_l("Bitte kreuzen Sie an, dass Sie das möchten."))],
    )


class ExportForm(Form):
    """Asks for everything that is stored, as a file."""


class EraseForm(Form):
    sure = BooleanField(
        _l("Ja, den Fall mit allem, was dazugehört, endgültig löschen"),
        validators=[InputRequired(_l("Bitte kreuzen Sie an, dass Sie löschen möchten."))],
    )
