"""What becomes of a site and of an introduction: which step leads from where to where, and who takes it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.errors import Conflict
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.network.models import Introduction, IntroductionState, Site, SiteStatus

S, Intro = SiteStatus, IntroductionState
OWNER, OFFICE, SYSTEM = (Party.PROVIDER, Party.OFFICE), (Party.OFFICE,), (Party.SYSTEM,)

SHOW, WITHDRAW, APPROVE, READ_AGAIN = "zeigen", "zurueckziehen", "freigeben", "wieder-pruefen"
INTRODUCE, DECLINE = "bekannt-machen", "ablehnen"

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

INTRODUCTION_STEPS: StepTable[Introduction] = StepTable(
    Step(
        INTRODUCE,
        OFFICE,
        (Intro.ASKED,),
        Intro.INTRODUCED,
        _l("Beide bekannt machen"),
        _l("Beide Seiten sind benachrichtigt."),
        told="introduction",
    ),
    Step(
        DECLINE,
        OFFICE,
        (Intro.ASKED,),
        Intro.DECLINED,
        _l("Ablehnen"),
        _l("Die Bitte ist abgelehnt."),
        told="introduction",
    ),
    begins=(Intro.ASKED,),
    final=(Intro.INTRODUCED, Intro.DECLINED),
    refused=lambda row: Conflict(_("Darüber ist schon entschieden.")),
)
