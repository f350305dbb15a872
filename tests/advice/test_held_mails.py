"""What one address does not get at once is looked at by a person and lost by nobody: receipts of six people whom one
helper writes for, receipts of what seemed to be spam."""

import re
from typing import Any

import pytest

from tests.cases.factories import make_advisor, make_case
from tests.factories import advisor, make_request
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.advice.services.held_mails import held_mails, judge_mail
from wohnberatung.brokerage.services.request_sheets import refuse_request
from wohnberatung.cases.services.handover import set_blocked
from wohnberatung.cases.services.requests import link_request
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.errors import NotFound
from wohnberatung.extensions import db
from wohnberatung.mail.models import MailState, OutgoingMail
from wohnberatung.mail.services.delivery import retry
from wohnberatung.mail.services.outbox import read_mail
from wohnberatung.seekers.services.contacts import send_mail, send_receipt
from wohnberatung.seekers.services.reconfirmation import ask_to_keep, release_request

HELPED = {
    "name": "Erika Beispiel",
    "ask": "helper",
    "helper": {"name": "Anna", "relation": "Sozialdienst", "email": "anna@example.org"},
}


def six_people() -> list[Any]:
    """Six requests that one helper sends in an afternoon."""
    sent = [make_request(contact=HELPED) for _number in range(6)]
    for each in sent:
        send_receipt(each)
    return sent


def states() -> list[str]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(OutgoingMail.state).order_by(OutgoingMail.created_at, OutgoingMail.id)))


def test_a_helper_of_six_gets_every_receipt_once_somebody_has_looked(client: CheckingClient, session: Any) -> None:
    sent = six_people()
    assert sorted(states()) == ["held"] * 3 + ["queued"] * 3
    sign_in(client, make_user("advisor"))
    assert "Zurückgehaltene E-Mails" in client.get("/heute").text
    page = client.get("/anfragen?stand=quarantaene")
    assert words(Page(page.text).root.find(".//main")).count("anna@example.org") == 3
    first, *_others = held_mails(advisor())
    assert first.subject.endswith(sent[3].request.receipt_number)
    client.submit("/anfragen?stand=quarantaene", button="Verschicken")
    assert sorted(states()) == ["held"] * 2 + ["queued"] * 4
    client.submit("/anfragen?stand=quarantaene", button="Verwerfen")
    assert sorted(states()) == ["erased", "held", *["queued"] * 4]
    with pytest.raises(NotFound):
        judge_mail(first.mail.id, advisor(), leaves=True)


def test_what_belongs_to_a_dialogue_is_never_held(session: Any) -> None:
    sent = six_people()
    for each in sent:
        assert send_mail(each.request, "new_message", in_dialogue=True, receipt_number="DD-1") == "helper"
        assert ask_to_keep(each.request) == "helper"
    later = db.session.scalars(db.select(OutgoingMail).where(OutgoingMail.template != "request_received"))
    assert {mail.state for mail in later} == {MailState.QUEUED}


def test_a_held_request_gets_its_receipt_with_its_link_once_it_is_released(
    client: CheckingClient, session: Any
) -> None:
    held = make_request(contact=HELPED, held_for=HoldReason.TOO_FAST)
    assert send_receipt(held) is None
    assert (states(), held_mails(advisor()), retry()) == (["held"], [], 0)
    release_request(held.request.id, advisor())
    assert states() == ["queued"]
    (mail,) = db.session.scalars(db.select(OutgoingMail))
    token = re.search(r"/mein-gesuch/(\w+)", read_mail(mail.id).text)
    assert token is not None
    assert held.request.receipt_number in client.get(f"/mein-gesuch/{token[1]}", follow_redirects=True).text


def test_nothing_leaves_for_what_was_spam(session: Any) -> None:
    held = make_request(contact=HELPED, held_for=HoldReason.TOO_FAST)
    send_receipt(held)
    refuse_request(held.request.id, advisor(), version=held.request.version)
    assert states() == ["erased"]
    assert db.session.scalars(db.select(OutgoingMail.content)).all() == [None]


def test_mails_about_a_blocked_case_are_for_nobody_else(session: Any) -> None:
    anna, bert = make_advisor(), make_advisor("Bert")
    sent = six_people()
    case = make_case(anna)
    link_request(case, sent[5].request.receipt_number, anna)
    set_blocked(case, True, version=case.version, actor=anna)
    assert [len(held_mails(actor)) for actor in (anna, bert)] == [3, 2]
