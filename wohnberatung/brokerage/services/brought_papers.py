"""Documents that a task asks of somebody: brought by whose task it is, looked at by the office, whose word settles the
task or asks for another one."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, select

from wohnberatung.brokerage.models import BrokeredMatch, MatchPaper, MatchTask
from wohnberatung.brokerage.services.history import locked, tell_news
from wohnberatung.brokerage.services.paper_steps import keep_paper
from wohnberatung.brokerage.services.tasks import move, task_by_link, task_of_provider
from wohnberatung.brokerage.signing import PAPER_KINDS, PaperState
from wohnberatung.brokerage.task_kinds import PAPERS, TaskKind, TaskState, words_for_provider, words_for_seeker
from wohnberatung.core.actors import Actor
from wohnberatung.core.constraints import check_length
from wohnberatung.core.errors import Conflict, NotFound
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.services.provider_desk import tell_provider
from wohnberatung.extensions import db
from wohnberatung.pictures.received import LONGEST_NAME, ReceivedFile
from wohnberatung.seekers.services.requests import shown_to


@dataclass(frozen=True)
class AskedPaper:
    """A task that asks for a document, in the `words` of the one whose task it is."""

    task: MatchTask
    words: Any
    actor: Actor | None = None

    @property
    def by(self) -> Party:
        return Party(self.task.owner)


def asked_by_link(token: str, match_id: str, task_id: str) -> AskedPaper:
    """Of the person, by either of their links. NotFound for a task that is not theirs, or asks for nothing."""
    task = _asking(task_by_link(token, match_id, task_id))
    return AskedPaper(task, words_for_seeker(TaskKind(task.kind), Party.SEEKER))


def asked_at_desk(task_id: str, actor: Actor) -> AskedPaper:
    """Of those who offer. NotFound for a task that is not theirs, or asks for nothing."""
    task = _asking(task_of_provider(task_id, actor))
    return AskedPaper(task, words_for_provider(TaskKind(task.kind), Party(task.owner)), actor)


def bring(asked: AskedPaper, received: ReceivedFile, title: str) -> MatchPaper:
    """Keep it for the office to look at. Conflict where the task is done meanwhile, DomainError at `title` for one that
    is too long, at `file` where the match has too many."""
    match = locked(asked.task.match_id)
    db.session.refresh(asked.task)
    if asked.task.state != TaskState.OPEN:
        raise Conflict(_("Diese Aufgabe ist schon erledigt. Wir brauchen keine Datei mehr."))
    kind = PAPERS[TaskKind(asked.task.kind)]
    check_length(title, LONGEST_NAME, "title")
    called = title.strip() or str(PAPER_KINDS[kind])
    return keep_paper(match, received, kind=kind, title=called, by=asked.by, task=asked.task, actor=asked.actor)


def follow_paper(match: BrokeredMatch, paper: MatchPaper, actor: Actor) -> None:
    """The office has looked at a document: what it was brought for is done once nothing waits, or open again, and
    whoever brought the wrong one is told that there is something to do."""
    task = paper.task
    if task is None:
        return
    if paper.state == PaperState.CHECKED:
        if task.state == TaskState.OPEN and not _waits(task):
            move(match, task, "tick", Party.OFFICE, actor)
        return
    if task.state == TaskState.DONE:
        move(match, task, "reopen", Party.OFFICE, actor)
    if paper.brought_by == Party.SEEKER:
        tell_news(match)
    elif paper.brought_by != Party.OFFICE:
        tell_provider(match.offer, "provider_tasks")


def papers_to_check(actor: Actor) -> Select[MatchPaper]:
    """What others have brought and nobody of the office has looked at."""
    query = select(MatchPaper).join(MatchPaper.match).join(BrokeredMatch.request)
    waits = MatchPaper.state == PaperState.ARRIVED, MatchPaper.brought_by != Party.OFFICE
    return query.where(shown_to(actor), *waits)


def _asking(task: MatchTask) -> MatchTask:
    if task.kind not in PAPERS:
        raise NotFound(_("Zu dieser Aufgabe brauchen wir keine Datei."))
    return task


def _waits(task: MatchTask) -> bool:
    waiting = select(MatchPaper.id).where(MatchPaper.task_id == task.id, MatchPaper.state == PaperState.ARRIVED)
    return db.session.scalar(waiting.limit(1)) is not None
