"""A delivery is taken over in parts, each a short transaction of its own, so that others write between two of them.

No object is ever stored by half. How far the run has come is stored with each part: whoever finds it unfinished goes on
from there. What a full delivery names no more, the end state and what may be taken back come with the last part, and no
other delivery of the organisation is begun before.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import delete, func, select
from sqlalchemy.orm import undefer

from wohnberatung.accounts.models import Organisation
from wohnberatung.core import clock
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportedObject, ImportRecord, ImportRun, ImportSource, ObjectState, RunState
from wohnberatung.intake.result import ImportResult, ObjectOutcome
from wohnberatung.intake.services.comparison import ReadHome
from wohnberatung.intake.services.enclosures import OF_DELIVERY
from wohnberatung.intake.services.promotion import (
    StagedRecords,
    TooManyRemovals,
    answers_of,
    moment_of,
    outcomes_of,
    records_of,
    set_outcome,
    staged_records,
    too_many_removals,
)
from wohnberatung.intake.services.senders import Owner, find_sender, keep_sender
from wohnberatung.intake.services.stock import Stock, state_of
from wohnberatung.intake.steps import APPLY, IMPORT_STEPS, PROMOTE
from wohnberatung.pictures import delivered

# Seconds that a part may take: so long others wait for SQLite's only write lock.
PART = 0.25
# Seconds between two parts: SQLite looks for the lock every tenth of a second, and who never finds it free starves.
PAUSE = 0.15

# What has begun to come into the offers and is not there yet as a whole.
UNDER_WAY = (ImportRun.state == RunState.APPLYING) & ImportRun.taken.is_not(None)


def promote(run_id: str, *, allow_removals: bool = False) -> ImportResult:
    """Make the staged delivery true, part by part, for the command line; one that was broken off goes on where it was.

    **Raises** as `check_removals` and `begin` do, NotFound, Conflict where somebody else takes it over, DomainError
    where a part is refused: what came before stays, and the same file may be given again.
    """
    staged = staged_records(run_id)
    run = db.session.get_one(ImportRun, run_id)
    if run.taken is None:
        check_removals(run_id, staged, allowed=allow_removals)
    with transaction():
        run = db.session.get_one(ImportRun, run_id, with_for_update=True, populate_existing=True)
        if run.taken is None:
            IMPORT_STEPS.take(run, APPLY, by=Party.SYSTEM)
        notes = begin(run)
    taking, outcomes = TakingOver(db.session.get_one(ImportRun, run_id), staged), list[ObjectOutcome]()
    while True:
        with transaction():
            run = db.session.get_one(ImportRun, run_id, with_for_update=True, populate_existing=True)
            outcomes += taking.part(run, PART)
            is_done = run.taken is None
        if is_done:
            return replace(staged.result, outcomes=tuple(outcomes), notes=tuple(notes))
        time.sleep(PAUSE)


def check_removals(run_id: str, staged: StagedRecords, *, allowed: bool) -> None:
    """**Raises** `TooManyRemovals` where more than a fifth of a sender's offers would end and nobody allowed it,
    Conflict where the sender belongs to another organisation by now. Nothing is changed yet, and nobody waits."""
    words = too_many_removals(run_id, staged)
    if words and not allowed:
        raise TooManyRemovals(words)


def has_to_wait(run: ImportRun) -> bool:
    """Whether another delivery of the organisation is under way, which comes first. Holds the organisation, so that of
    two deliveries one begins."""
    if run.organisation_id is None or run.taken is not None:
        return False
    db.session.get(Organisation, run.organisation_id, with_for_update={"key_share": True})
    comes_first = UNDER_WAY | (ImportRun.state == RunState.UNDOING)
    others = (ImportRun.organisation_id == run.organisation_id) & (ImportRun.id != run.id)
    return db.session.scalar(select(ImportRun.id).where(others, comes_first).limit(1)) is not None


def begin(run: ImportRun) -> list[str]:
    """The senders are kept and the run is under way. A note for each organisation that is new. **Raises** Conflict
    where a sender belongs to another organisation by now, or where the run does not wait to be taken over."""
    IMPORT_STEPS.check(run, PROMOTE, by=Party.SYSTEM)
    notes, owner = list[str](), Owner(run.organisation, run.organisation_id)
    for key, name in run.providers.items():
        source, note = find_sender(run.format, key, name, owner)
        keep_sender(source, owner)
        notes += filter(None, [note])
    if run.taken is None:
        run.taken = 0
        # What is named no more is looked for anew in the end; what an attempt ended before stands in the report.
        gone = ImportRecord.raw.is_(None) & ImportRecord.after.is_(None)
        db.session.execute(delete(ImportRecord).where(ImportRecord.run_id == run.id, gone))
    db.session.flush()
    return notes


class TakingOver:
    """A run that was begun and is locked or under way, in the hands of one worker."""

    def __init__(self, run: ImportRun, staged: StagedRecords) -> None:
        """Loads what is known of the senders' objects. After an error it is of no more use: who goes on makes one
        anew."""
        read, self._run_id, self._taken = staged.result, run.id, run.taken or 0
        taken = self._taken
        answers, moment, met = answers_of(run), moment_of(read), _offers_met(run, staged.homes[:taken])
        self._pictures = {picture.picture_id for picture in read.pictures if picture.picture_id}
        self._stocks = {
            key: Stock(_sender(run, key), answers, moment, records_of(key, read), run.id, met) for key in read.providers
        }
        self._outcomes = self._all(read, staged.homes[taken:])

    def _all(self, read: ImportResult, homes: Sequence[ReadHome]) -> Iterator[ObjectOutcome]:
        for key, stock in self._stocks.items():
            yield from outcomes_of(read, homes, stock, key)

    def part(self, run: ImportRun, seconds: float) -> list[ObjectOutcome]:
        """Take over as many objects as may be had in so many seconds, one at least; with the last of them the run is
        promoted. **Raises** Conflict where the run is under way no more, or in other hands as well."""
        IMPORT_STEPS.check(run, PROMOTE, by=Party.SYSTEM)
        if run.taken != self._taken:
            raise IMPORT_STEPS.refused(run)
        until, done = time.monotonic() + seconds, list[ObjectOutcome]()
        for outcome in self._outcomes:
            done.append(outcome)
            if time.monotonic() >= until:
                break
        else:
            self._finish(run)
        if run.taken is not None:
            run.taken = self._taken = self._taken + sum(outcome.state != ObjectState.GONE for outcome in done)
        self._keep(done)
        return done

    def _finish(self, run: ImportRun) -> None:
        IMPORT_STEPS.take(run, PROMOTE, by=Party.SYSTEM)
        run.promoted_at, run.taken = clock.now(), None
        run.document, run.columns, run.enclosed = None, None, ""
        if self._pictures:
            delivered.remove(OF_DELIVERY.kind, self._pictures)  # those that found no place

    def _keep(self, outcomes: Sequence[ObjectOutcome]) -> None:
        """What became of the objects, and what stood in their offers before and stands there now."""
        db.session.flush()
        mine = ImportRecord.run_id == self._run_id
        named = select(ImportRecord).where(mine, ImportRecord.external_id.in_({one.external_id for one in outcomes}))
        named = named.options(undefer(ImportRecord.before), undefer(ImportRecord.after))
        records = {(one.provider_key, one.external_id): one for one in db.session.scalars(named)}
        last = db.session.scalar(select(func.max(ImportRecord.number)).where(mine)) or 0
        changed = {one.offer_id or "": self._stocks[one.provider_key] for one in outcomes if one.changes_something}
        objects = select(ImportedObject).where(ImportedObject.offer_id.in_(changed)).order_by(ImportedObject.listed)
        after = {known.offer_id: state_of(known) for known in db.session.scalars(objects)}
        for outcome in outcomes:
            record = records.get(outcome.key)
            if record is None:
                last += 1
                record = ImportRecord(run_id=self._run_id, number=last)
                db.session.add(record)
            if record.after is not None and not outcome.changes_something:
                continue  # an attempt that failed further on did it
            is_first = record.after is None
            set_outcome(record, outcome)
            if (offer_id := outcome.offer_id or "") in changed:
                record.after = after.get(offer_id)
                if is_first:
                    record.before = changed[offer_id].before.get(offer_id)
        db.session.flush()


def _sender(run: ImportRun, provider_key: str) -> ImportSource:
    return db.session.get_one(ImportSource, f"{run.format}:{provider_key}")


def _offers_met(run: ImportRun, homes: Sequence[ReadHome]) -> set[str]:
    """The offers that these homes became, which were taken over before."""
    if not homes:
        return set()
    kept, keys = (ObjectState.NEW, ObjectState.CHANGED, ObjectState.UNCHANGED), {home.record.key for home in homes}
    mine = (ImportRecord.run_id == run.id) & ImportRecord.state.in_(kept)
    rows = db.session.execute(
        select(ImportRecord.provider_key, ImportRecord.external_id, ImportRecord.offer_id).where(mine)
    )
    return {
        offer_id for provider_key, external_id, offer_id in rows if offer_id and (provider_key, external_id) in keys
    }
