"""Reads OpenImmo 1.2.0 to 1.2.7 as it is really sent, without the schema and tolerant of its dialects.

Every program interprets the interface a little differently, so nothing here insists: namespaces, encodings,
wrappers, attributes written as elements, invented values and missing versions are taken in good faith. What
is insisted on is the identity of an object, as a guessed one would overwrite or withdraw somebody else's.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

from flask_babel import gettext as _
from lxml import etree

from wohnberatung.bridge.imports import Raw, bare, column_of, columns_for, known_paths, named_day
from wohnberatung.bridge.wording import spoken
from wohnberatung.core.clock import to_berlin
from wohnberatung.intake.archives import Unreadable
from wohnberatung.intake.attachments import pictures_of
from wohnberatung.intake.documents import parse_document
from wohnberatung.intake.on_offer import LET, NOT_ON_OFFER, RESERVED, let, reserved
from wohnberatung.intake.recognise import Delivery
from wohnberatung.intake.rents import NET_COLD_RENT, amounts_in_words, cold_rent_alone, deposit_of, derived_rents
from wohnberatung.intake.result import ImportResult, Provider, RawRecord
from wohnberatung.intake.sections import (
    Values,
    address_of,
    attributes,
    available_from,
    named_values,
    reason_to_skip,
    storey_note,
    storey_of,
    text_of,
    texts_of,
    title_of,
    unread_names,
    unread_texts,
    values_below,
)

AVAILABLE_FROM = "derived/available_from"
STOREY = "geo/etage"
SINGLE_ROOM = "derived/single_room"
DEPOSIT, DEPOSIT_MONTHS = "preise/kaution", "derived/deposit_months"
# A free field of our own files: what we call the offer.
OFFER_ID = "angebots-id"
LONGEST_PROVIDER_KEY = 60
LONGEST_KEY = 120
_STREET = re.compile(r"str(?:aße|asse|\.)")
_ACTION = "verwaltung_techn/aktion"
FULL = frozenset({"voll", "full", "vollabgleich"})
FOR_A_STAY = frozenset({"tag", "woche"})
# Not read as values: pictures, texts and place (read on their own), contact persons (personal data nobody
# needs here), and the wanted sex of tenants, which may not decide anything (AGG).
LEFT_OUT = frozenset({"kontaktperson", "weitere_adresse", "verwaltung_objekt/geschlecht"})
NOT_VALUES = LEFT_OUT | {"anhaenge", "freitexte", "geo/geokoordinaten"}
# Beside what facts declare: read for rents and deposit, for the place, for whether and since when it can be had.
READ = frozenset(
    f"{section}/{name}"
    for section, names in {
        "geo": "plz ort strasse hausnummer wohnungsnr regionaler_zusatz",
        "preise": "nettokaltmiete kaltmiete warmmiete pauschalmiete nebenkosten zzg_nebenkosten betriebskosten"
        " heizkosten heizkosten_enthalten mietzuschlaege mietpreis_pro_qm kaution_text preis_zeiteinheit@zeiteinheit"
        " waehrung@iso_waehrung",
        "zustand_angaben": "verkaufstatus@stand",
        "verwaltung_objekt": "objektadresse_freigeben verfuegbar_ab abdatum vermietet als_ferien",
        "verwaltung_techn": "objektnr_extern openimmo_obid aktion aktion@aktionart aktiv_von aktiv_bis stand_vom",
    }.items()
    for name in names.split()
)
MOST_NAMES = 60


def read_openimmo(delivery: Delivery, today: date, stand_in: Provider = ("", "")) -> ImportResult:
    """All records of a delivery. **Raises** `Unreadable` where it is no OpenImmo at all.

    `today` is the day that "sofort" means where the file names none; the name of `stand_in` is that of a provider the
    file does not name. Whether it names all there is says the file itself.
    """
    provider_name = stand_in[1]
    root = parse_document(delivery.document_name, delivery.document)
    header = _header(delivery.document_name, root)
    written = str(header.get("timestamp", ""))
    sent = named_day(written)
    deletes = str(header.get("modus", "")).lower() in NOT_ON_OFFER
    providers = dict(_provider(element, provider_name) for element in root.iter("anbieter"))
    providers = providers or dict([_provider(root, provider_name)])
    read = [
        _record(home, provider, number, deletes, sent or today)
        for number, (provider, home) in enumerate(_homes(root, provider_name), start=1)
    ]
    return ImportResult(
        providers={key: name for key, name in providers.items() if key},
        full=str(header.get("umfang", "")).lower() in FULL,
        sent=_moment(written) or (sent.isoformat() if sent else ""),
        records=tuple(one_of_each([record for record in read if all(record.key)])),
        faults=tuple(_nameless(record) for record in read if not all(record.key)),
        notes=_unread(read),
    )


def _header(name: str, root: etree._Element) -> Values:
    header = next(root.iter("uebertragung"), None)
    if header is None and next(root.iter("anbieter", "immobilie"), None) is None:
        raise Unreadable(
            _(
                "%(file)s ist keine OpenImmo-Datei (das äußerste Element heißt „%(root)s“)."
                " Bitte im Verwaltungsprogramm als OpenImmo ausgeben.",
                file=name,
                root=str(root.tag)[:40],
            )
        )
    return {} if header is None else attributes(header)


def _moment(text: str) -> str:
    """The moment as a clock in Dresden shows it, to the second; empty where the text names none."""
    try:
        moment = datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        moment = None
    if moment is None:
        return ""
    local = to_berlin(moment) if moment.tzinfo else moment
    return local.replace(tzinfo=None).isoformat(timespec="seconds")


def _provider(element: etree._Element, stand_in: str) -> tuple[str, str]:
    """Key and name of a provider. The key keeps his objects apart from everybody else's."""
    name = text_of(element, "firma") or stand_in
    key = text_of(element, "openimmo_anid") or text_of(element, "anbieternr") or name.lower()
    return _key(key, LONGEST_PROVIDER_KEY), (name or key)[:LONGEST_KEY]


