"""A delivery comes in parts: others write between two of them, and whoever finds it half done goes on, once."""

from threading import Event

import pytest
from sqlalchemy import func, select

from tests.intake.deliveries import full, provider
from tests.intake.test_promotion import flat
from tests.intake.test_waiting import MORE, house, saved_meanwhile, worked
from tests.intake.uploads import done, outcomes, run_of, send
from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError
from wohnberatung.dwellings.models import Dwelling, Offer
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportedObject
from wohnberatung.intake.services import decisions, jobs, taking_over, undoing
from wohnberatung.jobs import worker
from wohnberatung.jobs.models import Job

__all__ = ["house"]

# Of the three flats that are known one stays, one changes and one is named no more; two are new.
NEXT = full(provider(flat(0), flat(1, rent=640), *MORE))
BECOMES = {"A0": "unchanged", "A1": "changed", "A8": "new", "A9": "new", "A2": "gone"}


@pytest.fixture(autouse=True)
def one_by_one(monkeypatch):
    """Each object is a part."""
    monkeypatch.setattr(jobs, "PART", 0)
    monkeypatch.setattr(undoing, "AT_ONCE", 1)
    monkeypatch.setattr(jobs, "PAUSE", 0)


def agreed(document, clerk, owner):
    """The id of a delivery that waits for a worker."""
    run_id = send(document, clerk, owner)
    decisions.apply_run(run_id, clerk, allow_removals=True)
    db.session.commit()
    return run_id


