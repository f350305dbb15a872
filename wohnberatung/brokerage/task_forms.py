"""Forms about tasks: given by the office, a document brought by whose task it is, what came out of checking works."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from wohnberatung.bridge.fields import CHOOSE, NOT_OFFERED
from wohnberatung.bridge.typed_fields import DayField, WholeNumberField
from wohnberatung.brokerage.task_kinds import OWNER_SAYS, OWNERS, TASK_KINDS, kinds_to_choose
from wohnberatung.core.constraints import NOTE
from wohnberatung.pictures.received import LONGEST_NAME
from wohnberatung.pictures.received_forms import file_field
from wohnberatung.web.forms import PatientForm, VersionedForm, at_most


class TaskForm(VersionedForm):
    """What is to be done, by whom, until when."""

    kind = SelectField(
        _l("Was ist zu tun?"),
        choices=[
            SelectChoice("", CHOOSE),
            *(SelectChoice(kind.value, TASK_KINDS[kind].label) for kind in kinds_to_choose()),
        ],
        validators=[InputRequired(_l("Bitte wählen Sie, was zu tun ist."))],
        invalid_choice_message=NOT_OFFERED,
    )
    owner = RadioField(
        _l("Wer macht das?"),
        choices=[SelectChoice(side.value, label) for side, label in OWNERS.items()],
        validators=[InputRequired(_l("Bitte wählen Sie, wer das macht."))],
        invalid_choice_message=NOT_OFFERED,
    )
    due_on = DayField(_l("Bis wann?"), validators=[InputRequired(_l("Bitte geben Sie den Tag an."))])
    note = TextAreaField(
        _l("Notiz"),
        description=_l("Nur für die Wohnberatung. Weder die suchende Person noch der Anbieter liest sie hier."),
        validators=[at_most(NOTE)],
        render_kw={"rows": 3},
    )

    def task(self) -> dict[str, Any]:
        """As `give_task` takes it."""
        return {
            "kind": self.kind.data,
            "owner": self.owner.data,
            "due_on": self.due_on.data,
            "note": self.note.data or "",
        }


class BringPaperForm(PatientForm):
    """A document that a task asks for."""

    file = file_field(_l("Datei"))
    title = StringField(
        _l("Was ist das?"),
        description=_l("Zum Beispiel: Wohnberechtigungsschein."),
        validators=[at_most(LONGEST_NAME)],
    )


class WorksResultForm(VersionedForm):
    """Who pays how much of the works, and whether the owner agrees."""

    consent = RadioField(
        _l("Stimmt der Anbieter zu?"),
        choices=[SelectChoice(key.value, label) for key, label in OWNER_SAYS.items()],
        validators=[InputRequired(_l("Bitte wählen Sie, ob der Anbieter zustimmt."))],
        invalid_choice_message=NOT_OFFERED,
    )
    provider_eur = WholeNumberField(_l("Der Anbieter zahlt (in €)"), validators=[Optional()])
    seeker_eur = WholeNumberField(_l("Die Person zahlt (in €)"), validators=[Optional()])
    funding_eur = WholeNumberField(_l("Eine Förderung zahlt (in €)"), validators=[Optional()])

    def amounts(self) -> dict[str, int | None]:
        """By the one who pays."""
        return {name: self[name].data for name in ("provider_eur", "seeker_eur", "funding_eur")}
