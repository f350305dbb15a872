"""The JSON contract of `duplicates`: who asks and what is offered, as records to compare.

A request may name a person (`person`, or the same fields beside it), an offer an address (`address`, or beside
it); facts that tell dwellings apart come from its `facts`. What names nothing is not compared.
"""

from collections.abc import Iterable
from typing import Any

from matching.catalogue import SITES, Market
from matching.duplicates.fields import ADDRESS, DWELLING, PERSON, SITE, Field
from matching.duplicates.pairs import LikelyPair
from matching.json_input import RecordReader
from matching.language import mark
from matching.requests import Request, SupplyRow

Records = dict[str, dict[str, Any]]
LONGEST_TEXT = 500
PROBABILITY_DIGITS = 6


def home_fields(market: Market) -> tuple[Field, ...]:
    """The fields by which the market's supply is compared."""
    return SITE if market is SITES else DWELLING


def read_people(content: str | bytes, market: Market) -> Records:
    """Person fields by request id; raises `ContractError` with every fault."""
    reader = _IdentityReader(market, mark("Gesuch"))
    reader.records(content, reader.request)
    return reader.named


def read_homes(content: str | bytes, market: Market) -> Records:
    """Address fields and distinguishing facts by offer id; raises `ContractError` with every fault."""
    reader = _IdentityReader(market, mark("Angebot"))
    reader.records(content, reader.supply_row)
    return reader.named


def duplicates_answer(kind: str, pairs: Iterable[LikelyPair]) -> list[dict[str, Any]]:
    """`kind` says what is compared: person or dwelling."""
    return [
        {
            "kind": kind,
            "a": pair.a,
            "b": pair.b,
            "probability": round(pair.probability, PROBABILITY_DIGITS),
            "fields": pair.fields,
        }
        for pair in pairs
    ]


class _IdentityReader(RecordReader):
    """Checks the records as every command does, and keeps what they are recognised by."""

    def __init__(self, market: Market, what: str) -> None:
        super().__init__(market, what)
        self.named: Records = {}

    def request(self, record_id: str, item: dict[str, Any]) -> Request:
        self._keep(record_id, self._values(item, "person", PERSON))
        return super().request(record_id, item)

    def supply_row(self, record_id: str, item: dict[str, Any]) -> SupplyRow:
        row = super().supply_row(record_id, item)
        fields = home_fields(self.market)
        known = {field.name: row.facts[field.name] for field in fields if field.name in row.facts}
        self._keep(record_id, self._values(item, "address", ADDRESS) | known)
        return row

    def _keep(self, record_id: str, values: dict[str, Any]) -> None:
        if values:
            self.named[record_id] = values

    def _values(self, item: dict[str, Any], within: str, fields: tuple[Field, ...]) -> dict[str, Any]:
        names = [field.name for field in fields]
        inside = self.object(item, within)
        for unknown in sorted(inside.keys() - set(names)):
            self.fault(within, mark("Das Feld „%(field)s“ gibt es nicht."), field=str(unknown)[:40])
        given = {name: inside.get(name, item.get(name)) for name in names}
        for name, value in given.items():
            if isinstance(value, bool) or not isinstance(value, str | int | float | None):
                self.fault(name, mark("Erwartet wird ein Text."))
            elif len(str(value)) > LONGEST_TEXT:
                self.fault(name, mark("Der Text ist zu lang."))
        return {name: value for name, value in given.items() if value not in (None, "")}
