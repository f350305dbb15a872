"""What becomes of a case: closed, and opened again; and whether others may know of it: blocked, and shown again."""

from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.cases.models import Case, CaseState, CaseVisibility
from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict
from wohnberatung.core.steps import Party, Step, StepTable

S, Visibility = CaseState, CaseVisibility
OFFICE = (Party.OFFICE,)

CLOSE, REOPEN = "abschliessen", "wieder-oeffnen"
BLOCK, UNBLOCK = "sperren", "entsperren"


def _enter(case: Case, state: StrEnum) -> None:
    """Whoever sweeps counts the years from the day it was closed; what comes of one that is open nobody knows yet."""
    case.state, case.closed_at = CaseState(state), clock.now() if state == S.CLOSED else None
    case.outcome = None


CASE_STEPS: StepTable[Case] = StepTable(
    Step(CLOSE, OFFICE, (S.OPEN,), S.CLOSED, _l("Fall abschließen"), _l("Der Fall ist abgeschlossen."), asks=True),
    Step(REOPEN, OFFICE, (S.CLOSED,), S.OPEN, _l("Fall wieder öffnen"), _l("Der Fall ist wieder offen."), asks=True),
    begins=(S.OPEN,),
    enter=_enter,
    refused=lambda case: Conflict(_("Das geht nicht mehr: Der Fall hat inzwischen einen anderen Stand.")),
)


def _show_to(case: Case, visibility: StrEnum) -> None:
    case.blocked = visibility == Visibility.BLOCKED


# Only the person responsible takes them, see `services/handover.py`.
BLOCK_STEPS: StepTable[Case] = StepTable(
    Step(
        BLOCK,
        OFFICE,
        (Visibility.OFFICE,),
        Visibility.BLOCKED,
        _l("Fall sperren"),
        _l("Nur noch Sie sehen diesen Fall."),
        asks=True,
    ),
    Step(
        UNBLOCK,
        OFFICE,
        (Visibility.BLOCKED,),
        Visibility.OFFICE,
        _l("Sperre aufheben"),
        _l("Die Sperre ist aufgehoben."),
        asks=True,
    ),
    begins=(Visibility.OFFICE,),
    field="visibility",
    enter=_show_to,
    refused=lambda case: Conflict(_("Das geht nicht mehr: Der Fall ist inzwischen gesperrt oder wieder sichtbar.")),
)
