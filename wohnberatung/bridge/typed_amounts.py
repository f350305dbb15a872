"""Amounts as people type them into a field: with words around the number, in another unit, two where one is asked.

What stands beside the number is taken away where it says no more than the field does; where it says something else
("650 kalt" where all together is asked) a person is told. The number itself the fact reads.
"""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from matching import facts as kinds
from matching.criteria import money, size
from wohnberatung.bridge.wording import spoken
from wohnberatung.core.languages import named

# A number, as far as it is not read yet.
_NUMBER = r"\d[\d.,' \u00a0\u202f]*(?:[-–]{1,2}(?=\s|€|$)|[½¼¾])?"
_TWO = re.compile(r"(?P<first>\d+(?:[.,]\d+)?)\s*(?:-|–|bis|oder|to|or)\s*(?P<last>\d+(?:[.,]\d+)?)(?P<unit>\D*)", re.I)
_LIMIT = re.compile(r"(?:max(?:imal)?\b\.?|höchstens|bis(?:\s+zu)?|up to|at most|no more than)\s*(?=[\d€])", re.I)
_EACH_MONTH = re.compile(r"\s*(?:im monat|pro monat|/\s*monat|monatlich|mtl\.?|a month|per month|/\s*month)$", re.I)
_WARM = re.compile(r"\s*\(?\b(?:warm|brutto ?warm|warmmiete|all in|incl\.? heating)\b\)?", re.I)
_COLD = re.compile(r"\b(?:netto|brutto)?-?kalt(?:miete)?\b|\bcold\b", re.I)
_LENGTH = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>m|mm|meter|metres?|millimeter)", re.I)
_PER_CENTIMETRE = {"m": 100.0, "me": 100.0, "mm": 0.1, "mi": 0.1}
_BESIDE_ROOMS = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?[½¼¾]?)\s*-?\s*(?:zi(?:mmer)?\b\.?|z|r|raum|räume|rooms?)?(?:[\s+,;&/-]|und|mit|wohnung|whg\.?|"
    r"küche|kü\.?|kochnische|bad|balkon|diele|flur|kdbb?|kbb?|k|d|b)*",
    re.I,
)
_MONTHS_RENT = re.compile(
    r"(?P<count>\d(?:[.,]\d+)?)\s*x?\s*(?:n?km|mm|(?:netto)?-?kaltmieten?|monatsmieten?|mieten?)\.?", re.I
)

# What no home costs a month: amounts outside were meant for a square metre, a day, a year, or for buying.
A_MONTH, A_SQUARE_METRE = (50.0, 15_000.0), (2.0, 60.0)
_RENTS = (money.RENT_WARM, money.RENT_GROSS_COLD, money.RENT_NET_COLD)


def may_be_rent(amount: float, area: float) -> bool:
    """Whether a home of so many square metres may cost so many euro a month; 0 where either is unknown."""
    ranges = [(amount, A_MONTH), *([(amount / area, A_SQUARE_METRE)] if area else [])]
    return not amount or all(least <= value <= most for value, (least, most) in ranges)


def rent_fault(values: Mapping[str, Any]) -> tuple[str, str] | None:
    """The field of a rent that cannot be for the size of the home, and what to ask about it. `values` by key. A low
    rent for much space is no fault: it may be that of a room."""
    area = values.get(size.LIVING_AREA.key) or 0.0
    for fact in _RENTS:
        amount = values.get(fact.key) or 0.0
        rent = fact.format(amount, spoken())
        if not may_be_rent(amount, 0.0):
            said = _("Eine Miete von %(rent)s im Monat kann nicht stimmen. Welcher Betrag ist gemeint?", rent=rent)
            return fact.key, named(_(fact.label), said)
        if area and amount / area > A_SQUARE_METRE[1]:
            said = _(
                "%(rent)s im Monat für %(area)s: Das kann nicht stimmen. Bitte prüfen Sie Miete und Fläche.",
                rent=rent,
                area=size.LIVING_AREA.format(area, spoken()),
            )
            return fact.key, named(_(fact.label), said)
    return None


def number_in(fact: kinds.Measure, text: str) -> str:
    """The text as the fact reads it. Raises ValueError, said to the person, where it means something else."""
    text = text.strip()
    two = _TWO.fullmatch(text)
    if two and not _is_date(text):
        raise ValueError(
            _(
                "„%(typed)s“ sind zwei Zahlen. Bitte schreiben Sie nur eine, zum Beispiel %(last)s.",
                typed=text[:40],
                last=two["last"],
            )
        )
    if fact.unit == "€":
        return _euros(fact, text)
    if fact.unit == "cm" and (length := _LENGTH.fullmatch(text)):
        return _centimetres(length["number"], length["unit"].lower()[:2])
    if fact is size.ROOMS and (rooms := _BESIDE_ROOMS.fullmatch(text)):
        return rooms["number"]
    if fact is money.DEPOSIT_MONTHS and (months := _MONTHS_RENT.fullmatch(text)):
        return months["count"]
    return text


def _euros(fact: kinds.Measure, text: str) -> str:
    if fact is money.DEPOSIT and (months := _MONTHS_RENT.fullmatch(text)):
        raise ValueError(
            _(
                "„%(typed)s“ ist kein Betrag. Schreiben Sie den Betrag in Euro, oder %(count)s bei „%(months)s“.",
                typed=text[:40],
                count=months["count"],
                months=_(money.DEPOSIT_MONTHS.label),
            )
        )
    if fact is money.RENT_WARM:
        if _COLD.search(text):
            raise ValueError(
                _(
                    "„%(typed)s“ ist eine Miete ohne Heizung. Bitte schreiben Sie die Warmmiete: Miete, Betriebskosten "
                    "und Heizung zusammen.",
                    typed=text[:40],
                )
            )
        text = _WARM.sub("", text)
    return _LIMIT.sub("", _EACH_MONTH.sub("", text), count=1).strip()


def _centimetres(number: str, unit: str) -> str:
    """A length in metres or millimetres; what is no plain number stays as it is, for the fact to refuse."""
    plain = number.strip().replace(",", ".")
    if not re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return number
    return f"{round(float(plain) * _PER_CENTIMETRE[unit], 2):g}".replace(".", ",")


def _is_date(text: str) -> bool:
    return text.count("-") > 1
