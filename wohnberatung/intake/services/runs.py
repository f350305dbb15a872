"""A delivery is staged, previewed and promoted.

The preview is the promotion itself, done inside a savepoint and undone, so that both cannot disagree. What
makes objects indistinguishable refuses the whole delivery; a single value that cannot be stays unknown.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select

from wohnberatung.core import clock
from wohnberatung.core.constraints import explained
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.extensions import db
from wohnberatung.intake.archives import Delivery
from wohnberatung.intake.models import ImportedObject, ImportRecord, ImportRun, ObjectState, RunState
from wohnberatung.intake.preflight import Unreadable
from wohnberatung.intake.records import RawRecord, Transfer
from wohnberatung.intake.services.doubles import with_doubles
from wohnberatung.intake.services.objects import take_out, take_over
from wohnberatung.intake.services.outcomes import Outcome, Report
from wohnberatung.intake.services.stock import Owner, Stock, sender
from wohnberatung.intake.services.undoing import State, state_of

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


@dataclass
class _Trace:
    """What stood in the offers before the delivery and what stands there now, by offer."""

    before: dict[str, State] = field(default_factory=dict)
    after: dict[str, State] = field(default_factory=dict)


def stage(format_name: str, delivery: Delivery, transfer: Transfer, organisation: str = "") -> Staged:
    """Keep a delivery for promotion and say what it would do; offers stay as they are.

    `organisation` owns the objects of senders that are new here. Raises `Unreadable` where objects cannot be
    told apart, Conflict where the sender belongs to another organisation.
    """
    report = _tried(format_name, transfer, Owner(organisation), {})
    same_file = (ImportRun.format == format_name) & (ImportRun.file_hash == delivery.digest)
    run = db.session.scalar(select(ImportRun).where(same_file, ImportRun.organisation_id.is_(None)))
    if run is not None and run.state == RunState.PROMOTED and not report.changes_something:
        return Staged(run.id, report, is_done=True)
    if run is None:
        run = ImportRun(format=format_name, file_hash=delivery.digest)
    run.file_name, run.organisation = delivery.name[:200], organisation
    with explained():
        db.session.add(run)
        _stage(run, transfer, report)
    return Staged(run.id, report, is_done=False)


def preview(run: ImportRun, transfer: Transfer) -> Report:
    """Say what the file that an organisation sent would do; offers stay as they are. Raises as `stage` does."""
    report = _tried(run.format, transfer, Owner(organisation_id=run.organisation_id), run.same_as)
    _stage(run, transfer, report)
    return report


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
    trace, owner = _Trace(), Owner(run.organisation, run.organisation_id)
    with db.session.begin_nested():
        report = _process(run.format, transfer, owner, run.same_as, trace)
        if report.too_many_removals and not allow_removals:
            raise TooManyRemovals(report.too_many_removals)
    run.state, run.promoted_at, run.document = RunState.PROMOTED, clock.now(), None
    _keep(run, records, report, trace)
    return report


def _tried(format_name: str, transfer: Transfer, owner: Owner, same_as: Mapping[str, str]) -> Report:
    """What the delivery does, done and undone again."""
    if transfer.faults:
        raise Unreadable("\n".join((_("Es wurde nichts übernommen."), *transfer.faults)))
    savepoint = db.session.begin_nested()
    try:
        return _process(format_name, transfer, owner, same_as, None)
    finally:
        savepoint.rollback()


def _stage(run: ImportRun, transfer: Transfer, report: Report) -> None:
    run.is_full, run.sent_on, run.providers = transfer.full, transfer.sent, dict(transfer.providers)
    run.notes, run.too_many_removals = [*transfer.notes, *report.notes], report.too_many_removals
    run.state, run.promoted_at = RunState.STAGED, None
    db.session.flush()
    _keep(run, transfer.records, report, _Trace())


def _process(
    format_name: str, transfer: Transfer, owner: Owner, same_as: Mapping[str, str], trace: _Trace | None
) -> Report:
    """Take everything over, sender by sender. Without a `trace` it is a preview, which looks for doubles as well."""
    day = min(transfer.sent or clock.today(), clock.today())
    outcomes: list[Outcome] = []
    notes: list[str] = []
    warnings: list[str] = []
    for key, name in transfer.providers.items():
        source, note = sender(format_name, key, name, owner)
        stock = Stock(source, same_as)
        mine = [record for record in transfer.records if record.provider_key == key]
        done = [take_over(record, stock, day) for record in mine]
        if transfer.full:
            done += [take_out(known) for known in stock.not_named(mine)]
        db.session.flush()
        outcomes += with_doubles(done, stock) if trace is None else done
        if trace is not None:
            _follow(trace, stock, done)
        notes += filter(None, [note])
        warnings += filter(None, [_removals(name, done, stock.listed_before)])
    return Report(tuple(outcomes), tuple(notes), "\n".join(warnings))


def _follow(trace: _Trace, stock: Stock, outcomes: list[Outcome]) -> None:
    changed = {outcome.offer_id for outcome in outcomes if outcome.changes_something and outcome.offer_id}
    trace.before |= {offer_id: state for offer_id, state in stock.before.items() if offer_id in changed}
    objects = db.session.scalars(select(ImportedObject).where(ImportedObject.offer_id.in_(changed)))
    trace.after |= {known.offer_id: state_of(known) for known in objects}


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


def _keep(run: ImportRun, records: tuple[RawRecord, ...], report: Report, trace: _Trace) -> None:
    """Write the staging rows anew: what was read and what becomes of it."""
    db.session.execute(delete(ImportRecord).where(ImportRecord.run_id == run.id))
    raws = {record.key: record.as_json() for record in records}
    db.session.add_all(
        _row(run, number, outcome, raws.get((outcome.provider_key, outcome.external_id)), trace)
        for number, outcome in enumerate(report.outcomes, start=1)
    )
    db.session.flush()


def _row(run: ImportRun, number: int, outcome: Outcome, raw: dict[str, Any] | None, trace: _Trace) -> ImportRecord:
    # The offer a preview made is undone again: nothing may point to it.
    is_undone = run.state == RunState.STAGED and outcome.state == ObjectState.NEW
    report = asdict(outcome)
    if is_undone:
        report["offer_id"] = None
    return ImportRecord(
        run_id=run.id,
        number=number,
        provider_key=outcome.provider_key,
        external_id=outcome.external_id,
        state=outcome.state,
        raw=raw,
        report=report,
        offer_id=None if is_undone else outcome.offer_id,
        fault_count=len(outcome.faults),
        double_count=len(outcome.doubles),
        before=trace.before.get(outcome.offer_id or ""),
        after=trace.after.get(outcome.offer_id or ""),
    )