def killed_after(parts, monkeypatch, work=taking_over.TakingOver):
    """A worker takes over, or back, so many parts and dies."""
    real, left = work.part, iter(range(parts))

    class KilledError(BaseException):
        pass

    def dying(*arguments):
        if next(left, None) is None:
            raise KilledError
        return real(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(work, "part", dying)
        with pytest.raises(KilledError):
            worker.do_due()
    db.session.rollback()


def everything_due():
    """As if the leases were over and the pauses too."""
    for job in db.session.scalars(select(Job).where(Job.state.in_(("running", "waiting")), Job.periodic.is_(False))):
        job.due_at = clock.now()
    db.session.commit()


def standing():
    """By the sender's number: whether it is offered, and its rent."""
    db.session.expire_all()
    return {one.external_id: (one.status.value, one.rent_warm_eur) for one in db.session.scalars(select(Offer))}


def test_somebody_saves_between_two_parts(house, monkeypatch):
    app, owner, clerk = house
    run_id = agreed(NEXT, clerk, owner)
    assert saved_meanwhile(app, monkeypatch, jobs.time, "sleep", lambda: worked(app))
    assert run_of(run_id).state == "promoted"
    assert {key: one.state.value for key, one in outcomes(run_id).items()} == BECOMES


@pytest.mark.parametrize("parts", range(6))
def test_who_finds_a_delivery_half_done_goes_on_once_and_all_of_it_can_be_taken_back(house, monkeypatch, parts):
    _app, owner, clerk = house
    before = standing()
    run_id = agreed(NEXT, clerk, owner)
    killed_after(parts, monkeypatch)
    assert (run_of(run_id).state, run_of(run_id).promoted_at) == ("applying", None)
    assert len(standing()) == 3 + max(0, min(parts - 2, 2))

    everything_due()
    worker.do_due()
    assert (run_of(run_id).state, run_of(run_id).taken) == ("promoted", None)
    assert {key: one.state.value for key, one in outcomes(run_id).items()} == BECOMES
    assert {key for key, (status, _rent) in standing().items() if status == "published"} == {"A0", "A1", "A8", "A9"}
    counts = [db.session.scalar(select(func.count()).select_from(table)) for table in (Dwelling, Offer, ImportedObject)]
    assert counts == [5, 5, 5]

    done(decisions.undo_run, run_id, clerk)
    assert {key: values for key, values in standing().items() if key in before} == before
    assert {standing()[key][0] for key in ("A8", "A9")} == {"withdrawn"}


def test_somebody_saves_between_two_parts_that_are_taken_back(house, monkeypatch):
    app, owner, clerk = house
    run_id = agreed(NEXT, clerk, owner)
    worker.do_due()
    decisions.undo_run(run_id, clerk)
    db.session.commit()
    assert saved_meanwhile(app, monkeypatch, jobs.time, "sleep", lambda: worked(app))
    assert run_of(run_id).state == "undone"


@pytest.mark.parametrize("parts", range(4))
def test_who_finds_a_delivery_half_taken_back_takes_back_the_rest(house, monkeypatch, parts):
    _app, owner, clerk = house
    before = standing()
    run_id = agreed(NEXT, clerk, owner)
    worker.do_due()
    decisions.undo_run(run_id, clerk)
    db.session.commit()
    killed_after(parts, monkeypatch, undoing.Undoing)
    assert run_of(run_id).state == "undoing"
    half = standing()
    assert sum(half[key] != before.get(key, ("withdrawn", half[key][1])) for key in half) == 4 - parts

    everything_due()
    worker.do_due()
    assert run_of(run_id).state == "undone"
    assert {key: values for key, values in standing().items() if key in before} == before
    assert {standing()[key][0] for key in ("A8", "A9")} == {"withdrawn"}


@pytest.mark.parametrize("parts", [0, 2])
def test_a_worker_that_is_told_to_stop_leaves_the_rest_to_the_next_one(house, monkeypatch, parts):
    _app, owner, clerk = house
    run_id, stop, real = agreed(NEXT, clerk, owner), Event(), jobs.promotion.take_over
    taken = []

    def told(*arguments):
        taken.append(arguments)
        if len(taken) > parts:
            stop.set()
        return real(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(jobs.promotion, "take_over", told)
        assert worker.do_due(stop) == 1
    run, job = run_of(run_id), db.session.get_one(Job, run_of(run_id).job_id)
    assert (run.state, run.taken, len(taken)) == ("applying", parts + 1, parts + 1)
    assert (job.state, job.attempts, job.lease, job.error) == ("waiting", 0, None, "")
    worker.do_due()
    assert run_of(run_id).state == "promoted"
    assert {key: one.state.value for key, one in outcomes(run_id).items()} == BECOMES


def test_the_next_delivery_waits_for_one_that_is_half_done_and_no_earlier_one_is_taken_back(house, monkeypatch):
    _app, owner, clerk = house
    taken = send(full(provider(flat(0), flat(1, rent=630), flat(2))), clerk, owner)
    done(decisions.apply_run, taken, clerk)
    first = agreed(NEXT, clerk, owner)
    killed_after(1, monkeypatch)
    with pytest.raises(DomainError, match="Nur die letzte"):
        decisions.undo_run(taken, clerk)
    db.session.rollback()

    second = agreed(full(provider(flat(0), flat(1, rent=650))), clerk, owner)
    worker.do_due()
    job = db.session.scalars(select(Job).where(Job.id == run_of(second).job_id)).one()
    assert (job.state, job.attempts, job.error, run_of(second).taken) == ("waiting", 0, "", None)
    for ended in (first, second):
        everything_due()
        worker.do_due()
        assert run_of(ended).state == "promoted"
    assert run_of(first).promoted_at < run_of(second).promoted_at
    assert {key: one for key, one in standing().items() if one[0] == "published"} == {
        "A0": ("published", 620),
        "A1": ("published", 650),
    }


def test_many_removals_are_asked_about_before_the_first_part(house):
    _app, owner, clerk = house
    run_id = send(full(provider(flat(0))), clerk, owner)
    run = run_of(run_id)
    run.too_many_removals = ""  # as if they had come after the preview
    db.session.commit()
    before = standing()
    done(decisions.apply_run, run_id, clerk)
    assert (run_of(run_id).state, run_of(run_id).taken, "2 von 3" in run_of(run_id).trouble) == ("staged", None, True)
    assert standing() == before
