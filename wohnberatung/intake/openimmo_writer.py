"""Stock as OpenImmo 1.2.7: what the interface has words for stands where portals look, everything else in free
fields under our own names, so that the file comes back as it went."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lxml import etree

from wohnberatung.intake.openimmo import OFFER_ID
from wohnberatung.intake.result import RawAddress

# Sections and what we write in them, in the order that the interface insists on; free fields stand last in theirs.
ORDER: dict[str, tuple[str, ...]] = {
    "objektkategorie": ("nutzungsart", "vermarktungsart", "objektart"),
    "geo": (
        "plz", "ort", "geokoordinaten", "strasse", "hausnummer", "etage", "anzahl_etagen", "wohnungsnr",
        "regionaler_zusatz",
    ),
    "kontaktperson": ("email_zentrale", "name"),
    "preise": (
        "nettokaltmiete", "kaltmiete", "warmmiete", "nebenkosten", "heizkosten_enthalten", "heizkosten", "kaution",
        "kaution_text", "geschaeftsguthaben",
    ),
    "flaechen": ("wohnflaeche", "anzahl_zimmer"),
    "ausstattung": (
        "wg_geeignet", "bad", "kueche", "heizungsart", "befeuerung", "fahrstuhl", "gartennutzung", "moebliert",
        "rollstuhlgerecht", "barrierefrei", "wasch_trockenraum", "rampe", "hebebuehne", "serviceleistungen",
        "unterkellert", "abstellraum", "fahrradraum", "gaestewc", "seniorengerecht",
    ),
    "zustand_angaben": ("baujahr", "zustand", "energiepass"),
    "zustand_angaben/energiepass": (
        "epart", "energieverbrauchkennwert", "endenergiebedarf", "primaerenergietraeger", "wertklasse", "jahrgang",
    ),
    "infrastruktur": ("distanzen",),
    "freitexte": ("objekttitel", "objektbeschreibung"),
    "verwaltung_objekt": (
        "objektadresse_freigeben", "abdatum", "min_mietdauer", "max_mietdauer", "wbs_sozialwohnung", "max_personen",
        "nichtraucher", "haustiere",
    ),
    "verwaltung_techn": ("objektnr_extern", "aktion", "openimmo_obid", "stand_vom", "user_defined_simplefield"),
}  # fmt: skip
WHOLE_NUMBERS = frozenset({"geo/etage", "geo/anzahl_etagen", "verwaltung_objekt/max_personen"})
# What a reader works out itself, and where it is written.
DERIVED = {
    "derived/warm_rent": "preise/warmmiete",
    "derived/gross_cold_rent": "preise/kaltmiete",
    "derived/net_cold_rent": "preise/nettokaltmiete",
    "derived/running_costs": "preise/nebenkosten",
    "derived/heating_costs": "preise/heizkosten",
    "derived/available_from": "verwaltung_objekt/abdatum",
}


@dataclass(frozen=True)
class HomeForExport:
    """One home on offer: `values` by import path, `named` by label, both as text; `changed_on`: when its offer or
    what is known of it was last changed."""

    offer_id: str
    reference: str
    title: str
    description: str
    address: RawAddress
    changed_on: date
    values: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)


def write_openimmo(provider: tuple[str, str], homes: Iterable[HomeForExport], moment: datetime, contact: str) -> bytes:
    """The file; `provider` is key and name of the organisation, `contact` the address that answers."""
    root = etree.Element("openimmo")
    header = {
        "art": "OFFLINE",
        "umfang": "TEIL",
        "modus": "CHANGE",
        "version": "1.2.7",
        "sendersoftware": "Wohnberatung",
        "senderversion": "1",
        "timestamp": f"{moment:%Y-%m-%dT%H:%M:%S}",
    }
    etree.SubElement(root, "uebertragung", header)
    sender = etree.SubElement(root, "anbieter")
    for name, text in (("anbieternr", provider[0]), ("firma", provider[1]), ("openimmo_anid", provider[0])):
        etree.SubElement(sender, name).text = text
    for home in homes:
        _write(etree.SubElement(sender, "immobilie"), home, provider[1], contact)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _write(element: etree._Element, home: HomeForExport, owner: str, contact: str) -> None:
    sections: dict[str, Any] = {"": element}
    for name in ORDER:
        within, _slash, tag = name.rpartition("/")
        sections[name] = etree.SubElement(sections[within], tag)
    kind = sections["objektkategorie"]
    etree.SubElement(kind, "nutzungsart", {"WOHNEN": "true", "GEWERBE": "false"})
    etree.SubElement(kind, "vermarktungsart", {"KAUF": "false", "MIETE_PACHT": "false"})
    is_room = home.values.get("derived/single_room") == "true"
    etree.SubElement(etree.SubElement(kind, "objektart"), "zimmer" if is_room else "wohnung")
    _place(sections["geo"], home.address)
    etree.SubElement(sections["kontaktperson"], "email_zentrale").text = contact
    etree.SubElement(sections["kontaktperson"], "name").text = owner
    for path, text in home.values.items():
        _value(sections, DERIVED.get(path, path), text)
    for name, text in (("objekttitel", home.title), ("objektbeschreibung", home.description)):
        if text:
            etree.SubElement(sections["freitexte"], name).text = text
    released = "true" if home.address.released else "false"
    etree.SubElement(sections["verwaltung_objekt"], "objektadresse_freigeben").text = released
    _identity(sections["verwaltung_techn"], home)
    for name, order in reversed(ORDER.items()):
        section = sections[name]
        section[:] = sorted(section, key=lambda child: order.index(child.tag))
        if not len(section):
            section.getparent().remove(section)


def _place(geo: etree._Element, address: RawAddress) -> None:
    for name, text in (
        ("plz", address.postcode),
        ("ort", address.town),
        ("strasse", address.street),
        ("hausnummer", address.house_number),
        ("wohnungsnr", address.unit),
        ("regionaler_zusatz", address.district),
    ):
        # One of town, postcode and coordinates must be there.
        if text or name == "ort":
            etree.SubElement(geo, name).text = text
    if address.lat is not None and address.lon is not None:
        point = {"breitengrad": f"{address.lat:.6f}", "laengengrad": f"{address.lon:.6f}"}
        etree.SubElement(geo, "geokoordinaten", point)


def _value(sections: Mapping[str, Any], path: str, text: str) -> None:
    """`a/b` is an element's text, `a/b@NAME` an attribute, `a/b@NAME=WORD` the text of an element of its own with that
    attribute. What the interface has no place for stands in free fields alone, and so do halves of what it counts
    whole."""
    place, _at, attribute = path.partition("@")
    attribute, _equals, word = attribute.partition("=")
    section, _slash, name = place.rpartition("/")
    if name not in ORDER.get(section, ()) or (path in WHOLE_NUMBERS and not text.lstrip("-").isdigit()):
        return
    element = None if word else sections[section].find(name)
    if element is None:
        element = etree.SubElement(sections[section], name)
    if word:
        element.set(attribute, word)
        element.text = text
    elif attribute:
        element.set(attribute, text)
    else:
        element.text = text


def _identity(techn: etree._Element, home: HomeForExport) -> None:
    etree.SubElement(techn, "objektnr_extern").text = home.reference or home.offer_id
    etree.SubElement(techn, "aktion", {"aktionart": "CHANGE"})
    etree.SubElement(techn, "openimmo_obid").text = home.offer_id
    etree.SubElement(techn, "stand_vom").text = home.changed_on.isoformat()
    for name, text in {**home.named, OFFER_ID: home.offer_id}.items():
        etree.SubElement(techn, "user_defined_simplefield", {"feldname": name}).text = text
