"""What a person decides about a delivery: take it over, discard it, take it back, name a double."""

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, SQLColumnExpression, func, select

from wohnberatung.accounts.models import Organisation
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, Publication
from wohnberatung.core.errors import DomainError
from wohnberatung.core.steps import Party, Step, party_of
from wohnberatung.dwellings.models import Dwelling
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportRecord, ImportRun, ObjectState, RunState
from wohnberatung.intake.services.enclosures import OF_DELIVERY
from wohnberatung.intake.services.promotion import TooManyRemovals
from wohnberatung.intake.services.stock import record_key
from wohnberatung.intake.services.taking_over import UNDER_WAY
from wohnberatung.intake.services.uploads import get_run, hand_over
from wohnberatung.intake.steps import APPLY, APPROVE, DECIDE_DOUBLE, DISCARD, GIVE_BACK, IMPORT_STEPS, UNDO
from wohnberatung.pictures.services import delete_pictures_of

CHANGING = (ObjectState.NEW, ObjectState.CHANGED, ObjectState.WITHDRAWN, ObjectState.GONE)


def apply_run(run_id: str, actor: Actor, *, allow_removals: bool = False) -> ImportRun:
    """Have the delivery taken over, by a worker. Where the office looks at what an organisation publishes, it waits
    for the office first. Raises as `StepTable.check` does, `TooManyRemovals` until somebody has allowed them."""
    run, party = _locked(run_id, actor)
    key = APPROVE if run.state == RunState.REVIEW and party is Party.OFFICE else APPLY
    if IMPORT_STEPS.is_done(run, key, party):
        return run
    IMPORT_STEPS.check(run, key, by=party)
    if run.too_many_removals and not (allow_removals or run.allows_removals):
        raise TooManyRemovals(run.too_many_removals)
    run.allows_removals = run.allows_removals or allow_removals
    if actor.is_staff:
        _check_confirmed(run)
    go_on(run, actor.publication_for(run.organisation_id), key, by=party)
    return run


def go_on(run: ImportRun, publication: Publication, key: str, *, by: Party) -> None:
    """To the worker where the organisation publishes by itself or nothing changes, else to the office, while a worker
    does at once what takes something back."""
    if publication is Publication.LIVE or not changes_anything(run):
        IMPORT_STEPS.take(run, key, by=by)
    else:
        IMPORT_STEPS.take(run, key, by=by, target=RunState.REVIEW)
    hand_over(run)


def steps_of(run: ImportRun, actor: Actor) -> tuple[Step[ImportRun], ...]:
    """What this person may do with it now: its buttons. Only the last one that changed something is taken back."""
    steps = IMPORT_STEPS.offered(run, party_of(actor, Party.PROVIDER))
    changes, undoable = changes_anything(run), may_be_undone(run)
    wanted = {APPLY: changes, APPROVE: changes, UNDO: undoable}
    open_to = (APPLY, UNDO) if run.is_partly_taken else tuple(step.key for step in steps)
    return tuple(step for step in steps if step.key in open_to and wanted.get(step.key, True))


def discard_run(run_id: str, actor: Actor) -> ImportRun:
    """Forget the delivery; nothing of it comes into the offers, and what it took back while the office looked at it
    stays taken back. A worker that is reading it finds it gone."""
    run, party = _locked(run_id, actor)
    IMPORT_STEPS.take(run, DISCARD, by=party)
    run.document, run.columns, run.enclosed = None, None, ""
    delete_pictures_of(OF_DELIVERY.kind, run.id)
    db.session.flush()
    return run


def undo_run(run_id: str, actor: Actor) -> ImportRun:
    """Have the last delivery taken back, by a worker; an earlier one only after those that came later. Doing it again
    changes nothing.

    Raises DomainError with `why_not_undone`, NotFound where there is none for this person.
    """
    run, party = _locked(run_id, actor)
    if run.state in (RunState.UNDOING, RunState.UNDONE):
        return run
    if why := why_not_undone(run):
        raise DomainError(why)
    IMPORT_STEPS.take(run, UNDO, by=party)
    hand_over(run)
    return run


def may_be_undone(run: ImportRun) -> bool:
    """Whether it is in the offers, if only in part, and no later one of the same organisation is or is about to be."""
    return not why_not_undone(run)


