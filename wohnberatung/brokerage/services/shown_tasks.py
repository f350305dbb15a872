"""Tasks of matches as each reader reads them: the office, the one who seeks, those who offer. Nobody is told more than
is theirs to know."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from wohnberatung.bridge.questionnaires import fact_named
from wohnberatung.bridge.wording import money, spoken
from wohnberatung.brokerage.models import BrokeredMatch, MatchPaper, MatchTask
from wohnberatung.brokerage.services.paper_steps import ShownPaper, shown_papers
from wohnberatung.brokerage.services.proposals import Proposal
from wohnberatung.brokerage.services.task_steps import TASK_STEPS, tasks_of
from wohnberatung.brokerage.signing import FOR_BRINGER, PaperState
from wohnberatung.brokerage.states import OPEN
from wohnberatung.brokerage.task_kinds import (
    OFFERING,
    OWNER_SAYS,
    OWNERS,
    PAPERS,
    YOU_SAY,
    OwnerSays,
    TaskKind,
    TaskState,
    words_for_provider,
    words_for_seeker,
)
from wohnberatung.core.actors import Actor
from wohnberatung.core.steps import Party, Step
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.seekers.services.requests import shown_to


@dataclass(frozen=True)
class BroughtPaper:
    """A document as the one who brought it reads of it."""

    title: str
    state: Any


@dataclass(frozen=True)
class ShownTask:
    """A task for one reader: `words` are theirs, `steps` what they may do with it. `owner` in words; `mine`: it is
    theirs to do, and `asks`: with a document. `result` is what came out, as far as it is about them. `brought` are
    their own documents. `details` and `papers` are for the office alone: its note and what the person measured, every
    document."""

    task: MatchTask
    words: Any
    owner: Any
    mine: bool
    steps: tuple[Step[MatchTask], ...]
    result: tuple[tuple[str, str], ...] = ()
    asks: bool = False
    brought: tuple[BroughtPaper, ...] = ()
    details: tuple[str, ...] = ()
    papers: tuple[ShownPaper, ...] = ()

    @property
    def is_about_works(self) -> bool:
        return self.task.kind == TaskKind.ADAPTATION


Papers = dict[str | None, list[MatchPaper]]


def tasks_for_office(match: BrokeredMatch) -> list[ShownTask]:
    """Every task of a match with all that is known of it."""
    found = tasks_of(match)
    papers = _papers_of(found)
    return [
        ShownTask(
            task,
            task.told.label,
            OWNERS[Party(task.owner)],
            task.owner == Party.OFFICE,
            TASK_STEPS.offered(task, Party.OFFICE),
            result_for(task, Party.OFFICE),
            details=_details(task),
            papers=tuple(shown_papers(papers.get(task.id, []))),
        )
        for task in found
    ]


def tasks_for_seeker(proposal: Proposal) -> list[ShownTask]:
    """Those of a proposal that concern the person, in their words."""
    found = [
        (task, words)
        for task in tasks_of(proposal.match)
        if (words := words_for_seeker(TaskKind(task.kind), Party(task.owner))) and task.state != TaskState.DROPPED
    ]
    papers = _papers_of(task for task, _words in found)
    return [_shown(task, words, (Party.SEEKER,), papers) for task, words in found]


def tasks_for_provider(actor: Actor) -> list[ShownTask]:
    """Open tasks about one's own offers, and works of which the result is there, of people who agreed that this
    provider is asked: nothing tells who they are."""
    done_works = (MatchTask.kind == TaskKind.ADAPTATION) & (MatchTask.state == TaskState.DONE)
    query = tasks_of_offers(actor).where((MatchTask.state == TaskState.OPEN) | done_works)
    found = [
        (task, words)
        for task in db.session.scalars(query.order_by(MatchTask.due_on, MatchTask.id))
        if (words := words_for_provider(TaskKind(task.kind), Party(task.owner)))
    ]
    papers = _papers_of(task for task, _words in found)
    shown = [_shown(task, words, OFFERING, papers) for task, words in found]
    return [each for each in shown if each.task.state == TaskState.OPEN or each.result]


def result_for(task: MatchTask, reader: Party) -> tuple[tuple[str, str], ...]:
    """Label and value of what is any business of this reader: the whole cost, what they pay themselves, and for the one
    who seeks what funding gives. Nothing before there is a result."""
    works = task.plain_content.get("works") if task.kind == TaskKind.ADAPTATION else None
    if works is None:
        return ()
    said = YOU_SAY if reader in OFFERING else OWNER_SAYS
    consent = (_("Zustimmung"), str(said[OwnerSays(works["consent"])]))
    if works["consent"] == OwnerSays.REFUSED:
        return (consent,)
    cost = (_("Der Umbau kostet zusammen"), money(works["provider_eur"] + works["seeker_eur"] + works["funding_eur"]))
    funding = (_("Davon zahlt die Förderung"), money(works["funding_eur"]))
    if reader is Party.SEEKER:
        return (cost, (_("Davon zahlen Sie"), money(works["seeker_eur"])), funding, consent)
    if reader is not Party.OFFICE:
        return (cost, (_("Davon zahlen Sie"), money(works["provider_eur"])), consent)
    shares = (
        (_("Davon zahlt der Anbieter"), money(works["provider_eur"])),
        (_("Davon zahlt die Person"), money(works["seeker_eur"])),
    )
    return (cost, *shares, funding, consent)


def tasks_of_offers(actor: Actor) -> Select[MatchTask]:
    """Only once the person agreed to this provider's being asked, and while they are in play."""
    match = joinedload(MatchTask.match)
    offer = match.joinedload(BrokeredMatch.offer)
    return (
        select(MatchTask)
        .join(MatchTask.match)
        .join(BrokeredMatch.request)
        .join(Offer, BrokeredMatch.offer_id == Offer.id)
        .where(shown_to(actor), Offer.organisation_id.in_(actor.organisation_ids))
        .where(BrokeredMatch.shared_at.is_not(None), BrokeredMatch.state.in_(OPEN))
        .options(offer.joinedload(Offer.dwelling), offer.joinedload(Offer.project))
    )


def _shown(task: MatchTask, words: Any, sides: tuple[Party, ...], papers: Papers) -> ShownTask:
    mine = task.owner in sides
    brought = (paper for paper in papers.get(task.id, ()) if paper.brought_by in sides)
    return ShownTask(
        task,
        words,
        OWNERS[Party(task.owner)],
        mine,
        TASK_STEPS.offered(task, Party(task.owner)) if mine else (),
        result_for(task, sides[0]),
        mine and task.kind in PAPERS and task.state == TaskState.OPEN,
        tuple(BroughtPaper(paper.plain_title, FOR_BRINGER[PaperState(paper.state)]) for paper in brought),
    )


def _papers_of(tasks: Iterable[MatchTask]) -> Papers:
    """By task, in one query; the oldest first."""
    asking = [task.id for task in tasks if task.kind in PAPERS]
    found: Papers = {}
    if asking:
        query = select(MatchPaper).where(MatchPaper.task_id.in_(asking))
        for paper in db.session.scalars(query.order_by(MatchPaper.created_at, MatchPaper.id)):
            found.setdefault(paper.task_id, []).append(paper)
    return found


def _details(task: MatchTask) -> tuple[str, ...]:
    content = task.plain_content
    claims = (
        _("Die Person sagt: %(label)s %(value)s", label=_(fact.label), value=fact.format(value, spoken()))
        for fact, value in ((fact_named(key), value) for key, value in content["claims"].items())
    )
    return tuple(filter(None, (content["note"], *claims)))
