"""What a record says of a home beside what stands here: understood, taken in as facts, the differences in words, and
dwellings that it may be.

Who claims something can take it back: what the sender says no more becomes unknown, unless somebody else said it or
measured it. Likely doubles stand side by side with a new object, for a person to decide.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from matching.catalogue import HOMES
from matching.criteria import access, bathroom, money, rooms, size
from matching.duplicates.fields import DWELLING
from matching.duplicates.pairs import LikelyPair, likely_duplicates
from wohnberatung.bridge.imports import (
    DISTRICT,
    LEAST_CERTAIN,
    STATED,
    Fault,
    ImportedFacts,
    facts_called,
    facts_from,
    known_columns,
)
from wohnberatung.bridge.neighbourhoods import NO_STREETS, District, Streets, find_district, is_elsewhere
from wohnberatung.dwellings.models import Dwelling, Offer
from wohnberatung.dwellings.services.facts import FactsReport, record_facts
from wohnberatung.dwellings.services.sheets import stored_as
from wohnberatung.extensions import db
from wohnberatung.intake.models import ObjectState
from wohnberatung.intake.result import Compared, Difference, Double, FaultyField, ObjectOutcome, RawRecord
from wohnberatung.intake.services.contradictions import PROMISES, with_contradictions
from wohnberatung.intake.services.stock import DAMAGE, Stock, record_key

LONGEST_WORDS = 80
LEAST_LIKELY = 0.6
MOST_DOUBLES = 3
_FACTS = {fact.key: fact for fact in HOMES.facts}
_LOOKED_FOR = (money.RENT_WARM, money.RENT_GROSS_COLD, size.ROOMS, size.LIVING_AREA, money.AVAILABLE_FROM)
_AT_A_GLANCE = (
    *_LOOKED_FOR[:2],
    money.RENT_NET_COLD,
    money.RUNNING_COSTS,
    money.HEATING_COSTS,
    *_LOOKED_FOR[2:],
    money.TENURE,
    money.SINGLE_ROOM,
    money.WBS_TYPE,
    access.FLOOR,
    access.HAS_LIFT,
    access.STEPS_TO_FLAT,
    access.STEP_FREE,
    rooms.INNER_DOOR_CLEAR_WIDTH,
    bathroom.SHOWER_LEVEL,
)


@dataclass(frozen=True)
class ReadHome:
    """One record with what the catalogue understands of it."""

    record: RawRecord
    facts: ImportedFacts
    district: District | None


def understand(record: RawRecord, streets: Streets = NO_STREETS) -> ReadHome:
    """What the record says in terms of the catalogue. The long part of taking it over; needs no database. `streets`:
    those of the stock whose neighbourhood is certain."""
    given = record.address
    names = " / ".join(filter(None, (given.district, given.town)))
    by_street = streets.find(given.postcode, given.street, given.house_number)
    district = find_district(names, given.postcode, given.lat, given.lon, by_street)
    # In a file of ours every fact has a place of its own: what its prose may say was not said there.
    texts = () if record.offer_id else (record.title, *record.texts)
    facts = facts_from(record.values, record.named, texts, district)
    doubts = (Fault(known_columns()[name].key, why, given) for name, (given, why) in record.doubted.items())
    facts = replace(facts, faults=(*facts.faults, *doubts))
    if not record.skipped and is_elsewhere(given.postcode, names, given.lat, given.lon):
        where = f"{given.postcode} {given.town}".strip() or names
        record = replace(record, skipped=_("liegt nicht in unserer Stadt (%(where)s)", where=where[:80]))
    if facts.contradicted or given.unit or facts.facts.keys() & PROMISES:
        record, facts = with_contradictions(record, facts)
    if facts.facts.get(money.SINGLE_ROOM.key) and not record.offer_id:
        record = replace(record, address=replace(given, unit=_unit_of_room(record)))
    return ReadHome(record, facts, district)


def _unit_of_room(record: RawRecord) -> str:
    """What tells a room from the other ones of its home: beside the flat the landlord's number of the room."""
    room = _("Zimmer %(number)s", number=record.reference or record.external_id)
    unit = record.address.unit
    return (unit if room in unit else f"{unit}, {room}" if unit else room)[:60]


