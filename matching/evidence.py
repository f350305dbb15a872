"""How well a known fact is known: an advert's claim, the provider's statement, a measurement."""

from enum import IntEnum


class Evidence(IntEnum):
    """Ordered: a stronger class wins. NONE stands beside an unknown value."""

    NONE = 0
    CLAIMED = 1
    STATED = 2
    MEASURED = 3

    @classmethod
    def named(cls, name: str) -> "Evidence":
        """The class of that name; ValueError for anything but claimed, stated or measured."""
        if name not in EVIDENCE_NAMES:
            raise ValueError(name)
        return cls[name.upper()]


EVIDENCE_NAMES = ("claimed", "stated", "measured")
