"""The form in which the office gives somebody something to do."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired

from wohnberatung.bridge.fields import CHOOSE, NOT_OFFERED
from wohnberatung.bridge.typed_fields import DayField
from wohnberatung.brokerage.task_kinds import OWNERS, TASK_KINDS, kinds_to_choose
from wohnberatung.core.constraints import NOTE
from wohnberatung.web.forms import VersionedForm, at_most


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
