"""The forms of aftercare: how it goes, and what comes after living somewhere has ended."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired

from wohnberatung.aftercare.living import LIVING_WORDS
from wohnberatung.bridge.fields import NOT_OFFERED, CheckboxesField
from wohnberatung.bridge.needs import StoredRequirement
from wohnberatung.bridge.requirement_fields import form_data, requirement_form
from wohnberatung.core.constraints import NOTE
from wohnberatung.core.texts import whole_number
from wohnberatung.web.forms import PatientForm, VersionedForm, at_most

if TYPE_CHECKING:
    from matching.kinds import Criterion


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


class RematchForm(VersionedForm):
    """That somebody seeks again: what was learned, in words and as what they want from now on."""

    request_version = HiddenField()
    note = TextAreaField(
        _l("Was haben Sie im Gespräch gelernt?"),
        description=_l("Nur für die Wohnberatung. Die Person kann es mit ihrer Auskunft lesen."),
        validators=[InputRequired(_l("Bitte schreiben Sie, was beim nächsten Mal anders sein soll.")), at_most(NOTE)],
        render_kw={"rows": 4},
    )

    @property
    def asked_of_version(self) -> int | None:
        return whole_number(self.request_version.data)


def rematch_form(
    criteria: Sequence["Criterion"],
    stored: Iterable[StoredRequirement] | None = None,
    versions: Mapping[str, int] | None = None,
) -> Any:
    """A form over those requirements, filled from `stored` ones, or with what was sent where there are none."""
    kind = requirement_form(RematchForm, criteria)
    return kind() if stored is None else kind(data={**form_data(stored, criteria), **(versions or {})})


class SplitForm(VersionedForm):
    """For whom of a group living together is over."""

    members = CheckboxesField(_l("Für wen endet das Wohnen in diesem Haus?"), invalid_choice_message=NOT_OFFERED)
    note = TextAreaField(
        _l("Notiz"),
        description=_l("Nur für die Wohnberatung. Sie steht danach bei jeder Person, die Sie gewählt haben."),
        validators=[at_most(NOTE)],
        render_kw={"rows": 4},
    )
