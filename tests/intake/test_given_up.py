"""A delivery that is refused again and again keeps nobody back: it says why, and a person goes on with it or takes it
back."""

import pytest

from tests.intake.deliveries import full, provider
from tests.intake.test_parts import BECOMES, NEXT, agreed, everything_due, one_by_one, standing
from tests.intake.test_promotion import flat
from tests.intake.test_waiting import house
from tests.intake.uploads import done, outcomes, run_of
from tests.people import make_user, sign_in
from wohnberatung.accounts.services.organisations import add_member
from wohnberatung.core.errors import Conflict, DomainError
from wohnberatung.extensions import db
from wohnberatung.intake.services import decisions, taking_over
from wohnberatung.intake.services.undoing import Undoing
from wohnberatung.jobs import worker
from wohnberatung.jobs.models import Job
from wohnberatung.jobs.services import MOST_ATTEMPTS

__all__ = ["house", "one_by_one"]

WHY = "Diese Wohnung ist gesperrt."


def failing_after(parts, monkeypatch, error, place=taking_over.TakingOver, name="part"):
    """So many parts come, the next one fails in every attempt."""
    real, left = getattr(place, name), iter(range(parts))

    def fails(*arguments):
        if next(left, None) is None:
            raise error
        return real(*arguments)

    monkeypatch.setattr(place, name, fails)


def attempted(run_id):
    """As often as a worker tries."""
    for _attempt in range(MOST_ATTEMPTS):
        everything_due()
        worker.do_due()
    return run_of(run_id)


@pytest.mark.parametrize("parts", [0, 2, 4])
@pytest.mark.parametrize(
    ("error", "why"), [(DomainError(WHY), WHY), (ZeroDivisionError(), "Bei uns ist ein Fehler aufgetreten.")]
)
def test_what_is_refused_again_and_again_says_why_and_lets_others_go_on(house, monkeypatch, parts, error, why):
    _app, owner, clerk = house
    with monkeypatch.context() as patched:
        failing_after(parts, patched, error)
        failed = attempted(agreed(NEXT, clerk, owner))
    assert (failed.state, failed.taken, why in failed.trouble) == ("staged", None, True)
    assert failed.is_partly_taken is (parts > 1)  # the first object stays as it is
    job = db.session.get_one(Job, failed.job_id)
    assert job.state == ("done" if isinstance(error, DomainError) else "failed")

    other = agreed(full(provider(flat(0), flat(1, rent=655), flat(2))), clerk, owner)
    worker.do_due()
    assert (run_of(other).state, standing()["A1"][1]) == ("promoted", 655)


@pytest.mark.parametrize("parts", [0, 2, 4])
def test_what_failed_can_be_tried_again_and_taken_back_as_a_whole(house, monkeypatch, parts):
    _app, owner, clerk = house
    before = standing()
    with monkeypatch.context() as patched:
        failing_after(parts, patched, DomainError(WHY))
        failed = attempted(agreed(NEXT, clerk, owner)).id
    done(decisions.apply_run, failed, clerk)
    assert run_of(failed).state == "promoted"
    assert {key: one.state.value for key, one in outcomes(failed).items()} == BECOMES
    done(decisions.undo_run, failed, clerk)
    assert {key: values for key, values in standing().items() if key in before} == before
    assert {standing()[key][0] for key in ("A8", "A9")} == {"withdrawn"}


def test_a_part_that_came_can_be_taken_back_and_is_not_forgotten(house, monkeypatch):
    _app, owner, clerk = house
    before = standing()
    with monkeypatch.context() as patched:
        failing_after(2, patched, DomainError(WHY))
        failed = attempted(agreed(NEXT, clerk, owner)).id
    assert [step.key for step in decisions.steps_of(run_of(failed), clerk)] == ["uebernehmen", "zuruecknehmen"]
    with pytest.raises(Conflict, match="Ein Teil der Lieferung"):
        decisions.discard_run(failed, clerk)
    db.session.rollback()
    done(decisions.undo_run, failed, clerk)
    assert (run_of(failed).state, run_of(failed).document, standing()) == ("undone", None, before)


@pytest.mark.parametrize("parts", [0, 2])
def test_one_that_cannot_be_taken_back_stays_and_lets_others_go_on(house, monkeypatch, parts):
    _app, owner, clerk = house
    taken = agreed(NEXT, clerk, owner)
    worker.do_due()
    with monkeypatch.context() as patched:
        failing_after(parts, patched, DomainError(WHY), Undoing)
        decisions.undo_run(taken, clerk)
        db.session.commit()
        failed = attempted(taken)
    assert (failed.state, failed.trouble) == ("promoted", WHY)
    other = agreed(full(provider(flat(0), flat(1, rent=655), flat(2))), clerk, owner)
    worker.do_due()
    assert run_of(other).state == "promoted"


def test_the_page_says_what_came_and_offers_to_go_on(house, monkeypatch):
    app, owner, clerk = house
    with monkeypatch.context() as patched:
        failing_after(2, patched, DomainError(WHY))
        failed = attempted(agreed(NEXT, clerk, owner)).id
    user = make_user("provider")
    add_member(user.id, owner.id, "manager")
    db.session.commit()
    client = app.test_client()
    sign_in(client, user)
    page = client.get(f"/einlesen/{failed}").text
    assert ("Nur zum Teil übernommen" in page, WHY in page, "Verwerfen" in page) == (True, True, False)
    assert f"/einlesen/{failed}/uebernehmen" in page
    assert f"/einlesen/{failed}/zuruecknehmen" in page
