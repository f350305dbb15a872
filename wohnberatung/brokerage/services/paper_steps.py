"""Documents of a match: kept sealed whoever brought them, and read by the office, which says whether they are in
order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.brokerage.models import BrokeredMatch, MatchPaper, MatchTask
from wohnberatung.brokerage.signing import PAPER_KINDS, PAPER_STATES, PaperKind, PaperState
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import Conflict, DomainError
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.extensions import db
from wohnberatung.pictures.received import ReceivedFile

S, OFFICE = PaperState, (Party.OFFICE,)
PAPER_STEPS: StepTable[MatchPaper] = StepTable(
    Step("check", OFFICE, (S.ARRIVED, S.RETURNED), S.CHECKED, _l("In Ordnung"), _l("Geprüft")),
    Step("return", OFFICE, (S.ARRIVED, S.CHECKED), S.RETURNED, _l("Nicht in Ordnung"), _l("Nicht in Ordnung")),
    begins=(S.ARRIVED,),
    refused=lambda _paper: Conflict(_("Das geht nicht mehr: Das Dokument hat inzwischen einen anderen Stand.")),
)
MOST_PAPERS = 20


@dataclass(frozen=True)
class ShownPaper:
    """A document without its bytes, for the office."""

    paper: MatchPaper
    title: str
    kind: Any
    state: Any
    steps: tuple[Step[MatchPaper], ...]


def papers_of(match: BrokeredMatch) -> list[MatchPaper]:
    """Documents of a match without their bytes, the oldest first."""
    query = select(MatchPaper).where(MatchPaper.match_id == match.id)
    return list(db.session.scalars(query.order_by(MatchPaper.created_at, MatchPaper.id)))


def keep_paper(
    match: BrokeredMatch,
    received: ReceivedFile,
    *,
    kind: PaperKind,
    title: str,
    by: Party,
    task: MatchTask | None = None,
    actor: Actor | None = None,
) -> MatchPaper:
    """Keep a file that was looked at, sealed. DomainError at `file` where there are too many."""
    if len(papers_of(match)) >= MOST_PAPERS:
        raise DomainError(_("Mehr als %(most)s Dateien gehen nicht.", most=MOST_PAPERS), "file")
    paper = MatchPaper(id=new_id(), match=match, kind=kind, state=PAPER_STEPS.begins[0], brought_by=by, task=task)
    paper.media_type, paper.size = received.media_type, len(received.content)
    paper.plain_title, paper.plain_file = title.strip(), received.content
    paper.changed_by = actor.user_id if actor else None
    db.session.add(paper)
    db.session.flush()
    return paper


def shown_papers(papers: Sequence[MatchPaper]) -> list[ShownPaper]:
    """For the office, with what it may do."""
    return [
        ShownPaper(
            paper,
            paper.plain_title,
            PAPER_KINDS[PaperKind(paper.kind)],
            PAPER_STATES[PaperState(paper.state)],
            PAPER_STEPS.offered(paper, Party.OFFICE),
        )
        for paper in papers
    ]
