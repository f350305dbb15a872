"""A delivery is previewed, staged and promoted.

The preview is the promotion itself, done in memory alone (`core.transactions.rehearsal`), so that both cannot disagree
and nobody waits for it. What makes objects indistinguishable refuses the whole delivery; a single value that cannot be
stays unknown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from flask_babel import gettext as _
from sqlalchemy import delete, select

from wohnberatung.core import clock
from wohnberatung.core.constraints import explained
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import rehearsal, transaction
from wohnberatung.extensions import db
from wohnberatung.intake.archives import Unreadable
from wohnberatung.intake.models import ImportedObject, ImportRecord, ImportRun, ObjectState, OfferState, RunState
from wohnberatung.intake.recognise import Delivery
from wohnberatung.intake.result import ImportResult, ObjectOutcome, RawRecord
from wohnberatung.intake.services.comparison import ReadHome, understand, with_doubles
from wohnberatung.intake.services.enclosures import OF_DELIVERY
from wohnberatung.intake.services.objects import take_out, take_over
from wohnberatung.intake.services.senders import Owner, find_sender, keep_sender
from wohnberatung.intake.services.stock import UNANSWERED, Stock, certain_streets, record_key, state_of
from wohnberatung.intake.steps import APPLY, IMPORT_STEPS, PROMOTE, STAGE
from wohnberatung.pictures import delivered

LARGEST_SHARE_REMOVED = 0.2
# One flat less is everyday, even for somebody who offers four.
NEVER_ASKED_ABOUT = 1


class TooManyRemovals(DomainError):
    """A person must say that so many offers shall really end; nothing was changed."""


@dataclass(frozen=True)
class StagedRecords:
    """What is to be taken over, read and understood: all that needs no lock."""

    result: ImportResult
    homes: tuple[ReadHome, ...]


@dataclass
class _Trace:
    """What stood in the offers before the delivery and what stands there now, by offer."""

    before: dict[str, OfferState] = field(default_factory=dict)
    after: dict[str, OfferState] = field(default_factory=dict)


def preview(format_name: str, read: ImportResult, owner: Owner, same_as: Mapping[str, str]) -> ImportResult:
    """What the delivery would do; nothing is written and no lock is taken.

    `owner` has the objects of senders that are new here; `same_as` see `ImportRun`. **Raises** `Unreadable` where
    objects cannot be told apart, Conflict where the sender belongs to another organisation.
    """
    if read.faults:
        raise Unreadable("\n".join((_("Es wurde nichts übernommen."), *read.faults)))
    streets = certain_streets()
    homes = [understand(record, streets) for record in read.records]
    outcomes: list[ObjectOutcome] = []
    notes, warnings = list(read.notes), list[str]()
    with rehearsal():
        for key, name in read.providers.items():
            source, note = find_sender(format_name, key, name, owner)
            stock = Stock(source, same_as, _moment(read), _records_of(key, read))
            done = _process(read, homes, stock, key)
            outcomes += with_doubles(done, stock)
            notes += filter(None, [note])
            warnings += filter(None, [_removals(name, done, stock.listed_before)])
    # The offers that the preview made are forgotten again: nothing may point to them.
    told = [replace(one, offer_id=None) if one.state == ObjectState.NEW else one for one in outcomes]
    return replace(read, outcomes=tuple(told), notes=tuple(notes), too_many_removals="\n".join(warnings))


def stage(delivery: Delivery, previewed: ImportResult, organisation: str = "") -> str | None:
    """Keep a file that the office has read for promotion; the id of its run. None where the same file was promoted
    before and would change nothing. `organisation` owns the objects of senders that are new here."""
    same_file = (ImportRun.format == delivery.format) & (ImportRun.file_hash == delivery.digest)
    run = db.session.scalar(select(ImportRun).where(same_file, ImportRun.organisation_id.is_(None)))
    if run is not None and run.state == RunState.PROMOTED and not previewed.changes_something:
        return None
    if run is None:
        run = ImportRun(format=delivery.format, file_hash=delivery.digest, state=RunState.STAGED)
    run.file_name, run.organisation = delivery.name[:200], organisation
    with explained():
        db.session.add(run)
        keep_preview(run, previewed)
    return run.id


def keep_preview(run: ImportRun, previewed: ImportResult) -> None:
    """The run with its records and what becomes of each, for a person to read. Raises as `StepTable.check` does."""
    IMPORT_STEPS.take(run, STAGE, by=Party.SYSTEM)
    run.is_full, run.sent_at, run.providers = previewed.full, previewed.sent, dict(previewed.providers)
    run.notes, run.too_many_removals = list(previewed.notes), previewed.too_many_removals
    run.promoted_at = None
    db.session.flush()
    _keep(run, previewed, _Trace())


def staged_records(run_id: str) -> StagedRecords:
    """The records of a staged run, understood. Long, so read before the lock is taken: they stay as they are for as
    long as the run waits to be applied. **Raises** NotFound."""
    run = db.session.get(ImportRun, run_id)
    if run is None:
        raise NotFound(_("Diese Lieferung gibt es nicht."))
    query = select(ImportRecord.raw).where(ImportRecord.run_id == run.id, ImportRecord.raw.is_not(None))
    raws = db.session.scalars(query.order_by(ImportRecord.number)).all()
    providers, full, sent = run.providers, run.is_full, run.sent_at
    streets = certain_streets()
    db.session.rollback()
    records = tuple(RawRecord.from_json(raw) for raw in raws if raw is not None)
    return StagedRecords(
        ImportResult(providers, full, sent, records), tuple(understand(record, streets) for record in records)
    )


def promote(run_id: str, *, allow_removals: bool = False) -> ImportResult:
    """Make the staged delivery true in one transaction, which begins once all is understood.

    **Raises** as `apply` does, and NotFound.
    """
    staged = staged_records(run_id)
    with transaction():
        run = db.session.get_one(ImportRun, run_id, with_for_update=True)
        IMPORT_STEPS.take(run, APPLY, by=Party.SYSTEM)
        return apply(run, staged, allow_removals=allow_removals)


def apply(run: ImportRun, staged: StagedRecords, *, allow_removals: bool = False) -> ImportResult:
    """Take over all of it or, where anything fails, nothing.

    **Raises** `TooManyRemovals` where more than a fifth of a sender's offers would end and nobody allowed it, Conflict
    where the sender belongs to another organisation by now, or where the run does not wait to be applied.
    """
    IMPORT_STEPS.check(run, PROMOTE, by=Party.SYSTEM)
    read, trace, owner = staged.result, _Trace(), Owner(run.organisation, run.organisation_id)
    answers = {**_open_questions(run), **run.same_as}
    outcomes: list[ObjectOutcome] = []
    notes, warnings = list[str](), list[str]()
    with db.session.begin_nested():
        for key, name in read.providers.items():
            source, note = find_sender(run.format, key, name, owner)
            stock = Stock(keep_sender(source, owner), answers, _moment(read), _records_of(key, read), run.id)
            done = _process(read, staged.homes, stock, key)
            _follow(trace, stock, done)
            outcomes += done
            notes += filter(None, [note])
            warnings += filter(None, [_removals(name, done, stock.listed_before)])
        if warnings and not allow_removals:
            raise TooManyRemovals("\n".join(warnings))
    result = replace(read, outcomes=tuple(outcomes), notes=tuple(notes), too_many_removals="\n".join(warnings))
    IMPORT_STEPS.take(run, PROMOTE, by=Party.SYSTEM)
    run.promoted_at = clock.now()
    run.document, run.columns, run.enclosed = None, None, ""
    if drawn := {picture.picture_id for picture in read.pictures if picture.picture_id}:
        delivered.remove(OF_DELIVERY.kind, drawn)  # those that found no place
    _keep(run, result, trace)
    return result


def _process(read: ImportResult, homes: Sequence[ReadHome], stock: Stock, provider_key: str) -> list[ObjectOutcome]:
    """One sender's objects become, change and end offers."""
    mine = [home for home in homes if home.record.provider_key == provider_key]
    done = [take_over(home, stock) for home in mine]
    if read.full:
        done += [take_out(known, stock) for known in stock.not_named([home.record for home in mine])]
    db.session.flush()
    return done


