"""Jobs: asked for once, done once, taken up again after a worker died, late ones told."""

import os
from datetime import UTC, datetime, time, timedelta
from threading import Event

import pytest
import time_machine
from sqlalchemy import select

from tests.infrastructure.processes import running
from tests.people import make_user, sign_in
from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError
from wohnberatung.core.lease_queue import LEASE
from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Periodic, Task
from wohnberatung.extensions import db
from wohnberatung.jobs import services, worker
from wohnberatung.jobs.models import Job
from wohnberatung.jobs.services import MOST_ATTEMPTS


@pytest.fixture
def done(monkeypatch):
    """What the invented work was called with; `done.trouble` is raised by it."""

    class Calls(list):
        trouble = None

    calls = Calls()

    def run(job):
        calls.append(dict(job.arguments))
        job.tell(1, 2, "halb")
        if calls.trouble:
            raise calls.trouble
        return "Fertig."

    works = [Task("paint", "Streichen", run), Periodic("sweep", "Fegen", run, at=time(1, 30))]
    monkeypatch.setattr(services, "declared", lambda: iter(works))
    return calls


def ask(**options):
    with transaction():
        return services.enqueue("paint", {"room": "Küche"}, **options).id


def job(job_id):
    db.session.expire_all()
    return services.get_job(job_id)


def test_a_job_is_done_once_and_tells_what_came_of_it(session, done):
    job_id = ask()
    assert (worker.do_due(), worker.do_due()) == (1, 0)
    assert done == [{"room": "Küche"}]
    assert (job(job_id).state, job(job_id).result, job(job_id).step_words) == ("done", "Fertig.", "halb")


def test_a_job_with_a_key_is_asked_for_once_until_it_is_done(session, done):
    first = ask(key="paint:1")
    assert ask(key="paint:1") == first
    worker.do_due()
    assert ask(key="paint:1") != first


def test_a_job_of_a_killed_worker_is_taken_up_again_when_the_lease_ends(session, done):
    job_id = ask()
    with transaction():
        lost = services.claim()
    assert worker.do_due() == 0
    with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1), tick=False):
        assert worker.do_due() == 1
        with transaction():
            services.fail(lost, "who lost the lease has no say")
    assert (job(job_id).state, job(job_id).error) == ("done", "")


def test_what_goes_wrong_is_tried_again_and_given_up_in_words(session, done):
    done.trouble = RuntimeError("secret detail")
    job_id = ask()
    for attempt in range(MOST_ATTEMPTS):
        with time_machine.travel(clock.now() + timedelta(hours=2 * attempt), tick=False):
            assert worker.do_due() == 1
    assert (job(job_id).state, job(job_id).error) == ("failed", "Unerwarteter Fehler (RuntimeError).")
    assert [str(late.label) for late in services.late()] == ["Streichen"]


def test_what_only_a_person_can_mend_is_not_tried_again(session, done):
    done.trouble = DomainError("Die Farbe fehlt.")
    job_id = ask()
    worker.do_due()
    assert (job(job_id).state, job(job_id).error) == ("failed", "Die Farbe fehlt.")
    done.trouble = None
    with transaction():
        services.retry(job_id)
    worker.do_due()
    assert job(job_id).state == "done"


def test_periodic_work_has_one_row_and_one_turn_a_day(session, done):
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False):
        for _twice in range(2):
            with transaction():
                services.plan()
        assert worker.do_due() == 0
    with time_machine.travel(datetime(2026, 11, 26, 12, tzinfo=UTC), tick=False):
        assert [str(late.label) for late in services.late()] == ["Fegen"]
        assert (worker.do_due(), worker.do_due(), services.late()) == (1, 0, [])
    (row,) = db.session.scalars(select(Job))
    assert (row.state, row.due_at) == ("waiting", datetime(2026, 11, 27, 0, 30, tzinfo=UTC))


def test_periodic_work_that_fails_for_good_waits_for_its_next_turn_and_is_told(session, done):
    done.trouble = DomainError("Der Besen fehlt.")
    with transaction():
        services.plan()
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        worker.do_due()
        assert [str(late.label) for late in services.late()] == ["Fegen"]
    assert db.session.scalar(select(Job.state)) == "waiting"


@pytest.mark.parametrize(
    ("now", "following"),
    [
        ("2026-03-28T12:00+00:00", "2026-03-29T00:30+00:00"),
        ("2026-03-29T00:30+00:00", "2026-03-29T23:30+00:00"),
        ("2026-10-24T12:00+00:00", "2026-10-24T23:30+00:00"),
        ("2026-10-24T23:30+00:00", "2026-10-26T00:30+00:00"),
    ],
)
def test_a_time_of_day_is_meant_on_dresdens_clocks(now, following):
    sweep = Periodic("sweep", "Fegen", lambda _job: None, at=time(1, 30))
    assert sweep.next_after(datetime.fromisoformat(now)) == datetime.fromisoformat(following)


def test_all_declared_work_can_be_done(session):
    """The real one: mails, periods, deadlines."""
    with transaction():
        services.plan()
    kinds = {work.kind for work in services.declared()}
    assert {"tidy", "retention", "match_deadlines", "outbox"} <= kinds
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        assert worker.do_due() == len(services.periodic())
        assert services.late() == []
    assert not db.session.scalars(select(Job).where(Job.error != "")).all()


def test_a_worker_outlives_a_database_that_is_away(own_app, done, monkeypatch):
    stop, looks = Event(), []

    def look(original=services.anything_due):
        looks.append(1)
        if len(looks) == 1:
            db.session.execute(select(db.literal_column("no_such_column")))
        stop.set()
        return original()

    with own_app.app_context():
        monkeypatch.setattr(services, "anything_due", look)
        worker.work(stop, pause=0.01)
    assert len(looks) == 2


def test_the_command_works_checks_and_ends_politely(own_app):
    pause = Event()
    with running(own_app, "work") as working, own_app.app_context():
        while not db.session.scalar(select(Job.id).limit(1)):
            assert working.is_running()
            db.session.rollback()
            pause.wait(0.05)
        assert working.niceness > os.getpriority(os.PRIO_PROCESS, 0)
        working.terminate()
        assert working.wait() == 0
        with transaction() as session:
            session.scalars(select(Job)).first().due_at = clock.now() - timedelta(hours=1)
    with running(own_app, "work", "--check") as check:
        assert (check.wait(), "Überfällig seit" in check.said()) == (1, True)


def test_administrators_see_and_repeat_what_was_given_up(client, session, done):
    done.trouble = DomainError("Die Farbe fehlt.")
    ask()
    worker.do_due()
    sign_in(client, make_user("admin"))
    page = client.get("/verwaltung/vorgaenge").text
    assert "Die Farbe fehlt." in page
    assert "Nicht alles ist in der Zeit" in page
    assert client.get("/gesund").json == {"ok": True, "database": True, "work_in_time": False}
    done.trouble = None
    assert "beginnt in wenigen Sekunden" in client.submit("/verwaltung/vorgaenge", button="Noch einmal").text
    worker.do_due()
    assert "alles in der Zeit" in client.get("/verwaltung/vorgaenge").text
    assert client.get("/gesund").json["work_in_time"] is True
