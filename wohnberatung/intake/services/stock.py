"""What a sender's earlier deliveries made: his objects and the offers they became.

A home stays one offer whatever it is called: programs change their ids, landlords their programs. What it was called
before stays, so that the farewell of an old program ends nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matching.criteria.location import DISTRICT
from wohnberatung.bridge.imports import CLAIMED
from wohnberatung.bridge.neighbourhoods import Streets
from wohnberatung.dwellings.models import Dwelling, Offer, OfferStatus
from wohnberatung.dwellings.services.dwellings import Address
from wohnberatung.dwellings.services.facts import known_now
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportedObject, ImportSource, OfferState
from wohnberatung.intake.result import RawRecord

# What a delivery may change, and taking it back restores.
_OFFER = ("status", "title", "description")
_DWELLING = ("street", "house_number", "unit", "postcode", "town", "address_key", "address_released", "lat", "lon")
SHOWN = (OfferStatus.REVIEW, OfferStatus.PUBLISHED, OfferStatus.RESERVED)
OPEN = (OfferStatus.DRAFT, OfferStatus.REVIEW, OfferStatus.PUBLISHED, OfferStatus.RESERVED)
# In the place of an answer in `same_as`.
UNANSWERED = "?"
# What stands where a wrong encoding lost a letter.
DAMAGE = "\N{REPLACEMENT CHARACTER}"
# Areas that differ by no more are one area, measured twice.
ABOUT = 0.05
_TELLING = frozenset({"geo/etage", "flaechen/wohnflaeche"})
ROOM = "objektkategorie/objektart/zimmer"


class Stock:
    """One sender's objects, loaded once per delivery; changed as the delivery is taken over. It outlives transactions:
    rows that are met again are read anew.

    `same_as` is what a person said about doubles (see `ImportRun`); `moment`, ISO text, when the delivery was written;
    `records` what it says of this sender's objects; `run_id` is empty in a preview; `met` are the offers of
    records that were taken over before. `before` holds, by offer, what stood there when it came; `new_dwellings` are
    those that came with it, by the record's key.
    """

    def __init__(
        self,
        source: ImportSource,
        same_as: Mapping[str, str],
        moment: str,
        records: Iterable[RawRecord],
        run_id: str = "",
        met: Collection[str] = (),
    ) -> None:
        self.source, self.same_as, self.moment, self.run_id = source, same_as, moment, run_id
        self._named = {name for one in records if one.action == "change" for name in (one.external_id, one.offer_id)}
        self._met = set(met)
        self._others: dict[str, list[ImportedObject]] | None = None
        self.before: dict[str, OfferState] = {}
        self.new_dwellings: dict[tuple[str, str], Dwelling] = {}
        query = select(ImportedObject).options(joinedload(ImportedObject.offer).joinedload(Offer.dwelling))
        self._by_id: dict[str, ImportedObject] = {}
        self._by_reference: defaultdict[str, list[ImportedObject]] = defaultdict(list)
        self._by_offer_id: dict[str, ImportedObject] = {}
        self._names: defaultdict[str, set[str]] = defaultdict(set)
        self._new_by_address: dict[str, Dwelling] = {}
        mine = query.where(ImportedObject.source == source.source).order_by(ImportedObject.listed.desc())
        for known in db.session.scalars(mine):
            self._index(known)
        self.listed_before = sum(known.listed for known in self._by_id.values())

    @cached_property
    def senders(self) -> frozenset[str]:
        """The names of all who have sent something for the organisation, this one among them."""
        theirs = ImportSource.organisation_id == self.source.organisation_id
        return frozenset({self.source.name, *db.session.scalars(select(ImportSource.name).where(theirs))})

    def find(self, record: RawRecord) -> ImportedObject | None:
        """By our own name of the offer, by the sender's id, by what a person said; else the only home of its number
        or at its place, unless the delivery names that as well."""
        known = self._find(record)
        if known is not None:
            self.note(known)
        return known

    def _find(self, record: RawRecord) -> ImportedObject | None:
        if record.offer_id:
            return self._called(record.offer_id)
        known = self._by_id.get(record.external_id) or self._said_to_be(record)
        if known is None and record_key(*record.key) not in self.same_as:
            known = self._of_number(record, self._by_reference.get(record.reference, []))
            if known is None and record.action == "change":
                known = self._of_number(record, self._of_other_senders(record)) or self._at_its_place(record)
        return known

    def _of_number(self, record: RawRecord, objects: Iterable[ImportedObject]) -> ImportedObject | None:
        """The only home with the landlord's number, in the same house as far as both say where."""
        called_so = (one for one in objects if one.reference == record.reference != "" and self._is_free(one.offer))
        here = [one for one in called_so if one.offer.dwelling is None or _may_be(record, one.offer.dwelling)]
        return here[0] if len({one.offer.id for one in here}) == 1 else None

    def _of_other_senders(self, record: RawRecord) -> list[ImportedObject]:
        """What other senders of the organisation list under its number: one who gets a new program may get a new key as
        well."""
        if self._others is None:
            query = select(ImportedObject).join(ImportSource, ImportSource.source == ImportedObject.source)
            query = query.options(joinedload(ImportedObject.offer).joinedload(Offer.dwelling))
            theirs = ImportSource.organisation_id == self.source.organisation_id
            others = theirs & ImportedObject.listed & (ImportedObject.source != self.source.source)
            self._others = {}
            for known in db.session.scalars(query.where(others).order_by(ImportedObject.source)):
                self._others.setdefault(known.reference, []).append(known)
        return self._others.get(record.reference, [])

    def _at_its_place(self, record: RawRecord) -> ImportedObject | None:
        """The only offer of the very flat, known by its unit; several rooms of one flat are several offers."""
        key = _place_of(record).key
        if not key or any(path.startswith(ROOM) for path in record.values):
            return None
        theirs = (Dwelling.organisation_id == self.source.organisation_id) & (Dwelling.address_key == key)
        there = select(Offer).join(Offer.dwelling).where(theirs, Dwelling.merged_into_id.is_(None))
        offers = [one for one in db.session.scalars(there.where(Offer.status.in_(SHOWN))) if self._is_free(one)]
        if len(offers) != 1:
            return None
        return self._object_of(offers[0].id) or self._made(record.external_id, "", offers[0], "", {})

    def _is_free(self, offer: Offer) -> bool:
        """Whether no other record of the delivery means it."""
        return offer.id not in self._met and not self._named & {offer.id, *self._names.get(offer.id, ())}

    def is_asked_about(self, record: RawRecord) -> bool:
        """Whether it may be a dwelling that is known, and nobody has said so yet."""
        return self.same_as.get(record_key(*record.key)) == UNANSWERED

    def chosen_dwelling(self, record: RawRecord) -> Dwelling | None:
        """The dwelling that a person said this new object is; never another organisation's."""
        answer = self.same_as.get(record_key(*record.key))
        dwelling = db.session.get(Dwelling, answer) if answer else None
        return dwelling if dwelling and dwelling.organisation_id == self.source.organisation_id else None

    def add(self, record: RawRecord, offer: Offer, pictures: Mapping[str, str] | None = None) -> ImportedObject:
        """The sender's name for an offer."""
        known = self._made(record.external_id, record.reference, offer, self.moment, dict(pictures or {}))
        self._index(known)
        self._met.add(offer.id)
        return known

    def _made(
        self, external_id: str, reference: str, offer: Offer, moment: str, pictures: dict[str, str]
    ) -> ImportedObject:
        known = ImportedObject(source=self.source.source, external_id=external_id, reference=reference, offer=offer)
        known.listed, known.said_at, known.pictures = True, moment, pictures
        db.session.add(known)
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
        known = self._object_of(offer_id)
        offer = known.offer if known else db.session.get(Offer, offer_id)
        if offer is None or offer.organisation_id != self.source.organisation_id:
            return None
        known = self._by_offer_id[offer_id] = known or self._made(offer_id, "", offer, "", {})
        return known

    def _object_of(self, offer_id: str) -> ImportedObject | None:
        """The object that became this offer, listed or not; None for one that somebody entered."""
        objects = select(ImportedObject).where(ImportedObject.offer_id == offer_id)
        objects = objects.options(joinedload(ImportedObject.offer).joinedload(Offer.dwelling))
        return db.session.scalars(objects.order_by(ImportedObject.listed.desc(), ImportedObject.source)).first()

    def _said_to_be(self, record: RawRecord) -> ImportedObject | None:
        """The open offer of the dwelling that a person said this is; None where it has none yet."""
        dwelling = self.chosen_dwelling(record)
        if dwelling is None:
            return None
        offer = next((one for one in dwelling.offers if one.status in OPEN and one.id not in self._names), None)
        return None if offer is None else self.add(record, offer)

    def recognise(self, known: ImportedObject, record: RawRecord) -> ImportedObject:
        """The sender offers it; from now on it has the id he gives it, if he gives one at last. Another id is another
        name, an object of its own that is returned; the old one is kept, no longer listed."""
        known.listed, known.said_at = True, self.moment
        self._met.add(known.offer.id)
        if record.offer_id:
            return known  # a table of ours names it; its sender goes on calling it as he does
        keeps_name = record.external_id in (known.external_id, record.reference)
        if known.source != self.source.source or not (keeps_name or known.external_id == known.reference):
            known.listed = False
            return self.add(record, known.offer, known.pictures)
        known.reference = record.reference
        if not keeps_name:
            self._by_id.pop(known.external_id, None)
            known.external_id = record.external_id
        if known.external_id not in self._by_id:
            self._index(known)
        return known

    def is_older_than(self, known: ImportedObject) -> bool:
        """Whether a newer delivery has spoken of the object. A day alone is as new as any moment of it."""
        length = min(len(self.moment), len(known.said_at))
        return self.moment[:length] < known.said_at[:length]

    def not_named(self, records: Collection[RawRecord]) -> list[ImportedObject]:
        """Listed objects that none of these records means."""
        named = {id(known) for record in records if (known := self._find(record))}
        mine = select(ImportedObject).where(ImportedObject.source == self.source.source)
        db.session.scalars(mine).all()  # all at once, rather than each when it is looked at
        return [
            known
            for known in self._by_id.values()
            if known.listed and id(known) not in named and not self.is_older_than(known)
        ]

    def _index(self, known: ImportedObject) -> None:
        self._by_id[known.external_id] = known
        self._by_reference[known.reference].append(known)
        self._names[known.offer.id].add(known.external_id)

    def note(self, known: ImportedObject) -> None:
        """What stands there now is what stood there when the delivery came, unless that is noted already."""
        if known.offer.id not in self.before:
            self.before[known.offer.id] = state_of(known)


