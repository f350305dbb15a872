"""A delivery is staged, previewed and promoted.

The preview is the promotion itself, done inside a savepoint and undone, so that both cannot disagree. What
makes objects indistinguishable refuses the whole delivery; a single value that cannot be stays unknown.
"""

from dataclasses import asdict, dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select

from wohnberatung.core import clock
from wohnberatung.core.constraints import explained
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.extensions import db
from wohnberatung.intake.archives import Delivery
from wohnberatung.intake.models import ImportRecord, ImportRun, ObjectState, RunState
from wohnberatung.intake.preflight import Unreadable
from wohnberatung.intake.records import RawRecord, Transfer
from wohnberatung.intake.services.objects import take_out, take_over
from wohnberatung.intake.services.outcomes import Outcome, Report
from wohnberatung.intake.services.stock import Stock, sender

LARGEST_SHARE_REMOVED = 0.2
# One flat less is everyday, even for somebody who offers four.
NEVER_ASKED_ABOUT = 1


class TooManyRemovals(DomainError):
    """A person must say that so many offers shall really end; nothing was changed."""


@dataclass(frozen=True)
class Staged:
    """A delivery in preview. `is_done`: the same file was promoted before and would change nothing."""

    run_id: str
    report: Report
    is_done: bool


def stage(format_name: str, delivery: Delivery, transfer: Transfer, organisation: str = "") -> Staged:
    """Keep a delivery for promotion and say what it would do; offers stay as they are.

    `organisation` owns the objects of senders that are new here. Raises `Unreadable` where objects cannot be
    told apart, Conflict where the sender belongs to another organisation.
    """
    if transfer.faults:
        raise Unreadable("\n".join((_("Es wurde nichts übernommen."), *transfer.faults)))
    savepoint = db.session.begin_nested()
    try:
        report = _process(format_name, transfer, organisation)
    finally:
        savepoint.rollback()
    same_file = (ImportRun.format == format_name) & (ImportRun.file_hash == delivery.digest)
    run = db.session.scalar(select(ImportRun).where(same_file))
    if run is not None and run.state == RunState.PROMOTED and not report.changes_something:
        return Staged(run.id, report, is_done=True)
    if run is None:
        run = ImportRun(format=format_name, file_hash=delivery.digest)
    run.file_name, run.organisation = delivery.name[:200], organisation
    run.is_full, run.sent_on, run.providers = transfer.full, transfer.sent, dict(transfer.providers)
    run.state, run.promoted_at = RunState.STAGED, None
    with explained():
        db.session.add(run)
    _keep(run, transfer.records, report)
    return Staged(run.id, report, is_done=False)


def promote(run_id: str, *, allow_removals: bool = False) -> Report:
    """Make the staged delivery true, all of it or, where anything fails, nothing.

    Raises `TooManyRemovals` where more than a fifth of a sender's offers would end and nobody allowed it.
    """
    run = db.session.get(ImportRun, run_id, with_for_update=True)
    if run is None:
        raise NotFound(_("Diese Lieferung gibt es nicht."))
    raws = db.session.scalars(
        select(ImportRecord.raw)
        .where(ImportRecord.run_id == run.id, ImportRecord.raw.is_not(None))
        .order_by(ImportRecord.number)
    )
    records = tuple(RawRecord.from_json(raw) for raw in raws)
    transfer = Transfer(run.providers, run.is_full, run.sent_on, records, faults=())
    with db.session.begin_nested():
        report = _process(run.format, transfer, run.organisation)
        if report.too_many_removals and not allow_removals:
            raise TooManyRemovals(report.too_many_removals)
    run.state, run.promoted_at = RunState.PROMOTED, clock.now()
    _keep(run, records, report)
    return report


def _process(format_name: str, transfer: Transfer, organisation: str) -> Report:
    """Take everything over, sender by sender."""
    day = min(transfer.sent or clock.today(), clock.today())
    outcomes: list[Outcome] = []
    notes: list[str] = []
    warnings: list[str] = []
    for key, name in transfer.providers.items():
        source, note = sender(format_name, key, name, organisation)
        stock = Stock(source)
        mine = [record for record in transfer.records if record.provider_key == key]
        done = [take_over(record, stock, day) for record in mine]
        if transfer.full:
            done += [take_out(known) for known in stock.not_named(mine)]
        db.session.flush()
        outcomes += done
        notes += filter(None, [note])
        warnings += filter(None, [_removals(name, done, stock.listed_before)])
    return Report(tuple(outcomes), tuple(notes), "\n".join(warnings))


def _removals(name: str, outcomes: list[Outcome], before: int) -> str:
    removed = sum(outcome.state in (ObjectState.WITHDRAWN, ObjectState.GONE) for outcome in outcomes)
    if removed <= max(NEVER_ASKED_ABOUT, LARGEST_SHARE_REMOVED * before):
        return ""
    return _(
        "Die Lieferung nimmt %(removed)s von %(before)s Angeboten von „%(name)s“ zurück. Das ist ungewöhnlich"
        " viel. Bitte prüfen und ausdrücklich erlauben.",
        removed=removed,
        before=before,
        name=name,
    )


def _keep(run: ImportRun, records: tuple[RawRecord, ...], report: Report) -> None:
    """Write the staging rows anew: what was read and what becomes of it."""
    db.session.execute(delete(ImportRecord).where(ImportRecord.run_id == run.id))
    raws = {record.key: record.as_json() for record in records}
    db.session.add_all(
        _row(run, number, outcome, raws.get((outcome.provider_key, outcome.external_id)))
        for number, outcome in enumerate(report.outcomes, start=1)
    )
    db.session.flush()


def _row(run: ImportRun, number: int, outcome: Outcome, raw: dict[str, Any] | None) -> ImportRecord:
    # The offer a preview made is undone again: nothing may point to it.
    is_undone = run.state == RunState.STAGED and outcome.state == ObjectState.NEW
    return ImportRecord(
        run_id=run.id,
        number=number,
        provider_key=outcome.provider_key,
        external_id=outcome.external_id,
        state=outcome.state,
        raw=raw,
        report=asdict(outcome),
        offer_id=None if is_undone else outcome.offer_id,
    )
