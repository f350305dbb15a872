"""What becomes of a likely double: put together, kept apart, and undecided again; what stood before can be restored."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.errors import Conflict
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.doubles.models import DoubleState, LikelyDouble

S = DoubleState
OFFICE = (Party.OFFICE,)

MERGE, KEEP_APART, UNDO = "zusammenfuehren", "verschieden", "rueckgaengig"

DOUBLE_STEPS: StepTable[LikelyDouble] = StepTable(
    Step(
        MERGE,
        OFFICE,
        (S.OPEN,),
        S.MERGED,
        _l("Zusammenführen"),
        _l("Die Einträge sind zusammengeführt. Sie können das hier rückgängig machen."),
        asks=True,
    ),
    Step(
        KEEP_APART,
        OFFICE,
        (S.OPEN,),
        S.DISTINCT,
        _l("Das sind zwei verschiedene"),
        _l("Gemerkt: Das sind zwei verschiedene Einträge."),
    ),
    Step(
        UNDO,
        OFFICE,
        (S.MERGED, S.DISTINCT),
        S.OPEN,
        _l("Rückgängig machen"),
        _l("Die Entscheidung ist rückgängig gemacht."),
    ),
    begins=(S.OPEN,),
    refused=lambda double: Conflict(_("Über dieses Paar hat inzwischen jemand entschieden.")),
)
