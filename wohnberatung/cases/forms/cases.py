"""Who a case is about, who belongs to it, which request; giving it to others, opening what is not one's own."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, ValidationError

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.bridge.typed_fields import DayField, WholeNumberField
from wohnberatung.core.languages import LANGUAGES
from wohnberatung.web.forms import Form, VersionedForm, at_most, is_email_address

KINDS = (
    SelectChoice("person", _l("eine Person")),
    SelectChoice("household", _l("ein Haushalt")),
    SelectChoice("organisation", _l("eine Organisation (Vermieter, Bauherr, Initiative …)")),
)
ORIGINS = (
    SelectChoice("phone", _l("Anruf")),
    SelectChoice("walk_in", _l("persönlich im Büro")),
    SelectChoice("letter", _l("Brief oder E-Mail")),
    SelectChoice("organisation", _l("über eine Organisation")),
)
CONSENTS = (
    SelectChoice("unasked", _l("noch nicht gefragt")),
    SelectChoice("oral", _l("ja, mündlich")),
    SelectChoice("written", _l("ja, schriftlich")),
    SelectChoice("refused", _l("nein")),
    SelectChoice("withdrawn", _l("zurückgenommen")),
)
ROLES = (
    SelectChoice("helper", _l("hilft: Angehörige, Nachbarn, Freunde")),
    SelectChoice("guardian", _l("rechtliche Betreuung oder Vollmacht")),
    SelectChoice("member", _l("lebt im Haushalt")),
    SelectChoice("service", _l("Dienst: Pflege, Sozialdienst, Arzt")),
    SelectChoice("landlord", _l("Vermieter oder Hausverwaltung")),
    SelectChoice("contact", _l("Ansprechperson einer Organisation")),
)
CONSENT_HINT = _l("Fragen Sie: „Darf ich aufschreiben, was Sie mir sagen, und damit arbeiten?“")


class CaseContactForm(VersionedForm):
    """How somebody is called and reached. No check of numbers: people read them out as they like."""

    name = StringField(
        _l("Name"),
        validators=[InputRequired(_l("Bitte geben Sie einen Namen an.")), at_most(120)],
        render_kw={"autocomplete": "off"},
    )
    phone = TelField(_l("Telefon"), validators=[at_most(60)], render_kw={"autocomplete": "off"})
    email = StringField(
        _l("E-Mail"), validators=[at_most(254)], render_kw={"autocomplete": "off", "inputmode": "email"}
    )
    no_email = BooleanField(_l("Hat keine E-Mail-Adresse"))

    def validate_email(self, field: Field) -> None:
        """What is no address would only be refused where the first mail is to be sent."""
        typed = (field.data or "").strip()
        if typed and not is_email_address(typed):
            if not self.no_email.data:
                message = _(
                    "„%(typed)s“ ist keine E-Mail-Adresse. Gibt es keine, kreuzen Sie „Hat keine E-Mail-Adresse“ an.",
                    typed=typed[:60],
                )
                raise ValidationError(message)
            field.data = ""

    def content(self) -> dict[str, str | None]:
        """What is sealed."""
        names = ("name", "phone", "email", "address", "language", "notes", "note")
        said: dict[str, str | None] = {name: self[name].data for name in names if name in self}
        return said | {"no_email": "ja" if self.no_email.data and not self.email.data else ""}


class CaseForm(CaseContactForm):
    """A case as it is opened and changed; `origin` belongs to opening only."""

    kind = RadioField(_l("Wen beraten wir?"), choices=list(KINDS), default="person", invalid_choice_message=NOT_OFFERED)
    organisation = SelectField(
        _l("Organisation"),
        description=_l("Nur, wenn sie schon in der Liste steht."),
        invalid_choice_message=NOT_OFFERED,
    )
    origin = SelectField(_l("Wie kam der Kontakt?"), choices=list(ORIGINS), invalid_choice_message=NOT_OFFERED)
    address = StringField(_l("Adresse"), validators=[at_most(300)], render_kw={"autocomplete": "off"})
    language = SelectField(
        _l("Liest am liebsten"),
        description=_l("In dieser Sprache entstehen Briefe über Wohnungen und E-Mails zu den Gesuchen."),
        choices=[
            SelectChoice("", _l("wie im Gesuch")),
            *(SelectChoice(language.code, language.name) for language in LANGUAGES),
        ],
        default="",
        invalid_choice_message=NOT_OFFERED,
    )
    notes = TextAreaField(
        _l("Was man wissen muss"),
        description=_l("Zum Beispiel: hört schlecht, bitte laut sprechen; erreichbar nur vormittags."),
        validators=[at_most(4000)],
        render_kw={"rows": 3},
    )
    consent = SelectField(
        _l("Einwilligung"), description=CONSENT_HINT, choices=list(CONSENTS), invalid_choice_message=NOT_OFFERED
    )


class PersonForm(CaseContactForm):
    role = SelectField(_l("Was ist die Person?"), choices=list(ROLES), invalid_choice_message=NOT_OFFERED)
    note = TextAreaField(
        _l("Notiz"),
        description=_l("Zum Beispiel: Tochter, hat die Vollmacht, arbeitet bis 16 Uhr."),
        validators=[at_most(2000)],
        render_kw={"rows": 2},
    )
    consent = SelectField(
        _l("Dürfen wir mit ihr sprechen?"), choices=list(CONSENTS), invalid_choice_message=NOT_OFFERED
    )


class LinkForm(VersionedForm):
    receipt_number = StringField(
        _l("Eingangsnummer des Gesuchs"),
        description=_l("Zum Beispiel DD-2026-KM7294."),
        validators=[InputRequired(_l("Bitte geben Sie die Eingangsnummer an."))],
        render_kw={"autocomplete": "off"},
    )


class NoteForm(VersionedForm):
    """For an action that needs no more than a word."""

    note = TextAreaField(_l("Notiz"), validators=[at_most(2000)], render_kw={"rows": 3})


CHOOSE_ONE = _l("Bitte wählen Sie, was damit geschieht.")


def closing_form(results: Sequence[tuple[str, str]], still_open: Sequence[tuple[str, Any, Any, Any]]) -> type[NoteForm]:
    """What came of the case, one of `results` (code, label), and what becomes of each kind of open things, given as
    (field, label, what ending means, what keeping means)."""
    outcome = SelectField(
        _l("Was ist aus dem Fall geworden?"),
        choices=[SelectChoice("", _l("Bitte wählen")), *(SelectChoice(code, label) for code, label in results)],
        validators=[InputRequired(_l("Bitte wählen Sie, was aus dem Fall geworden ist."))],
        invalid_choice_message=NOT_OFFERED,
    )
    fields = {
        field: RadioField(
            _l("Was geschieht damit? (%(kind)s)", kind=label),
            choices=[SelectChoice("beenden", ended), SelectChoice("behalten", kept)],
            validators=[InputRequired(CHOOSE_ONE)],
            invalid_choice_message=NOT_OFFERED,
        )
        for field, label, ended, kept in still_open
    }
    return type("ClosingForm", (NoteForm,), {"outcome": outcome, **fields})


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
    first_day = DayField(_l("Erster Tag"), validators=[InputRequired(NO_DAY)])
    last_day = DayField(_l("Letzter Tag"), validators=[InputRequired(NO_DAY)])


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


class EraseCaseForm(Form):
    sure = BooleanField(
        _l("Ja, den Fall mit allem, was dazugehört, endgültig löschen"),
        validators=[InputRequired(_l("Bitte kreuzen Sie an, dass Sie löschen möchten."))],
    )


class HouseholdSplitForm(VersionedForm):
    """How many of a household go on with the request they had together; `version` is that of this request."""

    staying = WholeNumberField(
        _l("Wie viele Personen bleiben im bisherigen Gesuch?"),
        validators=[InputRequired(_l("Bitte sagen Sie, wie viele Personen bleiben."))],
    )
