"""Steps of an offer's life: buttons, the end of an offer, the office's answer."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.web.forms import VersionedForm, at_most


class StepForm(VersionedForm):
    """A step that needs no words."""


class EndForm(VersionedForm):
    """Why an offer ends."""

    step = RadioField(
        _l("Was ist geschehen?"),
        choices=[
            SelectChoice("vermietet", _l("Die Wohnung ist vermietet")),
            SelectChoice("zurueckziehen", _l("Ich möchte das Angebot zurückziehen")),
        ],
        validators=[InputRequired(_l("Bitte wählen Sie, was geschehen ist."))],
        invalid_choice_message=NOT_OFFERED,
    )


class ReviewForm(VersionedForm):
    """What the office says to an offer."""

    answer = RadioField(
        _l("Ihre Entscheidung"),
        choices=[
            SelectChoice("freigeben", _l("Veröffentlichen")),
            SelectChoice("zurueckgeben", _l("Zurückgeben, mit einer Begründung")),
        ],
        validators=[InputRequired(_l("Bitte wählen Sie eine Entscheidung."))],
        invalid_choice_message=NOT_OFFERED,
    )
    note = TextAreaField(
        _l("Begründung für den Anbieter"),
        description=_l("Was soll geändert werden? Der Anbieter liest diesen Text."),
        validators=[at_most(1000)],
        render_kw={"rows": 5},
    )
