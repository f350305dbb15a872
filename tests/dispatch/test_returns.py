"""Mails that did not arrive: refused by the server or sent back by another one, seen at the person and the case."""

import io
from datetime import timedelta
from email.message import EmailMessage

import pytest
import time_machine

from tests.brokerage.cases import asked, offered
from tests.cases.factories import actor_of, make_case
from tests.dispatch.reports import report
from tests.infrastructure.pages import Page, words
from tests.mail.letters import queue_for_good
from tests.mail.servers import Recorder, mail_server, smtp_server
from tests.people import make_user, sign_in
from wohnberatung.cases.services.requests import link_request
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import Forbidden, NotFound
from wohnberatung.dispatch.services.returns import MOST_BYTES, ReportOutcome, read_report, take_in
from wohnberatung.dispatch.services.undelivered import settle, undelivered_on_desk, undelivered_to
from wohnberatung.mail.models import MailState
from wohnberatung.mail.worker import send_due


@pytest.fixture
def admin(session) -> Actor:
    return actor_of(make_user("advisor", "admin"))


@pytest.mark.parametrize("quoted", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_of_another_server_is_read(quoted):
    found = read_report(report("a" * 26, quoted=quoted))
    assert (found.mail_id, found.failed, found.status) == ("a" * 26, True, "5.1.1")


def test_what_is_no_report_is_none():
    letter = EmailMessage()
    letter["Message-ID"] = "<x@example.org>"
    letter.set_content("Ich bin bis Montag nicht da.")
    for content in (b"", b"\x00\xff" * 50, letter.as_bytes(), b"x" * (MOST_BYTES + 1), report("")):
        assert read_report(content) is None


def test_a_mail_that_came_back_is_noted_once_and_with_a_code_only(session, admin):
    submitted = asked()
    mail = queue_for_good(person_key=submitted.request.person_key)
    mail.state, mail.content = MailState.SENT, None
    assert take_in(report("z" * 26), admin) is ReportOutcome.NOT_OURS
    assert take_in(report(mail.id, action="delayed", status="4.4.1"), admin) is ReportOutcome.DELAYED
    assert mail.state == "sent"
    assert [take_in(report(mail.id), admin) for _time in range(2)] == [ReportOutcome.NOTED, ReportOutcome.KNOWN]
    assert (mail.state, mail.trouble) == ("failed", "returned 5.1.1")
    (found,) = undelivered_to(submitted.request.person_key_id)
    assert "Diese Adresse gibt es nicht" in found.why


def test_only_administrators_take_reports_in(session):
    with pytest.raises(Forbidden):
        take_in(report("a" * 26), actor_of(make_user("advisor")))


def test_an_address_that_the_server_refuses_is_shown_at_the_request_and_the_case(client, session):
    anna = make_user("advisor")
    submitted = asked()
    offered(submitted)
    case = make_case(actor_of(anna))
    link_request(case, submitted.request.receipt_number, actor_of(anna))
    session.commit()
    recorder = Recorder()
    recorder.misbehave("RCPT", "550 5.1.1 no such user")
    with mail_server(recorder) as port:
        for days in range(5):
            with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
                send_due(smtp_server(port))
    sign_in(client, anna)
    for path in (f"/gesuche/{submitted.request.id}", f"/faelle/{case.id}"):
        shown = words(Page(client.get(path).text).root.find(".//main"))
        assert "kam nicht an" in shown, path
        assert "lassen Sie sich die Adresse buchstabieren" in shown
    assert undelivered_on_desk(actor_of(anna)).count == 1
    client.submit(f"/gesuche/{submitted.request.id}", {}, button="Ist erledigt")
    assert undelivered_on_desk(actor_of(anna)).count == 0
    assert "kam nicht an" not in client.get(f"/faelle/{case.id}").text


def test_mails_of_blocked_cases_are_nobody_elses(session, admin):
    anna = actor_of(make_user("advisor"))
    submitted = asked()
    case = make_case(anna)
    link_request(case, submitted.request.receipt_number, anna)
    case.blocked = True
    mail = queue_for_good(person_key=submitted.request.person_key)
    take_in(report(mail.id), admin)
    assert (undelivered_on_desk(admin).count, undelivered_on_desk(anna).count) == (0, 1)
    with pytest.raises(NotFound):
        settle(mail.id, admin)


def test_files_are_taken_in_on_a_page(client, session):
    sign_in(client, make_user("advisor", "admin"))
    mail = queue_for_good(person_key=asked().request.person_key)
    files = [(io.BytesIO(report(mail.id)), "a.eml"), (io.BytesIO(b"Hallo"), "b.eml")]
    done = client.submit("/verwaltung/zurueckgekommen", {"files": files}, button="Einlesen")
    shown = words(Page(done.text).root.find(".//main"))
    assert "Die E-Mail kam nicht an" in shown
    assert "Das ist keine Meldung eines Mailservers" in shown
    assert client.submit("/verwaltung/zurueckgekommen", {}, button="Einlesen").status_code == 400
