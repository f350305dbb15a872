"""The states of a match, as a table. Source: brokerage concept, the numbered states.

A candidate is only computed and has no row. From *interested* on the whole will follow: presented to the provider,
contact released, viewing, reserved, contract. A new state is a row here, the ways to it are rows in services/steps.py.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words
from wohnberatung.core.steps import Party


class MatchState(StrEnum):
    """Where a match stands."""

    UNDER_REVIEW = "under_review"
    OFFERED = "offered"
    HELP_WANTED = "help_wanted"
    INTERESTED = "interested"
    LATER = "later"
    DECLINED = "declined"
    EXPIRED = "expired"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    PREEMPTED = "preempted"


@dataclass(frozen=True)
class Stage:
    """A state in words: `label` for the office, `said` and `meaning` for the one who seeks; `kind` is that of a
    badge. `turn` is whose move it is; nobody's where it is over. `locks`: it counts as one of the parallel offers of
    a person and of a place."""

    label: Words
    said: Any
    meaning: Any
    kind: str
    turn: Party | None
    locks: bool = False


_OVER = _l("Sie müssen nichts tun.")
STAGES: dict[MatchState, Stage] = {
    MatchState.UNDER_REVIEW: Stage(_l("in Prüfung"), "", "", "info", Party.OFFICE),
    MatchState.OFFERED: Stage(
        _l("vorgeschlagen"),
        _l("Wartet auf Ihre Antwort"),
        _l("Sehen Sie sich den Vorschlag an und sagen Sie uns, was Sie davon halten."),
        "warning",
        Party.SEEKER,
        locks=True,
    ),
    MatchState.HELP_WANTED: Stage(
        _l("braucht Hilfe"),
        _l("Wir melden uns bei Ihnen"),
        _l("Sie haben um Hilfe gebeten. Sie können trotzdem jederzeit antworten."),
        "info",
        Party.OFFICE,
        locks=True,
    ),
    MatchState.INTERESTED: Stage(
        _l("hat Interesse"),
        _l("Sie haben Interesse"),
        _l("Wir kümmern uns um den nächsten Schritt und melden uns. Ihren Namen erfährt noch niemand."),
        "success",
        Party.OFFICE,
        locks=True,
    ),
    MatchState.LATER: Stage(
        _l("später noch einmal"), _l("Wir fragen Sie später noch einmal"), _OVER, "info", Party.SYSTEM
    ),
    MatchState.DECLINED: Stage(
        _l("passt nicht, zu bestätigen"),
        _l("Sie haben abgelehnt"),
        _l("Danke für die Antwort. Wir suchen weiter."),
        "info",
        Party.OFFICE,
    ),
    MatchState.EXPIRED: Stage(
        _l("ohne Antwort abgelaufen"),
        _l("Die Zeit zum Antworten ist vorbei"),
        _l("Möchten Sie doch noch antworten? Sagen Sie uns Bescheid."),
        "info",
        None,
    ),
    MatchState.CLOSED: Stage(_l("abgelehnt"), _l("Sie haben abgelehnt"), _OVER, "info", None),
    MatchState.CANCELLED: Stage(_l("zurückgezogen"), _l("Wir haben den Vorschlag zurückgezogen"), _OVER, "info", None),
    MatchState.PREEMPTED: Stage(
        _l("nicht mehr zu haben"),
        _l("Dieses Angebot ist leider nicht mehr frei"),
        _l("Wir suchen weiter."),
        "info",
        None,
    ),
}

S = MatchState
OPEN = (S.UNDER_REVIEW, S.OFFERED, S.HELP_WANTED, S.INTERESTED, S.LATER)
ANSWERABLE = (S.OFFERED, S.HELP_WANTED, S.INTERESTED, S.LATER, S.DECLINED)
OVER = (S.DECLINED, S.LATER, S.EXPIRED, S.CLOSED, S.CANCELLED, S.PREEMPTED)
LOCKING = tuple(state for state, stage in STAGES.items() if stage.locks)