def _place_of(record: RawRecord) -> Address:
    given = record.address
    parts = (given.street, given.house_number, given.postcode)
    street, number, postcode, unit = ("" if DAMAGE in part else part for part in (*parts, given.unit))
    return Address(street, number, postcode, unit=unit)


def _may_be(record: RawRecord, home: Dwelling) -> bool:
    """Whether nothing that both say of place, storey and area speaks against it."""
    known = home.known_facts()
    telling = ((fact.key, one.path) for fact in home.own_facts() for one in fact.imports if one.path in _TELLING)
    numbers = [(record.values.get(path), known.get(key)) for key, path in telling]
    both = [(one, two) for one, two in numbers if isinstance(one, float) and isinstance(two, float)]
    return _place_of(record).may_be(home) and all(abs(one - two) <= ABOUT * abs(two) for one, two in both)


def certain_streets() -> Streets:
    """Of all dwellings whose neighbourhood somebody has stated or measured, not worked out of an address."""
    place = Dwelling.postcode, Dwelling.street, Dwelling.house_number, getattr(Dwelling, DISTRICT.key)
    query = select(*place, Dwelling.evidence).where(place[3].is_not(None), Dwelling.merged_into_id.is_(None))
    rows = db.session.execute(query).all()
    return Streets(tuple(row[:4]) for row in rows if row[4].get(DISTRICT.key, {}).get("level") != CLAIMED)


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


def record_key(provider_key: str, external_id: str) -> str:
    """How `ImportRun.same_as` calls an object."""
    return f"{provider_key}|{external_id}"
