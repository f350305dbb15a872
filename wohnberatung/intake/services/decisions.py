"""What a person decides about a delivery: take it over, discard it, take it back, name a double."""

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, func, select

from wohnberatung.accounts.models import Organisation
from wohnberatung.core.actors import Actor, Publication
from wohnberatung.core.errors import Conflict, DomainError
from wohnberatung.dwellings.models import Dwelling
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportRecord, ImportRun, ObjectState, RunState
from wohnberatung.intake.services.promotion import TooManyRemovals
from wohnberatung.intake.services.queries import get_run
from wohnberatung.intake.services.stock import record_key
from wohnberatung.intake.services.uploads import APPLY, READ, UNDO, hand_over

CHANGING = (ObjectState.NEW, ObjectState.CHANGED, ObjectState.WITHDRAWN, ObjectState.GONE)
MOVED_ON = "Mit dieser Lieferung ist inzwischen etwas anderes geschehen. Bitte sehen Sie die Seite neu an."


def apply_run(run_id: str, actor: Actor, *, allow_removals: bool = False) -> ImportRun:
    """Have the delivery taken over, by a worker. Where the office looks at what an organisation publishes, it waits
    for the office first. Raises `TooManyRemovals` until somebody has allowed them."""
    run = _locked(run_id, actor, RunState.STAGED, RunState.REVIEW)
    if run.too_many_removals and not (allow_removals or run.allows_removals):
        raise TooManyRemovals(run.too_many_removals)
    run.allows_removals = run.allows_removals or allow_removals
    if actor.is_staff:
        _check_confirmed(run)
    go_on(run, actor.publication_for(run.organisation_id))
    return run


def go_on(run: ImportRun, publication: Publication) -> None:
    """To the worker where the organisation publishes by itself or nothing changes, else to the office."""
    if publication is Publication.LIVE or not changes_anything(run):
        hand_over(run, APPLY, RunState.APPLYING)
    else:
        run.state = RunState.REVIEW
        db.session.flush()


def discard_run(run_id: str, actor: Actor) -> ImportRun:
    """Forget the delivery; nothing of it comes into the offers. A worker that is reading it finds it gone."""
    run = _locked(run_id, actor, RunState.READING, RunState.STAGED, RunState.REVIEW, RunState.REFUSED)
    run.state, run.document = RunState.DISCARDED, None
    db.session.flush()
    return run


def undo_run(run_id: str, actor: Actor) -> ImportRun:
    """Have the last delivery taken back, by a worker; an earlier one only after those that came later.

    Raises DomainError for an earlier one, Conflict where it was never taken over or is being undone, NotFound where
    there is none for this person.
    """
    run = _locked(run_id, actor, RunState.PROMOTED)
    if not may_be_undone(run):
        raise DomainError(_("Nur die letzte übernommene Lieferung lässt sich zurücknehmen."))
    hand_over(run, UNDO, RunState.UNDOING)
    return run


def may_be_undone(run: ImportRun) -> bool:
    """Whether it is in the offers, and no later one of the same organisation is."""
    if run.state != RunState.PROMOTED or run.organisation_id is None or not changes_anything(run):
        return False
    later = (
        (ImportRun.organisation_id == run.organisation_id)
        & ImportRun.state.in_((RunState.PROMOTED, RunState.UNDOING))
        & (ImportRun.promoted_at > run.promoted_at)
        & _changing(ImportRun.id)
    )
    return db.session.scalar(select(ImportRun.id).where(later).limit(1)) is None


def decide_double(run_id: str, actor: Actor, number: int, dwelling_id: str) -> ImportRun:
    """A person has said which dwelling a new object is, or ("") that it is none of them; the preview is made anew.
    Raises Conflict where the preview has moved on, DomainError for a dwelling that is not the organisation's, NotFound
    where there is no such delivery for this person."""
    run = _locked(run_id, actor, RunState.STAGED)
    record = db.session.scalar(select(ImportRecord).where(ImportRecord.run_id == run.id, ImportRecord.number == number))
    if record is None:
        raise Conflict(_(MOVED_ON))
    dwelling = db.session.get(Dwelling, dwelling_id) if dwelling_id else None
    if dwelling_id and (dwelling is None or dwelling.organisation_id != run.organisation_id):
        raise DomainError(_("Diese Wohnung gibt es nicht."))
    run.same_as = {**run.same_as, record_key(record.provider_key, record.external_id): dwelling_id}
    hand_over(run, READ, RunState.READING)
    return run


def changes_anything(run: ImportRun) -> bool:
    return bool(db.session.scalar(select(_changing(run.id))))


def _changing(run_id: ColumnElement[str] | str) -> ColumnElement[bool]:
    rows = select(func.count()).select_from(ImportRecord)
    mine = (ImportRecord.run_id == run_id) & ImportRecord.state.in_(CHANGING)
    return rows.where(mine).scalar_subquery() > 0


def _check_confirmed(run: ImportRun) -> None:
    owner = db.session.get_one(Organisation, run.organisation_id)
    if not owner.is_confirmed:
        raise DomainError(
            _("Die Organisation „%(name)s“ ist noch nicht bestätigt. Bitte erst sie bestätigen.", name=owner.name)
        )


def _locked(run_id: str, actor: Actor, *states: RunState) -> ImportRun:
    run = get_run(run_id, actor, lock=True)
    if run.state not in states:
        raise Conflict(_(MOVED_ON))
    return run
