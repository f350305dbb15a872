"""Tasks of matches: given, ticked by whose they are, seen only by those who may, and reminded of."""

from datetime import timedelta

import pytest
import time_machine

from tests.brokerage.cases import mails, offered, reviewed
from tests.brokerage.test_consequences import confirmed, declined
from tests.brokerage.ways import TO_RESERVED, go, on_the_way, sharing
from tests.committed import committed
from tests.factories import advisor
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.brokerage.area import tasks as on_the_desk
from wohnberatung.brokerage.services import task_reminders
from wohnberatung.brokerage.services.task_steps import add_task, tasks_of
from wohnberatung.brokerage.task_kinds import TASK_KINDS, TaskKind, sides_of
from wohnberatung.core import clock
from wohnberatung.core.steps import Party
from wohnberatung.seekers.services.consents import withdraw_consent

remind = committed(task_reminders.remind_of_tasks)
IN_CLARIFICATION = TO_RESERVED[:-1]
TOMORROW = clock.today() + timedelta(days=1)


def text_of(response):
    return words(Page(response.text).root.find(".//main"))


@pytest.fixture
def office(client):
    sign_in(client, make_user("advisor"))
    return client


def provider(client, match):
    sign_in(client, make_user("provider", organisation_ids=[match.offer.organisation_id]))
    return client


def test_every_kind_can_be_done_by_its_usual_owner():
    for kind, told in TASK_KINDS.items():
        assert told.owner in sides_of(kind)
        assert told.label
        assert told.days > 0


def test_the_office_gives_a_task_and_each_side_reads_its_own_words(office, session):
    submitted = sharing()
    match = on_the_way(*IN_CLARIFICATION, submitted=submitted)
    path = f"/vorschlaege/{match.id}/aufgaben/neu"
    given = {"kind": "financing", "owner": "seeker", "due_on": TOMORROW.isoformat(), "note": "Bürgschaft der Mutter"}
    for wrong in ({"owner": "group"}, {"due_on": "2020-01-01"}, {"kind": ""}):
        assert office.submit(path, {**given, **wrong}).status_code == 400
    shown = text_of(office.submit(path, given))
    for said in ("Kaution und Finanzierung klären", "Suchende Person", "Bürgschaft der Mutter"):
        assert said in shown, said
    theirs = text_of(office.get(f"/vorschlag/{submitted.token}/{match.id}"))
    assert "Klären Sie, wie Sie Kaution und Miete bezahlen" in theirs
    assert "Bürgschaft" not in theirs
    desk = text_of(provider(office, match).get("/anbieten/aufgaben"))
    assert "Die Person klärt Kaution und Miete" in desk
    for hidden in ("Bürgschaft", "Erika", match.request.receipt_number):
        assert hidden not in desk


def test_each_ticks_what_is_theirs_and_nothing_else(client, session):
    submitted = sharing()
    match = on_the_way(*IN_CLARIFICATION, submitted=submitted)
    mine, theirs = add_task(match, TaskKind.FINANCING), add_task(match, TaskKind.TRIAL_LIVING)
    here = f"/vorschlag/{submitted.token}/{match.id}"
    assert client.post(f"{here}/aufgaben/{theirs.id}/tick", data={"version": theirs.version}).status_code == 404
    assert "Danke" in client.submit(here, {}, button="Erledigt").text
    assert (mine.state, theirs.state) == ("done", "open")
    desk = provider(client, match)
    assert desk.submit("/anbieten/aufgaben", {}, button="Erledigt").status_code == 200
    assert theirs.state == "done"


def test_a_provider_hears_nothing_before_the_person_agreed_and_nothing_of_others(client, session):
    match = on_the_way("offer", "interested")
    task = add_task(match, TaskKind.TRIAL_LIVING)
    desk = provider(client, match)
    assert "Gerade ist nichts zu tun" in text_of(desk.get("/anbieten/aufgaben"))
    go(match, "share", "present")
    assert "einige Tage zur Probe" in text_of(desk.get("/anbieten/aufgaben"))
    match.request.blocked_at = clock.now()
    session.flush()
    assert "Gerade ist nichts zu tun" in text_of(desk.get("/anbieten/aufgaben"))
    match.request.blocked_at = None
    sign_in(client, make_user("provider", organisation_ids=[reviewed().offer.organisation_id]))
    assert "Gerade ist nichts zu tun" in text_of(client.get("/anbieten/aufgaben"))
    assert task.state == "open"


def test_what_ended_for_want_of_something_comes_up_again_when_it_is_there(office, session):
    match = confirmed(declined("finance"))
    task = tasks_of(match)[0]
    office.submit(f"/vorschlaege/{match.id}", {"version": str(task.version)}, button="Erledigt")
    assert (match.state, match.events[-1].step) == ("under_review", "reopen")
    office.submit(f"/vorschlaege/{match.id}", {"version": str(task.version)}, button="Doch noch offen")
    assert (match.state, task.state) == ("under_review", "open")


def test_it_stays_closed_where_the_home_is_gone_meanwhile(office, session):
    match = confirmed(declined("finance"))
    match.offer.status = "withdrawn"
    session.flush()
    task = tasks_of(match)[0]
    office.submit(f"/vorschlaege/{match.id}", {"version": str(task.version)}, button="Erledigt")
    assert (match.state, task.state) == ("closed", "done")


def test_whoever_forgot_is_told_once_and_the_office_sees_it(session):
    match = on_the_way(*IN_CLARIFICATION)
    make_user("provider", organisation_ids=[match.offer.organisation_id])
    add_task(match, TaskKind.FINANCING, due_on=clock.today())
    add_task(match, TaskKind.TRIAL_LIVING, due_on=clock.today())
    add_task(match, TaskKind.MEASURE, due_on=clock.today())
    session.commit()
    told, actor = len(mails()), advisor()
    assert remind() == 0
    assert on_the_desk(actor).count == 1, "one's own is due on its day"
    with time_machine.travel(clock.start_of_day(TOMORROW), tick=False):
        assert remind() == 2
        assert remind() == 0
        assert (on_the_desk(actor).count, all(line.urgent for line in on_the_desk(actor).lines)) == (3, True)
    news = [mail.subject for mail in mails()[told:]]
    assert sorted(news) == [
        "Es gibt Neues: " + match.request.receipt_number,
        "Zu Ihrem Angebot ist noch etwas zu klären",
    ]


def test_what_was_written_goes_with_the_consent_to_it(session):
    submitted = sharing()
    match = offered(submitted)
    task = add_task(match, TaskKind.MEASURE, note="Mit dem Rollstuhl zu eng", claims={"door": 78})
    withdraw_consent(submitted.request, "health")
    assert task.plain_content == {"note": "", "claims": {}}


def test_an_open_task_of_the_same_kind_is_enough(session):
    match = offered()
    first = add_task(match, TaskKind.MEASURE, note="Tür", claims={"a": 1})
    again = add_task(match, TaskKind.MEASURE, claims={"b": 2})
    assert (first.id, again.plain_content) == (again.id, {"note": "Tür", "claims": {"a": 1, "b": 2}})
    assert add_task(match, TaskKind.MEASURE, owner=Party.PROVIDER).id != first.id
