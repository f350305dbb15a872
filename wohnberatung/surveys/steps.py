"""What becomes of a home survey: measured room by room, finished, opened again."""

from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.surveys.models import Survey, SurveyState

S = SurveyState
OFFICE = (Party.OFFICE,)

MEASURE, FINISH, REOPEN = "aufmessen", "abschliessen", "oeffnen"


def _enter(survey: Survey, state: StrEnum) -> None:
    survey.state, survey.finished_at = SurveyState(state), clock.now() if state == S.FINISHED else None


def _refused(survey: Survey) -> DomainError:
    if survey.state == S.OPEN:
        return DomainError(_("Diese Bestandsaufnahme ist noch offen."))
    return DomainError(_("Diese Bestandsaufnahme ist abgeschlossen. Öffnen Sie sie wieder, um etwas zu ändern."))


SURVEY_STEPS: StepTable[Survey] = StepTable(
    Step(MEASURE, OFFICE, (S.OPEN,), S.OPEN),
    Step(
        FINISH,
        OFFICE,
        (S.OPEN,),
        S.FINISHED,
        _l("Bestandsaufnahme abschließen"),
        _l("Die Bestandsaufnahme ist abgeschlossen."),
        asks=True,
    ),
    Step(REOPEN, OFFICE, (S.FINISHED,), S.OPEN, _l("Wieder öffnen")),
    begins=(S.OPEN,),
    enter=_enter,
    refused=_refused,
)
