"""What kinds, states and steps of goals and measures are called, and which steps come in which order."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.errors import Conflict
from wohnberatung.core.languages import Words
from wohnberatung.core.steps import Party, RequiredReason, Step, StepTable
from wohnberatung.measures.models import CaseMeasure, Goal, GoalState, MeasureStatus

KINDS = {
    "adaptation": _l("Umbau in der Wohnung oder im Haus"),
    "aid": _l("Hilfsmittel"),
    "service": _l("Dienst oder Unterstützung"),
    "move": _l("Umzug"),
    "shared_living": _l("Gemeinschaftlich wohnen"),
}
STATUSES = {
    "suggested": _l("vorgeschlagen"),
    "applied": _l("beantragt"),
    "approved": _l("bewilligt"),
    "refused": _l("abgelehnt"),
    "begun": _l("begonnen"),
    "done": _l("umgesetzt"),
    "dropped": _l("verworfen"),
}
GOAL_STATES = {"open": _l("offen"), "reached": _l("erreicht"), "given_up": _l("aufgegeben")}
DROP_REASONS = {
    "cost": _l("Kosten"),
    "landlord": _l("Vermieter lehnt ab"),
    "not_buildable": _l("Bau nicht möglich"),
    "condition_changed": _l("Zustand hat sich geändert"),
    "wish_changed": _l("Wunsch hat sich geändert"),
    "no_home": _l("Keine passende Wohnung"),
}


@dataclass(frozen=True)
class Milestone:
    """A milestone of a measure that somebody else pays for; the order is what funding hangs on."""

    key: str
    label: Words
    hint: Words


MILESTONES = (
    Milestone("consent", _l("Zustimmungen liegen vor"), _l("Schriftlich, auch zum Verzicht auf den Rückbau.")),
    Milestone("contract", _l("Angebot oder Vertrag liegt vor"), _l("Nur als Entwurf: noch nichts beauftragen.")),
    Milestone("application", _l("Antrag gestellt"), _l("Vor dem Beginn der Arbeiten.")),
    Milestone("approval", _l("Zusage oder Bescheid ist da"), _l("Erst jetzt darf es losgehen.")),
    Milestone("works", _l("Arbeiten begonnen"), _l("Auch ein Auftrag an die Firma ist ein Beginn.")),
    Milestone("billed", _l("Fertig und abgerechnet"), _l("Rechnungen und Belege sind eingereicht.")),
)
# Who may have to agree, each explained by a dated entry of the funding table where there is one.
CONSENTS = {
    "landlord": _l("Vermieterin oder Vermieter"),
    "owners": _l("Eigentümergemeinschaft"),
    "household": _l("Alle im Haushalt"),
    "guardian": _l("Rechtliche Betreuung"),
}
CONSENT_RULES = {"landlord": "bgb_554", "owners": "weg_20"}


OFFICE = (Party.OFFICE,)
WHY = RequiredReason("drop_reason", _l("Bitte wählen Sie, warum daraus nichts geworden ist."))

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
