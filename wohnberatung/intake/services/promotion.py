"""A delivery is previewed and staged; `taking_over` then makes it true.

The preview is the taking over itself, done in memory alone (`core.transactions.rehearsal`), so that both cannot
disagree and nobody waits for it. What makes objects indistinguishable refuses the whole delivery; a single value that
cannot be stays unknown.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from flask_babel import gettext as _
from sqlalchemy import delete, select

from wohnberatung.core import clock
from wohnberatung.core.constraints import explained
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.steps import Party
from wohnberatung.core.stopping import until_stopped
from wohnberatung.core.transactions import rehearsal
from wohnberatung.extensions import db
from wohnberatung.intake.archives import Unreadable
from wohnberatung.intake.models import ImportRecord, ImportRun, ObjectState, RunState
from wohnberatung.intake.recognise import Delivery
from wohnberatung.intake.result import ImportResult, ObjectOutcome, RawRecord
from wohnberatung.intake.services.comparison import ReadHome, understand, with_doubles
from wohnberatung.intake.services.objects import take_out, take_over
from wohnberatung.intake.services.senders import Owner, find_sender
from wohnberatung.intake.services.stock import UNANSWERED, Stock, certain_streets, record_key
from wohnberatung.intake.steps import IMPORT_STEPS, STAGE

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


def preview(format_name: str, read: ImportResult, owner: Owner, same_as: Mapping[str, str]) -> ImportResult:
    """What the delivery would do; nothing is written and no lock is taken.

    `owner` has the objects of senders that are new here; `same_as` see `ImportRun`. **Raises** `Unreadable` where
    objects cannot be told apart, Conflict where the sender belongs to another organisation.
    """
    if read.faults:
        raise Unreadable("\n".join((_("Es wurde nichts übernommen."), *read.faults)))
    streets = certain_streets()
    homes = [understand(record, streets) for record in until_stopped(read.records)]
    outcomes: list[ObjectOutcome] = []
    notes, warnings = list(read.notes), list[str]()
    with rehearsal():
        for key, name in read.providers.items():
            source, note = find_sender(format_name, key, name, owner)
            stock = Stock(source, same_as, moment_of(read), records_of(key, read))
            done = list(outcomes_of(read, homes, stock, key))
            outcomes += with_doubles(done, stock)
            notes += filter(None, [note])
            warnings += filter(None, [_removals(name, done, stock, records_of(key, read))])
    # The offers that the preview made are forgotten again: nothing may point to them.
    told = [replace(one, offer_id=None) if one.state == ObjectState.NEW else one for one in outcomes]
    return replace(read, outcomes=tuple(told), notes=tuple(notes), too_many_removals="\n".join(warnings))


def stage(
    delivery: Delivery, previewed: ImportResult, organisation: str = "", same_as: Mapping[str, str] | None = None
) -> str | None:
    """Keep a file that the office has read for promotion; the id of its run, as it is where taking it over was broken
    off. None where the same file was promoted before and would change nothing. `organisation` owns the objects of
    senders that are new here, `same_as` see `ImportRun`."""
    same_file = (ImportRun.format == delivery.format) & (ImportRun.file_hash == delivery.digest)
    run = db.session.scalar(select(ImportRun).where(same_file, ImportRun.organisation_id.is_(None)))
    if run is not None and run.state == RunState.PROMOTED and not previewed.changes_something:
        return None
    if run is not None and run.state == RunState.APPLYING:
        return run.id
    if run is None:
        run = ImportRun(format=delivery.format, file_hash=delivery.digest, state=RunState.STAGED)
    run.file_name, run.organisation, run.same_as = delivery.name[:200], organisation, dict(same_as or {})
    with explained():
        db.session.add(run)
        keep_preview(run, previewed, preview_records(previewed))
    return run.id


def preview_records(previewed: ImportResult) -> list[ImportRecord]:
    """The records of a preview, not stored yet: with thousands of homes they take longer to make than to store."""
    raws, records = {record.key: record.as_json() for record in previewed.records}, list[ImportRecord]()
    for number, outcome in enumerate(previewed.outcomes, start=1):
        record = ImportRecord(number=number, raw=raws.get(outcome.key))
        set_outcome(record, outcome)
        records.append(record)
    return records


def keep_preview(run: ImportRun, previewed: ImportResult, records: Sequence[ImportRecord]) -> None:
    """The run with its records and what becomes of each, for a person to read. Raises as `StepTable.check` does."""
    IMPORT_STEPS.take(run, STAGE, by=Party.SYSTEM)
    run.is_full, run.sent_at, run.providers = previewed.full, previewed.sent, dict(previewed.providers)
    run.notes, run.too_many_removals = list(previewed.notes), previewed.too_many_removals
    run.promoted_at, run.taken = None, None
    db.session.flush()
    db.session.execute(delete(ImportRecord).where(ImportRecord.run_id == run.id))
    for record in records:
        record.run_id = run.id
    db.session.bulk_save_objects(records)


def set_outcome(record: ImportRecord, outcome: ObjectOutcome) -> None:
    """What becomes, or has become, of the object."""
    record.provider_key, record.external_id, record.offer_id = (
        outcome.provider_key,
        outcome.external_id,
        outcome.offer_id,
    )
    record.state, record.report = outcome.state, asdict(outcome)
    record.fault_count, record.double_count = len(outcome.faults), len(outcome.doubles)


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
    homes = tuple(understand(record, streets) for record in until_stopped(records))
    return StagedRecords(ImportResult(providers, full, sent, records), homes)


def too_many_removals(run_id: str, staged: StagedRecords) -> str:
    """In words, where the delivery would by now end more than a fifth of a sender's offers; else empty. Whatever may
    end offers is rehearsed, so nobody waits. **Raises** Conflict where the sender belongs to another organisation."""
    run, read = db.session.get_one(ImportRun, run_id), staged.result
    format_name, owner, warnings = run.format, Owner(run.organisation, run.organisation_id), list[str]()
    answers = answers_of(run)
    ending = [home for home in staged.homes if home.record.action == "delete" or home.record.skipped]
    with rehearsal():
        for key, name in read.providers.items():
            source, _note = find_sender(format_name, key, name, owner)
            if ending or read.full:
                stock = Stock(source, answers, moment_of(read), records_of(key, read))
                done = list(outcomes_of(read, ending, stock, key))
                warnings += filter(None, [_removals(name, done, stock, records_of(key, read))])
    return "\n".join(warnings)


def answers_of(run: ImportRun) -> dict[str, str]:
    """What a person said about doubles, and by record the question that nobody has answered."""
    asked = (ImportRecord.run_id == run.id) & (ImportRecord.double_count > 0)
    rows = db.session.execute(select(ImportRecord.provider_key, ImportRecord.external_id).where(asked))
    return {record_key(provider_key, external_id): UNANSWERED for provider_key, external_id in rows} | run.same_as


def outcomes_of(
    read: ImportResult, homes: Sequence[ReadHome], stock: Stock, provider_key: str
) -> Iterator[ObjectOutcome]:
    """One sender's objects become, change and end offers, each as its outcome is asked for. `homes` are those that are
    still to be taken over. **Raises** `Stopped` between two where a worker is told to stop."""
    for home in until_stopped(homes):
        if home.record.provider_key == provider_key:
            yield take_over(home, stock)
    if read.full:
        for known in stock.not_named(records_of(provider_key, read)):
            yield take_out(known, stock)


def records_of(provider_key: str, read: ImportResult) -> list[RawRecord]:
    """What the delivery says of this sender's objects."""
    return [record for record in read.records if record.provider_key == provider_key]


def moment_of(read: ImportResult) -> str:
    """When it was written, as ISO text; now where the file does not say, or its clock is fast."""
    now = clock.to_berlin(clock.now()).replace(tzinfo=None).isoformat(timespec="seconds")
    return min(read.sent or now, now)


def _removals(name: str, outcomes: Sequence[ObjectOutcome], stock: Stock, records: Collection[RawRecord]) -> str:
    removed, before = (
        sum(one.state in (ObjectState.WITHDRAWN, ObjectState.GONE) for one in outcomes),
        stock.listed_before,
    )
    if removed and not records:
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
