"""The weekly digest: once a week over a year, only where something waits, with nothing that tells of a person."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from tests.brokerage.cases import mails, reviewed
from tests.brokerage.ways import TO_RESERVED, on_the_way
from tests.committed import committed
from tests.infrastructure.pages import Page, faults, words
from tests.infrastructure.server import free_port
from tests.mail.servers import Recorder, mail_server, smtp_server
from tests.people import make_user, sign_in
from wohnberatung.accounts.services.people import load_actor
from wohnberatung.core import clock
from wohnberatung.core.clock import BERLIN
from wohnberatung.dispatch.services import digests
from wohnberatung.mail.worker import send_due

send_digests = committed(digests.send_digests)
MONDAY = (2026, 11, 23, 6)
# Somebody is interested, which waits for the office.
ANSWERED = TO_RESERVED[:2]


def at(*moment):
    return time_machine.travel(datetime(*moment, tzinfo=BERLIN), tick=False)


def digest_mails():
    return [mail for mail in mails() if mail.mail.template == "digest"]


@pytest.fixture
def anna(session):
    return make_user("advisor", name="Anna Beraterin")


def test_over_a_year_there_is_one_a_week_also_when_the_clocks_change(session, anna):
    on_the_way(*ANSWERED)
    weeks, day = [], date(2026, 3, 23)
    while day < date(2026, 4, 6):
        with at(day.year, day.month, day.day, 6):
            weeks += [clock.today()] * send_digests()
        day += timedelta(days=1)
    for first in (date(2026, 10, 19), date(2027, 1, 4), date(2027, 3, 22)):
        for number in range(14):
            here = first + timedelta(days=number)
            with at(here.year, here.month, here.day, 6):
                weeks += [clock.today()] * send_digests()
    assert {day.weekday() for day in weeks} == {0}
    assert len(weeks) == len(set(weeks)) == 8


def test_a_monday_on_which_nothing_ran_is_made_up_for(session, anna):
    on_the_way(*ANSWERED)
    with at(2026, 11, 25, 6):
        assert (send_digests(), send_digests()) == (1, 0)
    with at(2026, 11, 30, 6):
        assert send_digests() == 1


def test_an_advisor_reads_how_much_waits_and_nothing_about_anybody(session, anna):
    with at(2026, 11, 2, 12):
        match = reviewed(actor=load_actor(anna.id))
    with at(*MONDAY):
        assert send_digests() == 1
    (mail,) = digest_mails()
    assert mail.to == anna.email
    for told in ("Ihre Vorschläge, überfällig: 1", "Ihre Vorschläge, liegen geblieben: noch aktuell?: 1", "/heute"):
        assert told in mail.text, told
    for hidden in (match.request.receipt_number, match.offer.display_title, "Erika", "erika@example.org"):
        assert hidden not in mail.text + mail.html
    assert faults(mail.html) == []


def test_where_nothing_waits_there_is_no_mail(session, anna):
    with at(*MONDAY):
        assert send_digests() == 0


def test_a_provider_reads_how_many_people_wait_for_an_answer(session):
    with at(2026, 11, 20, 12):
        match = on_the_way(*TO_RESERVED[:4])
    provider = make_user("provider", organisation_ids=[match.offer.organisation_id])
    other = make_user("provider")
    with at(*MONDAY):
        send_digests()
    told = {mail.to: mail.text for mail in digest_mails()}
    assert "1 Person, die passen könnte, wartet auf Ihre Antwort" in told[provider.email]
    assert other.email not in told


def test_it_is_written_in_the_language_that_its_reader_has_chosen(client, session, anna):
    with at(2026, 11, 20, 12):
        match = on_the_way(*TO_RESERVED[:4])
    with at(2026, 11, 2, 12):
        reviewed(actor=load_actor(anna.id))
    easy = make_user("provider", organisation_ids=[match.offer.organisation_id])
    for user, language in ((anna, "en"), (easy, "leicht")):
        sign_in(client, user)
        refused = client.submit("/konto/wochenbrief", {"language": "fr"}, button="Sprache speichern")
        assert refused.status_code == 400
        client.submit("/konto/wochenbrief", {"language": language}, button="Sprache speichern")
    with at(*MONDAY):
        send_digests()
    told = {mail.to: mail for mail in digest_mails()}
    english, simple = told[anna.email], told[easy.email]
    assert english.subject == "Your week: this is waiting for you"
    assert "Your proposals, overdue: 1" in english.text
    assert "sprache=en" in english.text
    assert "1 Mensch passt vielleicht zu Ihnen" in simple.text
    assert ('lang="en"' in english.html, 'lang="de-simple"' in simple.html) == (True, True)
    assert faults(english.html) == faults(simple.html) == []


def test_it_is_switched_off_and_on_on_a_page_of_ones_own(client, session, anna):
    on_the_way(*ANSWERED)
    with at(*MONDAY):
        sign_in(client, anna)
        assert "Der Wochenbrief ist an." in client.get("/konto/wochenbrief").text
        off = client.submit("/konto/wochenbrief", {}, button="Ausschalten")
        assert "keinen Wochenbrief mehr" in words(Page(off.text).root.find(".//main"))
        assert send_digests() == 0
        client.submit("/konto/wochenbrief", {}, button="Einschalten")
        assert send_digests() == 1


def test_who_left_gets_none(session, anna):
    on_the_way(*ANSWERED)
    anna.disabled_at = clock.now()
    with at(*MONDAY):
        assert send_digests() == 0


def test_a_mail_server_that_is_down_for_an_hour_loses_no_digest(session, anna):
    bert = make_user("advisor")
    on_the_way(*ANSWERED)
    port, recorder = free_port(), Recorder()
    with at(*MONDAY):
        assert send_digests() == 2
    session.commit()
    began = datetime(*MONDAY, tzinfo=BERLIN)
    for minutes in range(0, 60, 10):
        with time_machine.travel(began + timedelta(minutes=minutes), tick=False):
            assert send_due(smtp_server(port)) == 0
    with mail_server(recorder, port=port), time_machine.travel(began + timedelta(hours=3), tick=False):
        send_due(smtp_server(port))
        send_digests()
    arrived = [mail["To"] for mail in recorder.mails if mail["Subject"] == "Ihre Woche: Das wartet auf Sie"]
    assert sorted(arrived) == sorted([anna.email, bert.email])
