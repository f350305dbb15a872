"""What a delivered home is beside what stands here: the differences in words, and dwellings that it may be.

Likely doubles stand side by side with a new object, for a person to decide.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy import select

from matching.catalogue import HOMES
from matching.duplicates.fields import DWELLING
from matching.duplicates.pairs import LikelyPair, likely_duplicates
from wohnberatung.bridge.imports import LEAST_CERTAIN, ImportedFacts
from wohnberatung.bridge.neighbourhoods import District
from wohnberatung.dwellings.models import Dwelling, Offer
from wohnberatung.extensions import db
from wohnberatung.intake.models import ObjectState
from wohnberatung.intake.result import Compared, Difference, Double, FaultyField, ObjectOutcome, RawRecord
from wohnberatung.intake.services.stock import Stock, record_key

LONGEST_WORDS = 80
LEAST_LIKELY = 0.6
MOST_DOUBLES = 3
_FACTS = {fact.key: fact for fact in HOMES.facts}


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
        texts |= {fact.label: fact.format(known[fact.key]) for fact in part.own_facts() if fact.key in known}
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


def fault_words(read: ImportedFacts) -> tuple[str, ...]:
    return tuple(
        _(
            "%(label)s bleibt unbekannt: %(message)s Bitte berichtigen.",
            label=HOMES.fact(fault.key).label,
            message=fault.message,
        )
        for fault in read.faults
    )


def faulty_fields(read: ImportedFacts) -> tuple[FaultyField, ...]:
    words = fault_words(read)
    return tuple(
        FaultyField(fault.key, fault.given[:200], said) for fault, said in zip(read.faults, words, strict=True)
    )


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
