"""Beginning a survey, and one form for each room made from the catalogue."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired

from wohnberatung.bridge.fields import CheckboxesField, fact_form
from wohnberatung.bridge.questionnaires import Room
from wohnberatung.bridge.request_form import profile_choices
from wohnberatung.web.forms import Form, VersionedForm, at_most


class BeginSurveyForm(Form):
    dwelling_id = HiddenField()
    surveyed_on = DateField(_l("Tag des Besuchs"), validators=[InputRequired(_l("Bitte geben Sie den Tag an."))])
    address = StringField(
        _l("Welche Wohnung?"),
        description=_l("Die jetzige Wohnung der Person, so genau wie nötig. Sie wird verschlüsselt gespeichert."),
        validators=[at_most(200)],
    )
    profiles = CheckboxesField(
        _l("Wer lebt in der Wohnung?"),
        description=_l("Danach richtet sich, welche Maße wichtig sind, solange es noch kein Gesuch gibt."),
        choices=lambda: [(key, label) for key, label, _explanation in profile_choices()],
    )


class PicturesForm(VersionedForm):
    agreed = BooleanField(
        _l("Die Person ist einverstanden, dass wir Fotos und Skizzen ihrer Wohnung verschlüsselt aufbewahren."),
        validators=[InputRequired(_l("Ohne Einverständnis gibt es keine Bilder."))],
    )


def room_form(room: Room, stored: Mapping[str, Any], *, formdata: bool = True) -> Any:
    """The form of one room, filled with what is stored of it; `note_field` is its note."""
    name = f"note_{room.theme}"
    note = TextAreaField(
        _l("Notiz zu: %(room)s", room=room.label),
        description=_l("Sturzgefahren, Hilfsmittel, was im Alltag schwerfällt."),
        validators=[at_most(4000)],
        render_kw={"rows": 2},
    )
    base = fact_form(VersionedForm, room.facts)
    made = type("RoomForm", (base,), {name: note})
    options = {} if formdata else {"formdata": None}
    form = made(**options, data={**stored["facts"], name: stored["note"], "version": stored["version"]})
    form.note_field = form[name]
    return form
