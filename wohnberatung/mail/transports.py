"""Ways out of the house, as the settings want it: a mail server, or in the demo the mailbox page."""

from collections.abc import Mapping
from typing import Any, Protocol

from wohnberatung.config_values import DEMO
from wohnberatung.core.errors import DomainError
from wohnberatung.mail.composing import Sender, host_of
from wohnberatung.mail.services import Letter
from wohnberatung.mail.smtp import SmtpServer


class Transport(Protocol):
    """`keeps`: whether the content is still wanted once the mail is sent."""

    @property
    def keeps(self) -> bool: ...

    def send(self, letter: Letter) -> None:
        """Raise `smtp.NotSent` where it cannot be taken for delivered."""


class Mailbox:
    """The demo: a mail is delivered by lying in the outbox, where the mailbox page shows it."""

    keeps = True

    def send(self, letter: Letter) -> None:
        """Nothing is left to do."""


def transport_for(config: Mapping[str, Any]) -> Transport:
    """DomainError where no mail server is set."""
    if config["MODE"] == DEMO:
        return Mailbox()
    if not config["SMTP_HOST"]:
        raise DomainError("SMTP_HOST ist nicht gesetzt. Die E-Mails bleiben im Postausgang.")
    return SmtpServer(
        host=config["SMTP_HOST"],
        port=config["SMTP_PORT"],
        tls=config["SMTP_TLS"],
        sender=Sender(
            config["OFFICE_NAME"], config["MAIL_FROM"], config["OFFICE_EMAIL"], host_of(config["PUBLIC_URL"])
        ),
        user=config["SMTP_USER"],
        password=config["SMTP_PASSWORD"],
        ca_file=config["SMTP_CA_FILE"],
    )
