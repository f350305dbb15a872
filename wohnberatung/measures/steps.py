"""What becomes of a measure and of a goal. Advisors write down what has happened elsewhere, in whatever order they
learn of it: any state may follow any other."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.errors import Conflict
from wohnberatung.core.steps import Party, Reason, Step, StepTable
from wohnberatung.measures.labels import GOAL_STATES, STATUSES
from wohnberatung.measures.models import CaseMeasure, Goal, GoalState, MeasureStatus

OFFICE = (Party.OFFICE,)
WHY = Reason("drop_reason", _l("Bitte wählen Sie, warum daraus nichts geworden ist."))

MEASURE_STEPS: StepTable[CaseMeasure] = StepTable(
    *(
        Step(
            status.value,
            OFFICE,
            tuple(MeasureStatus),
            status,
            STATUSES[status],
            reason=WHY if status is MeasureStatus.DROPPED else None,
        )
        for status in MeasureStatus
    ),
    begins=(MeasureStatus.SUGGESTED,),
    field="status",
    refused=lambda row: Conflict(_("Diese Maßnahme hat inzwischen einen anderen Stand.")),
)

GOAL_STEPS: StepTable[Goal] = StepTable(
    *(Step(state.value, OFFICE, tuple(GoalState), state, GOAL_STATES[state]) for state in GoalState),
    begins=(GoalState.OPEN,),
    refused=lambda goal: Conflict(_("Dieses Ziel hat inzwischen einen anderen Stand.")),
)
