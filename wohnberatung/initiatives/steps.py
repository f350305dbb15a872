"""How far a group is with a step on its way to a house: from anywhere to anywhere, as plans change."""

from flask_babel import gettext as _

from wohnberatung.core.errors import Conflict
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.initiatives.models import ChecklistMark
from wohnberatung.initiatives.progress import STATE_WORDS, MarkState

S = MarkState
BY = (Party.GROUP, Party.OFFICE)


def _others(state: MarkState) -> tuple[MarkState, ...]:
    return tuple(each for each in S if each is not state)


MARK_STEPS: StepTable[ChecklistMark] = StepTable(
    *(
        Step(key, BY, _others(state), state, STATE_WORDS[state])
        for key, state in (
            ("wieder-oeffnen", S.OPEN),
            ("anfangen", S.UNDER_WAY),
            ("schaffen", S.DONE),
            ("auslassen", S.NOT_NEEDED),
        )
    ),
    begins=(S.OPEN,),
    refused=lambda _mark: Conflict(_("Dieser Schritt hat inzwischen einen anderen Stand.")),
)


def step_to(state: MarkState) -> str:
    """The key of the step that leads there."""
    return next(step.key for step in MARK_STEPS if step.target is state)
