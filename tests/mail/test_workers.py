"""Several workers, workers that die, and the command that runs one. On databases where commits are real."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
import time_machine
from sqlalchemy import select

from tests.infrastructure.processes import ERR, running
from tests.mail.letters import queue, states
from tests.mail.servers import SENDER, Recorder, mail_server, smtp_server
from wohnberatung.core import clock
from wohnberatung.core.lease_queue import LEASE
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services import delivery
from wohnberatung.mail.smtp import Mailbox
from wohnberatung.mail.worker import send_due, work

WORKERS, MAILS = 4, 12


@pytest.fixture
def recorder():
    return Recorder()


def fill(count=1):
    with transaction():
        for number in range(count):
            queue(f"person{number}@example.org")


def test_workers_side_by_side_send_each_mail_once(own_app, recorder):
    with own_app.app_context():
        fill(MAILS)

    def run(port):
        with own_app.app_context():
            return send_due(smtp_server(port))

    with mail_server(recorder) as port, ThreadPoolExecutor(WORKERS) as pool:
        assert sum(pool.map(run, [port] * WORKERS)) == MAILS
    assert len({mail["Message-ID"] for mail in recorder.mails}) == len(recorder.mails) == MAILS


def test_a_mail_in_the_hands_of_a_worker_is_nobody_elses_until_the_lease_ends(own_app):
    with own_app.app_context():
        fill()
        with transaction():
            lost = delivery.claim()
        with transaction():
            assert delivery.claim() is None
        with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1), tick=False):
            with transaction():
                again = delivery.claim()
            assert again.id == lost.id
            with transaction():
                delivery.give_back(lost, "the one who lost the lease has no say")
            assert db.session.scalar(select(OutgoingMail.lease)) == again.lease
            with transaction():
                delivery.mark_sent(again)
        assert states() == ["sent"]


def test_a_worker_that_was_killed_while_sending_costs_at_most_one_duplicate(own_app, recorder):
    """The server took the mail, the worker died before it could note that."""
    with own_app.app_context():
        fill(2)
        recorder.misbehave("STALL AFTER DATA")
        with mail_server(recorder) as port:
            with running(own_app, "mail-worker", **post_office(port)) as worker:
                wait_for(lambda: recorder.mails)
                worker.kill()
            recorder.misbehave()
            assert send_due(smtp_server(port)) == 1
            with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1), tick=False):
                assert [send_due(smtp_server(port)), send_due(smtp_server(port))] == [1, 0]
        assert states() == ["sent", "sent"]
    ids = [mail["Message-ID"] for mail in recorder.mails]
    assert (len(ids), len(set(ids))) == (3, 2)


def test_the_command_sends_and_ends_politely(own_app, recorder):
    with own_app.app_context():
        fill(2)
        with mail_server(recorder) as port:
            with running(own_app, "mail-worker", "--once", **post_office(port)) as once:
                assert (once.wait(), once.said()) == (0, "2 E-Mails gesendet.\n")
                assert "example.org" not in once.said(ERR)
            with running(own_app, "mail-worker", **post_office(port)) as worker:
                fill(1)
                wait_for(lambda: len(recorder.mails) == 3)
                worker.terminate()
                assert worker.wait() == 0


def test_a_worker_outlives_a_database_that_is_away(own_app, monkeypatch):
    stop, looks = Event(), []

    def look(original=delivery.anything_due):
        looks.append(1)
        if len(looks) == 1:
            db.session.execute(select(db.literal_column("no_such_column")))
        stop.set()
        return original()

    with own_app.app_context():
        fill()
        monkeypatch.setattr(delivery, "anything_due", look)
        work(Mailbox(), stop, pause=0.01)
        assert len(looks) == 2


def post_office(port):
    """The settings of a worker that sends to this server."""
    server = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_TLS": "none"}
    return {"LOG_LEVEL": "info", "PUBLIC_URL": f"https://{SENDER.host}", **server}


def wait_for(happened, seconds=30):
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
