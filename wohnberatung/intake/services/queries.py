"""Deliveries for those who may see them: their organisation's for members, all for the office."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import joinedload

from wohnberatung.accounts.models import Organisation, User
from wohnberatung.core.actors import Actor
from wohnberatung.core.pagination import PAGE_SIZE, Page, paginate
from wohnberatung.core.queues import QueueStanding
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportRecord, ImportRun, ObjectState, RunState, UploadToken
from wohnberatung.intake.result import ObjectOutcome
from wohnberatung.jobs.models import Job

# What of a delivery is looked at, by the word in the address.
ENDED = (ObjectState.WITHDRAWN, ObjectState.GONE)
VIEWS: dict[str, ColumnElement[bool]] = {
    "alle": true(),
    "fehler": ImportRecord.fault_count > 0,
    "doppelt": ImportRecord.double_count > 0,
    "neu": ImportRecord.state == ObjectState.NEW,
    "geaendert": ImportRecord.state == ObjectState.CHANGED,
    "endet": ImportRecord.state.in_(ENDED),
    "uebersprungen": ImportRecord.state.in_((ObjectState.SKIPPED, ObjectState.UNKNOWN)),
    "unveraendert": ImportRecord.state == ObjectState.UNCHANGED,
}


@dataclass(frozen=True)
class ShownObject:
    """One object of a delivery: its number there, and what becomes or became of it."""

    number: int
    outcome: ObjectOutcome


def list_runs(actor: Actor, number: int = 1, size: int = PAGE_SIZE) -> Page[ImportRun]:
    """Those that wait for the office first where the office asks, then the newest first."""
    waiting = ImportRun.state == RunState.REVIEW
    order = (waiting.desc(), ImportRun.created_at.desc(), ImportRun.id)
    return paginate(db.session, _visible(actor).order_by(*(order if actor.is_staff else order[1:])), number, size)


def waiting_runs(actor: Actor) -> int:
    """How many deliveries wait for the office to look at them."""
    return paginate(db.session, _visible(actor).where(ImportRun.state == RunState.REVIEW), 1, 1).total


def standing() -> QueueStanding:
    """Deliveries that wait for a person, that a worker has in hand, and that could not be read."""
    waits = ImportRun.state.in_((RunState.ASKING, RunState.STAGED, RunState.REVIEW))
    runs = ImportRun.state.in_((RunState.READING, RunState.APPLYING, RunState.UNDOING))
    counted = select(
        func.count().filter(waits),
        func.count().filter(runs),
        func.count().filter(ImportRun.state == RunState.REFUSED),
        func.min(ImportRun.created_at).filter(waits),
    )
    return QueueStanding(*db.session.execute(counted).one())


def run_of_token(run_id: str, token: UploadToken) -> ImportRun | None:
    """A delivery of the token's organisation, whoever sent it."""
    run = db.session.get(ImportRun, run_id)
    return run if run is not None and run.organisation_id == token.organisation_id else None


def job_of(run: ImportRun) -> Job | None:
    """How far the worker is that has the delivery in hand."""
    return db.session.get(Job, run.job_id) if run.job_id else None


def counts_of(run: ImportRun) -> dict[str, int]:
    """How many objects each view shows."""
    cases = [func.count().filter(condition) for condition in VIEWS.values()]
    row = db.session.execute(select(*cases).where(ImportRecord.run_id == run.id)).one()
    return dict(zip(VIEWS, row, strict=True))


def shown_objects(run: ImportRun, view: str, number: int = 1, size: int = 20) -> Page[ImportRecord]:
    """The records of one view, in the order of the file."""
    return paginate(db.session, _records(run, view), number, size)


def shown(records: Iterable[ImportRecord]) -> list[ShownObject]:
    return [ShownObject(record.number, ObjectOutcome.from_json(record.report)) for record in records]


def faulty_objects(run: ImportRun) -> list[ObjectOutcome]:
    """Every object with a value that stays unknown."""
    return [ObjectOutcome.from_json(record.report) for record in db.session.scalars(_records(run, "fehler"))]


def sent_by(run: ImportRun) -> str:
    """The person or the program that sent it."""
    if run.token_id and (token := db.session.get(UploadToken, run.token_id)):
        return _("Programm „%(name)s“", name=token.label)
    person = db.session.get(User, run.by) if run.by else None
    return person.name if person else ""


def organisations_of(actor: Actor) -> list[tuple[str, str]]:
    """Id and name of those this person may send deliveries for, one's chosen one first."""
    query = select(Organisation.id, Organisation.name).order_by(Organisation.name)
    if not actor.is_staff:
        query = query.where(Organisation.id.in_(actor.organisation_ids))
    found = [(row.id, row.name) for row in db.session.execute(query)]
    chosen = actor.acts_for.organisation_id if actor.acts_for else None
    return sorted(found, key=lambda one: one[0] != chosen)


def _visible(actor: Actor) -> Select[ImportRun]:
    query = select(ImportRun).where(ImportRun.organisation_id.is_not(None)).options(joinedload(ImportRun.owner))
    return query if actor.is_staff else query.where(ImportRun.organisation_id.in_(actor.organisation_ids))


def _records(run: ImportRun, view: str) -> Select[ImportRecord]:
    condition = VIEWS.get(view, VIEWS["alle"])
    return select(ImportRecord).where(ImportRecord.run_id == run.id, condition).order_by(ImportRecord.number)
