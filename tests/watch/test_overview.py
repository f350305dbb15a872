"""The administrators' page: what waits, what failed, and a new chance for it by one button."""

from typing import Any

from sqlalchemy import select, update

from tests.core.probe import keys
from tests.infrastructure.client import CheckingClient
from tests.mail.letters import queue_for_good
from tests.people import make_user, sign_in
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db
from wohnberatung.jobs.models import Job, JobState
from wohnberatung.jobs.services import enqueue, standing
from wohnberatung.mail.models import MailState, OutgoingMail

PAGE = "/verwaltung/betrieb"


def test_what_failed_gets_a_new_chance_by_one_button(client: CheckingClient, session: Any) -> None:
    queue_for_good("jemand@example.org")
    with transaction():
        enqueue("tidy")
        enqueue("retention")
        db.session.execute(
            update(Job).where(Job.kind == "tidy").values(state=JobState.FAILED, attempts=5, error="Nein.")
        )
        db.session.execute(update(OutgoingMail).values(state=MailState.FAILED))
    assert (standing().waiting, standing().failed) == (1, 1)
    sign_in(client, make_user("admin"))
    page = client.get(PAGE).text
    assert page.count("gescheitert</span>") == 2
    for _queue in ("jobs", "mails"):
        assert "beginnt noch einmal" in client.submit(PAGE, button="Noch einmal").text
    db.session.expire_all()
    assert set(db.session.scalars(select(Job.state))) == {JobState.WAITING}
    assert db.session.scalar(select(OutgoingMail.state)) == MailState.QUEUED
    assert "gescheitert</span>" not in client.get(PAGE).text


def test_what_a_person_must_mend_has_no_button(client: CheckingClient, session: Any) -> None:
    sign_in(client, make_user("admin"))
    assert client.post(f"{PAGE}/imports", data=keys(client)).status_code == 404
    sign_in(client, make_user("advisor"))
    assert client.get(PAGE).status_code == 403
