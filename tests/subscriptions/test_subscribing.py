"""News by mail: nothing is sent before the address has agreed, and one click ends it. Nobody learns who gets it."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.subscriptions.asking import ADDRESS, asked, link_in, mails, subscribed, wishes
from wohnberatung.core import clock, manifests
from wohnberatung.core.errors import Conflict, DomainError, NotFound
from wohnberatung.extensions import db
from wohnberatung.mail.models import MailState, OutgoingMail
from wohnberatung.privacy.models import PersonKey
from wohnberatung.privacy.retention import carry_out, rules
from wohnberatung.subscriptions.models import NewsSubscription
from wohnberatung.subscriptions.services import subscribing

TYPED = {"places": "Johanstadt Nord", "email": ADDRESS, "often": "weekly", "language": "de"}


def text_of(answer: Any) -> str:
    return words(Page(answer.text).root.find(".//main"))


def stored() -> list[NewsSubscription]:
    return list(db.session.query(NewsSubscription))


def test_one_asks_agrees_changes_and_leaves_on_the_pages(client: CheckingClient) -> None:
    page = client.submit("/neues?stadtteil=johannstadt-nord", TYPED, button="Weiter")
    assert "Bitte sehen Sie in Ihr Postfach" in text_of(page)
    (mail,) = mails()
    assert mail["to"] == ADDRESS
    link = link_in(mail["text"], "/bestaetigen")
    shown = text_of(client.get(link))
    assert all(word in shown for word in ("Johannstadt-Nord", ADDRESS, "Ich willige ein"))
    assert stored()[0].state == "asked", "opening the link agrees to nothing"
    mine = client.submit(link, button="Ja, schreiben Sie mir")
    assert "Vielen Dank." in mine.text
    (row,) = stored()
    assert (row.state, row.consent_version) == ("confirmed", subscribing.CONSENT_VERSION)
    changed = client.submit(mine.request.path, {"places": "Pieschen-Süd", "often": "at_once"}, button="Speichern")
    assert "Neues aus: Pieschen-Süd" in text_of(changed)
    left = client.submit(f"{mine.request.path}/abmelden", button="Ja, abmelden")
    assert "Ihre Adresse ist gelöscht." in text_of(left)
    assert stored() == []


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(client: CheckingClient) -> None:
    for typed, said in (
        ({"places": "Nirgendwo"}, "Nirgendwo"),
        ({"places": ""}, "Bitte nennen Sie einen Stadtteil"),
        ({"email": "erika"}, "Diese E-Mail-Adresse stimmt noch nicht"),
    ):
        refused = client.submit("/neues", TYPED | typed, button="Weiter")
        assert refused.status_code == 400
        assert said in text_of(refused)
        assert next(iter(typed.values())) in refused.text
    assert stored() == []


def test_an_address_that_has_a_subscription_is_answered_as_any_other(client: CheckingClient) -> None:
    old = subscribed()
    pages = [client.submit("/neues", TYPED | {"email": each}, button="Weiter") for each in (ADDRESS, "neu@example.org")]
    assert text_of(pages[0]) == text_of(pages[1])
    first, second = mails()
    token = link_in(first["text"], "/bestaetigen").split("/")[2]
    assert first["text"].replace(token, "") == second["text"].replace(
        link_in(second["text"], "/bestaetigen").split("/")[2], ""
    )
    subscribing.confirm(token)
    db.session.commit()
    with pytest.raises(NotFound):
        subscribing.my_subscription(old)
    assert [row.state for row in stored() if row.plain_content["email"] == ADDRESS] == ["confirmed"]


def test_a_stranger_cannot_have_many_mails_sent_to_one_address(client: CheckingClient) -> None:
    for _number in range(5):
        client.submit("/neues", TYPED, button="Weiter")
    states = [mail.state for mail in db.session.query(OutgoingMail)]
    assert states.count(MailState.QUEUED) == 3, "what is beyond the day's share waits for the office"
    assert client.submit("/neues", TYPED, button="Weiter").status_code == 429


def test_what_looks_like_a_program_waits_for_the_office(client: CheckingClient) -> None:
    client.submit("/neues", TYPED | {"homepage": "http://spam.example"}, button="Weiter")
    assert [mail.state for mail in db.session.query(OutgoingMail)] == [MailState.HELD]


def test_confirming_and_leaving_twice_is_once(session: Any) -> None:
    token = asked()
    subscribing.confirm(token)
    since = stored()[0].confirmed_at
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        subscribing.confirm(token)
    assert stored()[0].confirmed_at == since
    subscribing.leave(token)
    subscribing.leave(token)
    with pytest.raises(NotFound):
        subscribing.confirm(token)


def test_a_mail_program_leaves_without_cookie_page_or_origin(client: CheckingClient) -> None:
    token = subscribed()
    address = f"/neues/{token}/abmelden"
    assert client.get(address).status_code == 200
    assert len(stored()) == 1, "a program that only looks at links ends nothing"
    for _number in range(2):
        answer = client.post(
            address, data={"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://mail.example"}
        )
        assert answer.status_code == 200, "a mail program takes a redirection for a fault"
    assert stored() == []


def test_two_who_change_at_once_do_not_overwrite_each_other(session: Any) -> None:
    token = subscribed()
    version = stored()[0].version
    subscribing.change(token, wishes(often="weekly"), version)
    with pytest.raises(Conflict):
        subscribing.change(token, wishes(citywide=True), version)
    with pytest.raises(DomainError) as refused:
        subscribing.change(token, wishes(places=[]), stored()[0].version)
    assert refused.value.field == "places"


def test_who_does_not_agree_is_forgotten(session: Any) -> None:
    asked("still@example.org")
    kept = subscribed("laut@example.org")
    rule = next(rule for rule in rules() if rule.key == "news_unconfirmed")
    assert carry_out(rule).count == 0
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert carry_out(rule).count == 1
    assert [row.plain_content["token"] for row in stored()] == [kept]


def test_everything_that_is_stored_is_told_and_goes_with_the_key(client: CheckingClient) -> None:
    token = subscribed()
    told = json.loads(client.get(f"/neues/{token}/meine-daten").text)
    assert (told["email"], told["places"], told["often"]) == (ADDRESS, ["06"], "at_once")
    assert "Ich willige ein" in told["consent"]["text"]
    (row,) = stored()
    assert ADDRESS.encode() not in row.content
    key_id = row.person_key_id
    manifests.erase(row)
    assert db.session.get_one(PersonKey, key_id).wrapped is None
    assert stored() == []


def test_it_is_there_in_three_languages(client: CheckingClient) -> None:
    english = client.submit("/neues?sprache=en", TYPED | {"language": "en"}, button="Continue")
    assert "Please look in your mailbox" in text_of(english)
    (mail,) = mails()
    assert mail["subject"] == "Would you like news by e-mail?"
    assert "sprache=en" in link_in(mail["text"], "/bestaetigen")
    assert "Bitte sehen Sie nach Ihren E-Mails" in text_of(client.get("/neues/gesendet?sprache=leicht"))
