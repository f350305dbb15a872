"""What a worker does with deliveries. What takes long is done before a lock is taken; each step then is a transaction
that begins with the state it belongs to, taking over as many as it needs: the worker that comes after one that was
killed finds how far it was."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from flask_babel import gettext as _
from flask_babel import ngettext

from wohnberatung.accounts.models import Organisation
from wohnberatung.core import clock
from wohnberatung.core.actors import Publication
from wohnberatung.core.errors import DomainError
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import NotYet, Running
from wohnberatung.extensions import db
from wohnberatung.intake.headings import IDENTITIES, Column, OwnWords
from wohnberatung.intake.models import ImportRun
from wohnberatung.intake.openimmo import read_openimmo
from wohnberatung.intake.recognise import TABLE, Delivery
from wohnberatung.intake.result import ImportResult, Provider
from wohnberatung.intake.services import columns, decisions, promotion
from wohnberatung.intake.services.amiss import Amiss, amiss_in
from wohnberatung.intake.services.decisions import go_on
from wohnberatung.intake.services.enclosures import draw_pictures
from wohnberatung.intake.services.promotion import StagedRecords, staged_records
from wohnberatung.intake.services.senders import Owner
from wohnberatung.intake.services.taking_back import TakingBack
from wohnberatung.intake.services.taking_over import PART, PAUSE, TakingOver, begin, check_removals, has_to_wait
from wohnberatung.intake.services.undoing import Undoing
from wohnberatung.intake.services.uploads import stored_delivery
from wohnberatung.intake.steps import APPLY, APPROVE, GIVE_BACK, IMPORT_STEPS, NOT_UNDONE, PROMOTE, REFUSE, UNDONE
from wohnberatung.intake.tables import TableFile, open_table, read_homes


def read(job: Running) -> None:
    """Read the file and make the preview; what only a person can mend is told on the delivery's page."""
    run_id = job.arguments["run"]
    job.tell(1, 3, _("Die Datei wird gelesen."))
    run = db.session.get(ImportRun, run_id)
    if run is None or not _leads_on(run, REFUSE):
        return
    owner = db.session.get_one(Organisation, run.organisation_id)
    delivery, provider, full, same_as = stored_delivery(run), (owner.id, owner.name), run.is_full, run.same_as
    own = columns.words_of(owner.id) if run.format == TABLE else {}
    by_person = run.by is not None
    db.session.rollback()
    try:
        table = open_table(delivery, own) if delivery.format == TABLE else None
        if by_person and table and _asks(run_id, table.columns(own)):
            return
        result = read_delivery(delivery, table, provider, full, own)
        if result.pictures or delivery.enclosed:
            result = draw_pictures(result, run_id, delivery.enclosed, job.tell)
        told = ngettext(
            "%(num)s Wohnung wird mit Ihrem Bestand verglichen.",
            "%(num)s Wohnungen werden mit Ihrem Bestand verglichen.",
            len(result.records),
        )
        job.tell(2, 3, told)
        result = promotion.preview(delivery.format, result, Owner(organisation_id=provider[0]), same_as)
        _keep(run_id, result)
    except DomainError as error:
        _refuse(run_id, REFUSE, error.message)


def read_delivery(
    delivery: Delivery, table: TableFile | None, provider: Provider, full: bool, own: OwnWords
) -> ImportResult:
    """All records of the file, which may be a table; `full`: it names all that the provider has; `own`: what its
    headings mean. **Raises** `Unreadable`."""
    if table is not None:
        return read_homes(table, clock.today(), provider, full, own)
    return read_openimmo(delivery, clock.today(), provider)


def _asks(run_id: str, found: Sequence[Column]) -> bool:
    """Whether a person must say first what columns mean; a program's table is read without those nobody knows."""
    with transaction():
        run = _held(run_id, REFUSE)
        if run is None:
            return False
        columns.keep_columns(run, found)
        asks = not all(column.is_known for column in found) or not any(column.word in IDENTITIES for column in found)
        if asks:
            columns.ask_columns(run)
        return asks


def apply(job: Running) -> None:
    """Take the delivery over part by part, or go on where another worker stopped. **Raises** `NotYet` while another
    delivery of the organisation is under way, RuntimeError where what stands in the offers refuses a later part: the
    next attempt finds it as it is then. After the last one the delivery waits for a person and keeps nobody back."""
    run_id = job.arguments["run"]
    job.tell(1, 2, _("Die Angebote werden übernommen."))
    try:
        staged = _begun(run_id)
    except DomainError as error:
        # What stands in the offers has changed since the preview.
        _refuse(run_id, GIVE_BACK, error.message)
        return
    if staged is None:
        return
    taking = TakingOver(db.session.get_one(ImportRun, run_id), staged)
    with _given_up_at_last(job, GIVE_BACK):
        while _take_part(run_id, taking):
            time.sleep(PAUSE)
            job.tell(1, 2, _("Die Angebote werden übernommen."))


