"""The board: who may put something up, what is read first, how long it hangs, what a private person can do."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from tests.committed import committed
from tests.factories import advisor, make_organisation, provider_of
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.noticeboard.notices import JOHANNSTADT, PIESCHEN, SAID, make_notice, make_private
from tests.people import make_user, sign_in
from wohnberatung.bridge.neighbourhood_places import place_of
from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, DomainError, NotFound
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import open_content
from wohnberatung.noticeboard.models import Notice, NoticeState
from wohnberatung.noticeboard.services.finding import NoticeQuery, find_notices
from wohnberatung.noticeboard.services.news import news_of, notices_in
from wohnberatung.noticeboard.services.notices import begin_notice, edit_notice, move_notice, notices_in_review
from wohnberatung.noticeboard.services.senders import erase_my_notice, move_my_notice, stored_about_sender
from wohnberatung.noticeboard.services.timers import ask_to_renew, take_down_over
from wohnberatung.privacy.models import PersonKey


def titles(**asked: Any) -> list[str]:
    return [each.title for each in find_notices(NoticeQuery(**asked)).items]


def text_of(answer: Any) -> str:
    return words(Page(answer.text).root.find(".//main"))


def mails() -> list[str]:
    return [row.template for row in db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.created_at))]


def test_the_board_shows_what_hangs_here_before_what_hangs_everywhere(session: Any) -> None:
    make_notice("Stadtweit", place=None)
    make_notice("Hier")
    make_notice("Anderswo", place=PIESCHEN)
    make_notice("Entwurf", public=False)
    assert titles(place=place_of(JOHANNSTADT)) == ["Hier", "Stadtweit"]
    assert titles(topic="things") == []
    found = notices_in(JOHANNSTADT)
    assert found is not None
    assert [each.title for each in found.notices] == ["Hier", "Stadtweit"]
    assert {each.title for each in news_of(None)} == {"Hier", "Stadtweit", "Anderswo"}


def test_who_is_known_puts_up_at_once_and_others_are_read_first(session: Any) -> None:
    known, new = make_organisation(), make_organisation(trust="reviewed")
    make_user("provider", organisation_ids=[new.id])
    shown, waits = (make_notice(actor=provider_of(each), public=False) for each in (known, new))
    move_notice(shown.id, "zeigen", provider_of(known))
    move_notice(waits.id, "zeigen", provider_of(new))
    assert (shown.state, waits.state) == (NoticeState.PUBLISHED, NoticeState.WAITING)
    assert notices_in_review(advisor()) == [waits]
    move_notice(waits.id, "freigeben", advisor())
    assert waits.state == NoticeState.PUBLISHED
    assert mails() == ["notice_news"]


def test_words_that_shut_people_out_are_read_first_whoever_wrote_them(session: Any) -> None:
    owner = make_organisation()
    notice = make_notice("Zimmer frei", actor=provider_of(owner), public=False, text="Nur für Deutsche.")
    move_notice(notice.id, "zeigen", provider_of(owner))
    assert notice.state == NoticeState.WAITING
    with pytest.raises(DomainError):
        move_notice(notice.id, "zurueckgeben", advisor(), reason=" ", version=notice.version)
    move_notice(notice.id, "zurueckgeben", advisor(), reason="Bitte laden Sie alle ein.", version=notice.version)
    assert (notice.state, notice.reason) == (NoticeState.RETURNED, "Bitte laden Sie alle ein.")


def test_an_organisation_that_is_not_trusted_changes_nothing_unread(session: Any) -> None:
    owner = make_organisation(trust="reviewed")
    notice = make_notice(actor=provider_of(owner))
    values: Any = {**SAID, "text": "Ganz anders."}
    edit_notice(notice.id, values, notice.version, provider_of(owner))
    assert notice.state == NoticeState.WAITING
    with pytest.raises(Conflict) as told:
        edit_notice(notice.id, values, 99, provider_of(owner))
    assert "Ganz anders." in told.value.submitted.values()
    with pytest.raises(NotFound):
        edit_notice(notice.id, values, notice.version, provider_of(make_organisation()))


def test_a_private_notice_is_confirmed_read_and_then_put_up(session: Any) -> None:
    notice, token = make_private()
    assert (mails(), notices_in_review(advisor())) == (["notice_confirm"], [])
    move_my_notice(token, "bestaetigen")
    move_my_notice(token, "bestaetigen")
    assert notices_in_review(advisor()) == [notice]
    move_notice(notice.id, "freigeben", advisor())
    assert notice.ends_on == clock.today() + timedelta(weeks=8)
    assert mails() == ["notice_confirm", "notice_news"]
    told = open_content(db.session.scalars(select(OutgoingMail).filter_by(template="notice_news")).one())
    assert token in told["text"]
    assert "Ich lese vor" not in told["text"]


def test_name_and_address_of_a_private_person_are_on_no_page(client: CheckingClient) -> None:
    notice, _token = make_private(NoticeState.PUBLISHED)
    for page in (f"/aushaenge/{notice.id}", "/aushaenge", "/stadtteile/johannstadt-nord"):
        answer = client.get(page)
        assert "Ich lese vor" in answer.text
        assert "Erika" not in answer.text
        assert "erika@example.org" not in answer.text
    assert notice.receipt_number in text_of(client.get(f"/aushaenge/{notice.id}"))
    sign_in(client, make_user("advisor"))
    assert "erika@example.org" in client.get(f"/aushaenge/eigene/{notice.id}").text.replace("<wbr>", "")


def test_a_form_of_a_stranger_leads_to_the_mailbox_and_gives_no_link_away(client: CheckingClient) -> None:
    said = {"topic": "help_sought", "title": "Wer liest vor?", "text": "Ich sehe schlecht.", "weeks": "4"}
    answer = client.submit("/aushaenge/neu", {**said, "email": "erika@example.org", "consent": "y"})
    assert "Postfach" in text_of(answer)
    notice = db.session.scalars(select(Notice)).one()
    assert (notice.state, notice.weeks, notice.place) == (NoticeState.UNCONFIRMED, 4, None)
    late = client.submit("/aushaenge/neu", {**said, "email": "erika", "consent": "y"})
    assert late.status_code == 400
    assert "Ich sehe schlecht." in late.text


def test_what_looks_like_spam_gets_no_mail_before_somebody_has_looked(client: CheckingClient) -> None:
    said = {"topic": "things", "title": "Billig", "text": "Kauft.", "weeks": "4", "homepage": "http://x.example"}
    client.submit("/aushaenge/neu", {**said, "email": "x@example.org", "consent": "y"})
    notice = db.session.scalars(select(Notice)).one()
    mail = db.session.scalars(select(OutgoingMail)).one()
    assert (notice.state, mail.state) == (NoticeState.HELD, "held")
    move_notice(notice.id, "kein-spam", advisor())
    db.session.refresh(mail)
    assert (notice.state, mail.state) == (NoticeState.UNCONFIRMED, "queued")


def test_a_notice_ends_on_its_day_and_its_sender_was_asked_a_week_before(session: Any) -> None:
    notice, token = make_private(NoticeState.PUBLISHED, weeks=2)
    start = clock.now()
    with time_machine.travel(start + timedelta(days=8), tick=False):
        assert (committed(ask_to_renew)(), committed(ask_to_renew)()) == (1, 0)
        move_my_notice(token, "verlaengern")
        assert notice.ends_on == clock.today() + timedelta(weeks=2)
    with time_machine.travel(start + timedelta(days=23), tick=False):
        assert titles() == []
        assert (committed(take_down_over)(), committed(take_down_over)()) == (1, 0)
    assert notice.state == NoticeState.ENDED
    assert mails() == ["notice_confirm", "notice_ends", "notice_news"]


def test_a_person_gets_everything_and_can_erase_it(session: Any) -> None:
    notice, token = make_private()
    told: Any = stored_about_sender(token)
    assert told["contact"] == {"name": "Erika Beispiel", "email": "erika@example.org"}
    key = notice.person_key_id
    erase_my_notice(token)
    assert db.session.scalars(select(Notice)).all() == []
    assert db.session.get_one(PersonKey, key).destroyed_at is not None
    with pytest.raises(NotFound):
        stored_about_sender(token)


def test_nobody_writes_a_notice_for_longer_than_half_a_year(session: Any) -> None:
    values: Any = {**SAID, "weeks": 30}
    with pytest.raises(DomainError) as told:
        begin_notice(values, advisor())
    assert told.value.field == "weeks"
