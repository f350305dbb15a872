"""What a sender's earlier deliveries made: his objects and the offers they became."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from wohnberatung.accounts.models import Organisation
from wohnberatung.accounts.services.organisations import create_organisation
from wohnberatung.core.errors import Conflict
from wohnberatung.dwellings.models import Dwelling, Offer, OfferStatus
from wohnberatung.dwellings.services.facts import known_now
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportedObject, ImportSource, OfferState
from wohnberatung.intake.result import RawRecord

# A person at the office corrects the kind of an organisation that a file brought.
UNTIL_CORRECTED = "company"
# What a delivery may change, and taking it back restores.
_OFFER = ("status", "title", "description")
_DWELLING = ("street", "house_number", "unit", "postcode", "town", "address_key", "address_released", "lat", "lon")
OPEN = (OfferStatus.DRAFT, OfferStatus.REVIEW, OfferStatus.PUBLISHED, OfferStatus.RESERVED)


class Stock:
    """One sender's objects, loaded once per delivery; changed as the delivery is taken over.

    `same_as` is what a person said about doubles (see `ImportRun`); `before` holds, by offer, what stood there
    when the delivery came; `new_dwellings` are those that came with it, by the record's key.
    """

    def __init__(self, source: ImportSource, same_as: Mapping[str, str]) -> None:
        self.source, self.same_as = source, same_as
        self.before: dict[str, OfferState] = {}
        self.new_dwellings: dict[tuple[str, str], Dwelling] = {}
        query = select(ImportedObject).options(joinedload(ImportedObject.offer).joinedload(Offer.dwelling))
        self._by_id: dict[str, ImportedObject] = {}
        self._by_reference: defaultdict[str, list[ImportedObject]] = defaultdict(list)
        self._by_offer_id: dict[str, ImportedObject] = {}
        self._new_by_address: dict[str, Dwelling] = {}
        for known in db.session.scalars(query.where(ImportedObject.source == source.source)):
            self._remember(known)
        self.listed_before = sum(known.listed for known in self._by_id.values())

    def find(self, record: RawRecord) -> ImportedObject | None:
        """By our own name of the offer, by the sender's id, else by the landlord's number where one of the two lacked
        the id and only one object has this number; last, by what a person said."""
        if record.offer_id:
            return self._called(record.offer_id)
        if known := self._by_id.get(record.external_id):
            return known
        same_number = self._by_reference.get(record.reference, []) if record.reference else []
        lacked_id = [known for known in same_number if known.reference in (known.external_id, record.external_id)]
        return lacked_id[0] if len(lacked_id) == 1 else self._said_to_be(record)

    def chosen_dwelling(self, record: RawRecord) -> Dwelling | None:
        """The dwelling that a person said this new object is; never another organisation's."""
        dwelling = db.session.get(Dwelling, self.same_as.get(record_key(*record.key)) or "")
        return dwelling if dwelling and dwelling.organisation_id == self.source.organisation_id else None

    def add(self, record: RawRecord, offer: Offer) -> ImportedObject:
        known = ImportedObject(
            source=self.source.source,
            external_id=record.external_id,
            reference=record.reference,
            offer=offer,
            listed=True,
        )
        db.session.add(known)
        self._index(known)
        return known

    def add_dwelling(self, record: RawRecord, dwelling: Dwelling) -> None:
        """One that came with this delivery."""
        self.new_dwellings[record.key] = dwelling
        if dwelling.address_key:
            self._new_by_address[dwelling.address_key] = dwelling

    def new_dwelling_at(self, address_key: str) -> Dwelling | None:
        """One that came with this delivery already."""
        return self._new_by_address.get(address_key)

    def _called(self, offer_id: str) -> ImportedObject | None:
        """An offer of this organisation, whoever sent it; one that somebody entered is an object from now on."""
        if known := self._by_offer_id.get(offer_id):
            return known
        offer = db.session.get(Offer, offer_id)
        if offer is None or offer.organisation_id != self.source.organisation_id:
            return None
        objects = select(ImportedObject).where(ImportedObject.offer_id == offer_id).order_by(ImportedObject.source)
        known = db.session.scalars(objects).first()
        if known is None:
            known = ImportedObject(
                source=self.source.source, external_id=offer_id, reference="", offer=offer, listed=True
            )
            db.session.add(known)
        self._by_offer_id[offer_id] = known
        self._note(known)
        return known

    def _said_to_be(self, record: RawRecord) -> ImportedObject | None:
        """The open offer of the dwelling that a person said this is; None where it has none yet."""
        dwelling = self.chosen_dwelling(record)
        if dwelling is None:
            return None
        taken = {known.offer.id for known in self._by_id.values()}
        offer = next((one for one in dwelling.offers if one.status in OPEN and one.id not in taken), None)
        if offer is None:
            return None
        known = self.add(record, offer)
        self._note(known)
        return known

    def recognise(self, known: ImportedObject, record: RawRecord) -> None:
        """The sender offers it; from now on it has the id he gives it, if he gives one at last."""
        known.listed = True
        if record.offer_id:
            return  # a table of ours names it; its sender goes on calling it as he does
        known.reference = record.reference
        if record.external_id not in (known.external_id, record.reference):
            del self._by_id[known.external_id]
            known.external_id = record.external_id
            self._by_id[known.external_id] = known

    def not_named(self, records: Collection[RawRecord]) -> list[ImportedObject]:
        """Listed objects that none of these records means."""
        named = {id(known) for record in records if (known := self.find(record))}
        return [known for known in self._by_id.values() if known.listed and id(known) not in named]

    def _remember(self, known: ImportedObject) -> None:
        self._index(known)
        self._note(known)

    def _index(self, known: ImportedObject) -> None:
        self._by_id[known.external_id] = known
        self._by_reference[known.reference].append(known)

    def _note(self, known: ImportedObject) -> None:
        self.before.setdefault(known.offer.id, state_of(known))


