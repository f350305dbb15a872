"""Contact with a neighbour: by the office, staged, released to both once both agree, and gone with a withdrawal."""

from typing import Any

import pytest

from tests.factories import advisor, make_organisation
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.resources.entries import ANNA, BERT, make_contact_request, make_linked
from wohnberatung.core.errors import Conflict, NotFound
from wohnberatung.core.steps import Party
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.resources.models import ContactRequest
from wohnberatung.resources.services.contact_requests import (
    ask_contact,
    for_asker,
    for_owner,
    move_request,
    request_about,
)
from wohnberatung.resources.services.entries import enter, move
from wohnberatung.resources.steps import AGREE, END, PASS_ON, PAUSE, SAY_NO, WITHDRAW


def text_of(answer: Any) -> str:
    return words(Page(answer.text).root.find(".//main"))


def test_from_the_question_to_the_contact_of_both(client: CheckingClient) -> None:
    resource, token = make_linked()
    db.session.commit()
    client.submit(
        f"/nachbarschaft/{resource.id}/kontakt",
        {"message": "Kommen Sie auch zu mir?", "name": BERT["name"], "email": BERT["email"], "consent": "y"},
        button="Absenden",
    )
    asked = Page(client.get("/nachbarschaft/eingang").text).root.find(".//p[@class='secret-link']/a").get("href")
    mine = f"/nachbarschaft/mein/{token}"
    assert "Kommen Sie auch zu mir?" not in text_of(client.get(mine)), "the office reads first"
    sign_in(client, make_user("advisor"))
    row = db.session.query(ContactRequest).one()
    page = f"/nachbarschaft/buero/anfragen/{row.id}"
    assert BERT["name"] in text_of(client.get(page))
    client.submit(page, {}, button="An die andere Seite weitergeben")
    shown = text_of(client.get(mine))
    assert "Kommen Sie auch zu mir?" in shown
    assert BERT["name"] not in shown
    client.submit(mine, {}, button="Ja, Kontakt austauschen")
    assert BERT["email"] in text_of(client.get(mine))
    answer = text_of(client.get(asked))
    assert ANNA["email"] in answer
    assert "weitergegeben von Ihnen: Name, E-Mail" in answer
    client.submit(asked, {}, button="Anfrage zurückziehen")
    assert BERT["email"] not in text_of(client.get(mine))
    assert ANNA["email"] not in text_of(client.get(asked))


def test_who_suits_is_asked_from_ones_own_list_with_what_is_known_already(client: CheckingClient) -> None:
    offer, _token = make_linked()
    _need, mine = make_linked("Wer liest mir vor?", side="seeks", contact=BERT, text="Am liebsten nachmittags.")
    db.session.commit()
    way = f"/nachbarschaft/mein/{mine}/kontakt/{offer.id}"
    assert way in client.get(f"/nachbarschaft/mein/{mine}").text
    client.submit(way, {"consent": "y"}, button="Absenden")
    asked = db.session.query(ContactRequest).one()
    assert asked.resource_id == offer.id
    said = asked.plain_content
    assert (said["name"], said["email"]) == (BERT["name"], BERT["email"])
    assert said["message"].split() == ["Wer", "liest", "mir", "vor?", "Am", "liebsten", "nachmittags."]


def test_a_no_tells_nothing_of_who_said_it(session: Any) -> None:
    row, _token = make_contact_request()
    move_request(row, PASS_ON, Party.OFFICE, version=None, actor=None)
    move_request(row, SAY_NO, Party.PROVIDER, version=None, actor=None)
    assert (row.state, for_asker(row).contact, row.released) == ("declined", {}, {})


def test_the_other_side_cannot_agree_before_the_office_has_read_it(session: Any) -> None:
    row, _token = make_contact_request()
    with pytest.raises(NotFound):
        request_about(row.resource, row.id)
    with pytest.raises(Conflict):
        move_request(row, AGREE, Party.PROVIDER, version=None, actor=None)


@pytest.mark.parametrize(("key", "party"), [(WITHDRAW, Party.SEEKER), (END, Party.PROVIDER)])
def test_either_side_withdraws_and_both_contacts_are_gone(session: Any, key: str, party: Party) -> None:
    row = _released()
    assert for_owner(row).contact["name"] == BERT["name"]
    move_request(row, key, party, version=None, actor=None)
    assert (for_owner(row).contact, for_asker(row).contact) == ({}, {})
    assert row.released["owner"] == ["name", "phone", "email"], "what was told stays listed"


def test_whoever_stops_showing_the_entry_ends_it_too(session: Any) -> None:
    row = _released()
    move(row.resource, PAUSE, Party.SEEKER, None)
    assert (row.state, for_owner(row).contact) == ("ended", {})


def test_an_organisation_is_asked_directly(session: Any) -> None:
    values: Any = {"title": "Saal", "district": None, "facts": {}, "organisation_id": make_organisation().id}
    resource = enter("gives", "room", values, advisor())
    with pytest.raises(Conflict):
        ask_contact(resource.id, BERT, "Hallo", consent=("1", "ja"), language="de", held_for=None)


def test_mails_say_nothing_of_what_was_written(session: Any) -> None:
    _released()
    said = " ".join(str(mail.plain_content) for mail in session.query(OutgoingMail))
    assert not any(word in said for word in ("Kommen Sie auch", "Bert Frager", "Anna Geberin", "Zeitung"))


def _released() -> ContactRequest:
    row, _token = make_contact_request()
    move_request(row, PASS_ON, Party.OFFICE, version=None, actor=advisor())
    move_request(row, AGREE, Party.PROVIDER, version=None, actor=None)
    return row
