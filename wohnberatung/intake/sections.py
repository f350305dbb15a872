"""What an OpenImmo object says: every value under a path, and what is more than single values: place, texts, free
fields, kind.

A path is the names from the object down, in lower case: `flaechen/wohnflaeche`, and for attributes
`ausstattung/fahrstuhl@personen`. Enumerations also make a yes of their own, `…/wohnung@wohnungtyp=etage`,
or carry the element's text, `infrastruktur/distanzen@distanz_zu=bus` → 0.4.
"""

import html
import re
from collections.abc import Iterator

from flask_babel import gettext as _
from lxml import etree

from wohnberatung.bridge.imports import Raw
from wohnberatung.intake.result import RawAddress
from wohnberatung.intake.values import YES, typed

Values = dict[str, Raw]

LONGEST_TEXT = 10_000
_DESCRIPTIONS = (
    "dreizeiler",
    "objektbeschreibung",
    "ausstatt_beschr",
    "lage",
    "sonstige_angaben",
    "objekt_text",
)
_TAG = re.compile(r"<[^<>]{1,300}>")
_STREET_AND_NUMBER = re.compile(
    r"(?P<street>.*[^\d\s,])[\s,]+(?P<number>\d+\s?[a-zA-Z]?(?:\s?[-/+]\s?\d+\s?[a-zA-Z]?)?)"
)
_POSTCODE = re.compile(r"(?:D[-\s]?)?(\d{4,5})", re.IGNORECASE)
_FITTINGS = "ausstattung/"
_WORD = re.compile(r"[^\W\d_]+(?:[-_][^\W\d_]+)*")
_HOMES = frozenset({"zimmer", "wohnung", "haus"})
_TRUE = YES | {"1", "1.0"}


def attributes(element: etree._Element) -> Values:
    """What the element says about itself, in attributes or, as some write it, in child elements."""
    pairs = [(etree.QName(name).localname.lower(), str(value)) for name, value in element.attrib.items()]
    pairs += [(child.tag, child.text or "") for child in element if len(child) == 0]
    return {name: value for name, text in reversed(pairs) if (value := typed(text)) is not None}


def values_below(element: etree._Element, without: frozenset[str] = frozenset()) -> Values:
    """Every value below the element by its path; sections named in `without` are left out.

    Where an element is repeated the first word counts, but a yes outweighs a no.
    """
    values: Values = {}
    for path, value in _walk(element, "", without):
        if value is not None and not values.get(path):
            values[path] = value
    return values


def _walk(element: etree._Element, prefix: str, without: frozenset[str]) -> Iterator[tuple[str, Raw | None]]:
    for child in element:
        path = f"{prefix}{child.tag}"
        if path in without:
            continue
        text = "" if len(child) else (child.text or "").strip()
        yield path, typed(text, path)
        yield from _attributes_of(child, path, text)
        if text and prefix.count("/") > 1:  # <bad><DUSCHE>true</DUSCHE></bad> for <bad DUSCHE="true"/>
            yield f"{prefix.removesuffix('/')}@{child.tag}", typed(text, path)
        if prefix == _FITTINGS and _WORD.fullmatch(text):  # <kueche>EBK</kueche> for <kueche EBK="true"/>
            yield f"{path}@{text.lower()}", True
        yield from _walk(child, f"{path}/", without)


def _attributes_of(element: etree._Element, path: str, text: str) -> Iterator[tuple[str, Raw | None]]:
    for name, written in element.attrib.items():
        at = f"{path}@{etree.QName(name).localname.lower()}"
        value = typed(str(written), path)
        yield at, value
        if isinstance(value, str):
            yield f"{at}={value.lower()}", typed(text, path) if text else True


def text_of(element: etree._Element | None, name: str) -> str:
    found = None if element is None else element.find(name)
    return "" if found is None else " ".join("".join(found.itertext()).split())


def address_of(home: etree._Element) -> RawAddress:
    """The place, repaired where programs are known to break it: the house number in the street, a postcode
    without its leading zero, latitude and longitude swapped."""
    geo = home.find("geo")
    street, number = text_of(geo, "strasse"), text_of(geo, "hausnummer")
    street, number = split_street(street, number)
    postcode = _POSTCODE.fullmatch(text_of(geo, "plz"))
    lat, lon = _coordinates(geo)
    return RawAddress(
        street=street[:120],
        house_number=number[:20],
        unit=text_of(geo, "wohnungsnr")[:60],
        postcode=postcode[1].zfill(5) if postcode else "",
        town=text_of(geo, "ort")[:120],
        district=text_of(geo, "regionaler_zusatz")[:120],
        lat=lat,
        lon=lon,
        released=text_of(home, "verwaltung_objekt/objektadresse_freigeben").lower() in _TRUE,
    )


def split_street(street: str, number: str) -> tuple[str, str]:
    """Street and house number, taken from behind the street where it stands there."""
    found = None if number else _STREET_AND_NUMBER.fullmatch(street)
    return (found["street"], found["number"]) if found else (street, number)


def _coordinates(geo: etree._Element | None) -> tuple[float | None, float | None]:
    point = None if geo is None else geo.find("geokoordinaten")
    given = {} if point is None else attributes(point)
    lat, lon = given.get("breitengrad"), given.get("laengengrad")
    if not isinstance(lat, float) or not isinstance(lon, float) or lat == 0 or lon == 0:
        return None, None
    return (lon, lat) if lat < lon else (lat, lon)  # all of Germany lies further north than east


def title_of(home: etree._Element) -> str:
    return _plain(text_of(home, "freitexte/objekttitel"))[:200]


def texts_of(home: etree._Element) -> tuple[str, ...]:
    """Descriptions as plain text, lines kept; senders put HTML into them."""
    section = home.find("freitexte")
    if section is None:
        return ()
    texts = (_plain("".join(part.itertext())) for name in _DESCRIPTIONS for part in section.iter(name))
    return tuple(text[:LONGEST_TEXT] for text in texts if text)


def _plain(text: str) -> str:
    plain = html.unescape(_TAG.sub("\n", text))
    lines = (" ".join(line.split()) for line in plain.splitlines())
    return "\n".join(line for line in lines if line)


def named_values(home: etree._Element) -> dict[str, Raw]:
    """Free fields by the name the sender gave them, in lower case: what the standard has no word for."""
    pairs = [(field.get("feldname", ""), field.text or "") for field in home.iter("user_defined_simplefield")]
    pairs += [(text_of(field, "name"), text_of(field, "wert")) for field in home.iter("feld")]
    return {
        " ".join(name.lower().split()): value
        for name, text in pairs
        if name.strip() and (value := typed(text)) is not None
    }


def reason_to_skip(home: etree._Element) -> str:
    """In words why the object is no home; empty where it is one or may be one."""
    category = home.find("objektkategorie")
    if category is None:
        return ""
    kinds = {kind.tag for kind in category.iterfind("objektart/*") if kind.tag != "objektart_zusatz"}
    if kinds and not kinds & _HOMES:
        return _("kein Wohnraum (Objektart %(kind)s)", kind=", ".join(sorted(kinds))[:80])
    use = category.find("nutzungsart")
    uses = {} if use is None else attributes(use)
    if uses.get("gewerbe") == 1 and 1 not in (uses.get("wohnen"), uses.get("waz")):  # true or "1"
        return _("kein Wohnraum (gewerbliche Nutzung)")
    home_kind = category.find("objektart/wohnung")
    if home_kind is not None and str(attributes(home_kind).get("wohnungtyp", "")).upper() == "FERIENWOHNUNG":
        return _("keine Wohnung auf Dauer (Ferienwohnung)")
    return ""
