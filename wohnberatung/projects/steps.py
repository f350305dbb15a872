"""What becomes of somebody's wish to join: which step leads from where to where, and who takes it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.errors import Conflict
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.projects.models import JoinEnquiry, JoinEnquiryState

S = JoinEnquiryState

RELEASE, ANSWER, WRITE, WITHDRAW = "freigeben", "antworten", "schreiben", "zurueckziehen"

JOIN_STEPS: StepTable[JoinEnquiry] = StepTable(
    Step(RELEASE, (Party.OFFICE,), (S.QUARANTINED,), S.OPEN, _l("Kein Spam"), told="join_arrived"),
    Step(ANSWER, (Party.GROUP, Party.OFFICE), (S.OPEN, S.ANSWERED), S.ANSWERED, _l("Antworten"), told="join_news"),
    Step(WRITE, (Party.SEEKER,), (S.OPEN, S.ANSWERED), S.OPEN, told="join_arrived"),
    Step(
        WITHDRAW,
        (Party.SEEKER,),
        (S.QUARANTINED, S.OPEN, S.ANSWERED),
        S.WITHDRAWN,
        _l("Anfrage zurückziehen"),
        asks=True,
    ),
    begins=(S.OPEN, S.QUARANTINED),
    final=(S.WITHDRAWN,),
    refused=lambda enquiry: Conflict(_("Diese Anfrage hat inzwischen einen anderen Stand.")),
)
