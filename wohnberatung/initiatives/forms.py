"""What a group enters about its initiative: what it is about, its minutes, how far it is with a step."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, Form, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.bridge.place_fields import PlacesField, place_field
from wohnberatung.bridge.typed_fields import DayField
from wohnberatung.initiatives.progress import SHOWN_WORDS, STATE_WORDS, MarkState, ProgressShown
from wohnberatung.web import forms
from wohnberatung.web.forms import VersionedForm, at_most
from wohnberatung.web.pdf_forms import pdf_field

LONG, NEED = 6000, 1000
TEXTS = ("aims", "seeks_people", "seeks_rooms", "seeks_skills", "members", "progress_shown")


class PlaceFilter(Form):
    """Which initiatives, or whose helpers, somebody wants to see; it stands in the address and refuses nothing."""

    stadtteil = place_field(_l("Stadtteil"), by_code=False)


class InitiativeForm(VersionedForm):
    """What an initiative tells beside the page of its group."""

    serves = PlacesField(
        _l("In welchen Stadtteilen sind Sie da, oder wollen Sie wohnen?"),
        description=_l(
            "Mehrere mit Komma getrennt, zum Beispiel: Johannstadt, Pieschen-Süd. Tippfehler sind nicht schlimm."
        ),
    )
    aims = TextAreaField(
        _l("Unsere Ziele"),
        description=_l("Was soll sich in der Nachbarschaft ändern, und was wollen Sie zusammen schaffen?"),
        validators=[at_most(LONG)],
        render_kw={"rows": 6},
    )
    seeks_people = TextAreaField(
        _l("Menschen, die wir suchen"),
        description=_l("Zum Beispiel: Familien mit Kindern, Menschen über 60, zwei für die Kasse."),
        validators=[at_most(NEED)],
        render_kw={"rows": 3},
    )
    seeks_rooms = TextAreaField(
        _l("Räume, die wir suchen"),
        description=_l("Zum Beispiel: ein Raum ohne Stufen für zwölf Menschen, donnerstags am Abend."),
        validators=[at_most(NEED)],
        render_kw={"rows": 3},
    )
    seeks_skills = TextAreaField(
        _l("Wissen und Hilfe, die wir suchen"),
        description=_l("Zum Beispiel: jemand, der Baupläne lesen kann."),
        validators=[at_most(NEED)],
        render_kw={"rows": 3},
    )
    members = TextAreaField(
        _l("Wer dabei ist"),
        description=_l("Eine Person je Zeile: Name, und was sie in der Gruppe tut."),
        validators=[at_most(NEED)],
        render_kw={"rows": 4},
    )
    members_agreed = BooleanField(
        _l("Die genannten Personen sind einverstanden, dass alle das lesen."),
        description=_l("Ohne Haken lesen nur Ihre Gruppe und die Wohnberatung die Namen."),
    )
    progress_shown = RadioField(
        _l("Was sollen alle von Ihrer Liste der Schritte sehen?"),
        choices=[SelectChoice(key.value, label) for key, label in SHOWN_WORDS.items()],
        default=ProgressShown.STEPS.value,
        validators=[InputRequired(_l("Bitte wählen Sie, was alle sehen."))],
        invalid_choice_message=NOT_OFFERED,
    )

    def values(self) -> dict[str, Any]:
        """By column of the initiative."""
        texts = {name: self[name].data or "" for name in TEXTS}
        return {**texts, "serves": self.serves.data or [], "members_agreed": bool(self.members_agreed.data)}


class BeginForm(InitiativeForm):
    """The first time: on which project of the group, or with which name."""

    project_id = SelectField(
        _l("Für welches Projekt?"),
        description=_l("Name, Termine, Anfragen und Bilder Ihres Projekts gelten auch für die Initiative."),
        invalid_choice_message=NOT_OFFERED,
        default="",
    )
    name = StringField(
        _l("Name der neuen Gruppe"),
        description=_l("Nur nötig, wenn Sie oben kein Projekt gewählt haben."),
        validators=[at_most(200)],
    )


class StepForm(VersionedForm):
    """How far the group is with a step."""

    state = RadioField(
        _l("Wie weit sind Sie?"),
        choices=[SelectChoice(key.value, label) for key, label in STATE_WORDS.items()],
        validators=[InputRequired(_l("Bitte wählen Sie, wie weit Sie sind."))],
        invalid_choice_message=NOT_OFFERED,
    )
    note = TextAreaField(
        _l("Notiz"),
        description=_l("Was ist geklärt, was fehlt noch?"),
        validators=[at_most(500)],
        render_kw={"rows": 3},
    )
    who = StringField(
        _l("Wer kümmert sich?"),
        description=_l("Das lesen nur Ihre Gruppe und die Wohnberatung."),
        validators=[at_most(200)],
    )

    def chosen(self) -> MarkState:
        return MarkState(self.state.data)


class MinutesForm(forms.Form):
    """What was said and decided at a meeting."""

    held_on = DayField(_l("Tag des Treffens"), validators=[InputRequired(_l("Bitte geben Sie den Tag an."))])
    title = StringField(
        _l("Titel"),
        description=_l("Zum Beispiel: Drittes Treffen, Beschluss zur Rechtsform."),
        validators=[InputRequired(_l("Bitte geben Sie dem Protokoll einen Titel.")), at_most(160)],
    )
    text = TextAreaField(
        _l("Text"),
        description=_l("Alle lesen das. Nennen Sie Namen nur mit Erlaubnis, und keine Diagnosen."),
        validators=[at_most(LONG)],
        render_kw={"rows": 10},
    )
    file: FileField = pdf_field()


class DeletionForm(forms.Form):
    """Minutes are to go; it needs no words."""
