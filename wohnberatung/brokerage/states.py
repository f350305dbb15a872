"""The states of a match, as a table. Source: brokerage concept, the numbered states.

A candidate is only computed and has no row. A new state is a row here, the ways to it are rows in services/steps.py and
the files it puts together.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words
from wohnberatung.core.steps import Deadline, Party


class MatchState(StrEnum):
    """Where a match stands."""

    UNDER_REVIEW = "under_review"
    OFFERED = "offered"
    HELP_WANTED = "help_wanted"
    INTERESTED = "interested"
    LATER = "later"
    PRESENTED = "presented"
    MUTUAL_INTEREST = "mutual_interest"
    CONTACT_RELEASED = "contact_released"
    VIEWING = "viewing"
    FEEDBACK = "feedback"
    CLARIFICATION = "clarification"
    RESERVED = "reserved"
    CONTRACT = "contract"
    WORKS = "works"
    MOVED_IN = "moved_in"
    COMPLETED = "completed"
    ON_HOLD = "on_hold"
    DECLINED = "declined"
    REFUSED = "refused"
    EXPIRED = "expired"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    PREEMPTED = "preempted"
    ENDED_AFTER_MOVE_IN = "ended_after_move_in"


@dataclass(frozen=True)
class Stage:
    """A state in words: `label` for the office, `said` and `meaning` for the one who seeks; `kind` is that of a
    badge. `turn` is whose move it is; nobody's where it is over. `lasts` is how long it may, unless a day that somebody
    named says so. `locks`: it counts as one of the parallel offers of a person and of a place."""

    label: Words
    said: Any
    meaning: Any
    kind: str
    turn: Party | None
    lasts: Deadline | None = None
    locks: bool = False


OFFICE, SEEKER, PROVIDER, SYSTEM = Party.OFFICE, Party.SEEKER, Party.PROVIDER, Party.SYSTEM
REMINDED_BEFORE = timedelta(hours=48)
_OVER = _l("Sie müssen nichts tun.")
_SEARCHING = _l("Wir suchen weiter.")
S = MatchState

STAGES: dict[MatchState, Stage] = {
    S.UNDER_REVIEW: Stage(_l("in Prüfung"), "", "", "info", OFFICE, Deadline(7)),
    S.OFFERED: Stage(
        _l("vorgeschlagen"),
        _l("Wartet auf Ihre Antwort"),
        _l("Sehen Sie sich den Vorschlag an und sagen Sie uns, was Sie davon halten."),
        "warning",
        SEEKER,
        Deadline(10, reminder=REMINDED_BEFORE),
        locks=True,
    ),
    S.HELP_WANTED: Stage(
        _l("braucht Hilfe"),
        _l("Wir melden uns bei Ihnen"),
        _l("Sie haben um Hilfe gebeten. Sie können trotzdem jederzeit antworten."),
        "info",
        OFFICE,
        Deadline(5),
        locks=True,
    ),
    S.INTERESTED: Stage(
        _l("hat Interesse"),
        _l("Sie haben Interesse"),
        _l("Wir kümmern uns um den nächsten Schritt und melden uns. Ihren Namen erfährt noch niemand."),
        "success",
        OFFICE,
        Deadline(5),
        locks=True,
    ),
    S.LATER: Stage(_l("später noch einmal"), _l("Wir fragen Sie später noch einmal"), _OVER, "info", SYSTEM),
    S.PRESENTED: Stage(
        _l("dem Anbieter vorgestellt"),
        _l("Der Anbieter überlegt"),
        _l("Der Anbieter weiß, was Ihre Wohnung können muss. Ihren Namen kennt er nicht. Wir melden uns."),
        "info",
        PROVIDER,
        Deadline(14),
        locks=True,
    ),
    S.MUTUAL_INTEREST: Stage(
        _l("beide möchten, Kontakt freizugeben"),
        _l("Der Anbieter möchte Sie kennenlernen"),
        _l("Dürfen wir ihm Ihren Namen und Ihre Kontaktdaten geben? Sie entscheiden."),
        "warning",
        SEEKER,
        Deadline(7, reminder=REMINDED_BEFORE),
        locks=True,
    ),
    S.CONTACT_RELEASED: Stage(
        _l("Kontakt freigegeben"),
        _l("Sie lernen sich kennen"),
        _l("Der Anbieter hat Ihre Kontaktdaten. Bald gibt es einen Termin zum Anschauen."),
        "success",
        OFFICE,
        Deadline(7),
        locks=True,
    ),
    # Three days after the day that was agreed on: see services/history.py.
    S.VIEWING: Stage(
        _l("Besichtigung vereinbart"),
        _l("Sie haben einen Termin zum Anschauen"),
        _l("Sehen Sie sich alles in Ruhe an. Danach fragen wir Sie, wie es war."),
        "success",
        OFFICE,
        Deadline(3),
        locks=True,
    ),
    S.FEEDBACK: Stage(
        _l("besichtigt, Rückmeldung steht aus"),
        _l("Wie war es beim Anschauen?"),
        _l("Wir fragen beide Seiten, wie es weitergehen soll."),
        "warning",
        OFFICE,
        Deadline(5),
        locks=True,
    ),
    S.CLARIFICATION: Stage(
        _l("in Klärung"),
        _l("Wir klären noch etwas"),
        _l("Zum Beispiel einen Umbau, Unterlagen oder die Kaution. Wir melden uns bei Ihnen."),
        "info",
        OFFICE,
        Deadline(14),
        locks=True,
    ),
    S.RESERVED: Stage(
        _l("reserviert"),
        _l("Das Angebot ist für Sie reserviert"),
        _l("Niemand sonst bekommt es in dieser Zeit. Als Nächstes kommt der Vertrag."),
        "success",
        OFFICE,
        Deadline(14),
        locks=True,
    ),
    S.CONTRACT: Stage(
        _l("Vertrag geschlossen"),
        _l("Sie haben einen Vertrag"),
        _l("Herzlichen Glückwunsch. Jetzt geht es um Förderung, Umbau und Einzug."),
        "success",
        OFFICE,
        Deadline(30),
    ),
    S.WORKS: Stage(
        _l("Förderung und Umbau"),
        _l("Die Wohnung wird für Sie vorbereitet"),
        _l("Bestellen Sie noch nichts: Erst kommt der Antrag auf Förderung. Fragen Sie uns, wenn Sie unsicher sind."),
        "success",
        OFFICE,
        Deadline(30),
    ),
    # Until somebody is to ask how it goes: see days.py.
    S.MOVED_IN: Stage(
        _l("eingezogen"),
        _l("Sie sind eingezogen"),
        _l("Nach drei und nach zwölf Monaten fragen wir Sie, wie es Ihnen geht."),
        "success",
        OFFICE,
        Deadline(90),
    ),
    S.COMPLETED: Stage(
        _l("erfolgreich abgeschlossen"),
        _l("Alles ist gut ausgegangen"),
        _l("Wir wünschen Ihnen alles Gute."),
        "success",
        None,
    ),
    S.ON_HOLD: Stage(
        _l("ruht"), _l("Das ruht gerade"), _l("Wir machen an einem festen Tag weiter und melden uns."), "info", SYSTEM
    ),
    S.DECLINED: Stage(
        _l("passt nicht, zu bestätigen"),
        _l("Sie haben abgelehnt"),
        _l("Danke für die Antwort. Wir suchen weiter."),
        "info",
        OFFICE,
        Deadline(5),
    ),
    S.REFUSED: Stage(
        _l("vom Anbieter abgelehnt, zu prüfen"),
        _l("Wir prüfen noch etwas"),
        _l("Wir sprechen mit dem Anbieter und melden uns bei Ihnen."),
        "info",
        OFFICE,
        Deadline(5),
    ),
    S.EXPIRED: Stage(
        _l("ohne Antwort abgelaufen"),
        _l("Die Zeit zum Antworten ist vorbei"),
        _l("Möchten Sie doch noch antworten? Sagen Sie uns Bescheid."),
        "info",
        None,
    ),
    S.CLOSED: Stage(_l("abgelehnt"), _l("Es hat diesmal nicht gepasst"), _SEARCHING, "info", None),
    S.CANCELLED: Stage(_l("zurückgezogen"), _l("Wir haben den Vorschlag zurückgezogen"), _OVER, "info", None),
    S.PREEMPTED: Stage(
        _l("nicht mehr zu haben"), _l("Dieses Angebot ist leider nicht mehr frei"), _SEARCHING, "info", None
    ),
    S.ENDED_AFTER_MOVE_IN: Stage(
        _l("nach dem Einzug beendet"),
        _l("Sie wohnen dort nicht mehr"),
        _l("Wir sprechen mit Ihnen. Wenn Sie möchten, suchen wir weiter."),
        "info",
        OFFICE,
        Deadline(5),
    ),
}
# Where the reason makes another thing of it.
STAGES_BY_REASON: dict[tuple[MatchState, str], Stage] = {
    (S.EXPIRED, "dates_missed"): Stage(
        _l("zweimal nicht zum Termin gekommen"),
        _l("Der Termin hat zweimal nicht geklappt"),
        _l("Wir fragen nach, was los ist. Sie können sich auch selbst bei uns melden."),
        "info",
        None,
    )
}
# Where a match is closed because somebody lives there no more: as long as they seek, and where they do not.
_NO_MORE = _l("Sie wohnen dort nicht mehr")
LEFT_AND_SEEKING = Stage(_l("nach dem Einzug beendet, sucht wieder"), _NO_MORE, _SEARCHING, "info", None)
LEFT = Stage(_l("nach dem Einzug beendet"), _NO_MORE, _OVER, "info", None)

ANSWERABLE = (S.OFFERED, S.HELP_WANTED, S.INTERESTED, S.LATER, S.DECLINED)
PROPOSED = (S.UNDER_REVIEW, S.OFFERED, S.HELP_WANTED, S.INTERESTED, S.LATER)
ACQUAINTED = (S.CONTACT_RELEASED, S.VIEWING, S.FEEDBACK, S.CLARIFICATION)
# Before a place is anybody's: it may be lost to somebody else, or taken away.
BEFORE_RESERVATION = (*PROPOSED, S.PRESENTED, S.MUTUAL_INTEREST, *ACQUAINTED)
# Either side may still say no.
WITH_BOTH = (S.PRESENTED, S.MUTUAL_INTEREST, *ACQUAINTED, S.RESERVED)
# A contract is a fact between others, which nothing here takes back.
UNDER_CONTRACT = (S.CONTRACT, S.WORKS, S.MOVED_IN)
# The way on which everything goes well.
MAIN_WAY = (S.UNDER_REVIEW, S.OFFERED, S.INTERESTED, *WITH_BOTH, *UNDER_CONTRACT, S.COMPLETED)
# The place is theirs, and can be nobody else's.
TAKES_PLACE = (S.RESERVED, *UNDER_CONTRACT)
# Something happened on the way; where it was before is kept.
ASIDE = (S.ON_HOLD, S.DECLINED, S.REFUSED)
# Seen by the one who seeks and not theirs yet: they may have to wait behind somebody else.
IN_PLAY = tuple(state for state in BEFORE_RESERVATION if state not in (S.UNDER_REVIEW, S.LATER))
# The office's turn, with so much time and no day that was agreed on.
KEPT_UP = (
    S.UNDER_REVIEW, S.HELP_WANTED, S.INTERESTED, S.CONTACT_RELEASED, S.FEEDBACK, S.CLARIFICATION, S.CONTRACT, S.WORKS
)  # fmt: skip
# What may rest, or come back from having been put aside.
ON_THE_WAY = (*IN_PLAY, *TAKES_PLACE)
OPEN = (*BEFORE_RESERVATION, *TAKES_PLACE, S.ON_HOLD)
OVER = (
    S.DECLINED, S.REFUSED, S.LATER, S.EXPIRED, S.CLOSED, S.CANCELLED, S.PREEMPTED, S.COMPLETED, S.ENDED_AFTER_MOVE_IN
)  # fmt: skip
LOCKING = tuple(state for state, stage in STAGES.items() if stage.locks)
