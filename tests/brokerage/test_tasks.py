"""Tasks of matches: given, ticked by whose they are, seen only by those who may, and reminded of."""

import base64
import io
import re
from datetime import timedelta

import pytest
import time_machine

from tests.brokerage.cases import mails, offered, reviewed
from tests.brokerage.test_consequences import confirmed, declined
from tests.brokerage.ways import TO_RESERVED, go, on_the_way, sharing
from tests.committed import committed
from tests.factories import advisor, make_dwelling, make_offer
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.pictures.drawings import telephone_photo
from tests.projects.leaflets import PDF
from wohnberatung.brokerage.area import tasks as on_the_desk
from wohnberatung.brokerage.services import task_reminders
from wohnberatung.brokerage.services.contracts import move_paper
from wohnberatung.brokerage.services.paper_steps import papers_of
from wohnberatung.brokerage.services.personal_data import matches_about
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


def test_the_person_brings_a_document_and_the_office_settles_the_task_by_it(app, client, session):
    submitted = sharing()
    match = on_the_way(*IN_CLARIFICATION, submitted=submitted)
    task, other = add_task(match, TaskKind.DOCUMENTS), add_task(match, TaskKind.TRIAL_LIVING, owner=Party.SEEKER)
    here, office = f"/vorschlag/{submitted.token}/{match.id}", app.test_client()
    sign_in(office, make_user("advisor"))
    path = f"{here}/aufgaben/{task.id}/unterlagen"
    assert path in client.get(here).text
    assert client.get(path.replace(task.id, other.id)).status_code == 404, "nothing is asked for there"
    assert client.submit(path, {}, button="Datei schicken").status_code == 400
    sent = {"file": (io.BytesIO(telephone_photo()), "wbs.jpg"), "title": "Mein WBS"}
    assert "Mein WBS: Die Datei ist da" in text_of(client.submit(path, sent))
    (paper,) = papers_of(match)
    assert (paper.brought_by, paper.media_type, paper.state) == ("seeker", "image/jpeg", "arrived")
    assert b"WBS" not in paper.title
    assert "Unterlagen zu prüfen" in text_of(office.get("/heute"))
    told, of_office = len(mails()), f"/vorschlaege/{match.id}"
    office.submit(of_office, {"version": str(paper.version)}, button="Nicht in Ordnung")
    assert (task.state, len(mails()) - told) == ("open", 1)
    assert "Bitte schicken Sie eine andere" in text_of(client.get(here))
    client.submit(path, {"file": (io.BytesIO(PDF), "wbs.pdf"), "title": ""})
    newer = papers_of(match)[-1]
    move_paper(newer.id, "check", advisor(), version=newer.version)
    assert (newer.state, task.state) == ("checked", "done")
    assert client.submit(here, {}, button="Doch noch offen").status_code == 200
    assert base64.b64decode(matches_about(match.request)[0]["papers"][1]["content_base64"]) == PDF
    desk = provider(app.test_client(), match)
    assert "Mein WBS" not in desk.get("/anbieten/aufgaben").text
    withdraw_consent(match.request, "health")
    assert papers_of(match) == []


def test_those_who_offer_bring_theirs_and_nobody_brings_any_for_others(client, session):
    match = on_the_way(*IN_CLARIFICATION)
    task, theirs = add_task(match, TaskKind.DOCUMENTS, owner=Party.PROVIDER), add_task(match, TaskKind.FINANCING)
    desk = provider(client, match)
    shown = text_of(desk.get("/anbieten/aufgaben"))
    assert "Schicken Sie uns die Unterlagen" in shown
    assert desk.get(f"/anbieten/aufgaben/{theirs.id}/unterlagen").status_code == 404
    sent = {"file": (io.BytesIO(PDF), "vertrag.pdf"), "title": "Entwurf"}
    assert "Entwurf: Die Datei ist da" in text_of(desk.submit(f"/anbieten/aufgaben/{task.id}/unterlagen", sent))
    assert [paper.brought_by for paper in papers_of(match)] == ["provider"]
    sign_in(client, make_user("provider", organisation_ids=[reviewed().offer.organisation_id]))
    assert client.get(f"/anbieten/aufgaben/{task.id}/unterlagen").status_code == 404


def test_each_reads_of_the_works_what_they_cost_and_what_is_theirs_to_pay(app, client, session):
    submitted, narrow = sharing(), make_dwelling(level="measured", inner_door_clear_width_cm=78)
    match = on_the_way(*IN_CLARIFICATION, submitted=submitted, offer=make_offer(narrow))
    task, office = add_task(match, TaskKind.ADAPTATION), app.test_client()
    sign_in(office, make_user("advisor"))
    desk = provider(app.test_client(), match)
    pages = (office, f"/vorschlaege/{match.id}"), (client, f"/vorschlag/{submitted.token}/{match.id}"), (
        desk, "/anbieten/aufgaben"
    )  # fmt: skip
    of_office, of_seeker, of_provider = (text_of(reader.get(page)) for reader, page in pages)
    for shown in (of_office, of_seeker, of_provider):
        assert "Tür verbreitern" in shown
    assert "Dazu zahlen können" not in of_provider.partition("Umbau")[2]
    path = f"/vorschlaege/aufgaben/{task.id}/ergebnis"
    for wrong in ({"consent": None}, {"provider_eur": ""}, {"provider_eur": "-5"}, {"provider_eur": "viel"}):
        assert office.submit(path, {"consent": "agreed", "provider_eur": "900", **wrong}).status_code == 400
    office.submit(path, {"consent": "agreed", "provider_eur": "900", "seeker_eur": "300", "funding_eur": "1800"})
    assert task.state == "done"
    of_office, of_seeker, of_provider = (text_of(reader.get(page)) for reader, page in pages)
    for shown in (of_office, of_seeker, of_provider):
        assert re.search(r"3\.000\s€", shown), shown
    assert re.search(r"Davon zahlen Sie\s+900\s€", of_provider)
    assert not re.search(r"(?<!\d)300\s€|1\.800\s€", of_provider)
    assert re.search(r"Davon zahlen Sie\s+300\s€ Davon zahlt die Förderung\s+1\.800\s€", of_seeker)
    assert re.search(r"Davon zahlt der Anbieter\s+900\s€", of_office)
    office.submit(path, {"consent": "refused", "provider_eur": "", "seeker_eur": "", "funding_eur": ""})
    assert "stimmt dem Umbau nicht zu" in text_of(client.get(pages[1][1]))
    withdraw_consent(submitted.request, "health")
    assert task.plain_content == {"note": "", "claims": {}}


def test_an_open_task_of_the_same_kind_is_enough(session):
    match = offered()
    first = add_task(match, TaskKind.MEASURE, note="Tür", claims={"a": 1})
    again = add_task(match, TaskKind.MEASURE, claims={"b": 2})
    assert (first.id, again.plain_content) == (again.id, {"note": "Tür", "claims": {"a": 1, "b": 2}})
    assert add_task(match, TaskKind.MEASURE, owner=Party.PROVIDER).id != first.id
