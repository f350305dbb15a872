"""Forms of those who offer: their answers about a person who would suit."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.brokerage.reasons import reasons_of_step
from wohnberatung.core.constraints import NOTE
from wohnberatung.core.steps import Party
from wohnberatung.web.forms import PatientForm, at_most


class WelcomeForm(PatientForm):
    """Yes needs no words."""


class RefuseForm(PatientForm):
    """Why it is a no. The person reads none of it in these words."""

    reason = RadioField(
        _l("Warum passt es nicht?"),
        choices=[SelectChoice(reason.code, reason.wording) for reason in reasons_of_step("refuse", Party.PROVIDER)],
        validators=[InputRequired(_l("Bitte wählen Sie einen Grund."))],
        invalid_choice_message=NOT_OFFERED,
    )
    note = TextAreaField(
        _l("Möchten Sie uns mehr dazu sagen?"),
        description=_l("Das liest die Wohnberatung. Die Person kann es mit ihrer Auskunft lesen."),
        validators=[at_most(NOTE)],
        render_kw={"rows": 4},
    )


class PostponeForm(PatientForm):
    """When to ask again."""

    until = DateField(
        _l("Wann sollen wir Sie wieder fragen?"),
        description=_l("Ein Tag in den nächsten acht Wochen. Danach haben Sie eine Woche Zeit zum Antworten."),
        validators=[InputRequired(_l("Bitte geben Sie den Tag an."))],
    )


class OfficeQuestionForm(PatientForm):
    """A question to the office about somebody who would suit."""

    note = TextAreaField(
        _l("Ihre Frage"),
        description=_l("Die Wohnberatung meldet sich bei Ihnen. Die Person kann die Frage mit ihrer Auskunft lesen."),
        validators=[InputRequired(_l("Bitte schreiben Sie Ihre Frage.")), at_most(NOTE)],
        render_kw={"rows": 4},
    )
