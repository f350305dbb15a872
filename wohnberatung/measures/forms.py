"""Goals and measures as the office writes them down."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from wohnberatung.bridge.fields import NOT_OFFERED, CheckboxesField, euro_field
from wohnberatung.bridge.typed_fields import DayField
from wohnberatung.measures.contents import GivenMeasure, MeasureContent
from wohnberatung.measures.steps import CONSENTS, DROP_REASONS, GOAL_STATES, KINDS, MILESTONES, STATUSES
from wohnberatung.web.forms import VersionedForm, at_most


class GoalForm(VersionedForm):
    text = TextAreaField(
        _l("Ziel in den Worten der Person"),
        description=_l("Zum Beispiel: „Ich möchte wieder allein duschen.“"),
        validators=[InputRequired(_l("Bitte schreiben Sie das Ziel auf.")), at_most(1000)],
        render_kw={"rows": 2},
    )


class GoalStateForm(GoalForm):
    state = RadioField(
        _l("Stand"), choices=lambda: list(GOAL_STATES.items()), default="open", invalid_choice_message=NOT_OFFERED
    )


class MeasureForm(VersionedForm):
    """`programs` and `goal_id` get their choices from the view, as they are rows."""

    title = StringField(
        _l("Maßnahme"),
        validators=[InputRequired(_l("Bitte geben Sie der Maßnahme einen Namen.")), at_most(200)],
    )
    kind = RadioField(
        _l("Art"),
        choices=lambda: list(KINDS.items()),
        validators=[InputRequired(_l("Bitte wählen Sie die Art der Maßnahme."))],
        invalid_choice_message=NOT_OFFERED,
    )
    goal_id = SelectField(_l("Für welches Ziel?"), invalid_choice_message=NOT_OFFERED, validators=[Optional()])
    note = TextAreaField(_l("Notiz"), validators=[at_most(4000)], render_kw={"rows": 3})
    cost_low = euro_field(_l("Kosten von, in Euro"), description=_l("Aus einem Angebot, wenn es eines gibt."))
    cost_high = euro_field(_l("Kosten bis, in Euro"))
    programs = CheckboxesField(_l("Wer vielleicht etwas bezahlt"), choices=[], invalid_choice_message=NOT_OFFERED)
    consents = CheckboxesField(
        _l("Wer zustimmen muss"), choices=lambda: list(CONSENTS.items()), invalid_choice_message=NOT_OFFERED
    )
    status = SelectField(
        _l("Stand"),
        choices=lambda: list(STATUSES.items()),
        default="suggested",
        invalid_choice_message=NOT_OFFERED,
    )
    drop_reason = SelectField(
        _l("Nicht umgesetzt, weil"),
        choices=lambda: [("", _l("–")), *DROP_REASONS.items()],
        validators=[Optional()],
        invalid_choice_message=NOT_OFFERED,
    )
    outcome = TextAreaField(_l("Was daraus geworden ist"), validators=[at_most(2000)], render_kw={"rows": 2})

    def step_fields(self) -> list[Any]:
        """The days of the steps, in order."""
        return [self[f"step_{step.key}"] for step in MILESTONES]

    def given(self) -> GivenMeasure:
        """As the services take it."""
        days = {step.key: self[f"step_{step.key}"].data for step in MILESTONES}
        return {
            "kind": self.kind.data,
            "status": self.status.data,
            "goal_id": self.goal_id.data,
            "drop_reason": self.drop_reason.data,
            "title": self.title.data,
            "note": self.note.data,
            "outcome": self.outcome.data,
            "cost_low": self.cost_low.data,
            "cost_high": self.cost_high.data,
            "programs": self.programs.data or [],
            "consents": self.consents.data or [],
            "steps": {key: day.isoformat() for key, day in days.items() if day},
        }


for _step in MILESTONES:
    setattr(MeasureForm, f"step_{_step.key}", DayField(_step.label, description=_step.hint, validators=[Optional()]))


def filled(content: MeasureContent) -> dict[str, object]:
    """Sealed content as the fields of a form take it."""
    days = {f"step_{key}": date.fromisoformat(day) for key, day in content["steps"].items()}
    return {name: value for name, value in content.items() if name != "steps"} | days
