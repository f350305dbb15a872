"""Reports of unlawful content: a receipt, a decision with reasons for both sides, one complaint."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from tests.committed import committed
from tests.events.happenings import make_event, sign_up
from tests.factories import advisor, make_organisation, provider_of
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.noticeboard.notices import make_notice, make_private, make_report
from tests.people import make_user, sign_in
from wohnberatung.core.errors import Conflict, DomainError, Forbidden, NotFound
from wohnberatung.events.models import EventState, RegistrationState
from wohnberatung.events.services.events import restore_event
from wohnberatung.events.services.timers import remind_of_tomorrow
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.noticeboard.kinds import ReportedKind
from wohnberatung.noticeboard.models import ContentReport, NoticeState, ReportState
from wohnberatung.noticeboard.services.reports import (
    contest_as_reporter,
    contest_as_sender,
    decide,
    my_report,
    report_content,
    waiting_reports,
)
from wohnberatung.noticeboard.services.senders import erase_my_notice


def mails() -> list[str]:
    return [row.template for row in db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.created_at))]


def settle(report: ContentReport, key: str, reason: str = "So ist das Gesetz.") -> None:
    decide(report.id, key, reason=reason, version=report.version, actor=advisor())


def test_a_reported_notice_goes_and_both_sides_read_why(session: Any) -> None:
    notice, _token = make_private(NoticeState.PUBLISHED)
    report, token = make_report(notice)
    assert waiting_reports(advisor()) == [report]
    settle(report, "entfernen", "Das schließt Menschen aus (AGG § 19).")
    assert (notice.state, notice.reason) == (NoticeState.REMOVED, "Das schließt Menschen aus (AGG § 19).")
    assert my_report(token).report.reason == notice.reason
    assert mails() == ["notice_confirm", "report_received", "notice_news", "report_news"]


def test_a_decision_wants_its_reasons_and_the_version_it_was_made_from(session: Any) -> None:
    report, _token = make_report(make_notice())
    with pytest.raises(DomainError) as told:
        settle(report, "bleibt", " ")
    assert told.value.field == "reason"
    with pytest.raises(Conflict):
        decide(report.id, "bleibt", reason="Gut so.", version=99, actor=advisor())
    with pytest.raises(Forbidden):
        decide(report.id, "bleibt", reason="Gut so.", version=1, actor=provider_of(make_organisation()))


def test_who_reported_it_may_contest_that_it_stays_once(session: Any) -> None:
    notice = make_notice()
    report, token = make_report(notice)
    settle(report, "bleibt")
    with pytest.raises(DomainError):
        contest_as_reporter(token, " ")
    contest_as_reporter(token, "Sehen Sie noch einmal hin.")
    assert waiting_reports(advisor()) == [report]
    settle(report, "wird-doch-entfernt", "Stimmt, das geht nicht.")
    assert notice.state == NoticeState.REMOVED
    assert (report.state, report.final_reason) == (ReportState.REMOVED_AFTER_ALL, "Stimmt, das geht nicht.")
    with pytest.raises(Conflict):
        contest_as_reporter(token, "Danke!")


def test_who_wrote_it_may_contest_that_it_went_and_gets_it_back(session: Any) -> None:
    owner = make_organisation()
    notice = make_notice(actor=provider_of(owner))
    report, token = make_report(notice)
    with pytest.raises(NotFound):
        contest_as_sender(ReportedKind.NOTICE, notice.id, "Noch ist nichts entschieden.")
    settle(report, "entfernen")
    with pytest.raises(Conflict):
        contest_as_reporter(token, "Ich bin doch zufrieden.")
    contest_as_sender(ReportedKind.NOTICE, notice.id, "Das war nur ein Gruß.")
    settle(report, "bleibt-doch", "Sie haben recht.")
    assert (notice.state, report.state) == (NoticeState.PUBLISHED, ReportState.KEPT_AFTER_ALL)


def test_events_are_reported_in_the_same_way(session: Any) -> None:
    event, _date = make_event()
    report, _token = report_content("veranstaltung", event.id, ground="fraud", content={"why": "Gibt es nicht."})
    settle(report, "entfernen")
    assert event.state == EventState.REMOVED
    for kind, what in (("veranstaltung", event.id), ("aushang", event.id), ("etwas", event.id)):
        with pytest.raises(NotFound):
            report_content(kind, what, ground="fraud", content={"why": "Noch einmal."})


def test_who_is_registered_hears_that_an_event_is_no_longer_shown(session: Any) -> None:
    event, date = make_event()
    guest, _token = sign_up(date, email="erika@example.org")
    guest.state = RegistrationState.TAKEN
    sign_up(date, "Nie bestätigt", email="rolf@example.org")
    report, _token = report_content("veranstaltung", event.id, ground="fraud", content={"why": "Gibt es nicht."})
    settle(report, "entfernen")
    with time_machine.travel(date.starts_at - timedelta(days=1), tick=False):
        assert committed(remind_of_tomorrow)() == 0
    restore_event(event.id)
    told = [mail for mail in mails() if mail == "registration_news"]
    assert len(told) == 2, "once that it went, once that it is back; nobody else, and no reminder between"


def test_the_report_forgets_what_its_sender_had_erased(session: Any) -> None:
    notice, token = make_private(NoticeState.PUBLISHED)
    report, mine = make_report(notice)
    erase_my_notice(token)
    db.session.expire_all()
    assert (report.subject_title, my_report(mine).subject) == ("", None)


def test_the_whole_way_on_pages(client: CheckingClient) -> None:
    notice = make_notice("Nur für manche")
    page = f"/melden/aushang/{notice.id}"
    said = {"ground": "discrimination", "why": "Das schließt aus.", "good_faith": "y"}
    answer = client.submit(page, said)
    mine = answer.request.path
    assert "Meine Meldung" in answer.text
    assert "wird geprüft" in answer.text
    assert client.submit(page, {**said, "good_faith": ""}).status_code == 400
    report = db.session.scalars(select(ContentReport)).one()
    office = client.application.test_client()
    sign_in(client, make_user("advisor"))
    here = f"/meldungen/{report.id}"
    assert "Nur für manche" in client.get("/meldungen").text
    refused = client.submit(here, {"reason": ""}, button="Bleibt stehen")
    assert refused.status_code == 400
    client.submit(here, {"reason": "Das ist erlaubt."}, button="Bleibt stehen")
    told = words(Page(office.get(mine).text).root.find(".//main"))
    assert "Das ist erlaubt." in told
    assert "Nicht einverstanden?" in told
