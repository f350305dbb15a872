"""From the outbox to a real mail server, whatever that server does."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from tests.infrastructure.pages import faults
from tests.infrastructure.server import free_port
from tests.mail.letters import queue_for_good as queue
from tests.mail.letters import states
from tests.mail.servers import (
    LOGIN,
    Recorder,
    certificate,
    check_password,
    dripping_server,
    mail_server,
    smtp_server,
)
from wohnberatung.core import clock
from wohnberatung.core.transactions import transaction
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.delivery import QUEUE, retry
from wohnberatung.mail.smtp import SmtpServer
from wohnberatung.mail.worker import send_due
from wohnberatung.privacy.encryption import destroy, new_person_key


@pytest.fixture
def recorder():
    return Recorder()


@pytest.fixture
def post(recorder):
    """A mail server that is there and takes mails."""
    with mail_server(recorder) as port:
        yield smtp_server(port)


def next_attempt(session):
    """The moment when the only waiting mail is due again."""
    return time_machine.travel(session.scalar(select(OutgoingMail.due_at)) + timedelta(seconds=1), tick=False)


def test_a_mail_arrives_as_text_and_as_a_page(session, post, recorder):
    mail = queue("erika@example.org")
    assert send_due(post) == 1
    (arrived,) = recorder.mails
    assert arrived["From"] == "Wohnberatung Beispiel <office@example.org>"
    assert arrived["To"] == "erika@example.org"
    assert arrived["Reply-To"] == "Wohnberatung Beispiel <answers@example.org>"
    assert arrived["Subject"] == "Wir haben Ihre Nachricht: DD-2026-ABC234"
    assert arrived["Message-ID"] == f"<{mail.id}@wohnen.example>"
    assert (arrived["Auto-Submitted"], arrived["Content-Language"]) == ("auto-generated", "de")
    text, page = (arrived.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "Nennen Sie diese Nummer" in text
    assert f"/mein-gesuch/{'x' * 26}" in text
    assert faults(page) == []


def test_what_was_sent_is_forgotten_and_never_sent_again(session, post, recorder):
    queue()
    assert [send_due(post), send_due(post)] == [1, 0]
    mail = session.scalars(select(OutgoingMail)).one()
    assert (mail.state, mail.content, len(recorder.mails)) == ("sent", None, 1)
    assert mail.sent_at is not None


def test_a_server_that_is_down_loses_nothing(session, recorder):
    port = free_port()
    queue()
    queue("otto@example.org")
    assert send_due(smtp_server(port)) == 0
    assert states() == ["queued", "queued"]
    with mail_server(recorder, port=port), time_machine.travel(clock.now() + timedelta(minutes=3), tick=False):
        assert send_due(smtp_server(port)) == 2
    assert sorted(mail["To"] for mail in recorder.mails) == ["erika@example.org", "otto@example.org"]


def test_a_server_that_is_down_for_an_hour_loses_nothing_of_what_is_written_meanwhile(session, recorder):
    """Somebody looks every five minutes, as the worker does more often."""
    port, begun = free_port(), clock.now()

    def look(minutes):
        with time_machine.travel(begun + timedelta(minutes=minutes), tick=False):
            if minutes < 60:
                queue(f"person{minutes}@example.org")
            return send_due(smtp_server(port))

    assert [look(minutes) for minutes in range(0, 60, 5)] == [0] * 12
    assert set(states()) == {"queued"}
    with mail_server(recorder, port=port):
        assert sum(look(minutes) for minutes in range(60, 180, 5)) == 12
    assert len({mail["To"] for mail in recorder.mails}) == len(recorder.mails) == 12


def test_a_round_ends_where_nobody_answers(session):
    for _ in range(3):
        queue()
    send_due(smtp_server(free_port()))
    assert sorted(session.scalars(select(OutgoingMail.attempts))) == [0, 0, 1]


def test_a_server_that_drips_holds_nobody_up(session):
    queue()
    begun = clock.now()
    with dripping_server() as port:
        assert send_due(smtp_server(port, conversation=0.5)) == 0
    assert clock.now() - begun < timedelta(seconds=5)
    assert states() == ["queued"]


@pytest.mark.parametrize("at", ["RCPT", "DATA"])
def test_a_server_that_is_busy_gets_it_later(session, post, recorder, at):
    queue()
    recorder.misbehave(at, "451 try again later")
    assert send_due(post) == 0
    assert session.scalar(select(OutgoingMail.trouble)) == "SMTP 451"
    assert send_due(post) == 0
    recorder.misbehave()
    with next_attempt(session):
        assert send_due(post) == 1
    assert len(recorder.mails) == 1


@pytest.mark.parametrize("at", ["RCPT", "DATA"])
def test_a_refused_mail_waits_for_a_person_in_the_end_and_is_kept(session, post, recorder, at):
    queue()
    recorder.misbehave(at, "550 no such mailbox")
    for _ in range(4):
        with next_attempt(session):
            assert send_due(post) == 0
    assert states() == ["failed"]
    recorder.misbehave()
    assert send_due(post) == 0
    with transaction():
        assert retry() == 1
    assert send_due(post) == 1
    assert len(recorder.mails) == 1


def test_a_server_that_dies_after_the_data_gets_the_mail_once_more_under_the_same_id(session, post, recorder):
    queue()
    recorder.misbehave("AFTER DATA")
    assert send_due(post) == 0
    recorder.misbehave()
    with next_attempt(session):
        assert [send_due(post), send_due(post)] == [1, 0]
    first, second = recorder.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


def test_a_mail_that_breaks_us_is_put_aside_and_the_next_one_sent(session, post, recorder, monkeypatch):
    queue("bad@example.org")
    queue("good@example.org")

    def send(self, letter, original=SmtpServer.send):
        if letter.to == "bad@example.org":
            raise ZeroDivisionError
        original(self, letter)

    monkeypatch.setattr(SmtpServer, "send", send)
    assert send_due(post) == 1
    assert sorted(states()) == ["queued", "sent"]


def test_a_person_who_was_erased_gets_no_mail(session, post, recorder):
    key = new_person_key()
    queue(person_key=key)
    queue("otto@example.org")
    destroy(key)
    session.commit()
    assert send_due(post) == 1
    assert [mail["To"] for mail in recorder.mails] == ["otto@example.org"]
    assert sorted(states()) == ["erased", "sent"]


def test_pauses_grow_and_never_march_in_step():
    for attempts, minutes in ((1, 1), (2, 2), (5, 16), (9, 256), (10, 360), (28, 360)):
        pauses = {QUEUE.backoff.after(attempts) / timedelta(minutes=minutes) for _ in range(20)}
        assert len(pauses) > 1
        assert all(0.5 <= share <= 1.5 for share in pauses)


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_the_line_is_encrypted_and_the_office_signs_in(session, recorder, tmp_path, tls):
    context, authority = certificate(tmp_path)
    queue()
    # aiosmtpd does not see that a line is encrypted from the first byte on, and would not let anybody sign in.
    spoken = {"tls_context": context} if tls == "starttls" else {"ssl_context": context, "auth_require_tls": False}
    with mail_server(recorder, authenticator=check_password, **spoken) as port:
        stranger = smtp_server(port, tls=tls, ca_file=authority, user="office", password="wrong", answer=1.0)
        assert send_due(stranger) == 0
        office = smtp_server(port, tls=tls, ca_file=authority, user=LOGIN.login.decode(), password="open sesame")
        with next_attempt(session):
            assert send_due(office) == 1


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_a_server_with_a_false_certificate_gets_nothing(session, recorder, tmp_path, tls):
    context, _authority = certificate(tmp_path)
    queue()
    spoken = {"tls_context": context} if tls == "starttls" else {"ssl_context": context}
    with mail_server(recorder, **spoken) as port:
        assert send_due(smtp_server(port, tls=tls)) == 0
    assert (states(), recorder.mails) == (["queued"], [])


def test_without_encryption_on_offer_nothing_is_said_in_the_clear(session, post, recorder):
    queue()
    assert send_due(smtp_server(post.port, tls="starttls")) == 0
    assert recorder.mails == []