def why_not_undone(run: ImportRun) -> str:
    """In words why the delivery cannot be taken back (any more); empty where it can."""
    if run.state in (RunState.UNDOING, RunState.UNDONE):
        return _("Diese Lieferung ist schon zurückgenommen oder wird es gerade.")
    if not (run.state == RunState.PROMOTED or run.is_partly_taken) or run.organisation_id is None:
        return _("Diese Lieferung ist nicht übernommen. Es gibt nichts zurückzunehmen.")
    if run.state == RunState.PROMOTED and not changes_anything(run):
        return _("Diese Lieferung hat nichts geändert. Es gibt nichts zurückzunehmen.")
    theirs, is_taken = ImportRun.organisation_id == run.organisation_id, (RunState.PROMOTED, RunState.UNDOING)
    later = ImportRun.state.in_(is_taken) & (ImportRun.promoted_at > run.promoted_at) & _changing(ImportRun.id)
    name = db.session.scalar(
        select(ImportRun.file_name).where(theirs, later | UNDER_WAY).order_by(ImportRun.promoted_at.desc()).limit(1)
    )
    if name is None:
        return ""
    return _(
        "Nur die letzte übernommene Lieferung lässt sich zurücknehmen. Nach dieser kam „%(name)s“. Nehmen Sie erst jene"
        " zurück.",
        name=name,
    )


def has_taken_effect(run: ImportRun) -> bool:
    """Whether it has changed any offer."""
    taken = select(ImportRecord.id).where(ImportRecord.run_id == run.id, ImportRecord.after.is_not(None)).limit(1)
    return db.session.scalar(taken) is not None


def give_up(run: ImportRun, key: str, words: str) -> None:
    """A worker could not take it over, or back, as often as it tried: `words` say why, and a person goes on. What is in
    the offers by now stays there until then. Raises as `StepTable.check` does."""
    if key == GIVE_BACK and has_taken_effect(run):
        run.promoted_at = clock.now()
        words = _("Ein Teil der Lieferung steht schon in Ihren Angeboten, der Rest nicht: %(why)s", why=words)
    was_whole = key != GIVE_BACK and run.document is None
    IMPORT_STEPS.take(run, key, by=Party.SYSTEM, target=RunState.PROMOTED if was_whole else RunState.STAGED)
    run.taken, run.trouble = None, words
    db.session.flush()


def decide_double(run_id: str, actor: Actor, number: int, dwelling_id: str) -> ImportRun:
    """A person has said which dwelling a new object is, or ("") that it is none of them; the preview is made anew.
    Raises Conflict where the preview has moved on, DomainError for a dwelling that is not the organisation's, NotFound
    where there is no such delivery for this person."""
    run, party = _locked(run_id, actor)
    IMPORT_STEPS.check(run, DECIDE_DOUBLE, by=party)
    record = db.session.scalar(select(ImportRecord).where(ImportRecord.run_id == run.id, ImportRecord.number == number))
    if record is None:
        raise IMPORT_STEPS.refused(run)
    dwelling = db.session.get(Dwelling, dwelling_id) if dwelling_id else None
    if dwelling_id and (dwelling is None or dwelling.organisation_id != run.organisation_id):
        raise DomainError(_("Diese Wohnung gibt es nicht."))
    run.same_as = {**run.same_as, record_key(record.provider_key, record.external_id): dwelling_id}
    IMPORT_STEPS.take(run, DECIDE_DOUBLE, by=party)
    hand_over(run)
    return run


def changes_anything(run: ImportRun) -> bool:
    return bool(db.session.scalar(select(_changing(run.id))))


def _changing(run_id: SQLColumnExpression[str] | str) -> ColumnElement[bool]:
    rows = select(func.count()).select_from(ImportRecord)
    mine = (ImportRecord.run_id == run_id) & ImportRecord.state.in_(CHANGING)
    return rows.where(mine).scalar_subquery() > 0


def _check_confirmed(run: ImportRun) -> None:
    owner = db.session.get_one(Organisation, run.organisation_id)
    if not owner.is_confirmed:
        raise DomainError(
            _("Die Organisation „%(name)s“ ist noch nicht bestätigt. Bitte erst sie bestätigen.", name=owner.name)
        )


def _locked(run_id: str, actor: Actor) -> tuple[ImportRun, Party]:
    """The delivery, and as whom this person decides about it."""
    return get_run(run_id, actor, lock=True), party_of(actor, Party.PROVIDER)