def state_of(known: ImportedObject) -> OfferState:
    """Everything a delivery may change about an object, as plain values."""
    offer = known.offer
    state: OfferState = {
        "listed": known.listed,
        "offer": {name: getattr(offer, name) for name in _OFFER},
        "facts": {part.fact_owner: known_now(part) for part in offer.parts},
    }
    if offer.dwelling is not None:
        state["dwelling"] = {name: getattr(offer.dwelling, name) for name in _DWELLING}
    return state


def record_key(provider_key: str, external_id: str) -> str:
    """How `ImportRun.same_as` calls an object."""
    return f"{provider_key}|{external_id}"


@dataclass(frozen=True)
class Owner:
    """Whose objects a delivery brings: by name, as a person at the office says it, or by id, as the organisation
    itself sends them; neither where only the file says it."""

    name: str = ""
    organisation_id: str | None = None


def find_sender(format_name: str, provider_key: str, name: str, owner: Owner) -> tuple[ImportSource, str]:
    """The sender of these objects as a preview takes him, and a note where an organisation would be made for him.

    Known senders keep their organisation. A new one belongs to the owner that is named, else to the organisation
    that is called like him; nothing of it is stored. **Raises** Conflict where the owner is another than the known one.
    """
    key = f"{format_name}:{provider_key}"
    if known := db.session.get(ImportSource, key):
        _check_owner(known, provider_key, owner)
        return known, ""
    organisation_id, note = _organisation_id(owner, name), ""
    if organisation_id is None:
        note = _("Die Organisation „%(name)s“ ist neu angelegt. Bitte ihre Art prüfen.", name=owner.name or name)
    return ImportSource(source=key, organisation_id=organisation_id or "", name=name), note


def keep_sender(source: ImportSource, owner: Owner) -> ImportSource:
    """The stored sender, locked, so that two deliveries of one sender come one after the other; made where he is new,
    with an organisation where there is none for him. **Raises** Conflict as `find_sender` does."""
    if known := db.session.get(ImportSource, source.source, with_for_update=True, populate_existing=True):
        _check_owner(known, source.source.partition(":")[2], owner)
        return known
    if not source.organisation_id:
        source.organisation_id = create_organisation(name=owner.name or source.name, kind=UNTIL_CORRECTED).id
    try:
        with db.session.begin_nested():
            db.session.add(source)
    except IntegrityError:
        # Another delivery of the same new sender was faster; there was no row yet to wait for.
        return keep_sender(source, owner)
    return source


def _check_owner(known: ImportSource, provider_key: str, owner: Owner) -> None:
    if owner.organisation_id and owner.organisation_id != known.organisation_id:
        # Whose they are is nobody else's business.
        raise Conflict(
            _(
                "Die Anbieterkennung %(key)s gehört hier zu einer anderen Organisation. Bitte prüfen Sie die Datei"
                " oder fragen Sie die Wohnberatung.",
                key=provider_key,
            )
        )
    stored = db.session.get_one(Organisation, known.organisation_id)
    if owner.name and stored.name != owner.name:
        raise Conflict(
            _(
                "Die Objekte des Anbieters %(key)s gehören schon zur Organisation „%(known)s“, nicht zu"
                " „%(given)s“. Bitte ohne --organisation einlesen.",
                key=provider_key,
                known=stored.name,
                given=owner.name,
            )
        )


def _organisation_id(owner: Owner, name: str) -> str | None:
    """Whose the objects of a new sender are; None where there is no such organisation yet."""
    if owner.organisation_id:
        return owner.organisation_id
    return db.session.scalar(select(Organisation.id).where(Organisation.name == (owner.name or name)))