def _key(text: str, longest: int) -> str:
    """The id as it is; an endless one ends in its digest, so that two never become the same."""
    return text if len(text) <= longest else f"{text[: longest - 17]}~{sha256(text.encode()).hexdigest()[:16]}"


def _homes(root: etree._Element, stand_in: str) -> Iterator[tuple[str, etree._Element]]:
    """Each object with the key of the provider named last before it, whatever wrappers stand between."""
    provider, _name = _provider(next(root.iter("anbieter"), root), stand_in)
    for element in root.iter("anbieter", "immobilie"):
        if element.tag == "anbieter":
            provider, _name = _provider(element, stand_in)
        else:
            yield provider, element


def _record(home: etree._Element, provider: str, number: int, deletes: bool, sent: date) -> RawRecord:
    values, named = values_below(home, NOT_VALUES), named_values(home)
    # The rent of a home that is for sale is what somebody else pays there.
    rents, about_rents = ({}, "") if _is_for_sale(values) else derived_rents(values)
    unclear = None if _is_for_sale(values) else cold_rent_alone(values, rents)
    is_room = home.find("objektkategorie/objektart/zimmer") is not None
    about_storey = storey_note(values)
    named_pictures = home.find("anhaenge")
    pictures, about_pictures = (None, ()) if named_pictures is None else pictures_of(named_pictures)
    storey = None if about_storey else storey_of(values)
    named_by_us = str(named.pop(OFFER_ID, ""))
    # Ours names the deposit in euro where it is known.
    deposit, months = deposit_of(values, None if named_by_us else rents.get(NET_COLD_RENT))
    derived = {AVAILABLE_FROM: available_from(values, sent), STOREY: storey, **rents}
    derived |= {DEPOSIT: deposit, DEPOSIT_MONTHS: months, SINGLE_ROOM: is_room or None}
    if named_by_us:
        # Our own file names whatever is known; what could be worked out of it nobody has said.
        derived = {path: value for path, value in derived.items() if columns_for(path) & set(map(bare, named))}
        unclear, about_rents = None, ""
    unread = (*unread_names(values, READ | known_paths()), *unread_texts(home), *_left_out(home, named))
    doubted = {} if named_by_us or _is_for_sale(values) else amounts_in_words(values)
    values = {path: value for path, value in values.items() if path not in derived}
    reference = text_of(home, "verwaltung_techn/objektnr_extern")
    identity = text_of(home, "verwaltung_techn/openimmo_obid") or reference
    return RawRecord(
        provider_key=provider,
        external_id=_key(identity, LONGEST_KEY),
        reference=_key(reference, LONGEST_KEY),
        action="delete" if _is_off_offer(values, deletes) else "change",
        position=_("Objekt %(number)s (Zeile %(line)s)", number=number, line=home.sourceline),
        title=title_of(home),
        texts=(*texts_of(home), *((unclear.words,) if unclear else ())),
        address=address_of(home),
        values=values | {path: value for path, value in derived.items() if value is not None},
        named=named,
        skipped=reason_to_skip(home) or _why_not_to_be_had(values, derived.get(AVAILABLE_FROM), sent),
        notes=(*filter(None, (about_rents, unclear and unclear.question, about_storey)), *about_pictures),
        offer_id=named_by_us,
        is_whole=True,
        pictures=pictures,
        doubted=doubted,
        unread=() if named_by_us else unread,  # our own files say all in free fields as well
    )


def _left_out(home: etree._Element, named: Values) -> Iterator[str]:
    """Sections that are left out, and free fields whose names say nothing to us."""
    yield from (path for path in LEFT_OUT if home.find(path) is not None)
    yield from (f"„{name[:60]}“" for name, value in named.items() if value and not column_of(name))


