"""The worker that empties the outbox. Any number may run; each mail is one worker's at a time."""

from threading import Event

import structlog

from wohnberatung.core.lease_queue import keep_working, take_next
from wohnberatung.core.transactions import transaction
from wohnberatung.mail.services import delivery
from wohnberatung.mail.smtp import NotSent, Refused, Transport, Unreachable

log = structlog.get_logger(__name__)

# Seconds between two looks into the outbox.
PAUSE = 5.0


def work(transport: Transport, stop: Event, pause: float = PAUSE) -> None:
    """Send what becomes due until `stop` is set. A database that is away is waited for."""
    keep_working(lambda: send_due(transport, stop), stop, pause, "outbox")


def send_due(transport: Transport, stop: Event | None = None) -> int:
    """Send everything that is due now; ends early where the server does not answer. Returns how many went out."""
    sent = 0
    while not (stop and stop.is_set()) and (letter := take_next(delivery.anything_due, delivery.claim)):
        trouble = _try(transport, letter)
        with transaction():
            if trouble is None:
                delivery.mark_sent(letter, keep=transport.keeps)
            elif isinstance(trouble, Refused):
                delivery.mark_undeliverable(letter, str(trouble))
            else:
                delivery.give_back(letter, str(trouble))
        if isinstance(trouble, Unreachable):
            break
        sent += trouble is None
    return sent


def _try(transport: Transport, letter: delivery.LeasedMail) -> NotSent | None:
    try:
        transport.send(letter)
    except NotSent as error:
        log.warning("mail not sent", mail=letter.id, kind=type(error).__name__, trouble=str(error))
        return error
    except Exception as error:
        # One mail that breaks us must not keep the others back.
        log.exception("mail not sent", mail=letter.id)
        return NotSent(type(error).__name__)
    log.info("mail sent", mail=letter.id)
    return None