def _open_questions(run: ImportRun) -> dict[str, str]:
    """By record the question whether it is a home that is known, which nobody has answered; where nobody of the
    organisation sees the delivery, nobody is asked."""
    if run.organisation_id is None:
        return {}
    asked = (ImportRecord.run_id == run.id) & (ImportRecord.double_count > 0)
    rows = db.session.execute(select(ImportRecord.provider_key, ImportRecord.external_id).where(asked))
    return {record_key(provider_key, external_id): UNANSWERED for provider_key, external_id in rows}


def _records_of(provider_key: str, read: ImportResult) -> list[RawRecord]:
    return [record for record in read.records if record.provider_key == provider_key]


def _moment(read: ImportResult) -> str:
    """When it was written, as ISO text; now where the file does not say, or its clock is fast."""
    now = clock.to_berlin(clock.now()).replace(tzinfo=None).isoformat(timespec="seconds")
    return min(read.sent or now, now)


def _follow(trace: _Trace, stock: Stock, outcomes: Sequence[ObjectOutcome]) -> None:
    changed = {outcome.offer_id for outcome in outcomes if outcome.changes_something and outcome.offer_id}
    trace.before |= {offer_id: state for offer_id, state in stock.before.items() if offer_id in changed}
    changed_ones = select(ImportedObject).where(ImportedObject.offer_id.in_(changed))
    objects = db.session.scalars(changed_ones.order_by(ImportedObject.listed))
    trace.after |= {known.offer_id: state_of(known) for known in objects}


