"""Whether a document of a match is in order: the office reads it and says so."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.brokerage.models import BrokeredMatch, MatchPaper
from wohnberatung.brokerage.signing import PaperState
from wohnberatung.core.errors import Conflict
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.extensions import db

S, OFFICE = PaperState, (Party.OFFICE,)
PAPER_STEPS: StepTable[MatchPaper] = StepTable(
    Step("check", OFFICE, (S.ARRIVED, S.RETURNED), S.CHECKED, _l("In Ordnung"), _l("Geprüft")),
    Step("return", OFFICE, (S.ARRIVED, S.CHECKED), S.RETURNED, _l("Nicht in Ordnung"), _l("Nicht in Ordnung")),
    begins=(S.ARRIVED,),
    refused=lambda _paper: Conflict(_("Das geht nicht mehr: Das Dokument hat inzwischen einen anderen Stand.")),
)


def papers_of(match: BrokeredMatch) -> list[MatchPaper]:
    """Documents of a match without their bytes, the oldest first."""
    query = select(MatchPaper).where(MatchPaper.match_id == match.id)
    return list(db.session.scalars(query.order_by(MatchPaper.created_at, MatchPaper.id)))
