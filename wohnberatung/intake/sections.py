"""What an OpenImmo object says: every value under a path, and what is more than single values: place, texts, free
fields, kind.

A path is the names from the object down, in lower case: `flaechen/wohnflaeche`, and for attributes
`ausstattung/fahrstuhl@personen`. Enumerations also make a yes of their own, `…/wohnung@wohnungtyp=etage`,
or carry the element's text, `infrastruktur/distanzen@distanz_zu=bus` → 0.4. Single values are read as senders write
them: numbers and yes/no, days ("01.08.2026", "ab August 2026", "sofort"), storeys ("2. OG").
"""

import html
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from flask_babel import gettext as _
from lxml import etree

from wohnberatung.bridge.imports import Raw, decimal, named_day, says_at_once
from wohnberatung.bridge.wording import spoken
from wohnberatung.intake.result import RawAddress

YES = frozenset({"true", "ja", "yes", "wahr"})
NO = frozenset({"false", "nein", "no", "falsch"})
_THREE_DECIMALS = re.compile(r"[1-9][.,]\d{3}")
_WRITTEN_DAYS = frozenset({"verwaltung_objekt/verfuegbar_ab", "verwaltung_objekt/abdatum"})
# Programs write 0 into fields nobody filled in; no home has 0 m² and no rent is 0 €.
_ZERO_IS_EMPTY = ("preise/", "flaechen/", "geo/anzahl_etagen", "zustand_angaben/baujahr")
_YES_OR_NO = frozenset({"preise/heizkosten_enthalten"})
_MONEY = "preise/"
_STILL_LET = re.compile(r"\b(?:vermietet|bewohnt|belegt|vergeben|gekündigt|kündigung|mietende|auszug)\b", re.IGNORECASE)
# Said in the place of a day or an amount that is still to be agreed.
OPEN = re.compile(r"\b(?:vereinbarung|absprache|anfrage|agreement)\b|\bn\.?\s?v\.?(?:\s|$)", re.IGNORECASE)
_LAST_CHANGES = ("verwaltung_techn/stand_vom", "verwaltung_techn/aktiv_von")
_STOREYS = (
    (re.compile(r"eg|erdgescho(?:ss|ß)|(?:hoch)?parterre", re.IGNORECASE), 0.0),
    (re.compile(r"ug|untergescho(?:ss|ß)|souterrain|tiefparterre", re.IGNORECASE), -1.0),
)
_SIDE = re.compile(r"[\s,]+(?:links|rechts|mitte|hinten|vorne?|li\.?|re\.?|mi\.?)$", re.IGNORECASE)
_NOT_UPSTAIRS = ("ERDGESCHOSS", "SOUTERRAIN")
_UPPER_STOREY = re.compile(r"(\d{1,2})\.?\s*(?:og|obergescho(?:ss|ß)|etage|stock(?:werk)?)", re.IGNORECASE)


def typed(text: str, path: str = "") -> Raw | None:
    """The text as yes/no or number where it is one, otherwise as it is; None where it says nothing."""
    text = " ".join(text.split())
    if text.lower() in YES | NO:
        return text.lower() in YES
    number = None if path in _WRITTEN_DAYS else decimal(text)
    if number is None:
        return text or None
    if path.startswith(_MONEY) and number < 10 and _THREE_DECIMALS.match(text):
        return number * 1000  # 1.250 is meant as 1250: nobody pays a rent of one euro and a quarter
    is_empty = number == 0 and path.startswith(_ZERO_IS_EMPTY) and path not in _YES_OR_NO
    return None if is_empty else number


def available_from(values: Mapping[str, Raw], sent: date) -> str | None:
    """From when the home is free, as ISO text; what nobody can read is handed on as it stands.

    "sofort" means since the object was last changed, else since `sent`: a day that stays the same when the
    same object is sent again. "Nach Vereinbarung" says nothing.
    """
    for path in ("verwaltung_objekt/abdatum", "verwaltung_objekt/verfuegbar_ab"):
        text = str(values.get(path, ""))
        if day := named_day(text):
            return (day + timedelta(days=1 if _STILL_LET.search(text) else 0)).isoformat()
        if says_at_once(text):
            changes = (named_day(str(values.get(change, ""))) for change in _LAST_CHANGES)
            return next((change for change in changes if change), sent).isoformat()
        if text and not OPEN.search(text):
            return text
    return None


