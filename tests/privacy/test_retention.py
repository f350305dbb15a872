"""How long things are kept: asked first, then blocked, then erased with their key; and never twice."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from tests.factories import advisor, make_request, move_request_to
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.advice.models import Enquiry
from wohnberatung.advice.services.enquiries import set_legal_hold, submit_enquiry
from wohnberatung.config import settings
from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.languages import GERMAN, LANGUAGES, ReadLanguage
from wohnberatung.core.transactions import LeftUndone
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportRun
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import read_mail
from wohnberatung.privacy import retention
from wohnberatung.privacy.models import PersonKey
from wohnberatung.seekers.models import Consent, HousingRequest, RequestDraft, RequestVersion
from wohnberatung.seekers.services.drafts import save_draft
from wohnberatung.seekers.services.reconfirmation import unanswered
from wohnberatung.seekers.services.requests import list_requests, load_request_by_token

MACHINERY = {"sessions", "sent_forms", "rate_counters", "search_changes"}


@pytest.fixture
def calendar() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


def run() -> dict[str, int]:
    """Everything that is due is done, as it was counted before; without the counters that every mail leaves."""
    db.session.commit()
    expected = {line.rule.key: line.count for line in retention.report()}
    done = {line.rule.key: line.count for line in map(retention.carry_out, retention.rules())}
    assert expected == done
    db.session.commit()
    return {key: count for key, count in done.items() if count and key not in MACHINERY}


def one() -> HousingRequest:
    return db.session.scalars(select(HousingRequest)).one()


def link_in_mail() -> str:
    (mail_id,) = db.session.scalars(select(OutgoingMail.id))
    found = re.search(r"/suche-ich-noch/\w+", read_mail(mail_id).text)
    assert found
    return found.group()


def test_a_request_is_asked_about_then_blocked_then_erased(session: Any, calendar: Any) -> None:
    token = make_request().token
    assert run() == {}
    calendar.shift(timedelta(days=184))
    assert run() == {"request_ask": 1}
    assert run() == {}, "asked once"
    assert one().asked_at == clock.now()
    assert [asked.id for asked in unanswered(advisor())] == [one().id]
    calendar.shift(timedelta(days=32))
    assert run() == {"request_block": 1}
    assert list_requests(advisor()).total == 0, "the office sees it no more"
    assert load_request_by_token(token).blocked_at is not None, "its person does"
    calendar.shift(timedelta(days=100))
    assert run() == {}
    calendar.shift(timedelta(days=54))
    assert run() == {"request_delete": 1}
    for table in (HousingRequest, RequestVersion, Consent):
        assert db.session.scalars(select(table)).all() == []
    assert set(db.session.scalars(select(PersonKey.wrapped))) == {None}, "no copy can be read"


def test_the_last_day_of_a_period_is_kept_to_its_end(session: Any) -> None:
    """Whole days end at midnight in Berlin: what came at noon is asked about from the morning after the 182nd day."""
    noon = clock.to_berlin(clock.start_of_day(date(2027, 1, 12))) + timedelta(hours=12)
    with time_machine.travel(noon, tick=False) as calendar:
        make_request()
        calendar.move_to(noon + timedelta(days=182, hours=11, minutes=59))
        assert run() == {}
        calendar.shift(timedelta(minutes=2))
        assert run() == {"request_ask": 1}


def test_nothing_is_deleted_unasked_however_late_the_job_begins(session: Any, calendar: Any) -> None:
    make_request()
    calendar.shift(timedelta(days=3000))
    assert run() == {"request_ask": 1}


def test_the_question_comes_by_mail_and_yes_begins_all_periods_anew(client: CheckingClient, calendar: Any) -> None:
    make_request()
    calendar.shift(timedelta(days=184))
    run()
    calendar.shift(timedelta(days=32))
    run()
    path = link_in_mail()
    assert "Suchen Sie noch?" in client.get(path).text
    assert one().blocked_at is not None, "opening the link answers nothing"
    client.submit(path, button="Ja, ich suche noch")
    assert (one().asked_at, one().blocked_at) == (None, None)
    assert list_requests(advisor()).total == 1
    assert client.get(path).status_code == 404, "a link answers once"
    calendar.shift(timedelta(days=180))
    assert "request_ask" not in run()
    calendar.shift(timedelta(days=4))
    assert run()["request_ask"] == 1


def test_who_answers_no_is_erased_at_once(client: CheckingClient, calendar: Any) -> None:
    make_request()
    calendar.shift(timedelta(days=184))
    run()
    client.submit(link_in_mail(), button="Nein, bitte löschen")
    assert db.session.scalars(select(HousingRequest)).all() == []


def test_who_gets_no_mail_is_called_by_the_office(client: CheckingClient, calendar: Any) -> None:
    make_request(contact={"name": "Erika Beispiel", "reach": "phone", "phone": "0351 7654321"})
    calendar.shift(timedelta(days=184))
    run()
    assert db.session.scalars(select(OutgoingMail)).all() == []
    sign_in(client, make_user("advisor"))
    assert "0351 7654321" in client.get("/nachfragen").text
    client.submit("/nachfragen", button="Sucht noch")
    assert one().asked_at is None
    assert "Alle haben geantwortet" in client.get("/nachfragen").text


def test_an_ended_request_is_not_asked_about_but_erased(session: Any, calendar: Any) -> None:
    move_request_to(make_request().request, "withdrawn")
    calendar.shift(timedelta(days=89))
    assert run() == {}
    calendar.shift(timedelta(days=2))
    assert run() == {"request_ended": 1}


def test_a_legal_hold_stops_every_period(session: Any, calendar: Any) -> None:
    number = make_request().request.receipt_number
    enquiry = submit_enquiry("question", {"question": "?"})
    enquiry.state, enquiry.answered_at = "answered", clock.now()
    for each in (number.lower(), enquiry.receipt_number):
        set_legal_hold(each, True)
    calendar.shift(timedelta(days=3000))
    assert run() == {}
    set_legal_hold(number, False)
    assert run() == {"request_ask": 1}
    with pytest.raises(NotFound):
        set_legal_hold("DD-2026-NICHTS", True)


def test_answered_enquiries_go_open_ones_stay(session: Any, calendar: Any) -> None:
    answered = submit_enquiry("question", {"question": "beantwortet"})
    answered.state, answered.answered_at = "answered", clock.now()
    left = submit_enquiry("question", {"question": "offen"}).id
    submit_enquiry("question", {"question": "spam"}, held_for="too_fast")
    calendar.shift(timedelta(days=184))
    assert run() == {"enquiry_answered": 1, "enquiry_held": 1}
    assert db.session.scalars(select(Enquiry.id)).all() == [left]


def test_drafts_and_untaken_deliveries_go(session: Any, calendar: Any) -> None:
    save_draft({"entries": {}}, step="haushalt")
    run_of = {"format": "csv", "file_hash": "0" * 64, "file_name": "a.csv", "is_full": False, "providers": {}}
    session.add(ImportRun(**run_of))
    session.flush()
    calendar.shift(timedelta(days=31))
    assert run() == {"drafts": 1}
    assert db.session.scalars(select(RequestDraft)).all() == []
    calendar.shift(timedelta(days=60))
    assert run() == {"import_staging": 1}


def test_the_operator_sets_the_periods(session: Any, app: Flask, calendar: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(app.config, "RETENTION_DAYS", settings({"RETENTION_DAYS": "request_ask=10"})["RETENTION_DAYS"])
    make_request()
    calendar.shift(timedelta(days=11))
    assert run() == {"request_ask": 1}
    monkeypatch.setitem(app.config, "RETENTION_DAYS", {"no_such_rule": 1})
    with pytest.raises(ValueError, match="no_such_rule"):
        retention.report()


@pytest.mark.parametrize("wrong", ["request_ask", "request_ask=half", "=-3"])
def test_periods_that_cannot_be_understood_stop_the_start(wrong: str) -> None:
    with pytest.raises(ValueError, match="RETENTION_DAYS"):
        settings({"RETENTION_DAYS": wrong})


def test_administrators_see_what_is_due_and_looking_changes_nothing(client: CheckingClient, calendar: Any) -> None:
    make_request()
    calendar.shift(timedelta(days=184))
    sign_in(client, make_user("admin"))
    page = words(Page(client.get("/verwaltung/aufbewahrung").text).root.find(".//main"))
    assert re.search(r"lange nicht gefragt haben\s*nachfragen\s*ein halbes Jahr\s*1\b", page)
    assert "3 Jahre" in page
    assert not re.search(r"\b\d{3,}\b", page), "nobody counts 1,096 days"
    assert one().asked_at is None


def test_the_privacy_notice_names_the_periods_that_hold(client: CheckingClient, app: Flask, monkeypatch: Any) -> None:
    monkeypatch.setitem(app.config, "RETENTION_DAYS", {"request_ask": 77})
    assert "Hören wir 77 Tage lang nichts von Ihnen, fragen wir Sie" in client.get("/datenschutz").text


@pytest.mark.parametrize(
    ("days", "span", "after"),
    [
        (1096, "3 Jahre", "nach 3 Jahren"),
        (365, "1 Jahr", "nach 1 Jahr"),
        (366, "1 Jahr", "nach 1 Jahr"),
        (182, "ein halbes Jahr", "nach einem halben Jahr"),
        (183, "ein halbes Jahr", "nach einem halben Jahr"),
        (90, "3 Monate", "nach 3 Monaten"),
        (30, "1 Monat", "nach 1 Monat"),
        (400, "400 Tage", "nach 400 Tagen"),
        (7, "7 Tage", "nach 7 Tagen"),
        (1, "1 Tag", "nach 1 Tag"),
    ],
)
def test_periods_are_told_in_years_and_months(app: Flask, days: int, span: str, after: str) -> None:
    with app.test_request_context("/"):
        assert retention.period_words(days) == (span, after)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_no_privacy_notice_counts_hundreds_of_days(client: CheckingClient, language: ReadLanguage) -> None:
    page = words(Page(client.get("/datenschutz", query_string={"sprache": language.code}).text).root.find(".//main"))
    assert not re.search(r"\d{2,} (?:Tage|days)", page)
    assert "%(" not in page
    if language is not GERMAN:
        assert not re.search(r"Nehmen wir einen Anbieter|Beratungsfälle|eines gesperrten Kontos", page)


def test_a_row_that_cannot_go_stops_neither_its_rule_nor_the_next(session: Any, calendar: Any) -> None:
    ids = [save_draft({}, step="wo")[0].id for _three in range(3)]
    db.session.commit()
    calendar.shift(timedelta(days=400))
    drafts = next(rule for rule in retention.rules() if rule.key == "drafts")

    def refuse(row: Any) -> None:
        if row.id == ids[1]:
            raise DomainError("Frau Geheim")
        drafts.carry_out(row)

    following = next(rule for rule in retention.rules() if rule.key == "sent_forms")
    kept = retention.carry_out_all([replace(drafts, carry_out=refuse), following])
    assert next(kept).rule is following
    with pytest.raises(LeftUndone):
        next(kept)
    assert list(db.session.scalars(select(RequestDraft.id))) == [ids[1]]
