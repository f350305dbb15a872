"""What a group enters about itself, people who would like to join ask, and somebody with a room to give fills in."""

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    RadioField,
    SelectChoice,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import InputRequired, NumberRange, Optional

from wohnberatung.bridge.fields import NOT_OFFERED, fact_form
from wohnberatung.bridge.shared_living import EXCHANGE_FACTS, HOMESHARE, PLACE_FACTS, PROJECT_FACTS, ROOM_FACTS, SUBLET
from wohnberatung.bridge.typed_fields import ClockField, DayField, WholeNumberField
from wohnberatung.core.constraints import MESSAGE
from wohnberatung.dwellings.forms import AddressPart
from wohnberatung.projects.admission import CHOICES, RULES
from wohnberatung.web.forms import Form, PatientForm, VersionedForm, at_most, email_address, phone_number
from wohnberatung.web.pdf_forms import pdf_field
from wohnberatung.web.spam import GuardedForm

LONG = 6000


class ProjectStepForm(VersionedForm):
    """A step that needs no words."""


class BeginProjectForm(Form):
    name = StringField(
        _l("Wie heißt Ihr Projekt?"),
        description=_l("Ein Arbeitsname genügt. Sie können ihn später ändern."),
        validators=[InputRequired(_l("Bitte geben Sie dem Projekt einen Namen.")), at_most(200)],
    )


class TextsForm(VersionedForm):
    """What the group tells in its own words."""

    name = StringField(
        _l("Name"), validators=[InputRequired(_l("Bitte geben Sie dem Projekt einen Namen.")), at_most(200)]
    )
    summary = TextAreaField(
        _l("In einem Satz"),
        description=_l("Wer sind Sie, und was haben Sie vor? Dieser Satz steht in der Liste."),
        validators=[at_most(500)],
        render_kw={"rows": 3},
    )
    story = TextAreaField(_l("Unsere Geschichte"), validators=[at_most(LONG)], render_kw={"rows": 6})
    shared_values = TextAreaField(_l("Was uns wichtig ist"), validators=[at_most(LONG)], render_kw={"rows": 4})
    sharing = TextAreaField(
        _l("Was wir teilen"),
        description=_l("Zum Beispiel: Garten, Werkstatt, Auto, Gästezimmer, einmal in der Woche kochen."),
        validators=[at_most(LONG)],
        render_kw={"rows": 4},
    )
    costs = TextAreaField(
        _l("Was es kostet"),
        description=_l("Zum Beispiel: Miete je Quadratmeter, Genossenschaftsanteile, Rücklagen, Darlehen."),
        validators=[at_most(LONG)],
        render_kw={"rows": 4},
    )
    admission_rule = RadioField(
        _l("So entscheiden Sie, wer dazukommt"),
        choices=[SelectChoice(key, rule.label) for key, rule in RULES.items()],
        description=_l("Enthaltungen sind möglich. Gültig ist die Abstimmung, wenn die Hälfte der Gruppe abstimmt."),
        invalid_choice_message=NOT_OFFERED,
    )


FactsForm = fact_form(VersionedForm, PROJECT_FACTS)


class _Place(VersionedForm):
    title = StringField(
        _l("Was ist frei?"),
        description=_l("Zum Beispiel: Zimmer im Erdgeschoss, Platz in der Gruppe, Wohnung mit zwei Zimmern."),
        validators=[InputRequired(_l("Bitte sagen Sie, was frei ist.")), at_most(180)],
    )
    description = TextAreaField(_l("Beschreibung"), validators=[at_most(LONG)], render_kw={"rows": 4})


class _Places(_Place):
    count = WholeNumberField(
        _l("Wie viele gleiche Plätze?"),
        default=1,
        validators=[
            InputRequired(_l("Bitte eine Zahl von 1 bis 20.")),
            NumberRange(1, 20, message=_l("Bitte eine Zahl von 1 bis 20.")),
        ],
        render_kw={"inputmode": "numeric"},
    )


PlaceForm = fact_form(_Place, PLACE_FACTS)
PlacesForm = fact_form(_Places, PLACE_FACTS)


