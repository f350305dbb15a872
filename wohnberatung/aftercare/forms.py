"""The form of aftercare: how it goes, what is missing, and whether one may be asked again."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired

from wohnberatung.aftercare.living import LIVING_WORDS
from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.core.constraints import NOTE
from wohnberatung.web.forms import PatientForm, VersionedForm, at_most


class LivingForm(PatientForm, VersionedForm):
    """A few questions, of which only the first needs an answer."""

    living = RadioField(
        _l("Wohnen Sie noch in der Wohnung?"),
        choices=[SelectChoice(key, label) for key, label in LIVING_WORDS.items()],
        validators=[InputRequired(_l("Bitte wählen Sie eine Antwort."))],
        invalid_choice_message=NOT_OFFERED,
    )
    missing = TextAreaField(
        _l("Was fehlt Ihnen? Wobei können wir helfen?"),
        description=_l("Sie können das Feld auch leer lassen. Das liest nur die Wohnberatung."),
        validators=[at_most(NOTE)],
        render_kw={"rows": 4},
    )
    ask_again = RadioField(
        _l("Dürfen wir später noch einmal fragen, wie es Ihnen geht?"),
        choices=[SelectChoice("yes", _l("Ja")), SelectChoice("no", _l("Nein"))],
        validators=[InputRequired(_l("Bitte wählen Sie Ja oder Nein."))],
        invalid_choice_message=NOT_OFFERED,
    )
