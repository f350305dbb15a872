"""Forms of resources: what somebody looks for, what they give or need, how to reach them, asking for contact."""

from functools import cache
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, EmailField, Form, SelectChoice, SelectField, StringField, TelField, TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length, Optional

from wohnberatung.bridge.fields import NOT_OFFERED, TOO_LONG, FactFormMixin
from wohnberatung.bridge.neighbour_resources import (
    criteria_asked,
    facts_asked,
    kinds_by_group,
    resource_kind,
)
from wohnberatung.bridge.place_fields import place_field
from wohnberatung.bridge.requirement_fields import RequirementFormMixin
from wohnberatung.bridge.typed_fields import WholeNumberField
from wohnberatung.bridge.weekly_hours import DAY_LABELS, PART_LABELS, WeeklyHoursMixin
from wohnberatung.core.constraints import MESSAGE
from wohnberatung.web import forms
from wohnberatung.web.forms import PatientForm, VersionedForm, at_most, email_address, phone_number
from wohnberatung.web.spam import GuardedForm

NO_MATTER = _l("egal")
GIVES, SEEKS = "bieten", "suchen"
SIDES = {GIVES: "gives", SEEKS: "seeks"}
CONSENT_VERSION = "2026-12"
ENTRY_CONSENT = _l(
    "Ich willige ein, dass die Wohnberatung meine Angaben speichert und den Eintrag ohne Namen und Kontakt "
    "veröffentlicht. Meinen Kontakt gibt sie nur weiter, wenn ich in jedem Fall einzeln zustimme."
)
REQUEST_CONSENT = _l(
    "Ich willige ein, dass die Wohnberatung meine Nachricht ohne Namen weitergibt. Stimmt die andere Seite zu, bekommt "
    "sie auch meinen Namen und Kontakt."
)