def storey_note(values: Mapping[str, Raw]) -> str:
    """A question where the number of the storey and the kind of flat cannot both be right; empty where they can."""
    kind, storey = str(values.get("objektkategorie/objektart/wohnung@wohnungtyp", "")), storey_of(values)
    if kind.upper() not in _NOT_UPSTAIRS or not isinstance(storey, float) or storey <= 0:
        return ""
    said = _("„%(storey)s“ passt nicht zu „%(unit)s“.", storey=spoken().storey(storey), unit=kind.capitalize())
    return f"{said} {_('Bitte prüfen Sie beides.')}"


def storey_in(text: str) -> float | None:
    """The storey that a word begins with, "2. OG links"; None where it begins with none."""
    storey = storey_of({"geo/etage": _SIDE.sub("", text)})
    return storey if isinstance(storey, float) else None


def storey_of(values: Mapping[str, Raw]) -> Raw | None:
    """The storey as a number where it is written as "EG" or "2. OG", or known from the kind of flat alone."""
    given = values.get("geo/etage")
    text = str(given if given is not None else values.get("objektkategorie/objektart/wohnung@wohnungtyp", ""))
    if upper := _UPPER_STOREY.fullmatch(text):
        return float(upper[1])
    return next((number for pattern, number in _STOREYS if pattern.fullmatch(text)), given)


Values = dict[str, Raw]

LONGEST_TEXT = 10_000
DESCRIPTIONS = (
    "dreizeiler",
    "objektbeschreibung",
    "ausstatt_beschr",
    "lage",
    "sonstige_angaben",
    "objekt_text",
)
# Its elements hold words of the interface, as elsewhere attributes do.
_CERTIFICATE = "zustand_angaben/energiepass/"
_OTHERWISE_READ, _FREE_FIELD = "objektkategorie/", "user_defined_"
_YES_AS_WORD = "ja"
_TAG = re.compile(r"<[^<>]{1,300}>")
_PART = r"\d+\s?[a-zA-Z]?(?![a-zA-Z])"
_STREET_AND_NUMBER = re.compile(
    rf"(?P<street>.*?[^\d\s,])[\s,]*(?P<number>{_PART}(?:\s?[-–/+]\s?{_PART}|\s1/2)?)"
    r"(?:[\s,]+(?P<unit>(?:WE|Whg|Wohnung|Wohnungsnr|App|Appartement|Nr|EG|DG|\d{1,2}\.\s?(?:OG|Etage|Stock))\b.*))?",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"(?:D[-\s]{0,3})?(?P<code>\d{4,5})(?:\.0)?(?:\s+(?P<town>\D.*))?", re.IGNORECASE)
_FITTINGS = "ausstattung/"
_WORD = re.compile(r"[^\W\d_]+(?:[-_][^\W\d_]+)*")
_HOMES = frozenset({"zimmer", "wohnung", "haus"})
_FOR_HOLIDAYS = frozenset({"FERIENWOHNUNG", "FERIENHAUS"})
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
        if text and prefix == _CERTIFICATE:
            yield f"{path}={text.lower()}", True
        if text and prefix.count("/") > 1:  # <bad><DUSCHE>true</DUSCHE></bad> for <bad DUSCHE="true"/>
            yield f"{prefix.removesuffix('/')}@{child.tag}", typed(text, path)
        if (
            prefix == _FITTINGS and _WORD.fullmatch(text) and text.lower() not in YES | NO
        ):  # <kueche>EBK</kueche> for <kueche EBK="true"/>
            yield f"{path}@{text.lower()}", True
        yield from _walk(child, f"{path}/", without)


def _attributes_of(element: etree._Element, path: str, text: str) -> Iterator[tuple[str, Raw | None]]:
    for name, written in element.attrib.items():
        at = f"{path}@{etree.QName(name).localname.lower()}"
        value = typed(str(written), path)
        yield at, value
        if isinstance(value, str | bool):  # keller="JA" is a word of the interface as well as a yes
            yield f"{at}={str(written).strip().lower()}", typed(text, path) if text else True


