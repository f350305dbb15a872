"""Web workers die while people write: what was acknowledged is there, once, with its mail."""

import os
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Event

from sqlalchemy import func, select

from tests.faults.visitors import Visitor
from tests.infrastructure.processes import open_office
from tests.infrastructure.server import free_port
from wohnberatung.advice.models import Enquiry
from wohnberatung.advice.services.enquiries import content_of
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail

WORKERS, VISITORS, KILLS = 2, 4, 5
PATIENCE = 60


def kill_workers(server, answers) -> int:
    """One after the other, when all are there again and something was written since; how many."""
    begun = time.monotonic()
    while len(server.workers) < WORKERS:  # the server listens before it has started them
        assert time.monotonic() < begun + PATIENCE
        Event().wait(0.02)
    for killed in range(KILLS):
        victim = max(server.workers)
        os.kill(victim, signal.SIGKILL)
        deadline, so_far = time.monotonic() + PATIENCE, len(answers)
        while victim in server.workers or len(server.workers) < WORKERS or len(answers) < so_far + VISITORS:
            assert time.monotonic() < deadline, f"nobody took the place of the one killed as number {killed + 1}"
            Event().wait(0.02)
    return KILLS


def write(port: int, number: int, over: Event, told: list[str]) -> None:
    """Ask one question after the other until it is over, and note those whose receipt was shown."""
    visitor = Visitor(port)
    for turn in count():
        text = f"Frage {turn} von {number}"
        if over.is_set():
            return
        if visitor.send(visitor.question(text)):
            told.append(text)


def test_no_acknowledged_question_is_lost_and_none_is_there_twice(own_app, figure):
    over, told = Event(), []
    with (
        open_office(own_app, port := free_port(), WEB_CONCURRENCY=str(WORKERS)) as server,
        ThreadPoolExecutor(VISITORS) as pool,
    ):
        writing = [pool.submit(write, port, number, over, told) for number in range(VISITORS)]
        try:
            killed = kill_workers(server, told)
        finally:
            over.set()
        assert all(each.result() is None for each in writing)
    with own_app.app_context():
        stored = Counter(str(content_of(row)["question"]) for row in db.session.scalars(select(Enquiry)))
        mails = db.session.scalar(select(func.count()).select_from(OutgoingMail))
    assert set(told) <= stored.keys()
    assert set(stored.values()) == {1}
    assert mails == len(stored), "one receipt each"
    figure(f"{killed} workers killed, {len(told)} questions acknowledged, 0 lost, 0 twice")
