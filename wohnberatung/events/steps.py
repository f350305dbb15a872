"""What becomes of an event, of one of its dates and of a registration: which step leads where, and who takes it."""

from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, DomainError
from wohnberatung.core.steps import Party, RequiredReason, Step, StepTable
from wohnberatung.events.models import (
    DateState,
    EventDate,
    EventRegistration,
    EventState,
    PublicEvent,
    RegistrationState,
)

S, R = EventState, RegistrationState
OWNER, OFFICE, SYSTEM = (Party.PROVIDER, Party.OFFICE), (Party.OFFICE,), (Party.SYSTEM,)

SHOW, APPROVE, RETURN, HIDE, TAKE_BACK = "zeigen", "freigeben", "zurueckgeben", "verbergen", "erst-pruefen"
REMOVE, RESTORE = "entfernen", "wieder-zeigen"
CALL_OFF, TAKES_PLACE = "absagen", "findet-doch-statt"
RELEASE, CONFIRM, MOVE_UP, CANCEL = "kein-spam", "bestaetigen", "nachruecken", "abmelden"
# The mails that tell of a step, see services/telling.py.
EVENT_NEWS, REGISTRATION_NEWS = "event_news", "registration_news"


def says_when_and_what(event: PublicEvent) -> None:
    """DomainError where nobody could tell what takes place, or when."""
    if not event.text.strip():
        raise DomainError(_("Bitte schreiben Sie zuerst, was stattfindet."))
    if not event.coming():
        raise DomainError(_("Bitte tragen Sie zuerst einen Termin ein, der noch kommt."))


def nobody_is_expected(event: PublicEvent) -> None:
    """DomainError while people could come to a date that nobody sees any more."""
    if event.registers and any(not each.is_off for each in event.coming()):
        raise DomainError(_("Bitte sagen Sie zuerst die Termine ab, damit alle Angemeldeten davon erfahren."))


def _enter(event: PublicEvent, state: StrEnum) -> None:
    """Whoever waits for the office does so since the first day."""
    event.waits_since = (event.waits_since or clock.now()) if state == S.WAITING else None
    if state == S.PUBLISHED:
        event.reason = ""
    event.state = S(state)


# To show it means to hand it to the office where the owner is not trusted yet or the wording asks for it.
EVENT_STEPS: StepTable[PublicEvent] = StepTable(
    Step(
        SHOW,
        OWNER,
        (S.DRAFT, S.RETURNED),
        S.PUBLISHED,
        _l("Veröffentlichen"),
        _l("Die Veranstaltung ist jetzt für alle zu sehen."),
        guards=(says_when_and_what,),
        instead=(S.WAITING,),
    ),
    Step(
        APPROVE,
        OFFICE,
        (S.WAITING,),
        S.PUBLISHED,
        _l("Freigeben"),
        _l("Die Veranstaltung ist jetzt für alle zu sehen."),
        guards=(says_when_and_what,),
        told=EVENT_NEWS,
    ),
    Step(
        RETURN,
        OFFICE,
        (S.WAITING,),
        S.RETURNED,
        _l("Zurückgeben"),
        _l("Zurückgegeben. Wer einlädt, liest Ihre Gründe."),
        reason=RequiredReason("reason", _l("Bitte schreiben Sie, was zu ändern ist. Wer einlädt, liest das.")),
        told=EVENT_NEWS,
        asks=True,
    ),
    Step(
        HIDE,
        OWNER,
        (S.PUBLISHED, S.WAITING),
        S.DRAFT,
        _l("Zurück zum Entwurf"),
        _l("Die Veranstaltung ist jetzt wieder ein Entwurf."),
        guards=(nobody_is_expected,),
    ),
    # What everybody reads has changed, and somebody should read it first.
    Step(TAKE_BACK, SYSTEM, (S.PUBLISHED,), S.WAITING),
    # The decision about a report.
    Step(REMOVE, SYSTEM, (S.PUBLISHED, S.WAITING, S.RETURNED, S.DRAFT), S.REMOVED, told=EVENT_NEWS),
    Step(RESTORE, SYSTEM, (S.REMOVED,), S.PUBLISHED, told=EVENT_NEWS),
    begins=(S.DRAFT,),
    refused=lambda _event: Conflict(_("Das geht nicht mehr: Die Veranstaltung hat inzwischen einen anderen Stand.")),
    enter=_enter,
)


def still_comes(date: EventDate) -> None:
    """DomainError for a date that is over."""
    if date.ends_at <= clock.now():
        raise DomainError(_("Dieser Termin ist schon vorbei."))


DATE_STEPS: StepTable[EventDate] = StepTable(
    Step(
        CALL_OFF,
        OWNER,
        (DateState.PLANNED,),
        DateState.CALLED_OFF,
        _l("Absagen"),
        _l("Der Termin ist abgesagt. Wer angemeldet ist, erfährt es."),
        guards=(still_comes,),
        told=REGISTRATION_NEWS,
    ),
    Step(
        TAKES_PLACE,
        OWNER,
        (DateState.CALLED_OFF,),
        DateState.PLANNED,
        _l("Findet doch statt"),
        _l("Der Termin findet statt. Wer angemeldet ist, erfährt es."),
        guards=(still_comes,),
        told=REGISTRATION_NEWS,
    ),
    begins=(DateState.PLANNED,),
    refused=lambda _date: Conflict(_("Dieser Termin hat inzwischen einen anderen Stand.")),
)


def _enter_registration(row: EventRegistration, state: StrEnum) -> None:
    """The place on the waiting list is that of the moment somebody came onto it."""
    row.waits_since = (row.waits_since or clock.now()) if state == R.WAITING else None
    row.state = R(state)


# Whether there is a place, or one on the waiting list, the service finds: see services/seats.py.
REGISTRATION_STEPS: StepTable[EventRegistration] = StepTable(
    Step(RELEASE, OFFICE, (R.HELD,), R.TAKEN, _l("Kein Spam"), instead=(R.UNCONFIRMED, R.WAITING)),
    Step(
        CONFIRM,
        (Party.SEEKER,),
        (R.UNCONFIRMED,),
        R.TAKEN,
        _l("Anmeldung bestätigen"),
        _l("Danke, Ihre Anmeldung ist bestätigt."),
        instead=(R.WAITING,),
    ),
    Step(MOVE_UP, SYSTEM, (R.WAITING,), R.TAKEN, told=REGISTRATION_NEWS),
    Step(
        CANCEL,
        (Party.SEEKER, Party.PROVIDER, Party.OFFICE),
        (R.HELD, R.UNCONFIRMED, R.TAKEN, R.WAITING),
        R.CANCELLED,
        _l("Anmeldung zurücknehmen"),
        _l("Die Anmeldung ist zurückgenommen. Der Platz ist wieder frei."),
    ),
    begins=(R.UNCONFIRMED, R.TAKEN, R.WAITING, R.HELD),
    final=(R.CANCELLED,),
    refused=lambda _row: Conflict(_("Diese Anmeldung hat inzwischen einen anderen Stand.")),
    enter=_enter_registration,
)
