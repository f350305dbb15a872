"""How to reach the person and whoever helps them, and a message from either side. A name is never needed."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, RadioField, SelectChoice, StringField, TelField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.bridge.summary import Line
from wohnberatung.core.constraints import MESSAGE
from wohnberatung.seekers.contents import HelperContact, StoredContact
from wohnberatung.seekers.forms.steps import DraftForm
from wohnberatung.web.forms import PatientForm, at_most, email_address, phone_number

BY_PHONE, BY_EMAIL, BY_POST, NOT_AT_ALL = "phone", "email", "post", "none"
PERSON, HELPER = "person", "helper"


class ContactForm(DraftForm):
    """The way to answer that the person prefers, with what that way needs."""

    name = StringField(
        _l("Name"),
        description=_l("So, wie wir Sie ansprechen sollen. Sie können auch ohne Namen fragen."),
        validators=[Length(max=120, message=_l("Bitte kürzen Sie den Namen auf 120 Zeichen."))],
        render_kw={"autocomplete": "name"},
    )
    reach = RadioField(
        _l("Wie sollen wir Ihnen antworten?"),
        description=_l("Danach brauchen wir nur die Angabe, die dazu gehört."),
        choices=[
            SelectChoice(BY_PHONE, _l("Am Telefon")),
            SelectChoice(BY_EMAIL, _l("Mit einer E-Mail")),
            SelectChoice(BY_POST, _l("Mit einem Brief")),
            SelectChoice(NOT_AT_ALL, _l("Gar nicht: Ich sehe selbst über meinen Link nach")),
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
        validators=[Length(max=300, message=_l("Bitte kürzen Sie die Anschrift auf 300 Zeichen."))],
        render_kw={"autocomplete": "street-address", "rows": 3},
    )
    with_helper = False

    @property
    def is_reachable(self) -> bool:
        """Whether there is anything that only the consent to contact allows to keep."""
        return self.reach.data != NOT_AT_ALL or self.with_helper or bool(self.phone.data or self.email.data)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        needed = {BY_PHONE: self.phone, BY_EMAIL: self.email, BY_POST: self.address}.get(self.reach.data)
        if needed is not None and not (needed.data or "").strip():
            message = _(
                "Bitte ergänzen Sie: %(field)s. Sie möchten auf diesem Weg eine Antwort.", field=needed.label.text
            )
            needed.errors, valid = [message], False
        return bool(valid)

    def contact(self) -> StoredContact:
        """As it is stored; what is empty is left out."""
        contact: StoredContact = {}
        for name in ("name", "reach", "phone", "email", "address"):
            if value := (self[name].data or "").strip():
                contact[name] = value
        return contact

    def summary(self) -> list[Line]:
        shown = (self.name, self.phone, self.email, self.address)
        rows = [(str(field.label.text), field.data.strip()) for field in shown if (field.data or "").strip()]
        ways = {key: str(label) for key, label, *_rest in self.reach.iter_choices()}
        return [*rows, (_("Antwort"), ways.get(self.reach.data, ""))]


class HelperForm(ContactForm):
    """The contact of the person who seeks, then that of the one who helps."""

    helper_name = StringField(
        _l("Ihr Name"),
        validators=[
            InputRequired(_l("Bitte geben Sie Ihren Namen an, damit wir wissen, wer geholfen hat.")),
            Length(max=120, message=_l("Bitte kürzen Sie den Namen auf 120 Zeichen.")),
        ],
    )
    helper_relation = StringField(
        _l("Wer sind Sie?"),
        description=_l("Zum Beispiel Tochter, Nachbar, Sozialdienst."),
        validators=[Length(max=120, message=_l("Bitte kürzen Sie den Eintrag auf 120 Zeichen."))],
    )
    helper_phone = TelField(_l("Ihre Telefonnummer"), validators=[Optional(), phone_number])
    helper_email = EmailField(_l("Ihre E-Mail-Adresse"), validators=[Optional(), email_address])
    ask = RadioField(
        _l("Wen sollen wir ansprechen?"),
        choices=[SelectChoice(PERSON, _l("Die Person, die eine Wohnung sucht")), SelectChoice(HELPER, _l("Mich"))],
        default=PERSON,
        invalid_choice_message=NOT_OFFERED,
    )
    with_helper = True

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        reachable = any((field.data or "").strip() for field in (self.helper_phone, self.helper_email))
        if not reachable:
            message = _("Bitte geben Sie eine Telefonnummer oder eine E-Mail-Adresse an, unter der wir Sie erreichen.")
            self.helper_phone.errors, valid = [message], False
        return bool(valid)

    def contact(self) -> StoredContact:
        helper: HelperContact = {}
        for name in ("name", "relation", "phone", "email"):
            if value := (self[f"helper_{name}"].data or "").strip():
                helper[name] = value
        return {**super().contact(), "helper": helper, "ask": self.ask.data}

    def summary(self) -> list[Line]:
        helper = ", ".join(str(value) for value in self.contact()["helper"].values())
        who = _("die Person selbst") if self.ask.data == PERSON else _("die helfende Person")
        return [*super().summary(), (_("Hilft beim Ausfüllen"), helper), (_("Ansprechen"), who)]


class LostLinkForm(PatientForm):
    """What tells that a request is somebody's own, where the secret link is lost."""

    number = StringField(
        _l("Ihre Nummer"),
        description=_l("Sie steht in unserer ersten E-Mail und auf der Eingangsbestätigung."),
        validators=[InputRequired(_l("Bitte geben Sie Ihre Nummer ein.")), at_most(40)],
        render_kw={"autocomplete": "off"},
    )
    email = EmailField(
        _l("E-Mail-Adresse"),
        description=_l("Die Adresse, an die wir Ihnen schreiben."),
        validators=[InputRequired(_l("Bitte geben Sie Ihre E-Mail-Adresse ein.")), email_address],
        render_kw={"autocomplete": "email"},
    )


class MessageForm(PatientForm):
    """What the person writes to the office."""

    text = TextAreaField(
        _l("Ihre Nachricht"),
        description=_l("Das liest nur die Wohnberatung. Diagnosen brauchen wir nicht."),
        validators=[
            InputRequired(_l("Bitte schreiben Sie Ihre Nachricht.")),
            at_most(MESSAGE),
        ],
        render_kw={"rows": 6},
    )


class MessageAnswerForm(MessageForm):
    """What the office answers."""

    text = TextAreaField(
        _l("Ihre Antwort"),
        description=_l("Die Person liest sie über ihren geheimen Link. In der E-Mail steht nur, dass es eine gibt."),
        validators=MessageForm.text.kwargs["validators"],
        render_kw={"rows": 6},
    )
