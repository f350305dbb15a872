"""Forms of people who would like to join, of the group that answers them and votes."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, EmailField, RadioField, SelectChoice, StringField, TelField, TextAreaField
from wtforms.validators import InputRequired, Optional

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.core.lengths import MESSAGE
from wohnberatung.projects.admission import CHOICES
from wohnberatung.seekers.forms.contact import email_address, phone_number
from wohnberatung.web.forms import Form, VersionedForm, at_most
from wohnberatung.web.spam import GuardedForm

CONSENT_VERSION = "2026-11"
CONSENT_TEXT = _l(
    "Ich willige ein, dass die Wohnberatung speichert, was ich hier schreibe, und dass die Gruppe und die "
    "Wohnberatung meine Nachricht lesen, um mir zu antworten."
)


class JoinForm(GuardedForm):
    """Somebody would like to get to know a group."""

    called = StringField(
        _l("Wie dürfen wir Sie ansprechen?"),
        description=_l("Ein Vorname genügt. Den liest auch die Gruppe."),
        validators=[at_most(60)],
    )
    text = TextAreaField(
        _l("Ihre Nachricht an die Gruppe"),
        description=_l("Wie möchten Sie wohnen, was bringen Sie mit? Bitte keine Diagnosen."),
        validators=[InputRequired(_l("Bitte schreiben Sie ein paar Sätze an die Gruppe.")), at_most(MESSAGE)],
        render_kw={"rows": 7},
    )
    name = StringField(_l("Vor- und Nachname"), validators=[at_most(120)], render_kw={"autocomplete": "name"})
    phone = TelField(_l("Telefonnummer"), validators=[Optional(), phone_number], render_kw={"autocomplete": "tel"})
    email = EmailField(
        _l("E-Mail-Adresse"),
        description=_l("Dann schreiben wir Ihnen, sobald es eine Antwort gibt."),
        validators=[Optional(), email_address],
        render_kw={"autocomplete": "email"},
    )
    release = BooleanField(
        _l("Die Gruppe darf Name, Telefonnummer und E-Mail-Adresse sehen."),
        description=_l("Ohne Haken sieht sie nur die Wohnberatung. Sie können das später erlauben."),
    )
    consent = BooleanField(
        CONSENT_TEXT, validators=[InputRequired(_l("Ohne Ihre Einwilligung dürfen wir die Nachricht nicht speichern."))]
    )

    def content(self) -> dict[str, str]:
        """What was written, by field; what is empty is left out."""
        values = {name: (self[name].data or "").strip() for name in ("called", "text", "name", "phone", "email")}
        return {name: value for name, value in values.items() if value}

    def given_consent(self) -> tuple[str, str]:
        return CONSENT_VERSION, str(CONSENT_TEXT)


class WriteForm(Form):
    """Another line from the person."""

    text = TextAreaField(
        _l("Noch eine Nachricht an die Gruppe"),
        validators=[InputRequired(_l("Bitte schreiben Sie etwas.")), at_most(MESSAGE)],
        render_kw={"rows": 4},
    )


class AnswerForm(VersionedForm):
    """The group, or the office for it, answers."""

    text = TextAreaField(
        _l("Ihre Antwort"),
        description=_l("Zum Beispiel, wann und wo man sich kennenlernen kann."),
        validators=[InputRequired(_l("Bitte schreiben Sie eine Antwort.")), at_most(MESSAGE)],
        render_kw={"rows": 5},
    )


class VoteForm(Form):
    """Until when the group votes."""

    last_day = DateField(
        _l("Letzter Tag der Abstimmung"), validators=[InputRequired(_l("Bitte geben Sie den letzten Tag an."))]
    )


class BallotForm(Form):
    """One vote, without a reason."""

    choice = RadioField(
        _l("Ihre Stimme"),
        choices=[SelectChoice(key, label) for key, label in CHOICES.items()],
        description=_l("Eine Begründung ist nicht nötig. Bis zum Ende können Sie Ihre Stimme ändern."),
        validators=[InputRequired(_l("Bitte wählen Sie Ihre Stimme."))],
        invalid_choice_message=NOT_OFFERED,
    )
