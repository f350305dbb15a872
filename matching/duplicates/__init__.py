"""Same dwelling or same person twice: likely pairs with the reason per field. A person decides, always."""

from matching.duplicates.fields import ADDRESS, DWELLING, PERSON, SITE, Field, FieldKind
from matching.duplicates.pairs import LikelyPair, likely_duplicates

__all__ = ["ADDRESS", "DWELLING", "PERSON", "SITE", "Field", "FieldKind", "LikelyPair", "likely_duplicates"]
