"""Several workers, workers that die, and the command that runs one. On databases where commits are real."""

import os
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
import time_machine
from sqlalchemy import select

from tests.infrastructure.server import OPERATORS_SETTINGS, command
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
HOUSE = {"PUBLIC_URL": f"https://{SENDER.host}"}


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
            worker = subprocess.Popen([command("wohnberatung"), "mail-worker"], env=surroundings(own_app, port))
            wait_for(lambda: recorder.mails)
            worker.send_signal(signal.SIGKILL)
            worker.wait(10)
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
            environment = surroundings(own_app, port)
            once = subprocess.run(
                [command("wohnberatung"), "mail-worker", "--once"], env=environment, capture_output=True, text=True
            )
            assert (once.returncode, once.stdout) == (0, "2 E-Mails gesendet.\n")
            assert "example.org" not in once.stderr
            worker = subprocess.Popen([command("wohnberatung"), "mail-worker"], env=environment)
            fill(1)
            wait_for(lambda: len(recorder.mails) == 3)
            worker.terminate()
            assert worker.wait(20) == 0


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


def surroundings(app, port):
    """The environment of a worker of the same office."""
    kept = {name: value for name, value in os.environ.items() if name not in OPERATORS_SETTINGS}
    address = app.config["SQLALCHEMY_DATABASE_URI"].render_as_string(hide_password=False)
    mine = {"APP_ENV": "test", "DATABASE_URL": address, "SECRET_KEY": app.config["SECRET_KEY"]}
    mine |= {"FIELD_KEYS": app.config["FIELD_KEYS"], "LOG_LEVEL": "info"}
    return kept | mine | {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_TLS": "none", **HOUSE}


def wait_for(happened, seconds=30):
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
