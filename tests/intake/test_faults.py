"""Workers that are killed, and workers side by side, on databases where commits are real."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import func, select

from tests.factories import make_organisation
from tests.infrastructure.processes import running
from tests.intake.eighty import FLATS, archive
from tests.intake.uploads import clerk_of
from wohnberatung.core.transactions import transaction
from wohnberatung.dwellings.models import Dwelling, Offer
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportRun
from wohnberatung.intake.recognise import recognise
from wohnberatung.intake.services import decisions, uploads
from wohnberatung.jobs import services, worker
from wohnberatung.jobs.models import Job

COMING = FLATS - 2
# Seconds into the work: whatever it is doing then, of each home it has done all or nothing.
KILLS = (0.1, 0.6)


@pytest.fixture
def sent(own_app):
    """The same eighty flats have come in two files; both are read and agreed to, nothing is taken over yet."""
    with own_app.app_context():
        with transaction():
            owner = make_organisation("Wohnhof")
            clerk = clerk_of(owner)
            files = [recognise("bestand.zip", io.BytesIO(archive(whole=whole))) for whole in (False, True)]
            runs = [uploads.send(file, uploads.Sender.person(clerk, owner.id)).id for file in files]
        worker.do_due()
        with transaction():
            for run in runs:
                decisions.apply_run(run, clerk)
    return own_app


def stored():
    db.session.rollback()
    return tuple(db.session.scalar(select(func.count()).select_from(table)) for table in (Dwelling, Offer))


def test_a_worker_that_is_killed_while_taking_over_loses_and_repeats_nothing(sent):
    with sent.app_context():
        for delay in KILLS:
            with running(sent, "work") as process:
                while db.session.scalar(select(func.count()).where(Job.state == "running")) == 0:
                    assert process.is_running()
                    db.session.rollback()
                    Event().wait(0.02)
                Event().wait(delay)
                process.kill()
            homes, offers = stored()
            assert homes == offers <= COMING
            with transaction() as session:
                for job in session.scalars(select(Job).where(Job.state == "running")):
                    job.due_at = job.created_at
        worker.do_due()
        assert stored() == (COMING, COMING)
        assert set(db.session.scalars(select(ImportRun.state))) == {"promoted"}


def test_two_workers_taking_over_the_same_flats_at_once_bring_them_once(sent, monkeypatch):
    monkeypatch.setattr(services, "SOON", timedelta(seconds=0.2))

    def run(_number):
        with sent.app_context():
            while db.session.scalar(select(func.count()).where(Job.state != "done")):
                db.session.rollback()
                worker.do_due()
                Event().wait(0.05)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, range(2)))
    with sent.app_context():
        assert stored() == (COMING, COMING)
        assert set(db.session.scalars(select(ImportRun.state))) == {"promoted"}
        assert not db.session.scalars(select(Job.error).where(Job.error != "")).all()