class DateForm(VersionedForm):
    """A date to which guests may come, in Berlin's time."""

    title = StringField(
        _l("Was findet statt?"),
        description=_l("Zum Beispiel: Offener Abend, Baustellenrundgang."),
        validators=[InputRequired(_l("Bitte sagen Sie, was stattfindet.")), at_most(120)],
    )
    day = DayField(_l("Tag"), validators=[InputRequired(_l("Bitte geben Sie den Tag an."))])
    begins = ClockField(_l("Beginn"), validators=[InputRequired(_l("Bitte geben Sie an, wann es beginnt."))])
    ends = ClockField(_l("Ende"), validators=[InputRequired(_l("Bitte geben Sie an, wann es endet."))])
    place = StringField(
        _l("Ort"),
        description=_l("Die Adresse sehen alle. Schreiben Sie dazu, wie man ohne Stufen hineinkommt."),
        validators=[at_most(200)],
    )
    note = TextAreaField(_l("Hinweis"), validators=[at_most(1000)], render_kw={"rows": 3})


class FileForm(Form):
    """Something to take away."""

    title = StringField(
        _l("Titel"),
        description=_l("Zum Beispiel: Faltblatt, Satzung, Grundriss."),
        validators=[InputRequired(_l("Bitte geben Sie der Datei einen Titel.")), at_most(120)],
    )
    file = pdf_field()


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


class WriteForm(PatientForm):
    """Another line from the person."""

    text = TextAreaField(
        _l("Noch eine Nachricht an die Gruppe"),
        validators=[InputRequired(_l("Bitte schreiben Sie etwas.")), at_most(MESSAGE)],
        render_kw={"rows": 4},
    )


class EnquiryAnswerForm(VersionedForm):
    """The group, or the office for it, answers."""

    text = TextAreaField(
        _l("Ihre Antwort"),
        description=_l("Zum Beispiel, wann und wo man sich kennenlernen kann."),
        validators=[InputRequired(_l("Bitte schreiben Sie eine Antwort.")), at_most(MESSAGE)],
        render_kw={"rows": 5},
    )


class VoteForm(Form):
    """Until when the group votes."""

    last_day = DayField(
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


PLACE = ("street", "house_number", "unit", "postcode")


class _AtHome(Form):
    """Where it is; the address is shown to nobody."""

    street = AddressPart.street
    house_number = AddressPart.house_number
    unit = AddressPart.unit
    postcode = AddressPart.postcode
    title = StringField(
        _l("Überschrift"),
        description=_l("Wenn Sie nichts eintragen, finden wir eine."),
        validators=[at_most(180)],
    )

    def place(self) -> dict[str, str]:
        """The parts of the address."""
        return {name: (self[name].data or "").strip() for name in PLACE}


class _Room(_AtHome):
    kind = RadioField(
        _l("Wie möchten Sie das Zimmer vergeben?"),
        choices=[SelectChoice(SUBLET, _l("Zur Untermiete")), SelectChoice(HOMESHARE, _l("Gegen Hilfe im Alltag"))],
        validators=[InputRequired(_l("Bitte wählen Sie, wie Sie das Zimmer vergeben möchten."))],
        invalid_choice_message=NOT_OFFERED,
    )
    description = TextAreaField(
        _l("Beschreibung"),
        description=_l("Wie wohnt man bei Ihnen? Welche Hilfe wünschen Sie sich? Was ist Ihnen im Alltag wichtig?"),
        validators=[at_most(4000)],
        render_kw={"rows": 6},
    )


class _Exchange(_AtHome):
    sought = TextAreaField(
        _l("Was suchen Sie dafür?"),
        description=_l("Zum Beispiel: zwei Zimmer mit Aufzug in Striesen oder Blasewitz, bis 650 Euro warm."),
        validators=[
            InputRequired(_l("Bitte schreiben Sie, was für eine Wohnung Sie suchen.")),
            at_most(2000),
        ],
        render_kw={"rows": 4},
    )


RoomForm = fact_form(_Room, ROOM_FACTS)
ExchangeForm = fact_form(_Exchange, EXCHANGE_FACTS)