def _unread(records: Iterable[RawRecord]) -> tuple[str, ...]:
    """One sentence that names what stands in homes to be had and is not read, the commonest first."""
    counts = Counter(name for record in records if record.is_to_be_had for name in dict.fromkeys(record.unread))
    if not counts:
        return ()
    names = [f"{name} ({count})" for name, count in counts.most_common(MOST_NAMES)]
    if more := len(counts) - len(names):
        names.append(_("und %(count)s weitere", count=more))
    told = _("Diese Angaben lesen wir nicht (dahinter, in wie vielen Objekten): %(names)s.", names=", ".join(names))
    return (told,)


def _is_for_sale(values: Values) -> bool:
    contract = "objektkategorie/vermarktungsart@"
    return values.get(contract + "kauf") == 1 and values.get(contract + "miete_pacht") != 1


def _is_off_offer(values: Values, transfer_deletes: bool) -> bool:
    action = str(values.get(_ACTION + "@aktionart", values.get(_ACTION, ""))).lower()
    state = str(values.get("zustand_angaben/verkaufstatus@stand", "")).lower()
    return action in NOT_ON_OFFER or state in LET or (transfer_deletes and not action)


def _why_not_to_be_had(values: Values, free_from: Raw | None, sent: date) -> str:
    """In words why nobody can move in for good, on the day that the file was sent; empty where somebody may."""
    if str(values.get("zustand_angaben/verkaufstatus@stand", "")).lower() in RESERVED:
        return reserved()
    if (until := named_day(str(values.get("verwaltung_techn/aktiv_bis", "")))) and until < sent:
        return _("nicht mehr angeboten (aktiv bis %(day)s)", day=f"{until:%d.%m.%Y}")
    # Still let and free from a day to come is the ordinary case of a notice that was given.
    if values.get("verwaltung_objekt/vermietet") == 1 and str(free_from or "") <= sent.isoformat():
        return let()
    period = str(values.get("preise/preis_zeiteinheit@zeiteinheit", "")).lower()
    if values.get("verwaltung_objekt/als_ferien") == 1 or period in FOR_A_STAY:
        return _("keine Wohnung auf Dauer (Ferienwohnung)")
    return ""


def _nameless(record: RawRecord) -> str:
    if not record.provider_key:
        return _(
            "%(position)s: Der Anbieter nennt weder openimmo_anid noch anbieternr noch firma."
            " Bitte den Anbieter in der Datei oder mit --organisation angeben.",
            position=record.position,
        )
    return _(
        "%(position)s: Es fehlen openimmo_obid und objektnr_extern. Ohne Kennung lässt sich das Objekt nicht"
        " wiedererkennen. Bitte im Verwaltungsprogramm eine Objektnummer vergeben.",
        position=record.position,
    )


def one_of_each(records: Sequence[RawRecord]) -> Iterator[RawRecord]:
    """One record of each home: the last one counts, as it says what the sender knows last. Homes that have but a
    number are two where it stands at two places."""
    groups: dict[tuple[str, str], list[RawRecord]] = {}
    for record in records:
        groups.setdefault(record.key, []).append(record)
    for group in groups.values():
        places = list(dict.fromkeys(filter(None, map(_place_words, group)))) if len(group) > 1 else []
        if len(places) < 2:
            yield _last(group)
            continue
        for place in places:
            one = _last([record for record in group if _place_words(record) == place])
            shown = _place_shown(one)
            note = _("Die Nummer steht hier bei mehreren Wohnungen; gemeint ist „%(place)s“.", place=shown)
            yield replace(one.noted(note), external_id=_key(f"{one.external_id}, {place}", LONGEST_KEY))


def _last(same: Sequence[RawRecord]) -> RawRecord:
    earlier = ", ".join(record.position for record in same[:-1])
    note = _("Die Kennung steht mehrmals in der Datei (%(earlier)s); es gilt die letzte.", earlier=earlier)
    return same[-1].noted(note) if earlier else same[-1]


def _place_shown(record: RawRecord) -> str:
    """As a person calls the place that `_place_words` tells apart from others."""
    given, storey = record.address, record.values.get(STOREY, "")
    where = given.unit or (spoken().storey(storey) if isinstance(storey, float) else str(storey))
    return ", ".join(filter(None, (f"{given.street} {given.house_number}".strip(), where)))


def _place_words(record: RawRecord) -> str:
    """Where a home is that has a number and no other id, spellings made equal; empty where it has or does not say."""
    given, storey = record.address, record.values.get(STOREY, "")
    if record.external_id != record.reference or record.offer_id or not given.street:
        return ""
    words = _STREET.sub("str", given.street.lower()), "".join(given.house_number.split()), given.unit
    return bare(" ".join((*words, f"{storey:g}" if isinstance(storey, float) else str(storey))))
