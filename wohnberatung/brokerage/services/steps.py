"""The steps between the states of a match as a table. Nothing else changes a state.

This is the table, with what may happen anywhere on the way: put aside and taken up again, undone, ended, timers. What
leads on is in proposing.py and letting.py, what must hold in guards.py, days that are named in days.py.
"""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.after_living import AFTER_LIVING
from wohnberatung.brokerage.services.buttons import never, when_overdue
from wohnberatung.brokerage.services.guards import (
    is_consented,
    is_to_be_had,
    is_worked_on,
    its_time_is_over,
    place_is_free,
    was_not_just_reminded,
)
from wohnberatung.brokerage.services.letting import LETTING, NEWS
from wohnberatung.brokerage.services.presenting import PRESENTING
from wohnberatung.brokerage.services.proposing import OFFICE, PROPOSING, REVIEW, WHY
from wohnberatung.brokerage.states import (
    ACQUAINTED,
    BEFORE_RESERVATION,
    IN_PLAY,
    KEPT_UP,
    ON_THE_WAY,
    OPEN,
    STAGES,
    UNDER_CONTRACT,
    MatchState,
)
from wohnberatung.core.errors import Conflict
from wohnberatung.core.steps import Party, Step, StepTable

S = MatchState
SYSTEM = (Party.SYSTEM,)
# Steps by which nothing went out that cannot be taken back, and the states they led to.
UNDOABLE = {
    "viewed": S.FEEDBACK,
    "clarify": S.CLARIFICATION,
    "works": S.WORKS,
    "move_in": S.MOVED_IN,
    "end_living": S.ENDED_AFTER_MOVE_IN,
}


def is_undoable(match: BrokeredMatch) -> bool:
    """Whether the step that led to where the match is now may be undone."""
    return bool(match.events) and UNDOABLE.get(match.events[-1].step) == match.state


def last_step_may_be_undone(match: BrokeredMatch) -> None:
    """Raises Conflict where the last step reached somebody, or was no step at all, or somebody else has the place."""
    if not is_undoable(match):
        raise Conflict(_("Der letzte Schritt lässt sich nicht rückgängig machen."))
    if match.state is S.ENDED_AFTER_MOVE_IN:
        place_is_free(match)


def _moved_on(match: BrokeredMatch) -> Conflict:
    state = match.stage.said or match.stage.label
    return Conflict(_("Das geht nicht mehr: Der Vorschlag hat inzwischen den Stand „%(state)s“.", state=state))


