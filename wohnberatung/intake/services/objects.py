"""One object of a delivery becomes, changes or ends an offer.

The dwelling stays for good, with everything measured in it; what a delivery says never outweighs what is
better known, as facts go in by `record_facts` alone.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from wohnberatung.core import clock
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.models import Dwelling, Offer, OfferStatus
from wohnberatung.dwellings.services.dwellings import Address, find_or_create_dwelling, save_dwelling
from wohnberatung.dwellings.services.offers import (
    CLOSED,
    advance,
    confirm_available,
    confirm_by_delivery,
    save_offer,
    withdraw_offer,
)
from wohnberatung.dwellings.services.wording import Objection, objections_to, unread_objections
from wohnberatung.dwellings.steps import DELIVER
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportedObject, ObjectState
from wohnberatung.intake.result import ObjectOutcome, RawRecord
from wohnberatung.intake.services.comparison import (
    ReadHome,
    claim_words,
    damage_note,
    differences,
    faulty_fields,
    name_of,
    place_words,
    record_home,
    snapshot,
    undamaged,
    unknown_at_a_glance,
    values_at_a_glance,
)
from wohnberatung.intake.services.hanging import hang_pictures
from wohnberatung.intake.services.stock import Stock

# A nightly feed need not write every night that a home can still be had.
FRESH = timedelta(days=7)
_LONGEST_QUOTE = 200
_AFTER_TOWN = re.compile(r"\s*[/(,;|]|\s+-\s")


def take_over(home: ReadHome, stock: Stock) -> ObjectOutcome:
    """Do with one object what the delivery says. Flushes; the outcome holds plain values only."""
    record, known = home.record, stock.find(home.record)
    if known is not None and stock.is_older_than(known):
        return _outcome(record, ObjectState.UNCHANGED, offer_id=known.offer_id, notes=(_newer(known),))
    if record.action == "delete":
        return _take_back(record, known, stock)
    if record.skipped:
        return _leave_out(record, known, stock)
    if known is not None:
        return _update(home, stock, known)
    if record.offer_id:
        return _outcome(record, ObjectState.SKIPPED, notes=(_not_ours(record),))
    if not (record.title or record.address.names_a_place):
        return _outcome(record, ObjectState.SKIPPED, notes=(_nowhere(),))
    if stock.is_asked_about(record):
        return _outcome(record, ObjectState.SKIPPED, notes=(_unanswered(),))
    return _list(home, stock)


def take_out(known: ImportedObject, stock: Stock) -> ObjectOutcome:
    """A full delivery does not name this object any more."""
    stock.note(known)
    notes = _end(known, stock)
    name = known.reference or known.external_id
    key = known.source.partition(":")[2]
    return ObjectOutcome(key, known.external_id, name, ObjectState.GONE, known.offer_id, notes=notes)


def _not_ours(record: RawRecord) -> str:
    return _(
        "Die Angebots-ID „%(id)s“ gehört zu keinem Ihrer Angebote. Bei einer Lieferung, die noch in der Vorschau ist:"
        " bitte erst übernehmen, dann die berichtigte Tabelle hochladen.",
        id=record.offer_id[:40],
    )


def _nowhere() -> str:
    return _("Ohne Adresse und ohne Titel ist das keine Wohnung, die man zeigen kann. Bitte nennen Sie eines davon.")


def _unanswered() -> str:
    return _(
        "Vielleicht haben Sie diese Wohnung schon. Weil das niemand beantwortet hat, ist sie nicht übernommen. Bitte"
        " schicken Sie die Datei noch einmal und antworten Sie."
    )


def _newer(known: ImportedObject) -> str:
    day = date.fromisoformat(known.said_at[:10])
    return _("Eine neuere Lieferung (%(day)s) gilt; diese ältere ändert hier nichts.", day=f"{day:%d.%m.%Y}")


def _outcome(record: RawRecord, state: ObjectState, **more: Any) -> ObjectOutcome:
    notes = (*record.notes, *more.pop("notes", ()))
    more = {"position": record.position, "name": name_of(record)} | more
    return ObjectOutcome(record.provider_key, record.external_id, state=state, notes=notes, **more)


def _leave_out(record: RawRecord, known: ImportedObject | None, stock: Stock) -> ObjectOutcome:
    """What is no home that anybody can have; if it was one before, its offer ends."""
    if known is None or not known.listed:
        return _outcome(record, ObjectState.SKIPPED, notes=(record.skipped,))
    return _outcome(record, ObjectState.WITHDRAWN, offer_id=known.offer_id, notes=(record.skipped, *_end(known, stock)))


def _take_back(record: RawRecord, known: ImportedObject | None, stock: Stock) -> ObjectOutcome:
    if known is None:
        return _outcome(record, ObjectState.UNKNOWN)
    if not known.listed:
        return _outcome(record, ObjectState.UNCHANGED, offer_id=known.offer_id)
    return _outcome(record, ObjectState.WITHDRAWN, offer_id=known.offer_id, notes=_end(known, stock))


def _end(known: ImportedObject, stock: Stock) -> tuple[str, ...]:
    """The offer ends, the dwelling stays. A reserved one is somebody's new home already: a person decides."""
    known.listed, known.said_at = False, stock.moment
    if known.offer.status == OfferStatus.RESERVED:
        db.session.flush()
        return (_("Das Angebot ist hier reserviert und bleibt es. Bitte mit dem Anbieter klären."),)
    withdraw_offer(known.offer)
    return ()


