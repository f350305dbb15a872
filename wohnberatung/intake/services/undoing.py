"""What a delivery did to an offer can be taken back, where nobody has changed it since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.core import clock
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.models import Dwelling, Offer, OfferStatus
from wohnberatung.dwellings.services.facts import restore_facts
from wohnberatung.dwellings.services.offers import advance
from wohnberatung.dwellings.steps import UNDELIVER
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportedObject, ImportRecord, ImportRun
from wohnberatung.intake.services.stock import OfferState
from wohnberatung.intake.steps import IMPORT_STEPS, UNDONE

_FINAL = (OfferStatus.RESERVED, OfferStatus.LET)


@dataclass(frozen=True)
class DeliveredChange:
    """What a delivery did to one offer: what stood there before, None where it came with it, and after."""

    name: str
    offer_id: str
    before: OfferState | None
    after: OfferState


def changes_of(run_id: str) -> list[DeliveredChange]:
    """What the delivery changed, object by object; read before the lock is taken, as it may be much."""
    columns = (ImportRecord.report, ImportRecord.offer_id, ImportRecord.before, ImportRecord.after)
    changed = select(*columns).where(ImportRecord.run_id == run_id, ImportRecord.after.is_not(None))
    rows = db.session.execute(changed.order_by(ImportRecord.number)).all()
    db.session.rollback()
    return [
        DeliveredChange(report["name"], offer_id, before, after)
        for report, offer_id, before, after in rows
        if offer_id and after
    ]


def undo(run: ImportRun, changes: Sequence[DeliveredChange]) -> None:
    """Set everything back that nobody has changed since; the run's notes say what stays. Raises as `StepTable.check`
    does."""
    IMPORT_STEPS.take(run, UNDONE, by=Party.SYSTEM)
    source = _("Lieferung vom %(day)s zurückgenommen", day=f"{clock.to_berlin(run.created_at):%d.%m.%Y}")
    objects, stays = _objects_of([change.offer_id for change in changes]), []
    for change in changes:
        known = objects.get(change.offer_id)
        if known is not None and (note := _take_back(known, change.before, change.after, source)):
            stays.append(f"{change.name}: {note}")
    run.notes = stays


def _objects_of(offer_ids: Sequence[str]) -> dict[str, ImportedObject]:
    """By offer, locked."""
    query = select(ImportedObject).where(ImportedObject.offer_id.in_(offer_ids)).order_by(ImportedObject.source.desc())
    query = query.options(joinedload(ImportedObject.offer).joinedload(Offer.dwelling))
    locked = query.with_for_update(of=ImportedObject).execution_options(populate_existing=True)
    return {known.offer_id: known for known in db.session.scalars(locked)}


def _take_back(known: ImportedObject, before: OfferState | None, after: OfferState, source: str) -> str:
    """Set the object back from `after` to `before`, or withdraw it where the delivery had brought it.

    Returns a German sentence where something stays as it is, else "".
    """
    offer, stays = known.offer, ""
    known.listed = before["listed"] if before else False
    wanted = before["offer"]["status"] if before else OfferStatus.WITHDRAWN
    if offer.status in _FINAL:
        stays = _("Das Angebot ist inzwischen reserviert oder vermietet und bleibt es.")
    elif offer.status == after["offer"]["status"] and offer.status != wanted:
        advance(offer, UNDELIVER, by=Party.SYSTEM, target=OfferStatus(wanted))
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
    row: Offer | Dwelling, before: Mapping[str, Any], after: Mapping[str, Any], skip: tuple[str, ...] = ()
) -> None:
    for name, value in before.items():
        if name not in skip and getattr(row, name) == after[name] != value:
            setattr(row, name, value)
