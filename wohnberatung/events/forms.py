"""Forms of events: what somebody looks for, what an event says, its dates, and who comes."""

from typing import cast

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, Form, SelectChoice, SelectField, StringField, TelField, TextAreaField
from wtforms.validators import InputRequired, Optional

from wohnberatung.bridge.fields import CHOOSE, NOT_OFFERED, CheckboxesField, fact_form
from wohnberatung.bridge.meeting_rooms import MEETING_FACTS
from wohnberatung.bridge.place_fields import place_field
from wohnberatung.bridge.spoken_languages import languages_field
from wohnberatung.bridge.typed_fields import ClockField, DayField, WholeNumberField
from wohnberatung.core.constraints import NOTE
from wohnberatung.events.kinds import (
    EVENT_TOPICS,
    RHYTHM_LABELS,
    SUPPORT_LABELS,
    EventTopic,
    EventValues,
    Rhythm,
    Support,
)
from wohnberatung.web import forms
from wohnberatung.web.forms import PatientForm, VersionedForm, at_most, email_address, phone_number
from wohnberatung.web.spam import GuardedForm

NO_MATTER = _l("egal")
SAID = ("topic", "title", "text", "place", "address", "support", "spoken", "cost", "contact", "registers", "capacity")
# What somebody may need there to follow, of what can be arranged.
ARRANGED = (Support.SIGN_LANGUAGE, Support.SPEECH_TO_TEXT, Support.EASY_GERMAN, Support.ASSISTANCE)


class EventFilter(Form):
    """What is asked of the list; it stands in the address and refuses nothing."""

    stadtteil = place_field(_l("Stadtteil"), by_code=False)
    thema = SelectField(
        _l("Thema"),
        choices=[SelectChoice("", _l("alle")), *(SelectChoice(*each) for each in EVENT_TOPICS.items())],
        default="",
    )
    woche = SelectField(
        _l("Wann"),
        choices=[
            SelectChoice("", _l("alle Termine")),
            SelectChoice("diese", _l("diese Woche")),
            SelectChoice("naechste", _l("nächste Woche")),
            SelectChoice("vier", _l("in den nächsten vier Wochen")),
        ],
        default="",
    )
    stufenlos = SelectField(
        _l("Ohne Stufen"),
        choices=[
            SelectChoice("", NO_MATTER),
            SelectChoice("ja", _l("ja, auch wenn noch unbekannt")),
            SelectChoice("sicher", _l("ja, sicher")),
        ],
        default="",
    )
    gebaerden = SelectField(
        _l("Gebärdensprache"), choices=[SelectChoice("", NO_MATTER), SelectChoice("ja", _l("ja"))], default=""
    )

    def asked(self) -> dict[str, str]:
        """What is asked, by the name in the address; what cannot be is left out."""
        self.validate()
        return {field.name: str(field.data) for field in self if field.data and not field.errors}


class EventForm(VersionedForm):
    """What an event says. Dates and the way in have pages of their own."""

    title = StringField(
        _l("Was findet statt?"),
        description=_l("Zum Beispiel: Nachbarschaftsfrühstück, Reparaturcafé, Rundgang durch das neue Haus."),
        validators=[InputRequired(_l("Bitte sagen Sie, was stattfindet.")), at_most(160)],
    )
    topic = SelectField(
        _l("Thema"),
        choices=[SelectChoice("", CHOOSE), *(SelectChoice(*each) for each in EVENT_TOPICS.items())],
        validators=[InputRequired(_l("Bitte wählen Sie ein Thema."))],
        invalid_choice_message=NOT_OFFERED,
    )
    text = TextAreaField(
        _l("Beschreibung"),
        description=_l("Für wen es ist, was man mitbringt, wie lange es dauert. Kurze Sätze versteht jeder."),
        validators=[at_most(3000)],
        render_kw={"rows": 6},
    )
    place = place_field(_l("Stadtteil"), anywhere=_l("kein Ort, zum Beispiel am Bildschirm"))
    address = StringField(_l("Adresse"), description=_l("Die Adresse sehen alle."), validators=[at_most(200)])
    support = CheckboxesField(
        _l("Was hilft, dabei zu sein?"),
        choices=[SelectChoice(*each) for each in SUPPORT_LABELS.items()],
        invalid_choice_message=NOT_OFFERED,
    )
    spoken = languages_field(_l("Welche Sprachen werden gesprochen?"))
    cost = StringField(
        _l("Was kostet es?"),
        description=_l("Zum Beispiel: nichts; 3 Euro, mit Dresden-Pass frei."),
        validators=[at_most(200)],
    )
    contact = StringField(
        _l("Wer beantwortet Fragen?"),
        description=_l("Telefon oder E-Mail-Adresse. Das lesen alle."),
        validators=[at_most(300)],
    )
    registers = BooleanField(_l("Man muss sich anmelden."))
    capacity = WholeNumberField(
        _l("Wie viele Plätze gibt es?"),
        description=_l("Leer: so viele, wie kommen. Sind alle Plätze weg, gibt es eine Warteliste."),
        validators=[Optional()],
    )

    def values(self) -> EventValues:
        """By column of the event."""
        found = {name: self[name].data for name in SAID}
        found["topic"], found["place"] = EventTopic(found["topic"]), found["place"] or None
        lists = {name: list(found[name] or []) for name in ("support", "spoken")}
        texts = {name: found[name] or "" for name in ("title", "text", "address", "cost", "contact")}
        return cast(EventValues, {**found, **lists, **texts, "registers": bool(found["registers"])})


