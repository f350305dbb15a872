"""What a worker does with deliveries. Each step is one transaction that begins with the state it belongs to: a worker
that was killed has done it wholly or not at all, and the one that takes over finds which."""

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.accounts.models import Organisation
from wohnberatung.core import clock
from wohnberatung.core.actors import Publication
from wohnberatung.core.errors import DomainError
from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Running
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportedObject, ImportRecord, ImportRun, RunState
from wohnberatung.intake.records import Transfer
from wohnberatung.intake.services.deciding import go_on
from wohnberatung.intake.services.runs import preview, promote
from wohnberatung.intake.services.sending import upload_of
from wohnberatung.intake.services.undoing import take_back
from wohnberatung.intake.uploads import read_upload


def read(job: Running) -> None:
    """Read the file and make the preview; what only a person can mend is told on the delivery's page."""
    run_id = job.arguments["run"]
    job.tell(1, 3, _("Die Datei wird gelesen."))
    try:
        transfer = _transfer(run_id)
        if transfer is None:
            return
        count = len(transfer.records)
        job.tell(2, 3, _("%(count)s Wohnungen werden mit Ihrem Bestand verglichen.", count=count))
        with transaction():
            run = _in_state(run_id, RunState.READING)
            if run is None:
                return
            report = preview(run, transfer)
            if run.applies and not report.too_many_removals:
                go_on(run, _publication(run))
    except DomainError as error:
        _refuse(run_id, RunState.READING, RunState.REFUSED, error.message)


def apply(job: Running) -> None:
    """Take the delivery over, all of it or nothing."""
    run_id = job.arguments["run"]
    job.tell(1, 2, _("Die Angebote werden übernommen."))
    try:
        with transaction():
            run = _in_state(run_id, RunState.APPLYING)
            if run is not None:
                promote(run_id, allow_removals=run.allows_removals)
    except DomainError as error:
        # What stands in the offers has changed since the preview.
        _refuse(run_id, RunState.APPLYING, RunState.STAGED, error.message)


def undo(job: Running) -> None:
    """Set everything back that nobody has changed since."""
    run_id = job.arguments["run"]
    job.tell(1, 2, _("Die Lieferung wird zurückgenommen."))
    with transaction():
        run = _in_state(run_id, RunState.UNDOING)
        if run is None:
            return
        source = _("Lieferung vom %(day)s zurückgenommen", day=f"{clock.to_berlin(run.created_at):%d.%m.%Y}")
        changed = select(ImportRecord).where(ImportRecord.run_id == run.id, ImportRecord.after.is_not(None))
        stays = []
        for record in db.session.scalars(changed.order_by(ImportRecord.number)).all():
            known = db.session.scalars(
                select(ImportedObject).where(ImportedObject.offer_id == record.offer_id).with_for_update()
            ).first()
            if known is not None and (note := take_back(known, record.before, record.after, source)):
                stays.append(f"{record.report['name']}: {note}")
        run.state, run.notes = RunState.UNDONE, stays


def _transfer(run_id: str) -> Transfer | None:
    """Outside a transaction that writes: reading may take a while."""
    run = db.session.get(ImportRun, run_id)
    if run is None or run.state != RunState.READING:
        return None
    owner = db.session.get_one(Organisation, run.organisation_id)
    upload, provider, full = upload_of(run), (owner.id, owner.name), run.is_full
    db.session.rollback()
    return read_upload(upload, clock.today(), provider, full)


def _in_state(run_id: str, state: RunState) -> ImportRun | None:
    run = db.session.get(ImportRun, run_id, with_for_update=True, populate_existing=True)
    return run if run is not None and run.state == state else None


def _publication(run: ImportRun) -> Publication:
    """What becomes of what a program publishes for the organisation."""
    owner = db.session.get_one(Organisation, run.organisation_id)
    return Publication.LIVE if owner.is_confirmed and owner.is_trusted else Publication.REVIEW


def _refuse(run_id: str, before: RunState, after: RunState, words: str) -> None:
    with transaction():
        if run := _in_state(run_id, before):
            run.state, run.trouble = after, words
            if after == RunState.REFUSED:
                run.document = None
