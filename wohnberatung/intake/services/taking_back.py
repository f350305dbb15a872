"""What a delivery takes back is true at once, also where the office looks at what it adds: a home that cannot be had
and a claim that was wrong are not shown until somebody has time.

What stood there before is stored with the delivery's records, so that taking it back sets this back as well.
"""

import time
from collections.abc import Iterator

from sqlalchemy import select

from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportedObject, ImportRecord, ImportRun, ImportSource, ObjectState
from wohnberatung.intake.services.comparison import ReadHome, take_back_claims, undamaged
from wohnberatung.intake.services.objects import take_out, take_over
from wohnberatung.intake.services.promotion import StagedRecords, answers_of, moment_of, records_of
from wohnberatung.intake.services.stock import Stock, record_key, state_of

# Of all others nothing can be taken back.
_TOLD = (ObjectState.CHANGED, ObjectState.WITHDRAWN)


class TakingBack:
    """A delivery under review, in the hands of one worker. After an error it is of no more use."""

    def __init__(self, run: ImportRun, staged: StagedRecords) -> None:
        """Loads what is known of the senders' objects."""
        self._read, self._run_id, answers = staged.result, run.id, answers_of(run)
        told = select(ImportRecord.provider_key, ImportRecord.external_id)
        told = told.where(ImportRecord.run_id == run.id, ImportRecord.state.in_(_TOLD))
        keys = {record_key(provider, external_id) for provider, external_id in db.session.execute(told)}
        self._homes = [home for home in staged.homes if record_key(*home.record.key) in keys]
        self._stocks = {
            key: Stock(source, answers, moment_of(self._read), records_of(key, self._read), run.id)
            for key in self._read.providers
            if (source := db.session.get(ImportSource, f"{run.format}:{key}")) is not None
        }
        self._steps = self._all()

    def part(self, seconds: float) -> bool:
        """Go on for so many seconds; whether there is more to do. Flushes."""
        until = time.monotonic() + seconds
        for key, external_id, known in self._steps:
            if known is not None:
                self._keep(key, external_id, known)
            if time.monotonic() >= until:
                return True
        return False

    def _all(self) -> Iterator[tuple[str, str, ImportedObject | None]]:
        """Provider and number of each object, with the object where something of it was taken back."""
        for key, stock in self._stocks.items():
            for home in self._homes:
                if home.record.provider_key == key:
                    yield *home.record.key, _taken_back(home, stock)
            if self._read.full:
                for known in stock.not_named(records_of(key, self._read)):
                    take_out(known, stock)
                    yield key, known.external_id, known

    def _keep(self, key: str, external_id: str, known: ImportedObject) -> None:
        db.session.flush()
        mine = (ImportRecord.run_id == self._run_id) & (ImportRecord.provider_key == key)
        record = db.session.scalar(select(ImportRecord).where(mine, ImportRecord.external_id == external_id))
        if record is not None:
            record.before = record.before or self._stocks[key].before.get(known.offer_id)
            record.after = state_of(known)
        db.session.flush()


def _taken_back(home: ReadHome, stock: Stock) -> ImportedObject | None:
    """The object, where the record ended its offer or took a claim back."""
    known = stock.find(home.record)
    if known is None or stock.is_older_than(known):
        return None
    if home.record.action == "delete" or home.record.skipped:
        return known if take_over(home, stock).changes_something else None
    return known if take_back_claims(known.offer, undamaged(home), stock) else None