def undamaged(home: ReadHome) -> ReadHome:
    """Without what a wrong encoding has damaged: it says nothing about a home that is known, nor does its silence."""
    record = home.record
    if DAMAGE not in repr(record):
        return home
    given = record.address
    words: dict[str, Any] = {name: "" for name, value in asdict(given).items() if DAMAGE in str(value)}
    place = replace(given, **words | ({"street": ""} if "house_number" in words else {}))
    title, texts = (
        ("" if DAMAGE in record.title else record.title),
        (() if DAMAGE in str(record.texts) else record.texts),
    )
    spared = replace(
        record.noted(damage_note(record, known=True)),
        title=title,
        texts=texts,
        address=place,
        is_whole=False,
        emptied=(),
    )
    read = home.facts
    said = {key: f"{value} {read.sentences.get(key)}" for key, value in read.facts.items()}
    keys = [key for key, text in said.items() if DAMAGE not in text and not (words and _is_place(key))]
    facts = {key: read.facts[key] for key in keys}
    sentences = {key: read.sentences[key] for key in keys if key in read.sentences}
    return replace(home, record=spared, facts=replace(read, facts=facts, sentences=sentences))


def damage_note(record: RawRecord, *, known: bool) -> str:
    """A sentence that names what a wrong encoding has damaged; empty where nothing is."""
    if DAMAGE not in repr(record):
        return ""
    parts = {
        _("Titel"): record.title,
        _("Beschreibung"): str(record.texts),
        _("Adresse"): str(record.address),
        _("weitere Angaben"): f"{record.values} {record.named}",
    }
    said = {"parts": ", ".join(label for label, text in parts.items() if DAMAGE in text) or _("Nummer")}
    if known:
        return _(
            "Text mit Zeichenfehlern („�“) ersetzt nichts: %(parts)s. Bitte geben Sie die Datei in der Kodierung UTF-8"
            " aus.",
            **said,
        )
    return _(
        "Hier stehen Zeichenfehler („�“): %(parts)s. Bitte geben Sie die Datei in der Kodierung UTF-8 aus.", **said
    )


def _is_place(key: str) -> bool:
    return DISTRICT in (one.path for one in HOMES.fact(key).imports)


def record_home(offer: Offer, home: ReadHome, stock: Stock) -> tuple[bool, list[str]]:
    """Whether any fact was taken in or taken back, and a note for each that is better known already."""
    read, own_words, stored, notes = home.facts, _own_words(home.record, stock), False, []
    for part in offer.parts:
        said = {fact.key: read.facts[fact.key] for fact in part.own_facts() if fact.key in read.facts}
        if home.record.offer_id:
            said = {key: value for key, value in said.items() if _is_news(part, key, value, read)}
        silent = dict.fromkeys(_taken_back(part, home, own_words))
        if not (said or silent):
            continue
        report = _recorded(part, said, silent, home, stock, own_words)
        stored = stored or bool(report.stored)
        notes += [_kept(part, key, read) for key in report.kept_stronger if key in said]
    return stored, notes


def _is_news(part: Dwelling | Offer, key: str, value: Any, read: ImportedFacts) -> bool:
    """Whether a file of ours says this anew: repeating what it was given makes no claim a statement, and a place that
    we could have guessed before is nobody's word."""
    known = getattr(part, key)
    return bool(value != known) and not (known is None and _is_place(key) and read.evidence[key] != STATED)


def take_back_claims(offer: Offer, home: ReadHome, stock: Stock) -> bool:
    """Take in of the record only what it denies or says no more; whether that changed anything."""
    read, own_words, stored = home.facts, _own_words(home.record, stock), False
    for part in offer.parts:
        denied = {
            fact.key: False
            for fact in part.own_facts()
            if read.facts.get(fact.key) is False and getattr(part, fact.key) is True
        }
        silent = dict.fromkeys(_taken_back(part, home, own_words))
        if denied or silent:
            stored = bool(_recorded(part, denied, silent, home, stock, own_words).stored) or stored
    return stored


def _recorded(
    part: Dwelling | Offer,
    said: Mapping[str, Any],
    silent: Mapping[str, None],
    home: ReadHome,
    stock: Stock,
    replaces: frozenset[str],
) -> FactsReport:
    """What the delivery says of this part is taken in, and what it is silent about becomes unknown."""
    return record_facts(
        part,
        {**said, **silent},
        home.facts.evidence | dict.fromkeys(silent, STATED),
        observed_on=date.fromisoformat(stock.moment[:10]),
        source=_delivery_of(stock.source.name),
        sentences=home.facts.sentences,
        replaces=replaces,
    )


