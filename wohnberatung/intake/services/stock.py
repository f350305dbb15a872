"""What a sender's earlier deliveries made: his objects and the offers they became."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.dwellings.models import Dwelling, Offer, OfferStatus
from wohnberatung.dwellings.services.facts import known_now
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportedObject, ImportSource, OfferState
from wohnberatung.intake.result import RawRecord

# What a delivery may change, and taking it back restores.
_OFFER = ("status", "title", "description")
_DWELLING = ("street", "house_number", "unit", "postcode", "town", "address_key", "address_released", "lat", "lon")
OPEN = (OfferStatus.DRAFT, OfferStatus.REVIEW, OfferStatus.PUBLISHED, OfferStatus.RESERVED)


class Stock:
    """One sender's objects, loaded once per delivery; changed as the delivery is taken over.

    `same_as` is what a person said about doubles (see `ImportRun`); `moment`, ISO text, when the delivery was written;
    `before` holds, by offer, what stood there when the delivery came; `new_dwellings` are those that came with it, by
    the record's key. `run_id` is empty in a preview.
    """

    def __init__(self, source: ImportSource, same_as: Mapping[str, str], moment: str, run_id: str = "") -> None:
        self.source, self.same_as, self.moment, self.run_id = source, same_as, moment, run_id
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
            said_at=self.moment,
            pictures={},
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
                source=self.source.source,
                external_id=offer_id,
                reference="",
                offer=offer,
                listed=True,
                said_at="",
                pictures={},
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
        known.listed, known.said_at = True, self.moment
        if record.offer_id:
            return  # a table of ours names it; its sender goes on calling it as he does
        known.reference = record.reference
        if record.external_id not in (known.external_id, record.reference):
            del self._by_id[known.external_id]
            known.external_id = record.external_id
            self._by_id[known.external_id] = known

    def is_older_than(self, known: ImportedObject) -> bool:
        """Whether a newer delivery has spoken of the object. A day alone is as new as any moment of it."""
        length = min(len(self.moment), len(known.said_at))
        return self.moment[:length] < known.said_at[:length]

    def own_words(self, record: RawRecord) -> frozenset[str]:
        """Sources of facts that this record can take back: what the sender delivered; by a table of ours also what the
        organisation said in any other way."""
        senders = [self.source.name]
        if not record.offer_id:
            return frozenset(map(delivery_of, senders))
        theirs = ImportSource.organisation_id == self.source.organisation_id
        senders += db.session.scalars(select(ImportSource.name).where(theirs))
        return frozenset({*map(delivery_of, senders), _("Eingabe des Anbieters")})

    def not_named(self, records: Collection[RawRecord]) -> list[ImportedObject]:
        """Listed objects that none of these records means."""
        named = {id(known) for record in records if (known := self.find(record))}
        return [
            known
            for known in self._by_id.values()
            if known.listed and id(known) not in named and not self.is_older_than(known)
        ]

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
        "said_at": known.said_at,
        "offer": {name: getattr(offer, name) for name in _OFFER},
        "facts": {part.fact_owner: known_now(part) for part in offer.parts},
        "pictures": dict(known.pictures),
    }
    if offer.dwelling is not None:
        state["dwelling"] = {name: getattr(offer.dwelling, name) for name in _DWELLING}
    return state


def delivery_of(sender: str) -> str:
    """How facts name a sender as their source."""
    return _("Lieferung von %(name)s", name=sender)


def record_key(provider_key: str, external_id: str) -> str:
    """How `ImportRun.same_as` calls an object."""
    return f"{provider_key}|{external_id}"
