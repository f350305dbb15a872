"""Rules from which shared housing asks to deviate, and how such a request may end."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words


class Rule(StrEnum):
    """What the rule is about, not which paragraph: that stands in the request."""

    FUNDING_NORM = "funding_norm"
    PARKING = "parking"
    ROOM_SIZE = "room_size"
    ACCESSIBILITY = "accessibility"
    FIRE = "fire"
    MONUMENT = "monument"
    LAND_USE = "land_use"
    OCCUPANCY = "occupancy"
    OTHER = "other"


RULE_LABELS: dict[Rule, Words] = {
    Rule.FUNDING_NORM: _l("Vorgaben der Wohnraumförderung"),
    Rule.PARKING: _l("Stellplätze"),
    Rule.ROOM_SIZE: _l("Größe und Zuschnitt der Räume"),
    Rule.ACCESSIBILITY: _l("Barrierefreiheit"),
    Rule.FIRE: _l("Brandschutz und Rettungswege"),
    Rule.MONUMENT: _l("Denkmalschutz"),
    Rule.LAND_USE: _l("Bebauungsplan und Nutzung"),
    Rule.OCCUPANCY: _l("Belegung und Wohnberechtigung"),
    Rule.OTHER: _l("Andere Regel"),
}
DECISION_LABELS: dict[str, Words] = {
    "granted": _l("genehmigt"),
    "partly": _l("teilweise genehmigt"),
    "refused": _l("abgelehnt"),
}


def rule_label(rule: str) -> str:
    """In the language being read."""
    return str(RULE_LABELS[Rule(rule)])


def decision_label(state: str) -> str:
    """How it was decided, in the language being read."""
    return str(DECISION_LABELS.get(state, state))
