"""What the office makes of an enquiry: which step leads from where to where."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.advice.models import Enquiry, EnquiryState
from wohnberatung.core.errors import Conflict
from wohnberatung.core.steps import Party, Step, StepTable

S = EnquiryState
OFFICE = (Party.OFFICE,)

ANSWERED, REOPEN, RELEASE = "beantwortet", "wieder-offen", "kein-spam"

ENQUIRY_STEPS: StepTable[Enquiry] = StepTable(
    Step(ANSWERED, OFFICE, (S.OPEN,), S.ANSWERED, _l("Als beantwortet kennzeichnen")),
    Step(REOPEN, OFFICE, (S.ANSWERED,), S.OPEN, _l("Wieder öffnen")),
    Step(RELEASE, OFFICE, (S.QUARANTINED,), S.OPEN, _l("Kein Spam: zu den offenen Anfragen"), told="enquiry_received"),
    begins=(S.OPEN, S.QUARANTINED),
    refused=lambda enquiry: Conflict(_("Diese Anfrage hat inzwischen einen anderen Stand.")),
)