def _list(home: ReadHome, stock: Stock) -> ObjectOutcome:
    record, organisation_id = home.record, stock.source.organisation_id
    dwelling, was_known = _dwelling_for(record, stock)
    offer = save_offer(
        organisation_id=organisation_id,
        dwelling=dwelling,
        title=record.title,
        description="\n\n".join(record.texts),
        source=stock.source.source,
        external_id=record.external_id,
    )
    notes = [_("Die Wohnung war schon bekannt; was über sie gemessen wurde, bleibt.")] if was_known else []
    notes += filter(None, [damage_note(record, known=False)])
    notes += record_home(offer, home, stock)[1]
    notes += _publish(offer)
    known = stock.add(record, offer)
    db.session.flush()
    notes += hang_pictures(known, record, stock.run_id) if record.pictures else []
    glance = {"values": values_at_a_glance(home), "unknown": unknown_at_a_glance(home)}
    return _outcome(record, ObjectState.NEW, offer_id=offer.id, notes=tuple(notes), **glance, **_words(home, offer))


def _dwelling_for(record: RawRecord, stock: Stock) -> tuple[Dwelling, bool]:
    """The dwelling of a new object, and whether it was offered before: the one a person said it is, else the one at its
    address, else a new one."""
    address = _address(record)
    dwelling = stock.chosen_dwelling(record) or stock.new_dwelling_at(address.key)
    dwelling = dwelling or find_or_create_dwelling(
        organisation_id=stock.source.organisation_id,
        address=address,
        title=record.title,
        address_released=bool(record.address.released),
    )
    was_known = bool(dwelling.offers)
    if not was_known:
        stock.add_dwelling(record, dwelling)
    return dwelling, was_known


def _update(home: ReadHome, stock: Stock, known: ImportedObject) -> ObjectOutcome:
    home, offer = undamaged(home), known.offer
    record, before = home.record, snapshot(offer)
    read = objections_to(offer) if offer.status == OfferStatus.PUBLISHED else []
    notes, relisted = _relist(known)
    former, known = known, stock.recognise(known, record)
    if renamed := former is not known:
        notes.append(_("Bisher unter einer anderen Kennung bekannt; es bleibt ein Angebot."))
    if offer.dwelling is not None and record.address.street:
        address = _address(record, offer.dwelling)
        save_dwelling(offer.dwelling, address=address, address_released=record.address.released)
    description = "\n\n".join(record.texts)
    keeps_text = not description and not record.takes_back("description")
    save_offer(offer, title=record.title or None, description=None if keeps_text else description)
    confirm_by_delivery(offer)
    stored, more = record_home(offer, home, stock)
    if offer.status == OfferStatus.PUBLISHED:
        more += _publish(offer, read)
    about_pictures = [] if record.pictures is None else hang_pictures(known, record, stock.run_id)
    changes = differences(before, snapshot(offer))
    changed = bool(changes or stored or relisted or renamed or about_pictures)
    return _outcome(
        record,
        ObjectState.CHANGED if changed else ObjectState.UNCHANGED,
        offer_id=offer.id,
        name=name_of(record, offer),
        differences=changes,
        notes=(*notes, *more, *about_pictures),
        **_words(home, offer),
    )


def _relist(known: ImportedObject) -> tuple[list[str], bool]:
    """An offer that ended because the sender took it back returns with him; one that somebody else ended stays."""
    if known.offer.status not in CLOSED:
        return [], not known.listed
    if known.listed:
        return [_("Das Angebot wurde hier beendet und bleibt es.")], False
    advance(known.offer, DELIVER, by=Party.SYSTEM)
    return [_("Wieder im Angebot.")], True


def _publish(offer: Offer, read: Sequence[Objection] = ()) -> list[str]:
    """Public, as far as its words go, but for those `read` already; whoever sends it says that the home can be had."""
    if unread := unread_objections(read, objections_to(offer)):
        advance(offer, DELIVER, by=Party.SYSTEM, target=OfferStatus.REVIEW)
        words = "“, „".join(objection.words for objection in unread)[:_LONGEST_QUOTE]
        return [_("„%(words)s“ sollte ein Mensch lesen; das Angebot wartet auf die Wohnberatung.", words=words)]
    advance(offer, DELIVER, by=Party.SYSTEM)
    if offer.asked_at is not None or offer.confirmed_at is None or clock.now() - offer.confirmed_at > FRESH:
        confirm_available(offer)
    return []


def _words(home: ReadHome, offer: Offer) -> dict[str, Any]:
    """Of the place only where the record says where it is: a table of corrections does not."""
    facts, district, faulty = home.facts, home.district, faulty_fields(home, offer)
    return {
        "place": place_words(district) if home.record.address.names_a_place else "",
        "claims": claim_words(facts, district.how if district else ""),
        "faults": tuple(field.words for field in faulty),
        "faulty": faulty,
        "pictures": tuple(picture for picture in home.record.pictures or () if picture.picture_id),
    }


def _address(record: RawRecord, known: Dwelling | None = None) -> Address:
    """The town without the neighbourhood some write behind it ("Dresden / Johannstadt"). What the record does
    not say stays as it is known."""
    given = record.address
    point = (given.lat, given.lon) if known is None or given.lat is not None else (known.lat, known.lon)
    return Address(
        street=given.street,
        house_number=given.house_number,
        postcode=given.postcode or (known.postcode if known else ""),
        town=_AFTER_TOWN.split(given.town)[0][:80] or (known.town if known else ""),
        unit=given.unit or (known.unit if known else ""),
        lat=point[0],
        lon=point[1],
    )
