"""One object of a delivery becomes, changes or ends an offer.

The dwelling stays for good, with everything measured in it; what a delivery says never outweighs what is
better known, as facts go in by `record_facts` alone.
"""

import re
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from matching.catalogue import HOMES
from wohnberatung.bridge.districts import District, find_district
from wohnberatung.bridge.intake import IntakeFacts, facts_from
from wohnberatung.core import clock
from wohnberatung.dwellings import services as dwellings
from wohnberatung.dwellings.models import Dwelling, Offer, OfferStatus
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportedObject, ObjectState
from wohnberatung.intake.records import RawRecord
from wohnberatung.intake.services.outcomes import (
    Outcome,
    claim_words,
    differences,
    fault_words,
    faulty_fields,
    name_of,
    place_words,
    snapshot,
)
from wohnberatung.intake.services.stock import Stock

CLOSED = (OfferStatus.LET, OfferStatus.WITHDRAWN)
# A nightly feed need not write every night that a home can still be had.
FRESH = timedelta(days=7)
_AFTER_TOWN = re.compile(r"\s*[/(,;|]|\s+-\s")


def take_over(record: RawRecord, stock: Stock, day: date) -> Outcome:
    """Do with one object what the delivery of that day says. Flushes; the outcome holds plain values only."""
    known = stock.find(record)
    if record.action == "delete":
        return _take_back(record, known)
    if record.skipped:
        return _outcome(record, ObjectState.SKIPPED, notes=(record.skipped,))
    district = find_district(
        " / ".join(filter(None, (record.address.district, record.address.town))),
        record.address.postcode,
        record.address.lat,
        record.address.lon,
    )
    read = facts_from(record.values, record.named, (record.title, *record.texts), district)
    if known is None and record.offer_id:
        return _outcome(record, ObjectState.SKIPPED, notes=(_not_ours(record),))
    if known is None:
        return _list(record, stock, read, district, day)
    return _update(record, stock, known, read, district, day)


def take_out(known: ImportedObject) -> Outcome:
    """A full delivery does not name this object any more."""
    notes = _end(known)
    name = known.reference or known.external_id
    key = known.source.partition(":")[2]
    return Outcome(key, known.external_id, name, ObjectState.GONE, known.offer_id, notes=notes)


def _not_ours(record: RawRecord) -> str:
    return _(
        "Die Angebots-ID „%(id)s“ gehört zu keinem Ihrer Angebote. Bei einer Lieferung, die noch in der Vorschau ist:"
        " bitte erst übernehmen, dann die berichtigte Tabelle hochladen.",
        id=record.offer_id[:40],
    )


def _outcome(record: RawRecord, state: ObjectState, **more: Any) -> Outcome:
    notes = (*record.notes, *more.pop("notes", ()))
    more = {"position": record.position, "name": name_of(record)} | more
    return Outcome(record.provider_key, record.external_id, state=state, notes=notes, **more)


def _take_back(record: RawRecord, known: ImportedObject | None) -> Outcome:
    if known is None:
        return _outcome(record, ObjectState.UNKNOWN)
    if not known.listed:
        return _outcome(record, ObjectState.UNCHANGED, offer_id=known.offer_id)
    return _outcome(record, ObjectState.WITHDRAWN, offer_id=known.offer_id, notes=_end(known))


def _end(known: ImportedObject) -> tuple[str, ...]:
    """The offer ends, the dwelling stays. A reserved one is somebody's new home already: a person decides."""
    known.listed = False
    if known.offer.status == OfferStatus.RESERVED:
        db.session.flush()
        return (_("Das Angebot ist hier reserviert und bleibt es. Bitte mit dem Anbieter klären."),)
    dwellings.withdraw_offer(known.offer)
    return ()


def _list(record: RawRecord, stock: Stock, read: IntakeFacts, district: District | None, day: date) -> Outcome:
    organisation_id = stock.source.organisation_id
    dwelling = stock.chosen_dwelling(record) or dwellings.find_or_create_dwelling(
        organisation_id=organisation_id,
        address=_address(record),
        title=record.title,
        address_released=bool(record.address.released),
    )
    was_known = bool(dwelling.offers)
    offer = dwellings.save_offer(
        organisation_id=organisation_id,
        dwelling=dwelling,
        title=record.title,
        description="\n\n".join(record.texts),
        source=stock.source.source,
        external_id=record.external_id,
    )
    stock.was_known[record.key] = was_known
    notes = [_("Die Wohnung war schon bekannt; was über sie gemessen wurde, bleibt.")] if was_known else []
    notes += _record(offer, read, stock, day)[1]
    notes += _publish(offer)
    stock.add(record, offer)
    db.session.flush()
    return _outcome(record, ObjectState.NEW, offer_id=offer.id, notes=tuple(notes), **_words(record, read, district))


