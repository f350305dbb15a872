"""Forms of brokerage: answers of those who seek, and what the office gives along with a step."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, Field, RadioField, SelectChoice, TelField, TextAreaField
from wtforms.validators import InputRequired, Optional

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.bridge.needs import StoredRequirement
from wohnberatung.bridge.requirement_fields import form_data, requirement_form
from wohnberatung.bridge.typed_fields import DayField
from wohnberatung.brokerage.days import DAYS
from wohnberatung.brokerage.reasons import reasons_for, reasons_of_step
from wohnberatung.core import clock
from wohnberatung.core.constraints import NOTE
from wohnberatung.core.steps import Party, Step
from wohnberatung.seekers.forms.consents import CONTACT_CONSENT, RELEASE_CONSENT, SHARING_CONSENT
from wohnberatung.web.forms import Form, PatientForm, VersionedForm, at_most, email_address, phone_number

if TYPE_CHECKING:
    from matching.kinds import Criterion

WEEKS = {
    "2": _l("in zwei Wochen"),
    "4": _l("in vier Wochen"),
    "13": _l("in drei Monaten"),
    "26": _l("in einem halben Jahr"),
}


def _choices(side: Party) -> list[SelectChoice]:
    return [SelectChoice(reason.code, reason.wording) for reason in reasons_for(side)]


DECLINE_REASONS = _choices(Party.SEEKER)


class MatchStepForm(PatientForm, VersionedForm):
    """A step that needs no words."""


class DeclineForm(PatientForm, VersionedForm):
    """Why it does not fit. Declining has no penalty, and nobody has to say why."""

    reason = RadioField(
        _l("Woran liegt es?"),
        choices=DECLINE_REASONS,
        validators=[
            InputRequired(_l("Bitte wählen Sie einen Grund. Sie können auch „Das möchte ich nicht sagen“ wählen."))
        ],
        invalid_choice_message=NOT_OFFERED,
    )
    note = TextAreaField(
        _l("Möchten Sie uns mehr dazu sagen?"),
        description=_l("Zum Beispiel, was Sie gemessen haben. Das liest nur die Wohnberatung."),
        validators=[at_most(NOTE)],
        render_kw={"rows": 4},
    )


class LaterForm(PatientForm, VersionedForm):
    """When to ask again."""

    weeks = RadioField(
        _l("Wann sollen wir Sie noch einmal fragen?"),
        choices=[SelectChoice(weeks, label) for weeks, label in WEEKS.items()],
        validators=[InputRequired(_l("Bitte wählen Sie, wann wir Sie noch einmal fragen sollen."))],
        invalid_choice_message=NOT_OFFERED,
    )


class HelpForm(PatientForm, VersionedForm):
    """A question, or just that somebody should call."""

    note = TextAreaField(
        _l("Wobei können wir helfen?"),
        description=_l("Sie können das Feld auch leer lassen. Dann melden wir uns bei Ihnen."),
        validators=[at_most(NOTE)],
        render_kw={"rows": 4},
    )


ON_MY_PAGE = "none"


class HelpWithContactForm(HelpForm):
    """The same of somebody whom nobody can reach so far: help that cannot arrive is none."""

    reach = RadioField(
        _l("Wie sollen wir Ihnen antworten?"),
        choices=[
            SelectChoice("phone", _l("Am Telefon")),
            SelectChoice("email", _l("Mit einer E-Mail")),
            SelectChoice("post", _l("Mit einem Brief")),
            SelectChoice(ON_MY_PAGE, _l("Gar nicht: Ich sehe selbst über meinen Link nach")),
        ],
        validators=[InputRequired(_l("Bitte wählen Sie, wie wir Ihnen antworten sollen."))],
        invalid_choice_message=NOT_OFFERED,
    )
    phone = TelField(_l("Telefonnummer"), validators=[Optional(), phone_number], render_kw={"autocomplete": "tel"})
    email = EmailField(
        _l("E-Mail-Adresse"), validators=[Optional(), email_address], render_kw={"autocomplete": "email"}
    )
    address = TextAreaField(
        _l("Postanschrift"),
        validators=[at_most(300)],
        render_kw={"autocomplete": "street-address", "rows": 3},
    )
    consent = BooleanField(CONTACT_CONSENT.text, description=CONTACT_CONSENT.explanation)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        needed = self._needed()
        if needed is not None and not (needed.data or "").strip():
            message = _(
                "Bitte ergänzen Sie: %(field)s. Sie möchten auf diesem Weg eine Antwort.", field=needed.label.text
            )
            needed.errors, valid = [message], False
        if needed is not None and not self.consent.data:
            self.consent.errors, valid = [CONTACT_CONSENT.refusal], False
        return bool(valid)

    def left(self) -> tuple[str, str] | None:
        """The way and the number or address; None for somebody who looks on their own page."""
        needed = self._needed()
        return None if needed is None else (self.reach.data, (needed.data or "").strip())

    def _needed(self) -> Field | None:
        """What the way that is wanted needs."""
        return {"phone": self.phone, "email": self.email, "post": self.address}.get(self.reach.data)


def step_form(step: Step[Any], by: Party) -> type[VersionedForm]:
    """The form of a step that asks: a reason where the table wants one, a day where days.py names one, and a note."""
    fields: dict[str, Any] = {}
    if step.reason is not None:
        fields["reason"] = RadioField(
            _l("Warum?"),
            choices=[SelectChoice(reason.code, reason.wording) for reason in reasons_of_step(step.key, by)],
            validators=[InputRequired(step.reason.missing)],
            invalid_choice_message=NOT_OFFERED,
        )
    if (named := DAYS.get(step.key)) is not None:
        fields["until"] = DayField(named.label, validators=[InputRequired(_l("Bitte geben Sie den Tag an."))])
    fields["note"] = TextAreaField(
        _l("Notiz"),
        description=_l("Nur für die Wohnberatung. Die suchende Person liest hier nichts davon."),
        validators=[at_most(NOTE)],
        render_kw={"rows": 4},
    )
    return type("StepForm", (VersionedForm,), fields)


class ShareForm(PatientForm, VersionedForm):
    """That one provider may hear what the home must be able to do, with the consent that stands behind it."""

    consent_sharing = BooleanField(
        SHARING_CONSENT.text,
        description=SHARING_CONSENT.explanation,
        validators=[InputRequired(_l("Ohne Ihre Einwilligung dürfen wir dem Anbieter nichts sagen."))],
    )


class ReleaseForm(PatientForm, VersionedForm):
    """That one provider may get name and contact, with the consent that stands behind it."""

    consent_release = BooleanField(
        RELEASE_CONSENT.text,
        description=RELEASE_CONSENT.explanation,
        validators=[InputRequired(_l("Ohne Ihre Einwilligung dürfen wir Ihren Namen niemandem sagen."))],
    )


class PairNoteForm(Form):
    """A note about one request and one offer."""

    text = TextAreaField(
        _l("Neue Notiz"),
        description=_l("Nur für die Wohnberatung. Die suchende Person kann sie mit ihrer Auskunft lesen."),
        validators=[InputRequired(_l("Bitte schreiben Sie etwas, oder gehen Sie einfach weiter.")), at_most(NOTE)],
        render_kw={"rows": 3},
    )


def trial_form(criteria: Sequence["Criterion"], stored: Sequence[StoredRequirement] | None = None) -> Any:
    """A form over those requirements, filled from `stored` ones, or with what was sent where there are none."""
    kind = requirement_form(VersionedForm, criteria)
    return kind() if stored is None else kind(formdata=None, data=form_data(stored, criteria))


def day_in(weeks: str) -> date:
    """So many weeks from today."""
    return clock.today() + timedelta(weeks=int(weeks))
