"""Two web nodes and two workers on one PostgreSQL, each killed in turn while people write.

Processes stand for machines: they share nothing but the database, the folder of pictures and the keys.
"""

import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from itertools import count
from threading import Event

import pytest
import time_machine
from sqlalchemy import select

from tests.brokerage.cases import home
from tests.faults.visitors import Visitor
from tests.infrastructure.processes import open_office, running
from tests.infrastructure.server import free_port
from tests.mail.letters import states
from tests.mail.servers import Recorder, mail_server, smtp_server
from tests.mail.test_workers import post_office, wait_for
from wohnberatung.advice.models import Enquiry
from wohnberatung.advice.services.enquiries import content_of
from wohnberatung.core import clock
from wohnberatung.core.lease_queue import LEASE
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db
from wohnberatung.mail.worker import send_due

LIST = "/angebote"


def write(ports, number, over, told):
    """At whichever node answers: the other one knows the session, the form and its key."""
    visitor = Visitor(ports[number % 2])
    for turn in count():
        if over.is_set():
            return
        question = visitor.question(f"Frage {turn} von {number}")
        for port in (visitor.port, *ports):
            visitor.port = port
            if visitor.send(question):
                told.append(question["question"])
                break


def rows_of(page):
    """The list itself, without what belongs to this very answer."""
    return page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.only_on("postgresql")
def test_nodes_and_workers_die_in_turn_and_nothing_is_lost(own_app, figure):
    recorder, over, told, ports = Recorder(), Event(), [], (free_port(), free_port())
    with ExitStack() as stack:
        smtp = stack.enter_context(mail_server(recorder))
        settings = post_office(smtp)
        nodes = [stack.enter_context(open_office(own_app, port, **settings)) for port in ports]
        workers = [stack.enter_context(running(own_app, "work", **settings)) for _each in range(2)]
        pool = stack.enter_context(ThreadPoolExecutor(2))
        writing = [pool.submit(write, ports, number, over, told) for number in range(2)]
        try:
            for victim, place in zip([*nodes, *workers], [*ports, None, None], strict=True):
                goal = len(told) + 4
                wait_for(lambda goal=goal: len(told) >= goal)
                victim.kill_all() if place else victim.kill()
                goal = len(told) + 4
                wait_for(lambda goal=goal: len(told) >= goal)
                if place:
                    stack.enter_context(open_office(own_app, place, **settings))
                else:
                    workers.append(stack.enter_context(running(own_app, "work", **settings)))
        finally:
            over.set()
        assert all(each.result() is None for each in writing)
        with own_app.app_context(), transaction():
            home("Wohnung, die gerade frei wurde")
        pages = [Visitor(port).ask("GET", LIST)[1] for port in ports]
        assert "Wohnung, die gerade frei wurde" in pages[0]
        assert rows_of(pages[0]) == rows_of(pages[1])
        for worker in workers[2:]:
            worker.terminate()
            # One that has only just begun has nothing in hand and ends at once.
            assert worker.wait() in (0, -signal.SIGTERM)
        with own_app.app_context(), time_machine.travel(clock.now() + LEASE + timedelta(seconds=1)):
            # What a worker had in hand when it died is somebody else's when its lease ends.
            send_due(smtp_server(smtp))
            assert set(states()) == {"sent"}
    with own_app.app_context():
        stored = Counter(str(content_of(row)["question"]) for row in db.session.scalars(select(Enquiry)))
    assert set(told) <= stored.keys()
    assert set(stored.values()) == {1}
    arrived = Counter(mail["Message-ID"] for mail in recorder.mails)
    assert len(arrived) == len(stored)
    twice = sum(arrived.values()) - len(arrived)
    assert twice <= 2, "one for each worker that died with a mail in hand"
    figure(f"4 machines killed, {len(told)} questions acknowledged, 0 lost, {twice} mails twice, lists equal")