@contextmanager
def _given_up_at_last(job: Running, key: str) -> Iterator[None]:
    """What goes wrong is tried again (RuntimeError where it was refused, else the error itself); at the last attempt
    the delivery goes the step `key` and says why, as others wait for it."""
    try:
        yield
    except NotYet:
        raise
    except Exception as error:
        refused = isinstance(error, DomainError)
        if job.is_last_attempt:
            db.session.rollback()
            words = error.message if isinstance(error, DomainError) else _("Bei uns ist ein Fehler aufgetreten.")
            _give_up(job.arguments["run"], key, words)
        if not refused:
            raise
        if not job.is_last_attempt:
            raise RuntimeError("it was refused") from error


def _give_up(run_id: str, key: str, words: str) -> None:
    with transaction():
        if run := _held(run_id, key):
            decisions.give_up(run, key, words)


def _begun(run_id: str) -> StagedRecords | None:
    """The records of the delivery, which is under way from now on; None where it does not wait for that any more."""
    run = db.session.get(ImportRun, run_id)
    if run is None or not _leads_on(run, PROMOTE):
        return None
    if has_to_wait(run):
        raise NotYet
    is_new, allowed = run.taken is None, run.allows_removals
    staged = staged_records(run_id)
    if is_new:
        check_removals(run_id, staged, allowed=allowed)
    with transaction():
        run = _held(run_id, PROMOTE)
        if run is not None and has_to_wait(run):
            raise NotYet
        if run is not None:
            begin(run)
    return staged


def _take_part(run_id: str, taking: TakingOver) -> bool:
    """Whether there is more to do."""
    with transaction():
        run = _held(run_id, PROMOTE)
        if run is not None:
            taking.part(run, PART)
        return run is not None and run.taken is not None


def take_back(job: Running) -> None:
    """Do at once what takes something back, of a delivery that waits for the office. **Raises** `NotYet` as `apply`
    does."""
    run_id = job.arguments["run"]
    run = db.session.get(ImportRun, run_id)
    if run is None or not _leads_on(run, APPROVE):
        return
    if has_to_wait(run):
        raise NotYet
    taking = TakingBack(run, staged_records(run_id))
    while _take_part_back(run_id, taking):
        time.sleep(PAUSE)
        job.tell(1, 2)


def _take_part_back(run_id: str, taking: TakingBack) -> bool:
    """Whether there is more to do; what the office has let pass meanwhile is taken over as a whole."""
    with transaction():
        return _held(run_id, APPROVE) is not None and taking.part(PART)


def undo(job: Running) -> None:
    """Set everything back that nobody has changed since, part by part."""
    run_id = job.arguments["run"]
    job.tell(1, 2, _("Die Lieferung wird zurückgenommen."))
    with _given_up_at_last(job, NOT_UNDONE):
        undoing = Undoing(run_id)
        while _undo_part(run_id, undoing):
            time.sleep(PAUSE)
            job.tell(1, 2, _("Die Lieferung wird zurückgenommen."))


def _undo_part(run_id: str, undoing: Undoing) -> bool:
    """Whether there is more to do."""
    with transaction():
        run = _held(run_id, UNDONE)
        return run is not None and undoing.part(run, PART)


def _keep(run_id: str, result: ImportResult) -> None:
    records, amiss = (
        promotion.preview_records(result),
        amiss_in(run_id, result.outcomes) if result.is_amiss else Amiss(),
    )
    with transaction():
        run = _held(run_id, REFUSE)
        if run is None:
            return
        promotion.keep_preview(run, result, records)
        run.amiss = amiss.words
        # Columns that were taken for others leave homes out: a person can still assign them.
        assignable = amiss.is_new and run.columns is not None
        ends_by_itself = result.leaves_nothing_to_decide and not assignable
        if (run.applies or ends_by_itself) and not result.too_many_removals:
            go_on(run, _publication(run), APPLY, by=Party.SYSTEM)


def _held(run_id: str, key: str) -> ImportRun | None:
    """The delivery, locked, where it still waits for this step."""
    run = db.session.get(ImportRun, run_id, with_for_update=True, populate_existing=True)
    return run if run is not None and _leads_on(run, key) else None


def _leads_on(run: ImportRun, key: str) -> bool:
    return IMPORT_STEPS.state_of(run) in IMPORT_STEPS[key].sources


def _publication(run: ImportRun) -> Publication:
    """What becomes of what a program publishes for the organisation."""
    owner = db.session.get_one(Organisation, run.organisation_id)
    return Publication.LIVE if owner.is_confirmed and owner.is_trusted else Publication.REVIEW


def _refuse(run_id: str, key: str, words: str) -> None:
    with transaction():
        if run := _held(run_id, key):
            IMPORT_STEPS.take(run, key, by=Party.SYSTEM)
            run.trouble = words
            if key == REFUSE:
                run.document, run.columns, run.enclosed = None, None, ""
