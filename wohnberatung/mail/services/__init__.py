"""Use cases of mail: put one into the outbox, take those that are due out of it, look into it."""

from wohnberatung.mail.services.delivery import (
    Letter,
    anything_due,
    claim,
    give_back,
    late_since,
    mark_sent,
    mark_undeliverable,
    retry,
)
from wohnberatung.mail.services.outbox import queue_mail
from wohnberatung.mail.services.reading import ShownMail, mails_for_list, read_mail

__all__ = [
    "Letter",
    "ShownMail",
    "anything_due",
    "claim",
    "give_back",
    "late_since",
    "mails_for_list",
    "mark_sent",
    "mark_undeliverable",
    "queue_mail",
    "read_mail",
    "retry",
]
