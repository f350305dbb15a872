"""What becomes of one proposal of a city view: taken over into review, or left, which can be thought over."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.cityview.models import CityProposal, CityProposalState
from wohnberatung.core.errors import Conflict
from wohnberatung.core.steps import Party, Step, StepTable

S = CityProposalState
OFFICE = (Party.OFFICE,)

TAKE_OVER, LEAVE = "uebernehmen", "lassen"

CITY_STEPS: StepTable[CityProposal] = StepTable(
    Step(
        TAKE_OVER,
        OFFICE,
        (S.OPEN, S.LEFT),
        S.TAKEN,
        _l("In die Prüfung übernehmen"),
        _l("Übernommen: Der Vorschlag ist in Prüfung. Noch hat niemand etwas davon erfahren."),
    ),
    Step(LEAVE, OFFICE, (S.OPEN,), S.LEFT, _l("Nicht verfolgen"), _l("Gemerkt: Dieser Vorschlag wird nicht verfolgt.")),
    begins=(S.OPEN,),
    final=(S.TAKEN,),
    refused=lambda proposal: Conflict(_("Über diesen Vorschlag hat inzwischen jemand entschieden.")),
)
