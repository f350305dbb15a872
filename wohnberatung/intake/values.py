"""Raw values below an element: numbers and yes/no as senders write them, every value under a path.

A path is the names from the object down, in lower case: `flaechen/wohnflaeche`, and for attributes
`ausstattung/fahrstuhl@personen`. Enumerations also make a yes of their own, `…/wohnung@wohnungtyp=etage`,
or carry the element's text, `infrastruktur/distanzen@distanz_zu=bus` → 0.4.
"""

import re
from collections.abc import Iterator

from lxml import etree

from wohnberatung.intake.records import Raw

YES = frozenset({"true", "ja", "yes", "wahr"})
NO = frozenset({"false", "nein", "no", "falsch"})
_NUMBER = re.compile(
    r"(?:ca\.?|circa|rd\.?)?\s*(?P<number>[+-]?\d[\d.,']*)\s*(?:€|eur|euro|m²|m2|qm|km|cm|m|%)?",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[+-]?\d{1,15}(?:[.,]\d+)?")
_GERMAN = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_ENGLISH = re.compile(r"[+-]?\d{1,3}(?:[,']\d{3})+(?:\.\d+)?")
_CODE = re.compile(r"[+-]?0\d")
_THREE_DECIMALS = re.compile(r"[1-9][.,]\d{3}")
_WORD = re.compile(r"[^\W\d_]+(?:[-_][^\W\d_]+)*")
_WRITTEN_DAYS = frozenset({"verwaltung_objekt/verfuegbar_ab", "verwaltung_objekt/abdatum"})
# Programs write 0 into fields nobody filled in; no home has 0 m² and no rent is 0 €.
_ZERO_IS_EMPTY = ("preise/", "flaechen/")
_YES_OR_NO = frozenset({"preise/heizkosten_enthalten"})
_MONEY = "preise/"
_FITTINGS = "ausstattung/"

Values = dict[str, Raw]


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


def decimal(text: str) -> float | None:
    """A number with point or comma as decimal mark: '88.00', '88,5', '1.234,50', 'ca. 62 m²'.

    None where the text is no number, or one with leading zeros: that is a code, such as a postcode.
    """
    found = _NUMBER.fullmatch(text)
    if not found or _CODE.match(found["number"]):
        return None
    number = found["number"]
    if _PLAIN.fullmatch(number):
        return float(number.replace(",", "."))
    if _GERMAN.fullmatch(number):
        return float(number.replace(".", "").replace(",", "."))
    return float(number.replace(",", "").replace("'", "")) if _ENGLISH.fullmatch(number) else None


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
