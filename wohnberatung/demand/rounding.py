"""Counts of people as they leave the house: rounded to 5, so that nobody can be told from them (security concept,
1.11)."""

from flask_babel import gettext as _

STEP = 5


def rounded(count: int) -> int:
    """To the nearest 5; two people and nobody look the same."""
    return STEP * ((count + STEP // 2) // STEP)


def households(count: int) -> str:
    """A count in words, rounded."""
    near = rounded(count)
    return _("etwa %(count)s Haushalte", count=near) if near else _("kaum ein Haushalt")


def people(count: int) -> str:
    """A count in words, rounded."""
    near = rounded(count)
    return _("etwa %(count)s Menschen", count=near) if near else _("einzelne Menschen")
