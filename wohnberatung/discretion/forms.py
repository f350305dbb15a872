"""Forms of requests for discretion: what is asked of whom and why, the decision, the public list's filter."""

from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.bridge.typed_fields import DayField
from wohnberatung.discretion.rules import DECISION_LABELS, RULE_LABELS
from wohnberatung.web.forms import VersionedForm, at_most

TEXTS = ("title", "paragraph", "deviation", "grounds", "authority", "summary", "lessons")


class DiscretionForm(VersionedForm):
    """What is asked; nothing about people, as the house and the rule decide."""

    title = StringField(
        _l("Worum geht es?"),
        description=_l("Zum Beispiel: Clusterwohnung mit sieben Zimmern, ohne eigene Küchen. Bitte keine Namen."),
        validators=[InputRequired(_l("Bitte geben Sie eine Überschrift an.")), at_most(200)],
    )
    project_id = SelectField(_l("Für welches Projekt?"), validators=[Optional()], invalid_choice_message=NOT_OFFERED)
    rule = SelectField(
        _l("Von welcher Regel soll abgewichen werden?"),
        choices=[SelectChoice("", _l("Bitte wählen")), *(SelectChoice(*each) for each in RULE_LABELS.items())],
        validators=[InputRequired(_l("Bitte wählen Sie eine Regel."))],
        invalid_choice_message=NOT_OFFERED,
    )
    paragraph = StringField(
        _l("Wo steht die Regel?"),
        description=_l("Zum Beispiel: Stellplatzsatzung § 3, Förderrichtlinie Nummer 5.2."),
        validators=[at_most(200)],
    )
    deviation = TextAreaField(_l("Was soll anders sein dürfen?"), validators=[at_most(4000)], render_kw={"rows": 4})
    grounds = TextAreaField(_l("Warum?"), validators=[at_most(4000)], render_kw={"rows": 5})
    authority_id = SelectField(
        _l("Zuständiges Amt aus dem Wegweiser"), validators=[Optional()], invalid_choice_message=NOT_OFFERED
    )
    authority = StringField(
        _l("Oder ein anderes Amt"), description=_l("Wenn es im Wegweiser nicht steht."), validators=[at_most(200)]
    )
    asked_on = DayField(_l("Antrag gestellt am"), validators=[Optional()])
    due_on = DayField(_l("Entscheidung erwartet bis"), validators=[Optional()])
    summary = TextAreaField(
        _l("Worum es ging, für alle"),
        description=_l("Ohne Namen, Adresse und Projekt. Das steht öffentlich, sobald Sie es veröffentlichen."),
        validators=[at_most(2000)],
        render_kw={"rows": 3},
    )
    lessons = TextAreaField(
        _l("Was andere daraus lernen können"),
        description=_l("Zum Beispiel: welche Begründung überzeugt hat, mit wem man früh sprechen sollte."),
        validators=[at_most(4000)],
        render_kw={"rows": 5},
    )


class DiscretionStepForm(VersionedForm):
    """The decision with its reason and day, or another step without."""

    decision_reason = TextAreaField(
        _l("Begründung der Entscheidung"), validators=[at_most(4000)], render_kw={"rows": 4}
    )
    decided_on = DayField(_l("Entschieden am"), validators=[Optional()])


class LessonsFilter(Form):
    """What the public list is narrowed to; it stands in the address and refuses nothing."""

    regel = SelectField(
        _l("Regel"),
        choices=[SelectChoice("", _l("alle")), *(SelectChoice(*each) for each in RULE_LABELS.items())],
        default="",
    )
    ausgang = SelectField(
        _l("Entscheidung"),
        choices=[SelectChoice("", _l("alle")), *(SelectChoice(*each) for each in DECISION_LABELS.items())],
        default="",
    )

    def asked(self) -> dict[str, str]:
        """What is asked, by the name in the address; what cannot be is left out."""
        self.validate()
        return {field.name: str(field.data) for field in self if field.data and not field.errors}