class ResourceFilter(Form):
    """What is looked for; it stands in the address and refuses nothing."""

    suche = StringField(
        _l("Stichwort"),
        validators=[Length(max=100, message=TOO_LONG)],
        render_kw={"autocomplete": "off", "maxlength": 100},
    )
    was = SelectField(
        _l("Angebot oder Bedarf"),
        choices=[SelectChoice(GIVES, _l("was es gibt")), SelectChoice(SEEKS, _l("was gesucht wird"))],
        default=GIVES,
    )
    art = SelectField(_l("Art"), default="")
    stadtteil = place_field(_l("Stadtteil"), by_code=False)
    tag = SelectField(
        _l("Wochentag"),
        choices=[SelectChoice("", NO_MATTER), *(SelectChoice(key, name) for key, name in DAY_LABELS.items())],
        default="",
    )
    zeit = SelectField(
        _l("Tageszeit"),
        choices=[SelectChoice("", NO_MATTER), *(SelectChoice(key, name) for key, name in PART_LABELS.items())],
        default="",
    )
    zugang = SelectField(
        _l("Zugang zum Raum"),
        choices=[
            SelectChoice("", NO_MATTER),
            SelectChoice("stufenlos", _l("ohne Stufen")),
            SelectChoice("rollstuhl", _l("mit dem Rollstuhl")),
        ],
        default="",
    )
    plaetze = WholeNumberField(_l("Plätze mindestens"), validators=[Optional()])
    sicher = BooleanField(_l("nur, was schon bekannt ist"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [SelectChoice("", _l("alle"))]
        for group, label, kinds in kinds_by_group():
            choices.append(SelectChoice(f"gruppe-{group}", _l("%(group)s: alle", group=label), optgroup=str(label)))
            choices += [SelectChoice(kind.key, _l(kind.label), optgroup=str(label)) for kind in kinds]
        self.art.choices = choices

    def asked(self) -> dict[str, str]:
        """What is asked, by the name in the address; what cannot be is left out."""
        self.validate()
        values = {field.name: field.data for field in self if not field.errors}
        said = {name: "ja" if value is True else str(value or "").strip() for name, value in values.items()}
        said = {name: value for name, value in said.items() if value}
        return {name: value for name, value in said.items() if (name, value) != ("was", GIVES)}


class _EntryTexts(WeeklyHoursMixin):
    """What is asked of every kind. `description` is a fact, but the way it is asked is the form's."""

    title = StringField(
        _l("Überschrift"),
        description=_l("Ein kurzer Satz, zum Beispiel: Ich lese gern vor. Keine Namen, keine Telefonnummer."),
        validators=[InputRequired(_l("Bitte geben Sie eine Überschrift an.")), at_most(120)],
    )
    description = TextAreaField(
        _l("Beschreibung"),
        description=_l("Das lesen alle. Bitte keine Namen, keine Adresse, keine Diagnosen."),
        validators=[at_most(2000)],
        render_kw={"rows": 5},
    )
    district = place_field(_l("In welchem Stadtteil?"), anywhere=_l("in der ganzen Stadt"))

    def entry_values(self) -> dict[str, object]:
        """As services take them."""
        facts = cast(Any, self).fact_values() if isinstance(self, FactFormMixin) else {}
        wanted = cast(Any, self).requirements() if isinstance(self, RequirementFormMixin) else []
        names = ("title", "address", "booking", "organisation_id", "entry_id")
        texts = {name: self._fields[name].data or "" for name in names if name in self._fields}
        for name in ("organisation_id", "entry_id"):
            if name in texts:
                texts[name] = texts[name] or None
        return {
            **texts,
            "district": self._fields["district"].data or None,
            "weekly": self.weekly(),
            "closures": self.closed(),
            "facts": {**facts, "description": (self._fields["description"].data or "").strip()},
            "wanted": wanted,
        }


class _PrivateContact(GuardedForm):
    """How the office reaches a private person: never public."""

    name = StringField(
        _l("Name"),
        validators=[InputRequired(_l("Bitte sagen Sie, wie Sie heißen.")), at_most(120)],
        render_kw={"autocomplete": "name"},
    )
    phone = TelField(
        _l("Telefonnummer"), validators=[Optional(), phone_number, at_most(120)], render_kw={"autocomplete": "tel"}
    )
    email = EmailField(
        _l("E-Mail-Adresse"),
        validators=[Optional(), email_address, at_most(254)],
        render_kw={"autocomplete": "email"},
    )
    contact_fields = ("name", "phone", "email")

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = bool(super().validate(*args, **kwargs))
        if not (self.phone.data or self.email.data) and not (self.phone.errors or self.email.errors):
            self.phone.errors, valid = [_("Bitte geben Sie Telefon oder E-Mail an, damit wir Sie erreichen.")], False
        return valid

    def contact(self) -> dict[str, str]:
        return {name: (self[name].data or "").strip() for name in self.contact_fields}


class _PrivateEntry(_PrivateContact):
    consent = BooleanField(
        ENTRY_CONSENT, validators=[InputRequired(_l("Ohne Ihre Einwilligung dürfen wir nichts speichern."))]
    )

    def given_consent(self) -> tuple[str, str]:
        return CONSENT_VERSION, str(ENTRY_CONSENT)


class _OrganisationEntry(VersionedForm):
    """What an organisation says beside it: its contact is public."""

    address = StringField(_l("Adresse"), description=_l("Die Adresse sehen alle."), validators=[at_most(200)])
    booking = StringField(
        _l("Kontakt zum Buchen"),
        description=_l("Telefon, E-Mail oder Sprechzeit. Das sehen alle."),
        validators=[at_most(300)],
    )
    entry_id = SelectField(
        _l("Gehört zu welchem Eintrag im Wegweiser?"),
        description=_l("Adresse, Kontakt und Zugang gelten dann von dort und müssen nicht noch einmal da stehen."),
        invalid_choice_message=NOT_OFFERED,
    )


class _OfficeEntry(_OrganisationEntry):
    organisation_id = SelectField(_l("Von wem ist das?"), invalid_choice_message=NOT_OFFERED)


PRIVATE, CHANGE, ORGANISATION, OFFICE = "private", "change", "organisation", "office"


class _PatientEntry(PatientForm, VersionedForm):
    """Changed behind a mailed link, which outlives the session that the page was drawn in."""


_BASES: dict[str, type[BaseForm]] = {
    PRIVATE: _PrivateEntry,
    CHANGE: _PatientEntry,
    ORGANISATION: _OrganisationEntry,
    OFFICE: _OfficeEntry,
}


@cache
def entry_form(side: str, kind: str, who: str) -> type[Any] | None:
    """The form of one kind for `gives` or `seeks` and for who fills it in; None for a kind that nobody declares."""
    declared = resource_kind(kind)
    if declared is None:
        return None
    if side == "gives":
        asked: dict[str, object] = {"facts": facts_asked(declared)}
        return type("OfferForm", (_EntryTexts, FactFormMixin, _BASES[who]), asked)
    return type("NeedForm", (_EntryTexts, RequirementFormMixin, _BASES[who]), {"criteria": criteria_asked(declared)})


class AskContactForm(_PrivateContact):
    """Somebody would like to be put in touch."""

    message = TextAreaField(
        _l("Ihre Nachricht"),
        description=_l("Die andere Seite liest sie ohne Ihren Namen. Bitte keine Diagnosen."),
        validators=[InputRequired(_l("Bitte schreiben Sie ein paar Sätze.")), at_most(MESSAGE)],
        render_kw={"rows": 5},
    )
    consent = BooleanField(
        REQUEST_CONSENT, validators=[InputRequired(_l("Ohne Ihre Einwilligung dürfen wir nichts weitergeben."))]
    )

    def given_consent(self) -> tuple[str, str]:
        return CONSENT_VERSION, str(REQUEST_CONSENT)


class ResourceStepForm(VersionedForm):
    """A step of one's own entry, or of a request for contact."""


class ResourceReviewForm(VersionedForm):
    """The office decides about an entry."""

    reason = TextAreaField(
        _l("Grund, wenn der Eintrag nicht veröffentlicht wird"),
        description=_l("Das liest, wer den Eintrag geschrieben hat."),
        validators=[at_most(500)],
        render_kw={"rows": 2},
    )


class EraseForm(forms.Form):
    sure = BooleanField(
        _l("Ja, endgültig löschen"), validators=[InputRequired(_l("Bitte kreuzen Sie an, dass Sie löschen möchten."))]
    )


class TableForm(forms.Form):
    """A table of offers and needs of organisations."""

    file = FileField(
        _l("Tabelle auswählen"),
        description=_l("XLSX, ODS oder CSV mit Überschriften in der ersten Zeile, höchstens 16 MB."),
        render_kw={"accept": ".csv,.xlsx,.ods,.txt"},
    )

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        if not (self.file.data and self.file.data.filename):
            self.file.errors = [_("Bitte wählen Sie eine Datei aus.")]
        return bool(valid and not self.errors)
