"""What becomes of a message that tells who somebody is, before that was released."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.errors import Conflict
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.messages.models import MatchMessage, MessageState

S = MessageState
PASS_ON, STOP = "weitergeben", "anhalten"
OFFICE = (Party.OFFICE,)


def _decided(_message: MatchMessage) -> Conflict:
    return Conflict(_("Darüber hat schon jemand entschieden."))


MESSAGE_STEPS: StepTable[MatchMessage] = StepTable(
    Step(PASS_ON, OFFICE, (S.HELD,), S.DELIVERED, _l("Weitergeben"), _l("Weitergegeben"), also_told="match_message"),
    Step(STOP, OFFICE, (S.HELD,), S.STOPPED, _l("Nicht weitergeben"), _l("Nicht weitergegeben")),
    begins=(S.HELD, S.DELIVERED),
    final=(S.DELIVERED, S.STOPPED),
    refused=_decided,
)
