"""Somebody has seen a home, and things are to be cleared up: works to be checked, a document, messages with a file."""

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from wohnberatung.brokerage.models import BrokeredMatch, MatchPaper
from wohnberatung.brokerage.services.paper_steps import keep_paper
from wohnberatung.brokerage.services.results import result_of
from wohnberatung.brokerage.services.task_steps import add_task
from wohnberatung.brokerage.signing import PaperKind
from wohnberatung.brokerage.states import OPEN, MatchState
from wohnberatung.brokerage.task_kinds import TaskKind
from wohnberatung.core.actors import Actor
from wohnberatung.core.steps import Party
from wohnberatung.messages.services.conversations import CONVERSATION, write
from wohnberatung.papers import paragraph, render
from wohnberatung.pictures.received import ReceivedFile, ReceivedType
from wohnberatung.viewings.services.sides import Standing


def clear_up(session: scoped_session[Session] | Session, advisor: Actor) -> int:
    """Tasks of the match that is being cleared up, where nobody has brought anything yet; returns how many. Flushes and
    never commits."""
    match = session.scalar(select(BrokeredMatch).where(BrokeredMatch.state == MatchState.CLARIFICATION).limit(1))
    if match is None or session.scalar(select(MatchPaper.id).limit(1)) is not None:
        return 0
    add_task(
        _with_works(session) or match,
        TaskKind.ADAPTATION,
        note="Angebote von zwei Firmen sind angefragt.",
        actor=advisor,
    )
    asked = add_task(match, TaskKind.DOCUMENTS, actor=advisor)
    certificate = _pdf("Wohnberechtigungsschein", "Muster: Hier stünde der Nachweis.")
    keep_paper(match, certificate, kind=PaperKind.ENTITLEMENT, title="Mein WBS", by=Party.SEEKER, task=asked)
    drawing = _pdf("Grundriss", "Muster: Hier stünde der Grundriss.")
    write(CONVERSATION.at_desk(match.id, advisor), "provider", "Können Sie uns die Maße vom Bad schicken?")
    write(Standing(match, Party.PROVIDER), "seeker", "Gern. Im Grundriss stehen alle Maße.", [drawing])
    return 2


def _with_works(session: scoped_session[Session] | Session) -> BrokeredMatch | None:
    """One under way whose home would have to be built in."""
    shared = select(BrokeredMatch).where(BrokeredMatch.shared_at.is_not(None), BrokeredMatch.state.in_(OPEN))
    found = session.scalars(shared.order_by(BrokeredMatch.created_at, BrokeredMatch.id)).all()
    return next((match for match in found if result_of(match).works), None)


def _pdf(title: str, text: str) -> ReceivedFile:
    """As somebody sends it."""
    content = render("sheet", {"title": title, "parts": [paragraph(text)]})
    return ReceivedFile(ReceivedType.PDF, content, f"{title}.pdf")