def _own_words(record: RawRecord, stock: Stock) -> frozenset[str]:
    """Sources of facts that this record can take back: what the sender delivered; by a table of ours also what the
    organisation said in any other way."""
    if not record.offer_id:
        return frozenset({_delivery_of(stock.source.name)})
    return frozenset({*map(_delivery_of, stock.senders), _("Eingabe des Anbieters")})


def _delivery_of(sender: str) -> str:
    """How facts name a sender as their source."""
    return _("Lieferung von %(name)s", name=sender)


def _taken_back(part: Dwelling | Offer, home: ReadHome, own_words: Collection[str]) -> Iterator[str]:
    """Facts that the sender said once and says no more. One that cannot be read is still said, and a record that
    names no place says nothing of where the home is."""
    record, read = home.record, home.facts
    unread = {fault.key for fault in read.faults}
    emptied = facts_called(record.emptied)
    for fact in part.own_facts():
        said_by = (part.evidence or {}).get(fact.key)
        if said_by is None or said_by["source"] not in own_words or fact.key in read.facts.keys() | unread:
            continue
        if fact.key in emptied or (record.is_whole and (record.address.names_a_place or not _is_place(fact.key))):
            yield fact.key


def _kept(part: Dwelling | Offer, key: str, read: ImportedFacts) -> str:
    fact = HOMES.fact(key)
    return _(
        "%(label)s bleibt bei %(known)s, was besser oder neuer belegt ist als %(given)s aus der Lieferung.",
        label=fact.label,
        known=fact.format(getattr(part, key)),
        given=fact.format(read.facts[key]),
    )


def name_of(record: RawRecord, offer: Offer | None = None) -> str:
    """What the landlord would call it: number and street, as the record says them, else as we know them."""
    street = f"{record.address.street} {record.address.house_number}".strip()
    if not street and offer is not None and (home := offer.dwelling):
        street = f"{home.street} {home.house_number}".strip()
    return ", ".join(part for part in (record.reference or record.external_id, street) if part)


def place_words(district: District | None) -> str:
    if district is None:
        return _("Stadtteil: unbekannt; weder Name noch Koordinaten noch Postleitzahl führen zu einem.")
    values = {"name": district.name, "percent": round(district.certainty * 100), "how": district.how}
    if district.certainty < LEAST_CERTAIN:
        return _("Stadtteil: unbekannt, denn %(name)s ist nur zu %(percent)s %% sicher (%(how)s).", **values)
    return _("Stadtteil: %(name)s, zu %(percent)s %% sicher (%(how)s).", **values)


def snapshot(offer: Offer) -> dict[str, str]:
    """Everything a delivery may change, by label, as a person reads it."""
    texts = {_("Titel"): offer.title, _("Beschreibung"): offer.description}
    if home := offer.dwelling:
        texts[_("Adresse")] = home.address
        texts[_("Wohnungsnummer")] = home.unit
        texts[_("Adresse öffentlich")] = _("ja") if home.address_released else _("nein")
        texts[_("Koordinaten")] = "" if home.lat is None else f"{home.lat:.5f}, {home.lon:.5f}"
    for part in offer.parts:
        known = part.known_facts()
        texts |= {fact.label: stored_as(fact, known[fact.key]) for fact in part.own_facts() if fact.key in known}
    return texts


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Difference, ...]:
    return tuple(
        Difference(label, _short(before.get(label, "")), _short(after.get(label, "")))
        for label in {**after, **before}
        if before.get(label, "") != after.get(label, "")
    )


def claim_words(read: ImportedFacts, place: str) -> tuple[str, ...]:
    """What was read out of prose, with the sentence it came from; the place has words of its own."""
    return tuple(
        _(
            "%(label)s: %(value)s, laut Anzeige: „%(sentence)s“",
            label=HOMES.fact(key).label,
            value=HOMES.fact(key).format(read.facts[key]),
            sentence=sentence,
        )
        for key, sentence in read.sentences.items()
        if sentence != place
    )


