"""What becomes of a site, of an introduction and of a meeting: which step leads from where to where, and who takes
it."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.errors import Conflict, DomainError
from wohnberatung.core.steps import Deadline, Party, Step, StepTable
from wohnberatung.network.models.introductions import (
    ACQUAINTED,
    Introduction,
    IntroductionMeeting,
    IntroductionState,
    MeetingState,
)
from wohnberatung.network.models.sites import Site, SiteStatus

S, Intro = SiteStatus, IntroductionState
OWNER, OFFICE, SYSTEM = (Party.PROVIDER, Party.OFFICE), (Party.OFFICE,), (Party.SYSTEM,)

SHOW, WITHDRAW, APPROVE, READ_AGAIN = "zeigen", "zurueckziehen", "freigeben", "wieder-pruefen"
ASK_SIDES, DECLINE, AGREE, REFUSE, LAPSE = "fragen", "ablehnen", "zustimmen", "nicht-zustimmen", "verfallen"
TAKE_BACK, RECORD, FOLLOW_UP, CLOSE = "zuruecknehmen", "ergebnis", "nachgefragt", "abschliessen"
ASK_AGAIN, UNDO = "noch-einmal-fragen", "rueckgaengig"
PROPOSE, CHOOSE, ASK_OTHERS, CALL_OFF = "vorschlagen", "waehlen", "andere-wuenschen", "absagen"
SIDES = (Party.PROVIDER, Party.SEEKER, Party.OFFICE)
MAIL = "introduction"
TO_AGREE = Deadline(14, reminder=timedelta(days=5))

# To show it means to hand it to the office where trust or the wording ask for it.
SITE_STEPS: StepTable[Site] = StepTable(
    Step(SHOW, OWNER, (S.DRAFT, S.WITHDRAWN), S.PUBLISHED, _l("Gruppen zeigen"), instead=(S.REVIEW,)),
    Step(APPROVE, OFFICE, (S.REVIEW,), S.PUBLISHED, _l("Gruppen zeigen")),
    Step(WITHDRAW, OWNER, (S.PUBLISHED, S.REVIEW), S.WITHDRAWN, _l("Zurückziehen"), _l("Das Haus ist zurückgezogen.")),
    Step(READ_AGAIN, SYSTEM, (S.PUBLISHED,), S.REVIEW),
    begins=(S.DRAFT,),
    field="status",
    refused=lambda site: Conflict(_("Das geht nicht mehr: Das Haus hat inzwischen einen anderen Stand.")),
)


def _moved_on(_thing: object) -> Conflict:
    return Conflict(_("Das geht nicht mehr: Hier hat sich inzwischen etwas geändert."))


def says_why(row: Introduction) -> None:
    """DomainError where nobody could tell why they are asked."""
    if not (row.plain_reasons or "").strip():
        raise DomainError(_("Bitte schreiben Sie, warum die Seiten zueinander passen könnten."), "reasons")


def has_two_sides(row: Introduction) -> None:
    """DomainError where all but one are gone meanwhile."""
    if len(row.sides) < 2:
        raise DomainError(_("Das geht nicht mehr: Eine Seite gibt es nicht mehr."))


INTRODUCTION_STEPS: StepTable[Introduction] = StepTable(
    Step(
        ASK_SIDES,
        OFFICE,
        (Intro.ASKED,),
        Intro.OFFERED,
        _l("Alle Seiten fragen"),
        _l("Alle Seiten sind gefragt."),
        guards=(has_two_sides, says_why),
        deadline=TO_AGREE,
        told=MAIL,
    ),
    Step(DECLINE, OFFICE, (Intro.ASKED,), Intro.DECLINED, _l("Ablehnen"), _l("Die Bitte ist abgelehnt."), told=MAIL),
    # The last yes introduces them; until then it waits for the others.
    Step(
        AGREE,
        SIDES,
        (Intro.OFFERED,),
        Intro.INTRODUCED,
        done=_l("Eine Seite hat zugestimmt"),
        instead=(Intro.OFFERED,),
        also_told=MAIL,
    ),
    Step(REFUSE, SIDES, (Intro.OFFERED,), Intro.DECLINED, done=_l("Eine Seite möchte nicht"), also_told=MAIL),
    Step(LAPSE, SYSTEM, (Intro.OFFERED,), Intro.LAPSED, done=_l("Nicht alle haben rechtzeitig geantwortet"), told=MAIL),
    Step(
        TAKE_BACK,
        (*SIDES, Party.SYSTEM),
        (Intro.OFFERED, *ACQUAINTED),
        Intro.WITHDRAWN,
        done=_l("Eine Zustimmung ist zurückgenommen"),
        also_told=MAIL,
    ),
    Step(
        RECORD,
        SIDES,
        ACQUAINTED,
        Intro.SUCCEEDED,
        done=_l("Ein Ergebnis ist festgehalten"),
        instead=(Intro.INTRODUCED, Intro.ENDED),
        also_told=MAIL,
    ),
    Step(FOLLOW_UP, OFFICE, ACQUAINTED, Intro.SUCCEEDED, _l("Ich habe nachgefragt"), _l("Nachgefragt"), stays=True),
    Step(CLOSE, OFFICE, ACQUAINTED, Intro.ENDED, _l("Abschließen"), _l("Abgeschlossen")),
    Step(
        ASK_AGAIN,
        OFFICE,
        (Intro.DECLINED, Intro.WITHDRAWN, Intro.LAPSED, Intro.ENDED),
        Intro.OFFERED,
        _l("Alle Seiten noch einmal fragen"),
        _l("Alle Seiten sind noch einmal gefragt."),
        guards=(has_two_sides, says_why),
        deadline=TO_AGREE,
        told=MAIL,
    ),
    # Back to where it was before the last step, by a line of its own; what was taken back by a side stays so.
    Step(
        UNDO,
        OFFICE,
        (Intro.DECLINED, Intro.SUCCEEDED, Intro.ENDED),
        Intro.ASKED,
        _l("Letzten Schritt rückgängig machen"),
        _l("Rückgängig gemacht"),
        instead=(Intro.OFFERED, *ACQUAINTED),
        returns=True,
    ),
    begins=(Intro.ASKED,),
    refused=_moved_on,
)


def is_to_come(meeting: IntroductionMeeting) -> None:
    """DomainError once it has begun."""
    if meeting.has_begun:
        raise DomainError(_("Der Termin hat schon begonnen und lässt sich nicht mehr absagen."))


M = MeetingState
MEETING_STEPS: StepTable[IntroductionMeeting] = StepTable(
    Step(
        PROPOSE,
        SIDES,
        tuple(M),
        M.PROPOSED,
        done=_l("Termine vorgeschlagen"),
        also_told=MAIL,
    ),
    Step(CHOOSE, SIDES, (M.PROPOSED,), M.AGREED, done=_l("Der Termin steht fest"), also_told=MAIL),
    Step(ASK_OTHERS, SIDES, (M.PROPOSED,), M.OTHERS_WANTED, done=_l("Andere Termine gewünscht"), also_told=MAIL),
    Step(
        CALL_OFF,
        (*SIDES, Party.SYSTEM),
        (M.PROPOSED, M.OTHERS_WANTED, M.AGREED),
        M.CALLED_OFF,
        done=_l("Der Termin ist abgesagt"),
        guards=(is_to_come,),
        also_told=MAIL,
    ),
    begins=(M.PROPOSED,),
    refused=_moved_on,
)
