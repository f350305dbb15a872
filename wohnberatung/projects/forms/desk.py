"""What a group enters about itself."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, IntegerField, RadioField, SelectChoice, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, NumberRange, Optional

from wohnberatung.bridge.fields import NOT_OFFERED, fact_form
from wohnberatung.bridge.shared_living import PLACE_FACTS, PROJECT_FACTS
from wohnberatung.projects.admission import RULES
from wohnberatung.web.forms import Form, VersionedForm, at_most

LONG = 6000


class StepForm(VersionedForm):
    """A step that needs no words."""


class BeginForm(Form):
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
    count = IntegerField(
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
    day = DateField(_l("Tag"), validators=[InputRequired(_l("Bitte geben Sie den Tag an."))])
    begins = TimeField(_l("Beginn"), validators=[InputRequired(_l("Bitte geben Sie an, wann es beginnt."))])
    ends = TimeField(_l("Ende"), validators=[InputRequired(_l("Bitte geben Sie an, wann es endet."))])
    place = StringField(
        _l("Ort"),
        description=_l("Die Adresse sehen alle. Schreiben Sie dazu, wie man ohne Stufen hineinkommt."),
        validators=[at_most(200)],
    )
    note = TextAreaField(_l("Hinweis"), validators=[at_most(1000)], render_kw={"rows": 3})


class FileForm(Form):
    title = StringField(
        _l("Titel"),
        description=_l("Zum Beispiel: Faltblatt, Satzung, Grundriss."),
        validators=[InputRequired(_l("Bitte geben Sie der Datei einen Titel.")), at_most(120)],
    )
    file = FileField(
        _l("PDF-Datei"),
        description=_l("Höchstens 5 MB, ohne Formulare und Programme."),
        validators=[Optional()],
        render_kw={"accept": "application/pdf"},
    )

    def content(self) -> bytes:
        """The bytes; empty where nothing was chosen."""
        return bytes(self.file.data.read()) if self.file.data else b""
