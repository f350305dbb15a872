"""What becomes of a case: closed, and opened again. That it is blocked is no state of it: `services/handover.py`."""

from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.cases.models import Case, CaseState
from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict
from wohnberatung.core.steps import Party, Step, StepTable

S = CaseState
OFFICE = (Party.OFFICE,)

CLOSE, REOPEN = "abschliessen", "wieder-oeffnen"


def _enter(case: Case, state: StrEnum) -> None:
    """Whoever sweeps counts the years from the day it was closed."""
    case.state, case.closed_at = CaseState(state), clock.now() if state == S.CLOSED else None


CASE_STEPS: StepTable[Case] = StepTable(
    Step(CLOSE, OFFICE, (S.OPEN,), S.CLOSED, _l("Fall abschließen"), _l("Der Fall ist abgeschlossen."), asks=True),
    Step(REOPEN, OFFICE, (S.CLOSED,), S.OPEN, _l("Fall wieder öffnen"), _l("Der Fall ist wieder offen."), asks=True),
    begins=(S.OPEN,),
    enter=_enter,
    refused=lambda case: Conflict(_("Das geht nicht mehr: Der Fall hat inzwischen einen anderen Stand.")),
)
