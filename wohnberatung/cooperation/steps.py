"""What becomes of a joint case, of the consent for each of its partners, and of its tasks."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.cooperation.models import (
    JointCase,
    JointPartner,
    JointState,
    JointTask,
    JointTaskState,
    PartnerState,
)
from wohnberatung.core.errors import Conflict, DomainError
from wohnberatung.core.steps import Party, Step, StepTable

J, P, T = JointState, PartnerState, JointTaskState
OFFICE, SYSTEM, BOTH = (Party.OFFICE,), (Party.SYSTEM,), (Party.SEEKER, Party.OFFICE)
WORKS = (Party.PROVIDER, Party.OFFICE)

OPEN, FALL_APART, CLOSE = "eroeffnen", "zerfallen", "schliessen"
AGREE, DECLINE, WITHDRAW, ASK_AGAIN = "einwilligen", "ablehnen", "zuruecknehmen", "wieder-fragen"
DONE, DROP, REOPEN = "erledigt", "entfaellt", "wieder-offen"
FEWEST = 2


def several_agreed(joint: JointCase) -> None:
    """DomainError where fewer than two providers may know of the person: one alone works with nobody."""
    if len(joint.agreed) < FEWEST:
        raise DomainError(
            _(
                "Ein gemeinsamer Fall braucht die Einwilligung für mindestens zwei Dienste. "
                "Bitte fragen Sie die Person, und halten Sie ihre Antwort fest."
            )
        )


def _moved_on(_thing: object) -> Conflict:
    return Conflict(_("Das geht nicht mehr: Hier hat sich inzwischen etwas geändert."))


JOINT_STEPS: StepTable[JointCase] = StepTable(
    Step(
        OPEN,
        OFFICE,
        (J.PREPARED,),
        J.OPEN,
        _l("Gemeinsamen Fall eröffnen"),
        _l("Der gemeinsame Fall ist offen. Die Dienste sind benachrichtigt."),
        guards=(several_agreed,),
        also_told="joint_opened",
    ),
    # Where only one is left that may know of the person, nobody has anything to share.
    Step(FALL_APART, SYSTEM, (J.OPEN,), J.PREPARED, also_told="joint_ended"),
    Step(
        CLOSE,
        (*OFFICE, *SYSTEM),
        (J.PREPARED, J.OPEN),
        J.CLOSED,
        _l("Gemeinsamen Fall schließen"),
        _l("Der gemeinsame Fall ist geschlossen. Die Dienste sehen ihn nicht mehr."),
        also_told="joint_ended",
    ),
    begins=(J.PREPARED,),
    final=(J.CLOSED,),
    refused=_moved_on,
)

PARTNER_STEPS: StepTable[JointPartner] = StepTable(
    Step(AGREE, BOTH, (P.ASKED,), P.AGREED, _l("Ich willige ein"), _l("Ihre Einwilligung ist gespeichert.")),
    Step(
        DECLINE,
        BOTH,
        (P.ASKED,),
        P.DECLINED,
        _l("Ich möchte das nicht"),
        _l("Gespeichert. Der Dienst erfährt nichts von Ihnen."),
    ),
    Step(
        WITHDRAW,
        (*BOTH, *SYSTEM),
        (P.AGREED,),
        P.WITHDRAWN,
        _l("Einwilligung zurücknehmen"),
        _l("Ihre Einwilligung ist zurückgenommen. Der Dienst sieht nichts mehr von Ihnen."),
        also_told="joint_ended",
    ),
    Step(ASK_AGAIN, OFFICE, (P.ASKED, P.DECLINED, P.WITHDRAWN), P.ASKED),
    begins=(P.ASKED,),
    refused=_moved_on,
)

TASK_STEPS: StepTable[JointTask] = StepTable(
    Step(DONE, WORKS, (T.OPEN,), T.DONE, _l("Erledigt"), _l("Die Aufgabe ist erledigt.")),
    Step(DROP, OFFICE, (T.OPEN,), T.DROPPED, _l("Entfällt"), _l("Die Aufgabe entfällt.")),
    Step(REOPEN, WORKS, (T.DONE, T.DROPPED), T.OPEN, _l("Wieder offen"), _l("Die Aufgabe ist wieder offen.")),
    begins=(T.OPEN,),
    refused=_moved_on,
)
