"""Kinds of services that a provider may declare, the law each stands on, and how much room there is.

Sections of law: Social Code (SGB) V §§ 37, 38, 39a; IX §§ 78, 113; XI §§ 7a, 36, 40, 41, 45a; XII §§ 64b, 70, 71, as
read for `docs/decisions/cooperation.md`, which names the sources. They say where a service belongs, never that somebody
is entitled to it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict

from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words


class Law(StrEnum):
    """The book that a service is paid by; voluntary ones stand on none."""

    SGB_V = "sgb_5"
    SGB_IX = "sgb_9"
    SGB_XI = "sgb_11"
    SGB_XII = "sgb_12"
    VOLUNTARY = "voluntary"


class ServiceKind(StrEnum):
    """What somebody does for people at home or close to it."""

    HOME_CARE = "home_care"
    DAY_CARE = "day_care"
    HOUSEKEEPING = "housekeeping"
    EVERYDAY_HELP = "everyday_help"
    ASSISTANCE = "assistance"
    INTEGRATION = "integration"
    HOME_ALARM = "home_alarm"
    HOUSING_ADVICE = "housing_advice"
    CARE_ADVICE = "care_advice"
    NEIGHBOURLY_HELP = "neighbourly_help"
    VISITING = "visiting"
    HOSPICE = "hospice"


class Capacity(StrEnum):
    """Whether somebody new can come. Unknown is never none."""

    FREE = "free"
    WAITING = "waiting"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class KindOfService:
    """What a kind is called, and by law the section it stands on; an empty section where none is named."""

    label: Words
    laws: dict[Law, str]


LAW_LABELS: dict[Law, Words] = {
    Law.SGB_V: _l("SGB V (Krankenkasse)"),
    Law.SGB_IX: _l("SGB IX (Teilhabe)"),
    Law.SGB_XI: _l("SGB XI (Pflegekasse)"),
    Law.SGB_XII: _l("SGB XII (Sozialamt)"),
    Law.VOLUNTARY: _l("freiwillig, ohne Gesetz"),
}

KINDS: dict[ServiceKind, KindOfService] = {
    ServiceKind.HOME_CARE: KindOfService(
        _l("Ambulante Pflege"), {Law.SGB_XI: "§ 36", Law.SGB_V: "§ 37", Law.SGB_XII: "§ 64b"}
    ),
    ServiceKind.DAY_CARE: KindOfService(_l("Tagespflege"), {Law.SGB_XI: "§ 41"}),
    ServiceKind.HOUSEKEEPING: KindOfService(_l("Haushaltshilfe"), {Law.SGB_V: "§ 38", Law.SGB_XII: "§ 70"}),
    ServiceKind.EVERYDAY_HELP: KindOfService(_l("Hilfe im Alltag"), {Law.SGB_XI: "§ 45a", Law.VOLUNTARY: ""}),
    ServiceKind.ASSISTANCE: KindOfService(_l("Assistenz"), {Law.SGB_IX: "§ 78"}),
    ServiceKind.INTEGRATION: KindOfService(_l("Eingliederungshilfe"), {Law.SGB_IX: "§ 113"}),
    ServiceKind.HOME_ALARM: KindOfService(_l("Hausnotruf"), {Law.SGB_XI: "§ 40", Law.VOLUNTARY: ""}),
    ServiceKind.HOUSING_ADVICE: KindOfService(_l("Wohnberatung"), {Law.SGB_XII: "§ 71", Law.VOLUNTARY: ""}),
    ServiceKind.CARE_ADVICE: KindOfService(_l("Pflegeberatung"), {Law.SGB_XI: "§ 7a"}),
    ServiceKind.NEIGHBOURLY_HELP: KindOfService(_l("Nachbarschaftshilfe"), {Law.SGB_XI: "§ 45a", Law.VOLUNTARY: ""}),
    ServiceKind.VISITING: KindOfService(_l("Besuchsdienst"), {Law.SGB_XII: "§ 71", Law.VOLUNTARY: ""}),
    ServiceKind.HOSPICE: KindOfService(_l("Ambulanter Hospizdienst"), {Law.SGB_V: "§ 39a", Law.VOLUNTARY: ""}),
}

CAPACITY_LABELS: dict[Capacity, Words] = {
    Capacity.FREE: _l("Plätze frei"),
    Capacity.WAITING: _l("Warteliste"),
    Capacity.NONE: _l("zurzeit kein Platz"),
    Capacity.UNKNOWN: _l("nicht bekannt, ob etwas frei ist"),
}


# What is to be done in a joint case, in letters.
LONGEST_TASK = 300


class ServiceValues(TypedDict, total=False):
    """What is said of a service, by column."""

    kind: str
    laws: list[str]
    serves: list[str]
    spoken: list[str]
    capacity: str


def service_label(kind: str) -> str:
    """In the language being read."""
    return str(KINDS[ServiceKind(kind)].label)


def capacity_label(capacity: str) -> str:
    """In the language being read."""
    return str(CAPACITY_LABELS[Capacity(capacity)])


def law_words(kind: str, laws: list[str]) -> str:
    """The laws with their sections, as in "SGB XI (Pflegekasse), § 36"; empty where nobody has named any."""
    sections = KINDS[ServiceKind(kind)].laws
    named = ((LAW_LABELS[law], sections[law]) for law in sections if law in laws)
    return "; ".join(f"{label}, {section}" if section else str(label) for label, section in named)


def laws_of(kind: str) -> str:
    """All laws that a kind may stand on, in the same words."""
    return law_words(kind, list(KINDS[ServiceKind(kind)].laws))
