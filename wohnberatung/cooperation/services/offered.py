"""Services that an entry of the directory declares: who may change them, and what they say."""

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import contains_eager

from wohnberatung.cooperation.kinds import (
    KINDS,
    LAW_LABELS,
    Capacity,
    Law,
    ServiceKind,
    ServiceValues,
    laws_of,
    service_label,
)
from wohnberatung.cooperation.models import OfferedService
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.directory.models import PUBLIC, DirectoryEntry
from wohnberatung.directory.services.entries import own_entry
from wohnberatung.extensions import db


def services_of(entry: DirectoryEntry) -> list[OfferedService]:
    """In the order in which kinds are declared."""
    rows = db.session.scalars(select(OfferedService).where(OfferedService.entry_id == entry.id))
    order = list(ServiceKind)
    return sorted(rows, key=lambda row: order.index(ServiceKind(row.kind)))


def public_services() -> list[OfferedService]:
    """All that entries everybody may read declare, by the name of the entry."""
    query = select(OfferedService).join(OfferedService.entry).where(DirectoryEntry.state.in_(PUBLIC))
    ordered = query.order_by(DirectoryEntry.name, DirectoryEntry.id, OfferedService.id)
    return list(db.session.scalars(ordered.options(contains_eager(OfferedService.entry))))


def stale_services(actor: Actor) -> list[OfferedService]:
    """Public ones whose capacity nobody has said for long. Forbidden for everybody but the office."""
    only_office(actor)
    return sorted((row for row in public_services() if row.is_stale), key=lambda row: row.as_of)


def own_service(service_id: str, actor: Actor) -> OfferedService:
    """For the owner of its entry and the office; NotFound for all others."""
    row = db.session.get(OfferedService, service_id)
    if row is None:
        raise NotFound(_("Diesen Dienst gibt es nicht."))
    own_entry(row.entry_id, actor)
    return row


def declare_service(entry_id: str, values: ServiceValues, actor: Actor) -> OfferedService:
    """A service more. Raises NotFound for strangers, DomainError at `kind` where the entry has it already, and at
    `laws` for one on which this kind does not stand."""
    entry = own_entry(entry_id, actor)
    if any(row.kind == values["kind"] for row in services_of(entry)):
        label = service_label(values["kind"])
        raise DomainError(_("%(kind)s steht schon im Eintrag. Bitte ändern Sie es dort.", kind=label), "kind")
    row = OfferedService(id=new_id(), entry=entry)
    _set(row, values)
    db.session.add(row)
    db.session.flush()
    return row


def change_service(service_id: str, values: ServiceValues, version: int | None, actor: Actor) -> OfferedService:
    """Raises NotFound for strangers, Conflict where somebody else was faster, DomainError as `declare_service`."""
    row = own_service(service_id, actor)
    check_version(row, version)
    if values["kind"] != row.kind and any(other.kind == values["kind"] for other in services_of(row.entry)):
        label = service_label(values["kind"])
        raise DomainError(_("%(kind)s steht schon im Eintrag. Bitte ändern Sie es dort.", kind=label), "kind")
    _set(row, values)
    db.session.flush()
    return row


def remove_service(service_id: str, actor: Actor) -> str:
    """Returns the id of the entry. NotFound for strangers."""
    row = own_service(service_id, actor)
    entry_id = row.entry_id
    db.session.execute(delete(OfferedService).where(OfferedService.id == service_id))
    return entry_id


def _set(row: OfferedService, values: ServiceValues) -> None:
    """Whoever saves says how much room there is today."""
    kind, laws = ServiceKind(values["kind"]), [Law(law) for law in values.get("laws", [])]
    _check_laws(kind, laws)
    row.kind, row.laws = kind, [law.value for law in laws]
    row.serves, row.spoken = list(values.get("serves", [])), list(values.get("spoken", []))
    row.capacity, row.as_of = Capacity(values.get("capacity", Capacity.UNKNOWN)), clock.today()


def _check_laws(kind: ServiceKind, laws: list[Law]) -> None:
    strange = [law for law in laws if law not in KINDS[kind].laws]
    if strange:
        message = _(
            "%(kind)s steht nicht auf %(law)s. Möglich ist: %(laws)s.",
            kind=service_label(kind),
            law=LAW_LABELS[strange[0]],
            laws=laws_of(kind),
        )
        raise DomainError(message, "laws")
