"""What becomes of weights that somebody proposes: two people of the administration decide, never one."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.errors import Conflict
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.learning.models import ProposedWeights, WeightsState

S = WeightsState
OFFICE = (Party.OFFICE,)
APPROVE, RENEW, DISCARD, REPLACE = "freigeben", "erneuern", "verwerfen", "abloesen"

WEIGHTS_STEPS: StepTable[ProposedWeights] = StepTable(
    Step(
        APPROVE,
        OFFICE,
        (S.PROPOSED,),
        S.IN_FORCE,
        _l("Freigeben: ab jetzt danach reihen"),
        _l("Freigegeben. Alle Listen werden ab jetzt so gereiht."),
    ),
    # Others came into force since: proposed anew beside those, by hand or from the outcomes; this one is over.
    Step(
        RENEW,
        OFFICE,
        (S.PROPOSED,),
        S.DISCARDED,
        _l("Erneuern: mit den Gewichten von jetzt vorschlagen"),
        _l("Verworfen und erneuert."),
    ),
    Step(DISCARD, OFFICE, (S.PROPOSED,), S.DISCARDED, _l("Verwerfen"), _l("Verworfen. Es bleibt, wie es ist.")),
    # Others are in force now, by approval or by going back.
    Step(REPLACE, (Party.SYSTEM,), (S.IN_FORCE,), S.REPLACED, done=_l("Abgelöst")),
    begins=(S.PROPOSED, S.IN_FORCE),
    final=(S.DISCARDED, S.REPLACED),
    refused=lambda weights: Conflict(_("Über diese Gewichte hat inzwischen jemand entschieden.")),
)