EventRoomForm = fact_form(VersionedForm, MEETING_FACTS)


class EventStepForm(VersionedForm):
    """A step that needs no words."""


class EventReturnForm(VersionedForm):
    """Why the office gives an event back."""

    reason = TextAreaField(
        _l("Was ist zu ändern?"),
        description=_l("Wer einlädt, liest das."),
        validators=[InputRequired(_l("Bitte schreiben Sie, was zu ändern ist.")), at_most(NOTE)],
        render_kw={"rows": 3},
    )


class EventDateForm(VersionedForm):
    """One date, in Berlin's time."""

    day = DayField(_l("Tag"), validators=[InputRequired(_l("Bitte geben Sie den Tag an."))])
    begins = ClockField(_l("Beginn"), validators=[InputRequired(_l("Bitte geben Sie an, wann es beginnt."))])
    ends = ClockField(
        _l("Ende"),
        description=_l("Ein Ende vor dem Beginn ist nach Mitternacht."),
        validators=[InputRequired(_l("Bitte geben Sie an, wann es endet."))],
    )


class EventDatesForm(forms.Form):
    """One date, or a series of them."""

    day = DayField(_l("Tag"), validators=[InputRequired(_l("Bitte geben Sie den Tag an."))])
    begins = ClockField(_l("Beginn"), validators=[InputRequired(_l("Bitte geben Sie an, wann es beginnt."))])
    ends = ClockField(
        _l("Ende"),
        description=_l("Ein Ende vor dem Beginn ist nach Mitternacht."),
        validators=[InputRequired(_l("Bitte geben Sie an, wann es endet."))],
    )
    rhythm = SelectField(
        _l("Wie oft?"),
        choices=[SelectChoice(*each) for each in RHYTHM_LABELS.items()],
        default=Rhythm.ONCE,
        invalid_choice_message=NOT_OFFERED,
    )
    times = WholeNumberField(
        _l("Wie viele Termine?"),
        description=_l("Bei einmal bleibt das leer. Danach können Sie jeden Termin für sich ändern oder absagen."),
        validators=[Optional()],
    )


CONSENT_VERSION = "2026-11"
CONSENT_TEXT = _l(
    "Ich willige ein, dass die Wohnberatung speichert, was ich hier schreibe, und dass es die Menschen lesen, die "
    "einladen. Das gilt auch für Angaben zur Gesundheit, wenn ich welche gemacht habe. Nach der Veranstaltung wird "
    "alles gelöscht."
)


class Attendance:
    """How many come, and what they need there."""

    people = WholeNumberField(
        _l("Wie viele Personen kommen?"),
        default=1,
        validators=[InputRequired(_l("Bitte geben Sie an, wie viele Personen kommen."))],
    )
    wheelchairs = WholeNumberField(_l("Wie viele Plätze für Rollstühle brauchen Sie?"), validators=[Optional()])
    interpreter = SelectField(
        _l("Was brauchen Sie, um alles zu verstehen?"),
        choices=[
            SelectChoice("", _l("nichts davon")),
            *(SelectChoice(each, SUPPORT_LABELS[each]) for each in ARRANGED),
        ],
        default="",
        invalid_choice_message=NOT_OFFERED,
    )
    other = TextAreaField(
        _l("Brauchen Sie noch etwas?"),
        description=_l("Zum Beispiel: eine andere Sprache, ein Platz vorn, eine Begleitung. Bitte keine Diagnosen."),
        validators=[at_most(500)],
        render_kw={"rows": 2},
    )


def _needs(form: Form) -> dict[str, str]:
    """What is needed, by field; what is empty is left out."""
    found = {name: str(form[name].data or "").strip() for name in ("wheelchairs", "interpreter", "other")}
    return {name: value for name, value in found.items() if value}


class AttendForm(Attendance, GuardedForm):
    """Somebody without an account registers for a date."""

    name = StringField(
        _l("Ihr Name"),
        description=_l("Ein Vorname genügt."),
        validators=[InputRequired(_l("Bitte sagen Sie, wie wir Sie ansprechen dürfen.")), at_most(120)],
        render_kw={"autocomplete": "name"},
    )
    email = EmailField(
        _l("E-Mail-Adresse"),
        description=_l(
            "Dorthin schicken wir einen Link, mit dem Sie die Anmeldung bestätigen. Ohne geht es mit Telefon."
        ),
        validators=[Optional(), email_address, at_most(254)],
        render_kw={"autocomplete": "email"},
    )
    phone = TelField(_l("Telefonnummer"), validators=[Optional(), phone_number], render_kw={"autocomplete": "tel"})
    consent = BooleanField(
        CONSENT_TEXT,
        validators=[InputRequired(_l("Ohne Ihre Einwilligung dürfen wir die Anmeldung nicht speichern."))],
    )

    def contact(self) -> dict[str, str]:
        """What was left, by field; what is empty is left out."""
        found = {name: (self[name].data or "").strip() for name in ("name", "email", "phone")}
        return {name: value for name, value in found.items() if value}

    def needs(self) -> dict[str, str]:
        return _needs(self)

    def given_consent(self) -> tuple[str, str]:
        return CONSENT_VERSION, str(CONSENT_TEXT)


class AttendanceForm(Attendance, PatientForm, VersionedForm):
    """Who registered changes how many come, or what they need."""

    def needs(self) -> dict[str, str]:
        return _needs(self)
