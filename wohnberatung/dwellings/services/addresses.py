"""One spelling for addresses that people write in many."""

import re
from dataclasses import dataclass

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True)
class Address:
    """Where a dwelling is. `unit` tells the flats of a house apart ("2. OG links", "Whg. 12")."""

    street: str = ""
    house_number: str = ""
    postcode: str = ""
    town: str = ""
    unit: str = ""
    lat: float | None = None
    lon: float | None = None

    @property
    def key(self) -> str:
        """Equal for spellings of the same flat; empty where the address cannot tell a flat from others."""
        if not (self.street and self.house_number and self.unit):
            return ""
        parts = (self.postcode, _plain_street(self.street), self.house_number, self.unit)
        return "|".join(re.sub(r"[\W_]+", "", _plain(part)) for part in parts)[:300]


def _plain(text: str) -> str:
    return text.casefold().translate(_UMLAUTS)


def _plain_street(street: str) -> str:
    return re.sub(r"str(?:\.|asse)?(?=\W|$)", "str", _plain(street))
