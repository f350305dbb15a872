"""Mail servers that behave well or badly, on this machine, and a certificate they can show."""

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.infrastructure.server import free_port
from wohnberatung.mail.services.delivery import MailSender
from wohnberatung.mail.smtp import SmtpServer

HOST = "127.0.0.1"
SENDER = MailSender("Wohnberatung Beispiel", "office@example.org", "answers@example.org", "wohnen.example")
LOGIN = LoginPassword(b"office", b"open sesame")


class Recorder:
    """Takes every mail, unless it was told to refuse at RCPT or DATA, or to die or stall AFTER DATA."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.at, self.refusal = "", ""
        # The names that aiosmtpd looks for.
        vars(self).update(handle_RCPT=self.take_recipient, handle_DATA=self.take_mail)

    def misbehave(self, at: str = "", refusal: str = "") -> None:
        self.at, self.refusal = at, refusal

    async def take_recipient(self, _server: SMTP, _session: Any, envelope: Any, address: str, _more: Any) -> str:
        if self.at == "RCPT":
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def take_mail(self, server: SMTP, _session: Any, envelope: Any) -> str:
        if self.at == "DATA":
            return self.refusal
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.mails.append(message)
        if self.at == "AFTER DATA":
            assert server.transport is not None
            server.transport.abort()
        while self.at == "STALL AFTER DATA":
            await asyncio.sleep(0.05)
        return "250 OK"


def smtp_server(port: int, **options: Any) -> SmtpServer:
    """Our side of it, impatient enough for tests."""
    return SmtpServer(**{"host": HOST, "port": port, "tls": "none", "sender": SENDER, "answer": 5.0, **options})


@contextmanager
def mail_server(recorder: Recorder, *, port: int | None = None, **options: Any) -> Iterator[int]:
    """Port of a running server; with `ssl_context` it speaks TLS from the first byte, with `tls_context` later."""
    controller = Controller(recorder, hostname=HOST, port=port or free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@contextmanager
def dripping_server() -> Iterator[int]:
    """Port of a server that keeps talking and never comes to the point."""
    stop = Event()
    listener = socket.create_server((HOST, 0))
    listener.settimeout(0.05)

    def drip() -> None:
        while not stop.is_set():
            with suppress(TimeoutError, OSError):
                line, _address = listener.accept()
                with line:
                    while not stop.wait(0.02):
                        line.sendall(b"220-please wait\r\n")

    thread = Thread(target=drip)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        stop.set()
        thread.join()
        listener.close()


def check_password(_server: SMTP, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    return AuthResult(success=given == LOGIN)


def certificate(folder: Path) -> tuple[ssl.SSLContext, str]:
    """A server's side of TLS on 127.0.0.1, and the file that says it can be trusted."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail server of a test")])
    today = datetime.now(UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).add_extension(address, critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.not_valid_before(today - timedelta(days=1)).not_valid_after(today + timedelta(days=1))
    signed = builder.sign(key, hashes.SHA256())
    public, private = folder / "server.pem", folder / "server.key"
    public.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    unencrypted = serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, unencrypted))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(public, private)
    return context, str(public)
