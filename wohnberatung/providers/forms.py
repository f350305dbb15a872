"""Forms of those who offer: their answers about a person who would suit."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.bridge.typed_fields import DayField
from wohnberatung.brokerage.reasons import reasons_of_step
from wohnberatung.core.constraints import NOTE
from wohnberatung.core.steps import Party
from wohnberatung.projects.admission import CHOICES
from wohnberatung.web.forms import Form, PatientForm, VersionedForm, at_most, email_address


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

    until = DayField(
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


class MatchBallotForm(PatientForm):
    """One vote on somebody who was presented, without a reason."""

    choice = RadioField(
        _l("Ihre Stimme"),
        choices=[SelectChoice(key, label) for key, label in CHOICES.items()],
        description=_l("Eine Begründung ist nicht nötig. Bis zum Ende können Sie Ihre Stimme ändern."),
        validators=[InputRequired(_l("Bitte wählen Sie Ihre Stimme."))],
        invalid_choice_message=NOT_OFFERED,
    )


class GroupMemberForm(Form):
    """Somebody who votes without an account."""

    name = StringField(_l("Name"), validators=[InputRequired(_l("Bitte geben Sie den Namen an.")), at_most(120)])
    email = EmailField(
        _l("E-Mail-Adresse"),
        validators=[InputRequired(_l("Bitte geben Sie die Adresse an.")), email_address],
        render_kw={"autocomplete": "off"},
    )


class QualityCommentForm(VersionedForm):
    """What those who offer say to a note about their offers and answers."""

    text = TextAreaField(
        _l("Ihr Kommentar"),
        description=_l("Die Wohnberatung liest ihn bei der Notiz. Schreiben Sie bitte nichts über einzelne Menschen."),
        validators=[at_most(NOTE)],
        render_kw={"rows": 4},
    )
