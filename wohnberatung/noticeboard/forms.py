"""Forms of the board: what somebody looks for, what a notice says, what is reported, and what is decided about it."""

from typing import cast

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString
from wtforms import BooleanField, EmailField, Form, SelectChoice, SelectField, StringField, TelField, TextAreaField
from wtforms.validators import InputRequired, Optional

from wohnberatung.bridge.fields import CHOOSE, NOT_OFFERED
from wohnberatung.bridge.place_fields import place_field
from wohnberatung.core.constraints import MESSAGE, NOTE
from wohnberatung.noticeboard.kinds import (
    GROUND_LABELS,
    OFFERED_WEEKS,
    TOPIC_LABELS,
    USUAL_WEEKS,
    NoticeTopic,
    NoticeValues,
)
from wohnberatung.web.forms import PatientForm, VersionedForm, at_most, email_address, phone_number
from wohnberatung.web.spam import GuardedForm

WHOLE_CITY = _l("ganze Stadt")
SAID = ("topic", "place", "title", "text", "answer_to", "weeks")


def _weeks(number: int) -> LazyString:
    return LazyString(ngettext, "%(num)s Woche", "%(num)s Wochen", number)


class NoticeFilter(Form):
    """What is asked of the board; it stands in the address and refuses nothing."""

    stadtteil = place_field(_l("Stadtteil"), by_code=False)
    thema = SelectField(
        _l("Thema"),
        choices=[SelectChoice("", _l("alle")), *(SelectChoice(*each) for each in TOPIC_LABELS.items())],
        default="",
    )

    def asked(self) -> dict[str, str]:
        """What is asked, by the name in the address; what cannot be is left out."""
        self.validate()
        return {field.name: str(field.data) for field in self if field.data and not field.errors}


class NoticeText:
    """What a notice says, whoever writes it."""

    topic = SelectField(
        _l("Thema"),
        choices=[SelectChoice("", CHOOSE), *(SelectChoice(*each) for each in TOPIC_LABELS.items())],
        validators=[InputRequired(_l("Bitte wählen Sie ein Thema."))],
        invalid_choice_message=NOT_OFFERED,
    )
    place = place_field(_l("Stadtteil"), anywhere=WHOLE_CITY)
    title = StringField(
        _l("Überschrift"),
        description=_l("Zum Beispiel: Ich lese vor, Wer hilft beim Umzug?, Sommerfest im Hof."),
        validators=[InputRequired(_l("Bitte geben Sie dem Aushang eine Überschrift.")), at_most(120)],
    )
    text = TextAreaField(
        _l("Was möchten Sie mitteilen?"),
        description=_l(
            "Kurze Sätze versteht jeder. Schreiben Sie keine Namen und keine Adressen von anderen Menschen."
        ),
        validators=[InputRequired(_l("Bitte schreiben Sie, worum es geht.")), at_most(2000)],
        render_kw={"rows": 6},
    )
    weeks = SelectField(
        _l("Wie lange soll der Aushang hängen?"),
        description=_l("Vor dem Ende fragen wir Sie, ob er länger hängen soll."),
        choices=[SelectChoice(number, _weeks(number)) for number in OFFERED_WEEKS],
        coerce=int,
        default=USUAL_WEEKS,
        invalid_value_message=NOT_OFFERED,
        invalid_choice_message=NOT_OFFERED,
    )


def _values(form: Form) -> NoticeValues:
    """By column of the notice."""
    found = {name: form[name].data for name in SAID if name in form}
    found["topic"], found["place"] = NoticeTopic(found["topic"]), found["place"] or None
    return cast(
        NoticeValues, {name: "" if value is None and name != "place" else value for name, value in found.items()}
    )


class OwnNoticeForm(NoticeText, VersionedForm):
    """A notice of an organisation or of the office."""

    answer_to = StringField(
        _l("Wohin soll man antworten?"),
        description=_l("Telefon, E-Mail-Adresse oder Treffpunkt. Das lesen alle."),
        validators=[at_most(300)],
    )

    def values(self) -> NoticeValues:
        return _values(self)


class MyNoticeForm(NoticeText, PatientForm, VersionedForm):
    """A private person changes their notice."""

    def values(self) -> NoticeValues:
        return _values(self)


CONSENT_VERSION = "2026-11"
CONSENT_TEXT = _l(
    "Ich willige ein, dass die Wohnberatung meine Kontaktdaten speichert, um mir zu diesem Aushang zu schreiben, und "
    "dass alle den Text lesen. Meinen Namen und meine Adresse zeigt sie niemandem."
)


