"""What becomes of the date of a viewing, and of what somebody saw differently there. What a match does beside it is in
`brokerage`."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.errors import Conflict, DomainError
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.viewings.models import SIDES, CorrectionState, FactCorrection, Viewing, ViewingState

S = ViewingState
PROPOSE, CHOOSE, ASK_OTHERS, CALL_OFF, MISS = "propose", "choose", "ask_others", "call_off", "miss"
HOLD, AGAIN = "hold", "not_yet_held"


def has_begun(viewing: Viewing) -> None:
    """DomainError before it begins."""
    if not viewing.has_begun:
        raise DomainError(_("Der Termin war noch nicht."))


def is_to_come(viewing: Viewing) -> None:
    """DomainError once it has begun."""
    if viewing.has_begun:
        raise DomainError(_("Der Termin hat schon begonnen und lässt sich nicht mehr absagen."))


def _moved_on(_viewing: Viewing) -> Conflict:
    return Conflict(_("Das geht nicht mehr: Der Termin hat inzwischen einen anderen Stand."))


VIEWING_STEPS: StepTable[Viewing] = StepTable(
    Step(
        PROPOSE,
        SIDES,
        (S.PROPOSED, S.OTHERS_WANTED, S.CALLED_OFF, S.MISSED, S.HELD),
        S.PROPOSED,
        done=_l("Termine vorgeschlagen"),
        also_told="viewing_news",
    ),
    Step(CHOOSE, SIDES, (S.PROPOSED,), S.AGREED, done=_l("Der Termin steht fest"), also_told="viewing_news"),
    Step(
        ASK_OTHERS,
        SIDES,
        (S.PROPOSED,),
        S.OTHERS_WANTED,
        done=_l("Andere Termine gewünscht"),
        also_told="viewing_news",
    ),
    Step(
        CALL_OFF,
        (*SIDES, Party.OFFICE, Party.SYSTEM),
        (S.PROPOSED, S.OTHERS_WANTED, S.AGREED),
        S.CALLED_OFF,
        done=_l("Der Termin ist abgesagt"),
        guards=(is_to_come,),
        also_told="viewing_news",
    ),
    Step(
        MISS,
        SIDES,
        (S.AGREED,),
        S.MISSED,
        done=_l("Jemand ist nicht gekommen"),
        guards=(has_begun,),
        also_told="viewing_news",
    ),
    # By its match, where the office says there that it was.
    Step(HOLD, (*SIDES, Party.SYSTEM), (S.AGREED,), S.HELD, done=_l("Die Besichtigung war"), guards=(has_begun,)),
    Step(AGAIN, (Party.SYSTEM,), (S.HELD,), S.AGREED, done=_l("Termin vereinbart")),
    begins=(S.PROPOSED,),
    refused=_moved_on,
)

OFFICE = (Party.OFFICE,)
TAKE, LEAVE = "uebernehmen", "lassen"
C = CorrectionState


def _decided(_correction: FactCorrection) -> Conflict:
    return Conflict(_("Darüber hat schon jemand entschieden."))


CORRECTION_STEPS: StepTable[FactCorrection] = StepTable(
    Step(TAKE, OFFICE, (C.WAITING,), C.TAKEN, _l("Übernehmen"), _l("Übernommen")),
    Step(LEAVE, OFFICE, (C.WAITING,), C.LEFT, _l("So lassen"), _l("Nicht übernommen")),
    begins=(C.WAITING,),
    final=(C.TAKEN, C.LEFT),
    refused=_decided,
)
