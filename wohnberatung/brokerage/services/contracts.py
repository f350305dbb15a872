"""After the yes of both sides: signing, funding and works of one match, in their order, with the documents."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, select

from wohnberatung.advice.models import FundingProgram
from wohnberatung.advice.services.parameters import funding_programs
from wohnberatung.brokerage.models import BrokeredMatch, MatchFunding, MatchPaper
from wohnberatung.brokerage.services.brought_papers import follow_paper
from wohnberatung.brokerage.services.funding_order import fundings_of, programs_named, works_may_be_ordered
from wohnberatung.brokerage.services.history import Given, locked
from wohnberatung.brokerage.services.matches import MatchSheet, advance, match_sheet
from wohnberatung.brokerage.services.paper_steps import PAPER_STEPS, ShownPaper, keep_paper, papers_of, shown_papers
from wohnberatung.brokerage.signing import DECISIONS, FundingDecision, PaperKind
from wohnberatung.brokerage.states import TAKES_PLACE, MatchState
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party
from wohnberatung.extensions import db
from wohnberatung.pictures.received import ReceivedFile, ReceivedType
from wohnberatung.seekers.services.requests import load_request, shown_to


@dataclass(frozen=True)
class OrderedStep:
    """One of the steps in their order: `day` it was done, else `missing` says what has to come first."""

    key: str
    label: Any
    day: date | None
    missing: str
    may_be_taken: bool


@dataclass(frozen=True)
class ShownFunding:
    """A programme with what became of the application; `program` is None where it is over."""

    funding: MatchFunding
    name: str
    program: FundingProgram | None
    applied_on: date | None
    decided_on: date | None
    decision: Any


@dataclass(frozen=True)
class ContractSheet:
    """Everything from the signature to moving in."""

    sheet: MatchSheet
    order: tuple[OrderedStep, ...]
    fundings: tuple[ShownFunding, ...]
    papers: tuple[ShownPaper, ...]


def contract_sheet(match_id: str, actor: Actor) -> ContractSheet:
    """NotFound where there is no such match, or it is not to be known of."""
    sheet = match_sheet(match_id, actor)
    return ContractSheet(
        sheet, _order(sheet), tuple(_shown_fundings(sheet.match)), tuple(shown_papers(papers_of(sheet.match)))
    )


def save_funding(
    match_id: str,
    actor: Actor,
    *,
    program: str,
    applied_on: date | None,
    decision: str,
    decided_on: date | None,
    due_on: date | None,
    funding_id: str | None = None,
    version: int | None = None,
) -> MatchFunding:
    """Note a programme, or what became of it. An application is a step of the match as well.

    Raises DomainError at the field for days that contradict each other, or an application after the works were
    ordered; Conflict where somebody was faster.
    """
    match = match_sheet(match_id, actor).match
    if match.state not in TAKES_PLACE:
        raise DomainError(_("Förderung wird festgehalten, sobald der Platz reserviert ist."), "program")
    _check_days(match, applied_on, decision, decided_on)
    funding = _funding(match, funding_id, version)
    before = funding.plain_content["applied_on"] if funding.content else None
    funding.plain_content = {
        "program": program,
        "applied_on": applied_on.isoformat() if applied_on else None,
        "decision": decision,
        "decided_on": decided_on.isoformat() if decided_on else None,
    }
    funding.due_on, funding.changed_by = due_on, actor.user_id
    db.session.add(funding)
    db.session.flush()
    if applied_on and before != applied_on.isoformat() and match.state in (MatchState.CONTRACT, MatchState.WORKS):
        latest = max(day for day in (match.funding_applied_on, applied_on) if day)
        advance(match_id, "apply", actor, given=Given(until=latest))
    return funding


def load_funding(funding_id: str, actor: Actor) -> MatchFunding:
    """NotFound where there is none, or it is not to be known of."""
    only_office(actor)
    funding = db.session.get(MatchFunding, funding_id)
    if funding is None:
        raise NotFound(_("Diese Förderung gibt es nicht."))
    load_request(funding.match.request_id, actor)
    return funding


def add_paper(
    match_id: str,
    actor: Actor,
    *,
    kind: str,
    title: str,
    content: bytes,
    media_type: ReceivedType = ReceivedType.PDF,
) -> MatchPaper:
    """Keep a file of the office that was looked at. DomainError at `file` where there are too many."""
    match, received = match_sheet(match_id, actor).match, ReceivedFile(media_type, content, title)
    return keep_paper(match, received, kind=PaperKind(kind), title=title, by=Party.OFFICE, actor=actor)


def load_paper(paper_id: str, actor: Actor) -> MatchPaper:
    """NotFound where there is none, or it is not to be known of."""
    only_office(actor)
    paper = db.session.get(MatchPaper, paper_id)
    if paper is None:
        raise NotFound(_("Dieses Dokument gibt es nicht."))
    load_request(paper.match.request_id, actor)
    return paper


def move_paper(paper_id: str, key: str, actor: Actor, *, version: int | None) -> MatchPaper:
    """Read and found to be in order, or not. Raises as `load_paper` and the table of steps do."""
    paper = load_paper(paper_id, actor)
    if not PAPER_STEPS.is_done(paper, key, Party.OFFICE):
        match = locked(paper.match_id)
        check_version(paper, version)
        PAPER_STEPS.take(paper, key, by=Party.OFFICE)
        paper.changed_by = actor.user_id
        db.session.flush()
        follow_paper(match, paper, actor)
    return paper


def fundings_due(actor: Actor) -> Select[MatchFunding]:
    """Programmes that the office looks after by today."""
    query = select(MatchFunding).join(MatchFunding.match).join(BrokeredMatch.request)
    return query.where(shown_to(actor), MatchFunding.due_on <= clock.today(), BrokeredMatch.state.in_(TAKES_PLACE))


def programs_to_choose() -> list[tuple[str, str]]:
    """(key, name) of the programmes of today, in the order in which to ask."""
    return [(program.key, program.name) for program in funding_programs()]


def _order(sheet: MatchSheet) -> tuple[OrderedStep, ...]:
    match, possible = sheet.match, {step.key for step in sheet.steps}
    first = "" if match.contract_on else _("Zuerst der Vertrag.")
    reserved = "" if match.takes_place else _("Zuerst reservieren.")
    rows = (
        ("contract", _("Vertrag unterschrieben"), match.contract_on, reserved),
        ("apply", _("Förderung beantragt"), match.funding_applied_on, first),
        ("works", _("Förderung und Umbau beginnen"), None, first),
        ("order", _("Umbau bestellt"), match.works_ordered_on, first or _why_no_order(match)),
        ("move_in", _("Eingezogen"), match.moved_in_on, first),
    )
    return tuple(
        OrderedStep(key, label, day, "" if day else missing, key in possible and not missing)
        for key, label, day, missing in rows
        if key != "works" or match.state == MatchState.CONTRACT
    )


def _why_no_order(match: BrokeredMatch) -> str:
    try:
        works_may_be_ordered(match)
    except DomainError as refused:
        return refused.message
    return ""


def _check_days(match: BrokeredMatch, applied_on: date | None, decision: str, decided_on: date | None) -> None:
    today = clock.today()
    if applied_on and applied_on > today:
        raise DomainError(_("Dieser Tag liegt in der Zukunft."), "applied_on")
    if applied_on and match.works_ordered_on and applied_on > match.works_ordered_on:
        raise DomainError(
            _("Der Umbau war da schon bestellt. Wer erst danach beantragt, bekommt meist keine Förderung."),
            "applied_on",
        )
    if decision != FundingDecision.OPEN and decided_on is None:
        raise DomainError(_("Bitte geben Sie den Tag der Entscheidung an."), "decided_on")
    if decided_on and (applied_on is None or not applied_on <= decided_on <= today):
        raise DomainError(_("Entschieden wird nach dem Antrag und nicht in der Zukunft."), "decided_on")


def _funding(match: BrokeredMatch, funding_id: str | None, version: int | None) -> MatchFunding:
    if funding_id is None:
        return MatchFunding(id=new_id(), match=match)
    funding = db.session.get_one(MatchFunding, funding_id)
    check_version(funding, version)
    return funding


def _shown_fundings(match: BrokeredMatch) -> list[ShownFunding]:
    opened = [(funding, funding.plain_content) for funding in fundings_of(match)]
    programs = programs_named(content["program"] for _funding, content in opened)
    return [
        ShownFunding(
            funding=funding,
            name=programs[content["program"]].name if content["program"] in programs else content["program"],
            program=programs.get(content["program"]),
            applied_on=date.fromisoformat(content["applied_on"]) if content["applied_on"] else None,
            decided_on=date.fromisoformat(content["decided_on"]) if content["decided_on"] else None,
            decision=DECISIONS[FundingDecision(content["decision"])],
        )
        for funding, content in opened
    ]
