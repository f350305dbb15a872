"""Subscribers are told of each new thing once: in their language, when they want it, whatever dies meanwhile."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from tests.directory.entries import JOHANNSTADT, PIESCHEN, make_entry
from tests.factories import make_dwelling, make_offer, make_organisation, make_project, provider_of
from tests.infrastructure.pages import faults
from tests.infrastructure.server import free_port
from tests.mail.servers import Recorder, mail_server, smtp_server
from tests.subscriptions.asking import ADDRESS, asked, link_in, mails, subscribed
from wohnberatung.core import clock
from wohnberatung.core.clock import BERLIN
from wohnberatung.extensions import db
from wohnberatung.mail.models import MailState, OutgoingMail
from wohnberatung.mail.services.returned import mark_returned
from wohnberatung.mail.worker import send_due
from wohnberatung.projects.services.meetings import call_off, save_date
from wohnberatung.subscriptions.models import NewsSubscription, ToldNewsItem
from wohnberatung.subscriptions.services import telling
from wohnberatung.subscriptions.services.telling import end_undeliverable, tell_news

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
# A Wednesday.
START = datetime(2026, 12, 2, 10, tzinfo=UTC)


@pytest.fixture
def travel():
    with time_machine.travel(START, tick=False) as moment:
        yield moment


def offer_here(title: str, **said: Any) -> Any:
    """Published now in Johannstadt."""
    offer = make_offer(make_dwelling(make_organisation(), district=JOHANNSTADT), title=title, **said)
    offer.published_at = clock.now()
    db.session.commit()
    return offer


def test_each_thing_is_told_once_in_one_mail(session, travel):
    offer_here("Schon da")
    travel.shift(MINUTE)
    subscribed()
    travel.shift(2 * HOUR)
    assert tell_news() == 0, "what was there before is no news"
    offer_here("Helle Wohnung")
    make_entry("Beirat am Fluss")
    make_entry("Anderswo", serves=[PIESCHEN])
    db.session.commit()
    assert (tell_news(), tell_news()) == (1, 0)
    (mail,) = mails()
    assert mail["to"] == ADDRESS
    assert mail["subject"] == "Neues aus Johannstadt-Nord"
    for text in (mail["text"], mail["html"]):
        assert "Helle Wohnung" in text
        assert "Beirat am Fluss" in text
        assert not any(word in text for word in ("Schon da", "Anderswo"))
    assert faults(mail["html"]) == []
    travel.shift(2 * HOUR)
    assert tell_news() == 0


def test_only_what_is_wanted_is_told(session, travel):
    subscribed(kinds=["angebote"])
    subscribed("stadt@example.org", citywide=True, places=[], kinds=["wegweiser"])
    asked("nicht@example.org")
    db.session.query(OutgoingMail).delete()
    travel.shift(2 * HOUR)
    offer_here("Helle Wohnung")
    make_entry("Anderswo", serves=[PIESCHEN])
    db.session.commit()
    assert tell_news() == 2
    told = {mail["to"]: mail["text"] for mail in mails()}
    assert set(told) == {ADDRESS, "stadt@example.org"}
    assert "Helle Wohnung" in told[ADDRESS]
    assert "Anderswo" not in told[ADDRESS]
    assert "Anderswo" in told["stadt@example.org"]


def test_at_once_is_no_more_than_one_mail_in_an_hour(session, travel):
    subscribed()
    travel.shift(2 * HOUR)
    offer_here("Erste")
    assert tell_news() == 1
    travel.shift(20 * MINUTE)
    offer_here("Zweite")
    assert tell_news() == 0
    travel.shift(HOUR)
    assert tell_news() == 1
    assert "Zweite" in mails()[-1]["text"]
    assert "Erste" not in mails()[-1]["text"]


def test_the_weekly_mail_comes_on_monday_morning_and_a_missed_one_on_tuesday(session, travel):
    subscribed(often="weekly")
    travel.shift(HOUR)
    offer_here("Helle Wohnung")
    assert tell_news() == 0
    travel.move_to(datetime(2026, 12, 7, 6, 59, tzinfo=BERLIN))
    assert tell_news() == 0
    travel.move_to(datetime(2026, 12, 8, 11, tzinfo=BERLIN))
    assert (tell_news(), tell_news()) == (1, 0)
    travel.move_to(datetime(2026, 12, 14, 8, tzinfo=BERLIN))
    assert tell_news() == 0, "nothing new in that week"


def test_a_date_that_is_called_off_is_told_again(session, travel):
    owner = make_organisation()
    project, member = make_project(owner, "Kinderhof"), provider_of(owner)
    make_offer(make_dwelling(owner, district=JOHANNSTADT), project)
    begins = clock.now() + timedelta(days=5)
    travel.shift(MINUTE)
    subscribed(kinds=["treffen"])
    travel.shift(2 * HOUR)
    meeting = save_date(project.id, title="Kaffee", starts_at=begins, ends_at=begins + HOUR, actor=member)
    db.session.commit()
    assert tell_news() == 1
    travel.shift(2 * HOUR)
    meeting.note = "Bitte klingeln."
    db.session.commit()
    assert tell_news() == 0, "a word more is no news"
    call_off(project.id, meeting.id, called_off=True, actor=member)
    db.session.commit()
    travel.shift(MINUTE)
    assert tell_news() == 1
    assert "Abgesagt: Kaffee (Kinderhof)" in mails()[-1]["text"]


@pytest.mark.parametrize(("language", "said"), [("en", "News from Johannstadt-Nord"), ("leicht", "Neues aus")])
def test_the_mail_is_in_the_language_of_its_reader(session, travel, language, said):
    subscribed(language=language)
    travel.shift(2 * HOUR)
    offer_here("Helle Wohnung")
    tell_news()
    (mail,) = mails()
    assert mail["subject"].startswith(said)
    assert f"sprache={language}" in link_in(mail["text"])
    assert ("Helle Wohnung" in mail["text"]) is False, "what providers write is German: others read what is known"
    assert faults(mail["html"]) == []


def test_a_worker_that_dies_between_tells_nothing_twice(session, travel, monkeypatch):
    subscribed()
    travel.shift(2 * HOUR)
    offer_here("Helle Wohnung")

    def die(*_anything: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(telling, "add_rows", die)
        with pytest.raises(KeyboardInterrupt):
            tell_news()
    assert mails() == [], "the mail went with what was to be noted"
    assert (tell_news(), len(mails())) == (1, 1)


def test_it_arrives_with_a_button_to_leave_after_an_hour_of_dead_server(session, travel):
    token = subscribed(language="leicht")
    travel.shift(2 * HOUR)
    offer_here("Helle Wohnung")
    port, recorder = free_port(), Recorder()
    for _quarter in range(4):
        tell_news()
        assert send_due(smtp_server(port)) == 0
        travel.shift(15 * MINUTE)
    with mail_server(recorder, port=port):
        for _try in range(3):
            travel.shift(HOUR)
            tell_news()
            send_due(smtp_server(port))
    (arrived,) = recorder.mails
    assert arrived["To"] == ADDRESS
    assert arrived["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = arrived["List-Unsubscribe"]
    assert address.startswith("<http")
    assert address.endswith(f"/neues/{token}/abmelden?sprache=leicht>")
    assert [mail.state for mail in db.session.query(OutgoingMail)] == [MailState.SENT]


def test_an_address_at_which_nothing_arrives_is_erased(session, travel):
    subscribed()
    subscribed("wartet@example.org")
    travel.shift(2 * HOUR)
    offer_here("Helle Wohnung")
    tell_news()
    mails_by_key = {mail.person_key_id: mail for mail in db.session.query(OutgoingMail)}
    of = {row.plain_content["email"]: row for row in db.session.query(NewsSubscription)}
    waits = mails_by_key[of["wartet@example.org"].person_key_id]
    waits.state, waits.trouble = MailState.FAILED, "ConnectionRefusedError"
    mark_returned(mails_by_key[of[ADDRESS].person_key_id], "5.1.1")
    db.session.commit()
    assert (end_undeliverable(), end_undeliverable()) == (1, 0)
    assert [row.plain_content["email"] for row in db.session.query(NewsSubscription)] == ["wartet@example.org"]
    assert db.session.query(ToldNewsItem).count() == 1