class PersonNoticeForm(NoticeText, GuardedForm):
    """A notice of somebody without an account."""

    name = StringField(
        _l("Ihr Name"),
        description=_l("Den liest nur die Wohnberatung. Es geht auch ohne Namen."),
        validators=[at_most(120)],
        render_kw={"autocomplete": "name"},
    )
    email = EmailField(
        _l("Ihre E-Mail-Adresse"),
        description=_l("Dorthin schicken wir einen Link, mit dem Sie den Aushang bestätigen."),
        validators=[InputRequired(_l("Bitte geben Sie Ihre E-Mail-Adresse an.")), email_address, at_most(254)],
        render_kw={"autocomplete": "email"},
    )
    phone = TelField(_l("Telefonnummer"), validators=[Optional(), phone_number], render_kw={"autocomplete": "tel"})
    consent = BooleanField(
        CONSENT_TEXT, validators=[InputRequired(_l("Ohne Ihre Einwilligung dürfen wir den Aushang nicht speichern."))]
    )

    def values(self) -> NoticeValues:
        return _values(self)

    def contact(self) -> dict[str, str]:
        """What was left, by field; what is empty is left out."""
        found = {name: (self[name].data or "").strip() for name in ("name", "email", "phone")}
        return {name: value for name, value in found.items() if value}

    def given_consent(self) -> tuple[str, str]:
        return CONSENT_VERSION, str(CONSENT_TEXT)


class NoticeStepForm(VersionedForm):
    """A step that needs no words."""


class NoticeReturnForm(VersionedForm):
    """Why the office gives a notice back."""

    reason = TextAreaField(
        _l("Was ist zu ändern?"),
        description=_l("Wer den Aushang schrieb, liest das."),
        validators=[InputRequired(_l("Bitte schreiben Sie, was zu ändern ist.")), at_most(NOTE)],
        render_kw={"rows": 3},
    )


class ReportForm(GuardedForm):
    """Something on a public page is unlawful (Art. 16 (2) DSA). Contact is never needed."""

    ground = SelectField(
        _l("Worum geht es?"),
        choices=[SelectChoice("", CHOOSE), *(SelectChoice(*each) for each in GROUND_LABELS.items())],
        validators=[InputRequired(_l("Bitte wählen Sie, worum es geht."))],
        invalid_choice_message=NOT_OFFERED,
    )
    why = TextAreaField(
        _l("Was ist daran nicht in Ordnung?"),
        description=_l("Nennen Sie die Stelle, und warum sie gegen ein Gesetz oder unsere Regeln verstößt."),
        validators=[InputRequired(_l("Bitte schreiben Sie, was daran nicht in Ordnung ist.")), at_most(MESSAGE)],
        render_kw={"rows": 6},
    )
    name = StringField(_l("Ihr Name"), validators=[at_most(120)], render_kw={"autocomplete": "name"})
    email = EmailField(
        _l("Ihre E-Mail-Adresse"),
        description=_l("Dann schreiben wir Ihnen, wie wir entschieden haben. Wer den Text schrieb, erfährt sie nicht."),
        validators=[Optional(), email_address, at_most(254)],
        render_kw={"autocomplete": "email"},
    )
    good_faith = BooleanField(
        _l("Ich melde das nach bestem Wissen: Meine Angaben sind richtig und vollständig."),
        validators=[InputRequired(_l("Bitte bestätigen Sie, dass Ihre Angaben stimmen."))],
    )

    def content(self) -> dict[str, str]:
        """What was written, by field; what is empty is left out."""
        found = {name: (self[name].data or "").strip() for name in ("why", "name", "email")}
        return {name: value for name, value in found.items() if value}


class ComplaintForm(PatientForm):
    """Somebody does not agree with a decision (Art. 20 DSA)."""

    text = TextAreaField(
        _l("Warum sind Sie nicht einverstanden?"),
        validators=[InputRequired(_l("Bitte schreiben Sie, warum Sie nicht einverstanden sind.")), at_most(MESSAGE)],
        render_kw={"rows": 5},
    )


class ReportDecisionForm(VersionedForm):
    """The office decides about a report; the button says how."""

    reason = TextAreaField(
        _l("Gründe der Entscheidung"),
        description=_l(
            "Welche Stelle, welches Gesetz oder welche Regel, warum. Beide Seiten lesen das; schreiben Sie nicht, wer "
            "es gemeldet hat."
        ),
        validators=[at_most(NOTE)],
        render_kw={"rows": 5},
    )