def unread_names(values: Values, read: Collection[str]) -> Iterator[str]:
    """Paths under which something stands that is not among those `read`, words of the interface with the word.

    A no, a zero and nothing at all are not named: programs write them into fields that nobody filled in.
    """
    with_attributes = {path.partition("@")[0] for path in values if "@" in path}
    for path, value in values.items():
        at, is_word, word = path.partition("=")
        if not value or path.startswith(_OTHERWISE_READ) or _FREE_FIELD in path:
            continue
        if any(name in read for name in (path, at, f"{at}={str(value).lower()}")):
            continue
        worded = isinstance(values.get(at), str)
        if is_word:
            yield from [f"{at}={word.upper()}"] if worded and "@" in at else []
            continue
        if "@" in path:
            named_elsewhere = worded or f"{path}={_YES_AS_WORD}" in read
        else:
            named_elsewhere = path in with_attributes or "@".join(path.rsplit("/", 1)) in values
        if not named_elsewhere:
            yield path


def unread_texts(home: etree._Element) -> Iterator[str]:
    section = home.find("freitexte")
    for child in () if section is None else section:
        if "".join(child.itertext()).strip() and child.tag not in (*DESCRIPTIONS, "objekttitel"):
            yield f"freitexte/{child.tag}"


def text_of(element: etree._Element | None, name: str) -> str:
    found = None if element is None else element.find(name)
    return "" if found is None else " ".join("".join(found.itertext()).split())


def postcode_and_town(text: str) -> tuple[str, str]:
    """The postcode in "1307", "D-01307" or "01307 Dresden", and the town behind it; empty where there is none."""
    found = _POSTCODE.fullmatch(text)
    return (found["code"].zfill(5), found["town"] or "") if found else ("", "")


def address_of(home: etree._Element) -> RawAddress:
    """The place, repaired where programs are known to break it: the house number in the street, a postcode
    without its leading zero, latitude and longitude swapped."""
    geo = home.find("geo")
    street, number = text_of(geo, "strasse"), text_of(geo, "hausnummer")
    street, number, unit = split_street(street, number)
    postcode, behind = postcode_and_town(text_of(geo, "plz"))
    lat, lon = _coordinates(geo)
    return RawAddress(
        street=street[:120],
        house_number=number[:20],
        unit=(text_of(geo, "wohnungsnr") or unit)[:60],
        postcode=postcode,
        town=(text_of(geo, "ort") or behind)[:120],
        district=text_of(geo, "regionaler_zusatz")[:120],
        lat=lat,
        lon=lon,
        released=text_of(home, "verwaltung_objekt/objektadresse_freigeben").lower() in _TRUE,
    )


class StreetAddress(NamedTuple):
    """The parts of a line such as "Platz der Einheit 1, WE 12"."""

    street: str
    number: str
    unit: str = ""


def split_street(street: str, number: str) -> StreetAddress:
    """Street and house number, taken from behind the street where they stand there, with the flat behind them."""
    found = None if number else _STREET_AND_NUMBER.fullmatch(street)
    return (
        StreetAddress(found["street"], found["number"], found["unit"] or "") if found else StreetAddress(street, number)
    )


def _coordinates(geo: etree._Element | None) -> tuple[float | None, float | None]:
    point = None if geo is None else geo.find("geokoordinaten")
    given = {} if point is None else attributes(point)
    lat, lon = given.get("breitengrad"), given.get("laengengrad")
    if not isinstance(lat, float) or not isinstance(lon, float) or lat == 0 or lon == 0:
        return None, None
    return (lon, lat) if lat < lon else (lat, lon)  # all of Germany lies further north than east


def title_of(home: etree._Element) -> str:
    return " ".join(_plain(text_of(home, "freitexte/objekttitel")).split())[:200]


def texts_of(home: etree._Element) -> tuple[str, ...]:
    """Descriptions as plain text, lines kept; senders put HTML into them."""
    section = home.find("freitexte")
    if section is None:
        return ()
    texts = (_plain("".join(part.itertext())) for name in DESCRIPTIONS for part in section.iter(name))
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
    named = {str(value).upper() for kind in category.iterfind("objektart/*") for value in attributes(kind).values()}
    return _("keine Wohnung auf Dauer (Ferienwohnung)") if named & _FOR_HOLIDAYS else ""
