"""What every reader of an import format hands on: records of raw values, keyed and located.

Raw means: as the sender meant it, not yet as the catalogue understands it (`bridge.intake` does that).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Literal

from wohnberatung.bridge.intake import Raw

Action = Literal["change", "delete"]


@dataclass(frozen=True)
class Address:
    """Where the dwelling is. `unit` tells flats of a house apart; coordinates in degrees. `released`: the
    sender allows showing the street; None where the file has no word on it."""

    street: str = ""
    house_number: str = ""
    unit: str = ""
    postcode: str = ""
    town: str = ""
    district: str = ""
    lat: float | None = None
    lon: float | None = None
    released: bool | None = None

    @property
    def names_a_place(self) -> bool:
        return bool(self.street or self.postcode or self.town or self.district or self.lat is not None)


@dataclass(frozen=True)
class RawRecord:
    """One object of a delivery.

    `reference`: the number its landlord calls it by; `values`: path → raw value, paths in lower case;
    `named`: free fields by the name the sender gave them; `texts`: descriptions; `skipped`: in words, why it
    is no home for us; `position`: in words, where it stands in the file; `offer_id`: our own name of the offer,
    where the file is one that we wrote.
    """

    provider_key: str
    external_id: str
    reference: str
    action: Action
    position: str
    title: str = ""
    texts: tuple[str, ...] = ()
    address: Address = Address()
    values: Mapping[str, Raw] = field(default_factory=dict)
    named: Mapping[str, Raw] = field(default_factory=dict)
    skipped: str = ""
    notes: tuple[str, ...] = ()
    offer_id: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.provider_key, self.external_id

    def noted(self, note: str) -> "RawRecord":
        return replace(self, notes=(*self.notes, note))

    def as_json(self) -> dict[str, Any]:
        """Plain values for the staging table."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "RawRecord":
        plain = {name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()}
        return cls(**{**plain, "address": Address(**stored["address"])})


@dataclass(frozen=True)
class Transfer:
    """One delivery as read.

    `providers`: key → name; `full`: what these providers do not name any more is gone; `sent`: the day the
    file itself names; `faults`: in words, what makes objects or providers indistinguishable. With any of them
    nothing of the delivery may be taken over. `notes`: in words, what else is to say about the file.
    """

    providers: Mapping[str, str]
    full: bool
    sent: date | None
    records: tuple[RawRecord, ...]
    faults: tuple[str, ...]
    notes: tuple[str, ...] = ()