def _removals(name: str, outcomes: Sequence[ObjectOutcome], before: int) -> str:
    removed = sum(outcome.state in (ObjectState.WITHDRAWN, ObjectState.GONE) for outcome in outcomes)
    if removed and all(outcome.state == ObjectState.GONE for outcome in outcomes):
        return _(
            "Die Lieferung nennt sich vollständig, enthält für „%(name)s“ aber kein Objekt. Sollen wirklich alle"
            " Angebote enden (%(removed)s)? Bitte prüfen und ausdrücklich erlauben.",
            removed=removed,
            name=name,
        )
    if removed <= max(NEVER_ASKED_ABOUT, LARGEST_SHARE_REMOVED * before):
        return ""
    return _(
        "Von den Angeboten von „%(name)s“ nimmt die Lieferung %(removed)s von %(before)s zurück. Das ist ungewöhnlich"
        " viel. Bitte prüfen und ausdrücklich erlauben.",
        removed=removed,
        before=before,
        name=name,
    )


def _keep(run: ImportRun, result: ImportResult, trace: _Trace) -> None:
    """Write the staging rows anew: what was read and what becomes of it."""
    db.session.execute(delete(ImportRecord).where(ImportRecord.run_id == run.id))
    raws = {record.key: record.as_json() for record in result.records}
    db.session.add_all(
        _row(run.id, number, outcome, raws.get(outcome.key), trace)
        for number, outcome in enumerate(result.outcomes, start=1)
    )
    db.session.flush()


def _row(
    run_id: str, number: int, outcome: ObjectOutcome, raw: dict[str, object] | None, trace: _Trace
) -> ImportRecord:
    return ImportRecord(
        run_id=run_id,
        number=number,
        provider_key=outcome.provider_key,
        external_id=outcome.external_id,
        state=outcome.state,
        raw=raw,
        report=asdict(outcome),
        offer_id=outcome.offer_id,
        fault_count=len(outcome.faults),
        double_count=len(outcome.doubles),
        before=trace.before.get(outcome.offer_id or ""),
        after=trace.after.get(outcome.offer_id or ""),
    )
