"""A delivery is taken back in parts, each a short transaction of its own, so that others write between two of them.

What is set back is what nobody has changed since, so doing it once more changes nothing: whoever finds it half done
begins anew. No other delivery of the organisation is begun before the end.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.core import clock
from wohnberatung.core.steps import Party
from wohnberatung.core.stopping import until_stopped
from wohnberatung.dwellings.models import Dwelling, Offer, OfferStatus
from wohnberatung.dwellings.services.facts import restore_facts
from wohnberatung.dwellings.services.offers import advance
from wohnberatung.dwellings.steps import UNDELIVER
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportedObject, ImportRecord, ImportRun, OfferState
from wohnberatung.intake.services.enclosures import OF_DELIVERY
from wohnberatung.intake.services.hanging import take_pictures_back
from wohnberatung.intake.steps import IMPORT_STEPS, UNDONE
from wohnberatung.pictures.services import delete_pictures_of

# So many objects are loaded and locked together.
AT_ONCE = 20
_FINAL = (OfferStatus.RESERVED, OfferStatus.LET)


@dataclass(frozen=True)
class DeliveredChange:
    """What a delivery did to one offer: what stood there before, None where it came with it, and after."""

    name: str
    offer_id: str
    before: OfferState | None
    after: OfferState


class Undoing:
    """A delivery that goes out of the offers again, in the hands of one worker. After an error it is of no more use."""

    def __init__(self, run_id: str) -> None:
        """Reads what the delivery changed, object by object, before a lock is taken, as it may be much."""
        self._left, self._stays = changes_of(run_id), list[str]()

    def part(self, run: ImportRun, seconds: float) -> bool:
        """Set back as many objects as may be had in so many seconds, some at least; whether there is more to do. After
        the last one the run's notes say what stays.

        Raises as `StepTable.check` does, `Stopped` between two objects where a worker is told to stop.
        """
        IMPORT_STEPS.check(run, UNDONE, by=Party.SYSTEM)
        source = _("Lieferung vom %(day)s zurückgenommen", day=f"{clock.to_berlin(run.created_at):%d.%m.%Y}")
        until = time.monotonic() + seconds
        while self._left:
            few, self._left = self._left[:AT_ONCE], self._left[AT_ONCE:]
            self._set_back(few, run.id, source)
            if self._left and time.monotonic() >= until:
                return True
        self._finish(run)
        return False

    def _set_back(self, changes: Sequence[DeliveredChange], run_id: str, source: str) -> None:
        objects = _objects_of([change.offer_id for change in changes])
        for change in until_stopped(changes):
            known = objects.get(change.offer_id)
            if known is None:
                continue
            if note := _take_back(known, change.before, change.after, source):
                self._stays.append(f"{change.name}: {note}")
            take_pictures_back(known, change.before, change.after, run_id)
        db.session.flush()

    def _finish(self, run: ImportRun) -> None:
        IMPORT_STEPS.take(run, UNDONE, by=Party.SYSTEM)
        if run.document is not None:  # of a part that was all there was
            run.document, run.columns, run.enclosed = None, None, ""
            delete_pictures_of(OF_DELIVERY.kind, run.id)
        run.notes = self._stays


def changes_of(run_id: str) -> list[DeliveredChange]:
    """What the delivery changed, in the order of its records."""
    columns = (ImportRecord.report, ImportRecord.offer_id, ImportRecord.before, ImportRecord.after)
    changed = select(*columns).where(ImportRecord.run_id == run_id, ImportRecord.after.is_not(None))
    rows = db.session.execute(changed.order_by(ImportRecord.number)).all()
    db.session.rollback()
    return [
        DeliveredChange(str(report["name"]), offer_id, before, after)
        for report, offer_id, before, after in rows
        if offer_id and after
    ]


def _objects_of(offer_ids: Sequence[str]) -> dict[str, ImportedObject]:
    """By offer, locked."""
    query = (
        select(ImportedObject)
        .where(ImportedObject.offer_id.in_(offer_ids))
        .order_by(ImportedObject.listed, ImportedObject.source.desc())
    )
    query = query.options(joinedload(ImportedObject.offer).joinedload(Offer.dwelling))
    locked = query.with_for_update(of=ImportedObject).execution_options(populate_existing=True)
    return {known.offer_id: known for known in db.session.scalars(locked)}


def _take_back(known: ImportedObject, before: OfferState | None, after: OfferState, source: str) -> str:
    """Set the object back from `after` to `before`, or withdraw it where the delivery had brought it.

    Returns a German sentence where something stays as it is, else "".
    """
    offer, stays = known.offer, ""
    known.listed, known.said_at = (before["listed"], before.get("said_at", "")) if before else (False, "")
    wanted = before["offer"]["status"] if before else OfferStatus.WITHDRAWN
    if offer.status in _FINAL:
        stays = _("Das Angebot ist inzwischen reserviert oder vermietet und bleibt es.")
    elif offer.status == after["offer"]["status"] and offer.status != wanted:
        advance(offer, UNDELIVER, by=Party.SYSTEM, target=OfferStatus(str(wanted)))
    if before is None:
        return stays
    _set_back(offer, before["offer"], after["offer"], skip=("status",))
    if offer.dwelling is not None and "dwelling" in before:
        _set_back(offer.dwelling, before["dwelling"], after["dwelling"])
    for part in offer.parts:
        owner = part.fact_owner
        restore_facts(part, before["facts"].get(owner, {}), after["facts"].get(owner, {}), source)
    db.session.flush()
    return stays


def _set_back(
    row: Offer | Dwelling, before: Mapping[str, object], after: Mapping[str, object], skip: tuple[str, ...] = ()
) -> None:
    for name, value in before.items():
        if name not in skip and getattr(row, name) == after[name] != value:
            setattr(row, name, value)
