"""Writing a letter, and writing its template."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired

from wohnberatung.web.forms import Form, VersionedForm, at_most


class LetterForm(Form):
    recipient = TextAreaField(
        _l("An wen geht der Brief?"),
        description=_l("So, wie es auf dem Umschlag steht."),
        validators=[InputRequired(_l("Bitte geben Sie an, an wen der Brief geht.")), at_most(400)],
        render_kw={"rows": 5},
    )
    salutation = StringField(
        _l("Anrede"), validators=[InputRequired(_l("Bitte geben Sie eine Anrede an.")), at_most(200)]
    )
    written = TextAreaField(
        _l("Was Sie selbst schreiben"),
        description=_l("Kurze Sätze, ein Gedanke je Satz. Eine leere Zeile beginnt einen neuen Absatz."),
        validators=[at_most(6000)],
        render_kw={"rows": 8},
    )


class TemplateForm(VersionedForm):
    title = StringField(
        _l("Überschrift des Briefs"),
        validators=[InputRequired(_l("Bitte geben Sie eine Überschrift an.")), at_most(200)],
    )
    body = TextAreaField(
        _l("Text der Vorlage"),
        description=_l(
            "Eine Zeile mit # beginnt eine Zwischenüberschrift, mit - einen Punkt einer Liste. "
            "Eine leere Zeile beginnt einen neuen Absatz."
        ),
        validators=[InputRequired(_l("Bitte schreiben Sie den Text der Vorlage.")), at_most(10000)],
        render_kw={"rows": 24},
    )
