"""The life of a request: which step leads from where to where, and who takes it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.errors import DomainError
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.seekers.models import HousingRequest, RequestState

S = RequestState
SEEKER, OFFICE = (Party.SEEKER,), (Party.OFFICE,)

PAUSE, RESUME, WITHDRAW = "pausieren", "fortsetzen", "zurueckziehen"
TAKE_UP, CLOSE, RESTORE, SEEK_AGAIN = "aufnehmen", "schliessen", "wiederherstellen", "wieder-suchen"

# Whoever comes back is read again by a person before anything is proposed: meanwhile things may have changed.
REQUEST_STEPS: StepTable[HousingRequest] = StepTable(
    Step(PAUSE, (*SEEKER, *OFFICE), (S.NEW, S.ACTIVE), S.PAUSED, _l("Gesuch pausieren"), _l("Ihr Gesuch ruht jetzt.")),
    Step(
        RESUME,
        SEEKER,
        (S.PAUSED, S.WITHDRAWN),
        S.NEW,
        _l("Wieder suchen"),
        _l("Ihr Gesuch gilt wieder. Wir sehen es uns noch einmal an."),
    ),
    Step(
        WITHDRAW,
        SEEKER,
        (S.NEW, S.ACTIVE, S.PAUSED),
        S.WITHDRAWN,
        _l("Gesuch zurückziehen"),
        _l("Ihr Gesuch ist zurückgezogen."),
        asks=True,
    ),
    Step(TAKE_UP, OFFICE, (S.NEW,), S.ACTIVE),
    # After a conversation, of which the office keeps a record.
    Step(SEEK_AGAIN, OFFICE, (S.PAUSED, S.CLOSED), S.ACTIVE),
    Step(CLOSE, OFFICE, tuple(S), S.CLOSED),
    # Two requests that were one after all are two again: each is as it was.
    Step(RESTORE, OFFICE, (S.CLOSED,), S.NEW, instead=(S.ACTIVE, S.PAUSED, S.WITHDRAWN, S.CLOSED)),
    begins=(S.NEW,),
    refused=lambda request: DomainError(_("Das geht nicht mehr: Ihr Gesuch hat inzwischen einen anderen Stand.")),
)
