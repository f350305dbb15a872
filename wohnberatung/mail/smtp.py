"""Handing one mail to a mail server (bounded time, one of three ends), or in the demo to the mailbox."""

import smtplib
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from typing import Any, Protocol

from wohnberatung.config_values import DEMO
from wohnberatung.core.errors import DomainError
from wohnberatung.mail.services.delivery import LeasedMail, MailSender, compose, host_of

# Seconds that one answer of the server, and that the whole conversation may take (less than a lease).
ANSWER, CONVERSATION = 30.0, 180.0


class NotSent(Exception):
    """The mail did not leave, or nobody can tell; the text is terse and names no person."""


class Unreachable(NotSent):
    """There is no talking to the server: it is useless to try the next mail now."""


class Delayed(NotSent):
    """This mail did not go through now. After a broken line it may have, and comes again with the same id."""


class Refused(NotSent):
    """The server does not want this mail, now or later."""


@dataclass(frozen=True)
class SmtpServer:
    """The office's own mail server. `tls` is starttls, implicit or none; certificates are always checked."""

    host: str
    port: int
    tls: str
    sender: MailSender
    user: str = ""
    password: str = ""
    ca_file: str | None = None
    answer: float = ANSWER
    conversation: float = CONVERSATION

    keeps = False

    def send(self, letter: LeasedMail) -> None:
        """Return once the server has taken responsibility; else NotSent."""
        message = compose(letter, self.sender)
        with self._connected() as server:
            try:
                server.send_message(message)
            except smtplib.SMTPRecipientsRefused as error:
                raise _verdict(max(code for code, _words in error.recipients.values())) from error
            except smtplib.SMTPResponseException as error:
                raise _verdict(error.smtp_code) from error
            except smtplib.SMTPNotSupportedError as error:
                raise Refused("the server lacks a feature") from error
            except (OSError, smtplib.SMTPException) as error:
                raise Delayed(type(error).__name__) from error

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """A server that greeted us and let us in."""
        try:
            server = self._enter()
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(type(error).__name__) from error
        try:
            yield server
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _enter(self) -> smtplib.SMTP:
        kind = _WatchedTLS if self.tls == "implicit" else _Watched
        options: dict[str, Any] = {"context": self._context()} if self.tls == "implicit" else {}
        server = kind(
            self.host,
            self.port,
            conversation=self.conversation,
            timeout=self.answer,
            local_hostname=self.sender.host,
            **options,
        )
        try:
            if self.tls == "starttls":
                server.starttls(context=self._context())
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server

    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.ca_file)


class _Watched(smtplib.SMTP):
    """Cuts the line when the conversation takes too long: a server that drips would hold us for hours."""

    def __init__(self, *arguments: Any, conversation: float, **options: Any) -> None:
        self._watch = Timer(conversation, self._cut)
        self._watch.daemon = True
        super().__init__(*arguments, **options)

    def connect(self, *arguments: Any, **options: Any) -> tuple[int, bytes]:
        self._watch.start()
        try:
            return super().connect(*arguments, **options)
        except BaseException:
            self._watch.cancel()
            raise

    def close(self) -> None:
        self._watch.cancel()
        super().close()

    def _cut(self) -> None:
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


class _WatchedTLS(_Watched, smtplib.SMTP_SSL):
    """The same where TLS begins with the first byte."""


def _verdict(code: int) -> NotSent:
    return (Refused if 500 <= code < 600 else Delayed)(f"SMTP {code}")


class Transport(Protocol):
    """`keeps`: whether the content is still wanted once the mail is sent."""

    @property
    def keeps(self) -> bool: ...

    def send(self, letter: LeasedMail) -> None:
        """Raise `smtp.NotSent` where it cannot be taken for delivered."""


class Mailbox:
    """The demo: a mail is delivered by lying in the outbox, where the mailbox page shows it."""

    keeps = True

    def send(self, letter: LeasedMail) -> None:
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
        sender=MailSender(
            config["OFFICE_NAME"], config["MAIL_FROM"], config["OFFICE_EMAIL"], host_of(config["PUBLIC_URL"])
        ),
        user=config["SMTP_USER"],
        password=config["SMTP_PASSWORD"],
        ca_file=config["SMTP_CA_FILE"],
    )
