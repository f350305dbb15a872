"""The steps between the states of a match, as a table. Source: brokerage concept, the numbered states."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.guards import (
    is_consented,
    is_to_be_had,
    is_worked_on,
    pair_may_come_up_again,
    place_has_room,
    seeker_has_room,
)
from wohnberatung.brokerage.states import ANSWERABLE, OPEN, OVER, MatchState
from wohnberatung.core.errors import Conflict
from wohnberatung.core.steps import Deadline, Party, Reason, Step, StepTable

S = MatchState
OFFICE, SEEKER, SYSTEM = (Party.OFFICE,), (Party.SEEKER,), (Party.SYSTEM,)

MAY_OFFER = (is_consented, is_worked_on, is_to_be_had, seeker_has_room, place_has_room)
WHY = Reason("reason", _l("Bitte wählen Sie einen Grund."))
REMINDED_BEFORE = timedelta(hours=48)
TO_REVIEW, TO_ANSWER, TO_FOLLOW_UP = Deadline(7), Deadline(10, reminder=REMINDED_BEFORE), Deadline(5)


def _moved_on(match: BrokeredMatch) -> Conflict:
    state = match.stage.said or match.stage.label
    return Conflict(_("Das geht nicht mehr: Der Vorschlag hat inzwischen den Stand „%(state)s“.", state=state))


STEPS: StepTable[BrokeredMatch] = StepTable(
    Step(
        "review",
        OFFICE,
        OVER,
        S.UNDER_REVIEW,
        _l("Noch einmal prüfen"),
        _l("Zur Prüfung ausgewählt"),
        guards=(is_consented, is_worked_on, is_to_be_had, pair_may_come_up_again),
        deadline=TO_REVIEW,
    ),
    Step(
        "offer",
        OFFICE,
        (S.UNDER_REVIEW,),
        S.OFFERED,
        _l("Vorschlagen"),
        _l("Vorgeschlagen"),
        guards=MAY_OFFER,
        deadline=TO_ANSWER,
        told="proposal",
    ),
    Step(
        "interested",
        SEEKER,
        ANSWERABLE,
        S.INTERESTED,
        _l("Das interessiert mich"),
        _l("Antwort: Interesse"),
        guards=MAY_OFFER,
        deadline=TO_FOLLOW_UP,
    ),
    Step(
        "declined",
        SEEKER,
        ANSWERABLE,
        S.DECLINED,
        _l("Das passt nicht"),
        _l("Antwort: passt nicht"),
        guards=(is_consented,),
        deadline=TO_FOLLOW_UP,
        reason=WHY,
    ),
    # How long it rests, the person says.
    Step(
        "later",
        SEEKER,
        ANSWERABLE,
        S.LATER,
        _l("Fragen Sie mich später noch einmal"),
        _l("Antwort: später noch einmal"),
        guards=(is_consented, is_to_be_had),
    ),
    Step(
        "help_wanted",
        SEEKER,
        ANSWERABLE,
        S.HELP_WANTED,
        _l("Ich brauche Hilfe"),
        _l("Antwort: braucht Hilfe"),
        guards=MAY_OFFER,
        deadline=TO_FOLLOW_UP,
    ),
    Step("confirm", OFFICE, (S.DECLINED,), S.CLOSED, _l("Ablehnung bestätigen"), _l("Ablehnung bestätigt")),
    Step(
        "withdraw",
        OFFICE,
        OPEN,
        S.CANCELLED,
        _l("Zurückziehen"),
        _l("Zurückgezogen"),
        reason=WHY,
        told="proposal_ended",
        asks=True,
    ),
    Step(
        "remind",
        SYSTEM,
        (S.OFFERED,),
        S.OFFERED,
        done=_l("An die Antwort erinnert"),
        guards=(is_consented,),
        told="proposal_reminder",
    ),
    Step("expire", SYSTEM, (S.OFFERED,), S.EXPIRED, done=_l("Ohne Antwort abgelaufen")),
    Step("wake", SYSTEM, (S.LATER,), S.UNDER_REVIEW, done=_l("Wieder vorgelegt"), deadline=TO_REVIEW),
    Step("preempt", SYSTEM, OPEN, S.PREEMPTED, done=_l("Nicht mehr zu haben"), told="proposal_ended"),
    Step("end", SYSTEM, (*OPEN, S.DECLINED), S.CANCELLED, done=_l("Beendet")),
    begins=(S.UNDER_REVIEW,),
    refused=_moved_on,
)
