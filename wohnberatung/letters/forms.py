"""Writing a letter, and writing its template."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from wohnberatung.web.forms import Form, VersionedForm


def _at_most(length: int) -> Length:
    return Length(max=length, message=_l("Bitte kürzen Sie den Text auf %(max)d Zeichen."))


class LetterForm(Form):
    recipient = TextAreaField(
        _l("An wen geht der Brief?"),
        description=_l("So, wie es auf dem Umschlag steht."),
        validators=[InputRequired(_l("Bitte geben Sie an, an wen der Brief geht.")), _at_most(400)],
        render_kw={"rows": 5},
    )
    salutation = StringField(
        _l("Anrede"), validators=[InputRequired(_l("Bitte geben Sie eine Anrede an.")), _at_most(200)]
    )
    written = TextAreaField(
        _l("Was Sie selbst schreiben"),
        description=_l("Kurze Sätze, ein Gedanke je Satz. Eine leere Zeile beginnt einen neuen Absatz."),
        validators=[_at_most(6000)],
        render_kw={"rows": 8},
    )


class TemplateForm(VersionedForm):
    title = StringField(
        _l("Überschrift des Briefs"),
        validators=[InputRequired(_l("Bitte geben Sie eine Überschrift an.")), _at_most(200)],
    )
    body = TextAreaField(
        _l("Text der Vorlage"),
        description=_l(
            "Eine Zeile mit # beginnt eine Zwischenüberschrift, mit - einen Punkt einer Liste. "
            "Eine leere Zeile beginnt einen neuen Absatz."
        ),
        validators=[InputRequired(_l("Bitte schreiben Sie den Text der Vorlage.")), _at_most(10000)],
        render_kw={"rows": 24},
    )
