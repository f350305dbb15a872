"""Forms of doubles."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.web.forms import Form


class MergeForm(Form):
    """Which of the two stays; the choices are the pair's own."""

    kept = RadioField(
        _l("Welcher Eintrag bleibt?"),
        validators=[InputRequired(_l("Bitte wählen Sie, welcher Eintrag bleibt."))],
        invalid_choice_message=NOT_OFFERED,
    )
