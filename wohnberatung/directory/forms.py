"""Forms of the directory: what somebody looks for, what an entry says, how one gets into the rooms, a list to read."""

from typing import Any, cast

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, EmailField, Form, SelectChoice, SelectField, StringField, TelField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from wohnberatung.bridge.fields import NOT_OFFERED, TOO_LONG, fact_form
from wohnberatung.bridge.meeting_rooms import MEETING_FACTS
from wohnberatung.bridge.place_fields import PlacesField, place_field
from wohnberatung.bridge.spoken_languages import language_options, languages_field
from wohnberatung.directory.kinds import KIND_LABELS, EntryValues
from wohnberatung.web import forms
from wohnberatung.web.forms import VersionedForm, at_most, email_address, phone_number

NO_MATTER = _l("egal")


class DirectoryFilter(Form):
    """What is asked of the directory; it stands in the address and refuses nothing."""

    suche = StringField(
        _l("Stichwort"),
        description=_l("Zum Beispiel: Bewohnerbeirat, Reparatur, Treff. Tippfehler sind nicht schlimm."),
        validators=[Length(max=100, message=TOO_LONG)],
        render_kw={"autocomplete": "off", "maxlength": 100},
    )
    stadtteil = place_field(_l("Stadtteil"), by_code=False)
    art = SelectField(
        _l("Art"),
        choices=[SelectChoice("", _l("alle")), *(SelectChoice(kind, label) for kind, label in KIND_LABELS.items())],
        default="",
    )
    sprache_im_haus = SelectField(
        _l("Sprache"),
        choices=[SelectChoice("", NO_MATTER), *(SelectChoice(code, name) for code, name in language_options())],
        default="",
    )
    stufenlos = SelectField(
        _l("Räume ohne Stufen"),
        choices=[
            SelectChoice("", NO_MATTER),
            SelectChoice("ja", _l("ja, auch wenn noch unbekannt")),
            SelectChoice("sicher", _l("ja, sicher")),
        ],
        default="",
    )

    def asked(self) -> dict[str, str]:
        """What is asked, by the name in the address; what cannot be is left out."""
        self.validate()
        values = {field.name: str(field.data or "").strip() for field in self if not field.errors}
        return {name: value for name, value in values.items() if value}


class EntryForm(VersionedForm):
    """What an entry says. Whose it is only the office says."""

    kind = SelectField(
        _l("Was sind Sie?"),
        choices=[SelectChoice("", _l("Bitte wählen")), *(SelectChoice(*each) for each in KIND_LABELS.items())],
        validators=[InputRequired(_l("Bitte wählen Sie, was Sie sind."))],
        invalid_choice_message=NOT_OFFERED,
    )
    name = StringField(_l("Name"), validators=[InputRequired(_l("Bitte geben Sie einen Namen an.")), at_most(200)])
    summary = TextAreaField(
        _l("Was tun Sie?"),
        description=_l("Zwei bis fünf kurze Sätze, so dass auch jemand sie versteht, der Sie nicht kennt."),
        validators=[at_most(2000)],
        render_kw={"rows": 5},
    )
    audience = TextAreaField(
        _l("Für wen?"),
        description=_l("Zum Beispiel: Menschen, die in der Siedlung wohnen; Familien; alle, die kommen möchten."),
        validators=[at_most(500)],
        render_kw={"rows": 2},
    )
    citywide = BooleanField(_l("Wir sind in der ganzen Stadt da."))
    serves = PlacesField(
        _l("Für welche Stadtteile sind Sie da?"),
        description=_l(
            "Mehrere mit Komma getrennt, zum Beispiel: Johannstadt, Pieschen-Süd. Tippfehler sind nicht schlimm."
        ),
    )
    lies_in = place_field(_l("In welchem Stadtteil liegen Ihre Räume?"), anywhere=_l("keine Räume, oder nicht bekannt"))
    address = StringField(_l("Adresse"), description=_l("Die Adresse sehen alle."), validators=[at_most(200)])
    spoken = languages_field(_l("In welchen Sprachen kann man mit Ihnen sprechen?"))
    opening_hours = TextAreaField(
        _l("Öffnungszeiten"),
        description=_l("Zum Beispiel: Dienstag und Donnerstag 14 bis 18 Uhr, in den Ferien geschlossen."),
        validators=[at_most(1000)],
        render_kw={"rows": 3},
    )
    phone = TelField(_l("Telefon"), validators=[Optional(), phone_number, at_most(120)])
    email = EmailField(_l("E-Mail-Adresse"), validators=[Optional(), email_address, at_most(254)])
    website = StringField(
        _l("Webseite"),
        description=_l("Mit https:// am Anfang."),
        validators=[
            Optional(),
            at_most(300),
            Regexp(
                r"https?://[^\s<>\"']+\Z", message=_l("Die Adresse beginnt mit https:// und hat keine Leerzeichen.")
            ),
        ],
    )
    contacts = TextAreaField(
        _l("Ansprechpersonen"),
        description=_l("Eine Person je Zeile: Name, wofür sie da ist, Telefon oder E-Mail."),
        validators=[at_most(1000)],
        render_kw={"rows": 3},
    )
    contacts_agreed = BooleanField(
        _l("Die genannten Personen sind einverstanden, dass alle das lesen."),
        description=_l("Ohne Haken liest nur die Wohnberatung die Namen."),
    )

    def values(self) -> EntryValues:
        """By column of the entry."""
        own = {"csrf_token", "idempotency_key", "version"}
        found = {name: value for name, value in self.data.items() if name not in own}
        empty_as_none = {name: found[name] or None for name in ("lies_in", "organisation_id") if name in found}
        texts = {name: value or "" for name, value in found.items() if value is None and name not in empty_as_none}
        lists = {name: found[name] or [] for name in ("spoken", "serves")}
        return cast(EntryValues, {**found, **texts, **empty_as_none, **lists})


class OfficeEntryForm(EntryForm):
    organisation_id = SelectField(
        _l("Wer pflegt den Eintrag?"),
        description=_l("Wer ihn pflegt, kann ihn ändern und wird einmal im Jahr gefragt, ob er noch stimmt."),
        invalid_choice_message=NOT_OFFERED,
    )


RoomsForm = fact_form(VersionedForm, MEETING_FACTS)


class EntryStepForm(VersionedForm):
    """A step that needs no words."""


class ListForm(forms.Form):
    """A table of entries."""

    file = FileField(
        _l("Tabelle auswählen"),
        description=_l(
            "XLSX, ODS oder CSV mit Überschriften in der ersten Zeile, höchstens 16 MB. Die Datei wird erst gelesen "
            "und gezeigt; übernommen wird nichts, bevor Sie zugestimmt haben."
        ),
        render_kw={"accept": ".csv,.xlsx,.ods,.txt"},
    )

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        if not (self.file.data and self.file.data.filename):
            self.file.errors = [_l("Bitte wählen Sie eine Datei aus.")]
        return bool(valid and not self.errors)
