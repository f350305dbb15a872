"""What matches keep about a person: in the timeline of their case, told to them in full, gone with their consent."""

import base64
from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload, selectinload

from matching.explanation import Reader
from wohnberatung.brokerage.models import BrokeredMatch, MatchEvent, MatchFunding, MatchPaper, MatchTask, PairNote
from wohnberatung.brokerage.services.after_contract import after_contract_in_words
from wohnberatung.brokerage.services.funding_order import fundings_of
from wohnberatung.brokerage.services.history import note_of
from wohnberatung.brokerage.services.pairs import words_of
from wohnberatung.brokerage.services.paper_steps import papers_of
from wohnberatung.brokerage.services.results import open_result, result_of, seal_result
from wohnberatung.brokerage.services.shown_tasks import result_for
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.brokerage.services.task_steps import tasks_of
from wohnberatung.brokerage.task_kinds import TASK_STATES, TaskKind, TaskState, words_for_seeker
from wohnberatung.cases.models import Case, CaseRequest
from wohnberatung.cases.services.timeline import TimelineEntry
from wohnberatung.core.actors import Actor
from wohnberatung.core.manifests import ExportedRecord
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.papers import Part, heading, moment, pairs, points
from wohnberatung.seekers.models import HousingRequest, Purpose
from wohnberatung.seekers.services.requests import needs_of, shown_to


def notes_about(request: HousingRequest) -> list[ExportedRecord]:
    """What advisors noted about the request and single offers, oldest first."""
    mine = select(PairNote).filter_by(request_id=request.id).order_by(PairNote.written_at)
    return [
        {"offer": pair_note.offer_id, "written_at": pair_note.written_at.isoformat(), "note": words_of(pair_note)}
        for pair_note in db.session.scalars(mine)
    ]


def notes_in_words(request: HousingRequest) -> list[Part]:
    """The same to read."""
    mine = select(PairNote).filter_by(request_id=request.id).order_by(PairNote.written_at)
    rows = [(moment(pair_note.written_at), words_of(pair_note)) for pair_note in db.session.scalars(mine)]
    return [heading(_("Notizen der Wohnberatung zu Angeboten")), pairs(rows)] if rows else []


def matches_about(request: HousingRequest) -> list[ExportedRecord]:
    """Every match with what the engine said and all that has happened, oldest first."""
    return [
        {
            "offer": match.offer.title,
            "state": match.state,
            "offered_at": match.offered_at.isoformat() if match.offered_at else None,
            "result": open_result(match),
            "events": [_told(event) for event in match.events],
            "tasks": [_task_told(task) for task in tasks_of(match)],
            "fundings": [dict(funding.plain_content) for funding in fundings_of(match)],
            "papers": [_paper_told(paper) for paper in papers_of(match)],
        }
        for match in _matches_of(request)
    ]


def matches_in_words(request: HousingRequest) -> list[Part]:
    """The same to read: per proposal where it stands, what spoke for and against it, and every step."""
    parts = []
    for match in _matches_of(request):
        reasons = [reason.sentences[Reader.SEEKER.value] for reason in result_of(match).reasons]
        steps = [(moment(event.happened_at), _event_words(event)) for event in match.events]
        state = (_("Stand"), match.stage.said or match.stage.label)
        parts += [heading(match.offer.display_title, 2), pairs([state, *steps])]
        parts += [points(reasons)] if reasons else []
        tasks = [_task_words(task) for task in tasks_of(match)]
        parts += [pairs(tasks)] if tasks else []
        parts += [points(after)] if (after := after_contract_in_words(match)) else []
    return [heading(_("Vorschläge zu Ihrem Gesuch")), *parts] if parts else []


def forget_health(request: HousingRequest, purpose: str) -> None:
    """Needs that were taken out of the request leave the kept results as well, and so does what people wrote."""
    if purpose != Purpose.HEALTH:
        return
    asked = {entry["key"] for entry in needs_of(request)["requirements"]}
    for match in _matches_of(request):
        result = open_result(match)
        # What the offer asks of a household is judged by what the household is: that goes altogether.
        kept = [reason for reason in result["reasons"] if reason["side"] == "seeker" and reason["key"] in asked]
        seal_result(match, {**result, "reasons": kept, "adaptations": []})
        db.session.execute(update(MatchEvent).where(MatchEvent.match_id == match.id).values(note=None))
        for task in tasks_of(match):
            task.plain_content = {"note": "", "claims": {}}
        db.session.execute(delete(MatchFunding).where(MatchFunding.match_id == match.id))
        theirs = MatchPaper.match_id == match.id, MatchPaper.brought_by == Party.SEEKER
        db.session.execute(delete(MatchPaper).where(*theirs))
    db.session.execute(delete(PairNote).where(PairNote.request_id == request.id))
    db.session.flush()


def _matches_of(request: HousingRequest) -> list[BrokeredMatch]:
    return list(
        db.session.scalars(select(BrokeredMatch).filter_by(request_id=request.id).order_by(BrokeredMatch.created_at))
    )


def _told(event: MatchEvent) -> ExportedRecord:
    return {
        "happened_at": event.happened_at.isoformat(),
        "step": event.step,
        "by": event.party,
        "reason": event.reason,
        "note": note_of(event),
        "told": event.told,
    }


def _task_told(task: MatchTask) -> ExportedRecord:
    return {
        "kind": task.kind,
        "owner": task.owner,
        "state": task.state,
        "due_on": task.due_on.isoformat(),
        "content": task.plain_content,
    }


def _paper_told(paper: MatchPaper) -> ExportedRecord:
    """With the bytes of what the person brought themselves."""
    told: ExportedRecord = {"title": paper.plain_title, "state": paper.state, "brought_by": paper.brought_by}
    if paper.brought_by == Party.SEEKER:
        told["content_base64"] = base64.b64encode(paper.plain_file).decode()
    return told


def _task_words(task: MatchTask) -> tuple[str, str]:
    label = str(words_for_seeker(TaskKind(task.kind), Party(task.owner)) or task.told.label)
    until = _("Bis %(day)s", day=f"{task.due_on:%d.%m.%Y}")
    state = TASK_STATES[TaskState(task.state)]
    result = (f"{what}: {value}" for what, value in result_for(task, Party.SEEKER))
    return label, "\n".join(filter(None, (f"{state}. {until}", task.plain_content["note"], *result)))


def _event_words(event: MatchEvent) -> str:
    note = note_of(event)
    return f"{STEPS[event.step].done}\n{note}" if note else str(STEPS[event.step].done)


def matches_in_timeline(case: Case, actor: Actor) -> Iterator[TimelineEntry]:
    """Every step of every proposal, of requests that the acting person may know of."""
    offer = joinedload(BrokeredMatch.offer)
    loaded = (
        offer.joinedload(Offer.dwelling),
        offer.joinedload(Offer.project),
        joinedload(BrokeredMatch.request),
        selectinload(BrokeredMatch.events),
    )
    belongs = select(CaseRequest.request_id).where(CaseRequest.case_id == case.id)
    shown = (
        select(BrokeredMatch).join(BrokeredMatch.request).where(shown_to(actor), BrokeredMatch.request_id.in_(belongs))
    )
    for match in db.session.scalars(shown.options(*loaded)):
        title = match.offer.display_title
        for event in match.events:
            done = _("%(offer)s: %(done)s", offer=title, done=STEPS[event.step].done)
            yield TimelineEntry(
                event.happened_at, done, note_of(event), "", "brokerage.show_match", {"match_id": match.id}
            )
