"""Amounts that can hardly be meant as they stand: a rent for a square metre or a year, a deposit in rents of a month.

Whoever typed one is asked, and offered what it may mean; what they choose is taken. A delivery asks with the same
bounds (`intake/rents.py`).
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from flask_babel import gettext as _

from matching.criteria import money, size
from matching.criteria.living import PRIVATE_AREA
from matching.facts import Measure
from wohnberatung.bridge.wording import money as in_euros
from wohnberatung.bridge.wording import spoken

RENTS = (money.RENT_WARM, money.RENT_GROSS_COLD, money.RENT_NET_COLD)
DOUBTED = (*RENTS, money.DEPOSIT)
# What homes cost, in euro: amounts outside were meant for a square metre, a day, a year, or for buying. A single room
# may be small, as costs are shared.
A_MONTH, A_SQUARE_METRE = (50.0, 15_000.0), (2.0, 60.0)
_LEAST_AREA_TO_JUDGE = 20.0
SHOWN = 40
_MONTHS_RENT = re.compile(
    r"(?P<count>\d(?:[.,]\d+)?)\s*x?\s*(?:n?km|mm|(?:netto)?-?kaltmieten?|monatsmieten?|mieten?)\.?", re.I
)


class Meant(NamedTuple):
    """What may be meant: what is sent where it is chosen, in words, and the amount in euro."""

    sent: str
    words: str
    amount: float


class Doubt(NamedTuple):
    """What to ask about an amount, and the answers that settle it."""

    question: str
    answers: tuple[Meant, ...]


def may_be_rent(amount: float, area: float = 0.0) -> bool:
    """Whether a home of so many m² (0 where nobody knows) may cost so much a month."""
    ranges = [(amount, A_MONTH), *([(amount / area, A_SQUARE_METRE)] if area >= _LEAST_AREA_TO_JUDGE else [])]
    return all(least <= value <= most for value, (least, most) in ranges)


def months_in(text: str) -> float | None:
    """How many rents of a month the text says a deposit is: "3 KM", "2,5 Kaltmieten"."""
    found = _MONTHS_RENT.fullmatch(text.strip())
    return float(found["count"].replace(",", ".")) if found else None


def doubt_about(fact: Measure, typed: str, values: Mapping[str, object]) -> Doubt | None:
    """About the amount that was typed for one of the `DOUBTED`, beside the values that are known; None where it may be
    meant so."""
    if fact is money.DEPOSIT:
        months, net = months_in(typed), _known(money.RENT_NET_COLD, values)
        return _deposit_of(typed, months, net) if months and net else None
    # Of a room by its own area: that of the home is shared.
    amount, area = _known(fact, values), _known(PRIVATE_AREA, values) or _known(size.LIVING_AREA, values)
    return _rent(typed, amount, area) if amount and not may_be_rent(amount, area) else None


def _known(fact: Measure, values: Mapping[str, object]) -> float:
    value = values.get(fact.key)
    return float(value) if isinstance(value, int | float) else 0.0


def _deposit_of(typed: str, months: float, net: float) -> Doubt:
    amount = round(months * net, 2)
    said = {"typed": typed.strip()[:SHOWN], "amount": in_euros(amount), "net": in_euros(net)}
    question = _("„%(typed)s“ ergibt %(amount)s, bei einer Nettokaltmiete von %(net)s. Ist das gemeint?", **said)
    return Doubt(question, (_answer(typed, amount, _("Ja, %(amount)s", amount=said["amount"])),))


def _rent(typed: str, amount: float, area: float) -> Doubt:
    said = {"amount": in_euros(amount), "rent": in_euros(round(amount * area, 2))}
    stands = _answer(typed, amount, _("Die Miete von %(rent)s im Monat stimmt", rent=said["amount"]))
    least, most = A_SQUARE_METRE
    if area and least <= amount <= most and may_be_rent(amount * area, area):
        question = _(
            "Eine Miete von %(amount)s im Monat kann nicht stimmen. Ist der Preis je m² gemeint, also %(rent)s?", **said
        )
        meant = _answer(typed, round(amount * area, 2), _("Gemeint sind %(rent)s im Monat", rent=said["rent"]))
        return Doubt(question, (meant, stands))
    if area:
        words = size.LIVING_AREA.number_words(area, spoken())
        question = _("Miete im Monat: %(rent)s für %(area)s m². Stimmt das?", rent=said["amount"], area=words)
    else:
        question = _("Miete im Monat: %(rent)s. Stimmt das?", rent=said["amount"])
    return Doubt(question, (stands,))


def _answer(typed: str, amount: float, words: str) -> Meant:
    # With what was typed: another amount is asked about anew.
    return Meant(f"{typed.strip()}={amount:g}", words, amount)
