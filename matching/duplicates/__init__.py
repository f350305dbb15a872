"""Same dwelling or same person twice: likely pairs with the reason per field. A person decides, always."""

from matching.duplicates.fields import DWELLING, PERSON, Field, Kind
from matching.duplicates.pairs import LikelyPair, likely_duplicates

__all__ = ["DWELLING", "PERSON", "Field", "Kind", "LikelyPair", "likely_duplicates"]