_NOT_INTERESTED = tuple(state for state in ON_THE_WAY if state is not S.INTERESTED)
ASIDE_AND_BACK: tuple[Step[BrokeredMatch], ...] = (
    # What the reason sets going is shown before, and asked for what it needs: see consequences.py.
    Step(
        "confirm",
        OFFICE,
        (S.DECLINED,),
        S.CLOSED,
        _l("Ablehnung bestätigen"),
        _l("Ablehnung bestätigt"),
        instead=(S.LATER, S.PREEMPTED),
        asks=True,
    ),
    Step(
        "confirm_refusal",
        OFFICE,
        (S.REFUSED,),
        S.CLOSED,
        _l("Absage bestätigen"),
        _l("Absage des Anbieters bestätigt"),
        instead=(S.LATER, S.PREEMPTED),
        told="proposal_ended",
        asks=True,
    ),
    Step(
        "ask_back",
        OFFICE,
        (S.DECLINED, S.REFUSED),
        S.INTERESTED,
        _l("Geklärt: zurück, wo es war"),
        _l("Geklärt und zurückgegeben"),
        guards=(is_consented,),
        instead=_NOT_INTERESTED,
        told=NEWS,
        returns=True,
    ),
    Step(
        "hold",
        OFFICE,
        ON_THE_WAY,
        S.ON_HOLD,
        _l("Ruhen lassen"),
        _l("Ruht bis zu einem Tag"),
        reason=WHY,
        told=NEWS,
        asks=True,
    ),
    Step(
        "resume",
        (Party.OFFICE, Party.SYSTEM),
        (S.ON_HOLD,),
        S.INTERESTED,
        _l("Weitermachen"),
        _l("Weitergemacht"),
        instead=_NOT_INTERESTED,
        told=NEWS,
        returns=True,
    ),
    Step(
        "undo",
        OFFICE,
        tuple(UNDOABLE.values()),
        S.VIEWING,
        _l("Letzten Schritt rückgängig machen"),
        _l("Letzten Schritt rückgängig gemacht"),
        guards=(last_step_may_be_undone,),
        instead=(S.FEEDBACK, S.CONTRACT, S.WORKS, S.MOVED_IN, S.COMPLETED),
        returns=True,
        button=lambda match, _by: is_undoable(match),
    ),
    Step(
        "withdraw",
        OFFICE,
        tuple(state for state in OPEN if state is not S.MOVED_IN),
        S.CANCELLED,
        _l("Zurückziehen"),
        _l("Zurückgezogen"),
        reason=WHY,
        told="proposal_ended",
        asks=True,
    ),
)
# Its time is over and it is still wanted: somebody has looked at it.
KEEPING: tuple[Step[BrokeredMatch], ...] = (
    Step(
        "keep_up",
        OFFICE,
        KEPT_UP,
        S.UNDER_REVIEW,
        _l("Noch aktuell: neue Frist"),
        _l("Noch aktuell, neue Frist"),
        guards=(its_time_is_over,),
        stays=True,
        button=when_overdue,
    ),
    # Three and twelve months after moving in, and what they answer: see aftercare.
    Step(
        "ask_how_it_goes",
        SYSTEM,
        (S.MOVED_IN, S.COMPLETED),
        S.MOVED_IN,
        done=_l("Nach dem Einzug gefragt, wie es geht"),
        told="how_it_goes",
        stays=True,
    ),
    Step(
        "told_how_it_goes",
        SYSTEM,
        (S.MOVED_IN, S.COMPLETED),
        S.MOVED_IN,
        done=_l("Die Person hat gesagt, wie es geht"),
        stays=True,
    ),
)
BY_ITSELF: tuple[Step[BrokeredMatch], ...] = (
    Step(
        "remind",
        (Party.SYSTEM, Party.OFFICE),
        (S.OFFERED, S.MUTUAL_INTEREST),
        S.OFFERED,
        _l("An die Antwort erinnern"),
        _l("An die Antwort erinnert"),
        guards=(is_consented, is_to_be_had, was_not_just_reminded),
        told="proposal_reminder",
        stays=True,
    ),
    # The days to answer count from when the letter can be there.
    Step(
        "posted",
        OFFICE,
        (S.OFFERED,),
        S.OFFERED,
        label=_l("Brief eingeworfen"),
        done=_l("Brief eingeworfen"),
        stays=True,
        button=never,
    ),
    Step("expire", SYSTEM, (S.OFFERED,), S.EXPIRED, done=_l("Ohne Antwort abgelaufen")),
    Step(
        "wake",
        SYSTEM,
        (S.LATER,),
        S.UNDER_REVIEW,
        done=_l("Wieder vorgelegt"),
        deadline=STAGES[S.UNDER_REVIEW].lasts,
    ),
    # What stood in the way has been done.
    Step(
        "reopen",
        SYSTEM,
        (S.CLOSED, S.CANCELLED),
        S.UNDER_REVIEW,
        done=_l("Wieder vorgelegt: Was fehlte, ist erledigt"),
        guards=(is_consented, is_worked_on, is_to_be_had),
        deadline=STAGES[S.UNDER_REVIEW].lasts,
    ),
    # Who offers and does not answer has not said yes: the office asks.
    Step(
        "unanswered",
        SYSTEM,
        (S.PRESENTED,),
        S.REFUSED,
        done=_l("Der Anbieter hat nicht geantwortet"),
        deadline=STAGES[S.REFUSED].lasts,
    ),
    # Others wait behind a reservation, each where they are.
    Step(
        "wait",
        SYSTEM,
        IN_PLAY,
        S.OFFERED,
        done=_l("Wartet: zurzeit für jemand anderen reserviert"),
        told=NEWS,
        stays=True,
    ),
    Step("free_again", SYSTEM, IN_PLAY, S.OFFERED, done=_l("Wieder frei"), told=NEWS, stays=True),
    Step(
        "preempt",
        SYSTEM,
        (*BEFORE_RESERVATION, S.ON_HOLD),
        S.PREEMPTED,
        done=_l("Nicht mehr zu haben"),
        told="proposal_ended",
    ),
    # Who does not suit a project there suits none of its places.
    Step(
        "project_closed",
        SYSTEM,
        (*BEFORE_RESERVATION, S.ON_HOLD),
        S.CLOSED,
        done=_l("Mit einem anderen Vorschlag aus demselben Projekt beendet"),
        told="proposal_ended",
    ),
    # Nobody may tell a provider anything any more: back to before that.
    Step(
        "unshare",
        SYSTEM,
        (S.INTERESTED, S.PRESENTED, S.MUTUAL_INTEREST, *ACQUAINTED),
        S.INTERESTED,
        done=_l("Einwilligung zur Weitergabe zurückgenommen"),
        deadline=STAGES[S.INTERESTED].lasts,
    ),
    Step(
        "end",
        SYSTEM,
        (*(state for state in OPEN if state not in UNDER_CONTRACT), S.DECLINED, S.REFUSED),
        S.CANCELLED,
        done=_l("Beendet"),
    ),
)
STEPS: StepTable[BrokeredMatch] = StepTable(
    *PROPOSING,
    *LETTING,
    *AFTER_LIVING,
    *PRESENTING,
    *ASIDE_AND_BACK,
    REVIEW,
    *KEEPING,
    *BY_ITSELF,
    begins=(S.UNDER_REVIEW,),
    refused=_moved_on,
)


def awaited_of(answers: tuple[Step[BrokeredMatch], ...]) -> Step[BrokeredMatch] | None:
    """Of the answers that the person may give, the yes without which the office cannot go on."""
    return next((step for step in answers if step.key in ("share", "release")), None)
