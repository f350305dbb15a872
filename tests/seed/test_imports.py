"""The invented housing company has sent two files: one is taken over, one waits with a likely double."""

from sqlalchemy import select

from wohnberatung.intake.models import ImportRun
from wohnberatung.intake.services import queries
from wohnberatung.seeding.homes import fill
from wohnberatung.seeding.imports import deliver


def test_the_demo_has_a_finished_and_a_waiting_delivery(session):
    fill(session, 0.3)
    session.commit()
    assert (deliver(), deliver()) == (2, 0)
    done, waiting = session.scalars(select(ImportRun).order_by(ImportRun.created_at))
    assert (done.state, queries.counts_of(done)["fehler"], queries.counts_of(done)["neu"]) == ("promoted", 1, 0)
    counts = queries.counts_of(waiting)
    assert (waiting.state, counts["neu"], counts["fehler"], counts["doppelt"]) == ("staged", 4, 1, 1)


def test_without_the_company_there_is_nothing_to_send(session):
    assert deliver() == 0