def values_at_a_glance(home: ReadHome) -> tuple[tuple[str, str], ...]:
    """(label, value) of a new home: where it is, what it costs, how big it is, from when, and how one gets in."""
    address = home.record.address
    street = f"{address.street} {address.house_number}".strip()
    where = ", ".join(filter(None, (street, address.unit, f"{address.postcode} {address.town}".strip())))
    known = home.facts.facts
    values = ((fact.label, stored_as(fact, known[fact.key])) for fact in _AT_A_GLANCE if fact.key in known)
    return (*([(_("Adresse"), where)] if where else []), *values)


def unknown_at_a_glance(home: ReadHome) -> tuple[str, ...]:
    """Labels of what everybody looks for and this home does not say; nobody looks for the rent of what is for sale."""
    known = home.facts.facts
    is_for_sale = known.get(money.TENURE.key) == money.PURCHASE
    asked = _LOOKED_FOR[2:] if is_for_sale else _LOOKED_FOR
    return tuple(fact.label for fact in asked if fact.key not in known)


def faulty_fields(home: ReadHome, offer: Offer) -> tuple[FaultyField, ...]:
    """What could not be read, and what is known of the home all the same."""
    known = {key: value for part in offer.parts for key, value in part.known_facts().items()}
    return tuple(
        FaultyField(fault.key, fault.given[:200], _fault_words(fault, home.facts.facts, known))
        for fault in home.facts.faults
    )


def _fault_words(fault: Fault, read: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    fact = HOMES.fact(fault.key)
    said = {"label": fact.label, "message": fault.message}
    if fault.key in read:
        value = fact.format(read[fault.key])
        return _(
            "%(label)s ist hier %(value)s, denn sonst steht da: %(message)s Bitte berichtigen.", value=value, **said
        )
    if fault.key in known:
        value = fact.format(known[fault.key])
        return _("%(label)s bleibt bei %(value)s: %(message)s Bitte berichtigen.", value=value, **said)
    return _("%(label)s bleibt unbekannt: %(message)s Bitte berichtigen.", **said)


def with_doubles(outcomes: Iterable[ObjectOutcome], stock: Stock) -> list[ObjectOutcome]:
    """The outcomes, each new one with the dwellings it may be, unless a person has decided already."""
    outcomes = list(outcomes)
    new = {stock.new_dwellings[key].id: key for outcome in outcomes if (key := _asked(outcome, stock))}
    if not new:
        return outcomes
    theirs = Dwelling.organisation_id == stock.source.organisation_id
    homes = {dwelling.id: dwelling for dwelling in db.session.scalars(select(Dwelling).where(theirs))}
    if not homes:
        return outcomes
    homes |= {dwelling.id: dwelling for dwelling in stock.new_dwellings.values()}
    rows = [{field.name: getattr(dwelling, field.name) for field in DWELLING} for dwelling in homes.values()]
    found: dict[tuple[str, str], list[Double]] = {}
    for pair in likely_duplicates(list(homes), rows, DWELLING, LEAST_LIKELY):
        fresh = [home for home in (pair.a, pair.b) if home in new]
        if len(fresh) == 1:
            other = pair.b if fresh[0] == pair.a else pair.a
            found.setdefault(new[fresh[0]], []).append(_double(pair, homes[fresh[0]], homes[other]))
    return [replace(outcome, doubles=tuple(found.get(outcome.key, ())[:MOST_DOUBLES])) for outcome in outcomes]


def _asked(outcome: ObjectOutcome, stock: Stock) -> tuple[str, str] | None:
    """The key of a new object whose dwelling was not known, and nobody has said what it is."""
    is_new = outcome.state == ObjectState.NEW and outcome.key in stock.new_dwellings
    return outcome.key if is_new and record_key(*outcome.key) not in stock.same_as else None


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_WORDS else f"{line[: LONGEST_WORDS - 1]}…"


def _double(pair: LikelyPair, theirs: Dwelling, ours: Dwelling) -> Double:
    fields = tuple(
        Compared(field.label, _words(field.name, ours), _words(field.name, theirs), pair.fields[field.name])
        for field in DWELLING
        if pair.fields[field.name] != "blank"
    )
    return Double(ours.id, ours.display_address, round(pair.probability, 4), fields)


def _words(name: str, dwelling: Dwelling) -> str:
    value: object = getattr(dwelling, name)
    return _FACTS[name].format(value) if name in _FACTS else str(value or "")