def _update(
    record: RawRecord,
    stock: Stock,
    known: ImportedObject,
    read: IntakeFacts,
    district: District | None,
    day: date,
) -> Outcome:
    offer = known.offer
    before = snapshot(offer)
    notes, relisted = _relist(known)
    stock.recognise(known, record)
    if offer.dwelling is not None and record.address.street:
        address = _address(record, offer.dwelling)
        dwellings.save_dwelling(offer.dwelling, address=address, address_released=record.address.released)
    dwellings.save_offer(offer, title=record.title or None, description="\n\n".join(record.texts) or None)
    dwellings.confirm_by_delivery(offer)
    stored, more = _record(offer, read, stock, day)
    if offer.status == OfferStatus.PUBLISHED:
        more += _publish(offer)
    changes = differences(before, snapshot(offer))
    changed = bool(changes or stored or relisted)
    return _outcome(
        record,
        ObjectState.CHANGED if changed else ObjectState.UNCHANGED,
        offer_id=offer.id,
        name=name_of(record, offer),
        differences=changes,
        notes=(*notes, *more),
        **_words(record, read, district),
    )


def _relist(known: ImportedObject) -> tuple[list[str], bool]:
    """An offer that ended because the sender took it back returns with him; one that somebody else ended stays."""
    if known.offer.status not in CLOSED:
        return [], not known.listed
    if known.listed:
        return [_("Das Angebot wurde hier beendet und bleibt es.")], False
    dwellings.save_offer(known.offer, status=OfferStatus.PUBLISHED)
    return [_("Wieder im Angebot.")], True


def _publish(offer: Offer) -> list[str]:
    """Public, as far as its words go; whoever sends it says that the home can be had."""
    if dwellings.objections_to(offer):
        dwellings.save_offer(offer, status=OfferStatus.REVIEW)
        return [_("Text oder Bedingungen sollte ein Mensch lesen; das Angebot wartet auf die Wohnberatung.")]
    dwellings.save_offer(offer, status=OfferStatus.PUBLISHED)
    if offer.asked_at is not None or offer.confirmed_at is None or clock.now() - offer.confirmed_at > FRESH:
        dwellings.confirm_available(offer)
    return []


def _record(offer: Offer, read: IntakeFacts, stock: Stock, day: date) -> tuple[bool, list[str]]:
    """Whether any fact was taken in, and a note for each that is better known already."""
    stored, notes = False, []
    for part in offer.parts:
        own = {fact.key for fact in part.own_facts()} & read.facts.keys()
        if not own:
            continue
        report = dwellings.record_facts(
            part,
            {key: read.facts[key] for key in read.facts if key in own},
            read.evidence,
            observed_on=day,
            source=_("Lieferung von %(name)s", name=stock.source.name),
            sentences=read.sentences,
        )
        stored = stored or bool(report.stored)
        notes += [_kept(part, key, read) for key in report.kept_stronger]
    return stored, notes


def _kept(part: Dwelling | Offer, key: str, read: IntakeFacts) -> str:
    fact = HOMES.fact(key)
    return _(
        "%(label)s bleibt bei %(known)s, was besser oder neuer belegt ist als %(given)s aus der Lieferung.",
        label=fact.label,
        known=fact.format(getattr(part, key)),
        given=fact.format(read.facts[key]),
    )


def _words(record: RawRecord, read: IntakeFacts, district: District | None) -> dict[str, Any]:
    """Of the place only where the record says where it is: a table of corrections does not."""
    return {
        "place": place_words(district) if record.address.names_a_place else "",
        "claims": claim_words(read, district.how if district else ""),
        "faults": fault_words(read),
        "faulty": faulty_fields(read),
    }


def _address(record: RawRecord, known: Dwelling | None = None) -> dwellings.Address:
    """The town without the neighbourhood some write behind it ("Dresden / Johannstadt"). What the record does
    not say stays as it is known."""
    given = record.address
    point = (given.lat, given.lon) if known is None or given.lat is not None else (known.lat, known.lon)
    return dwellings.Address(
        street=given.street,
        house_number=given.house_number,
        postcode=given.postcode or (known.postcode if known else ""),
        town=_AFTER_TOWN.split(given.town)[0][:80] or (known.town if known else ""),
        unit=given.unit or (known.unit if known else ""),
        lat=point[0],
        lon=point[1],
    )
