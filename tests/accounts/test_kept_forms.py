"""A form that arrives after the session has ended is offered again to the same person, and to nobody else."""

from typing import Any

import pytest
from flask import Flask

from tests.factories import make_organisation
from tests.infrastructure.client import CheckingClient, find_form, offered_values
from tests.infrastructure.pages import Page
from tests.people import PASSWORD, make_user, sign_in
from wohnberatung.accounts.services import people

WRITTEN = "Wir sind sechs Leute und suchen ein Haus."


@pytest.fixture
def house(session: Any) -> Any:
    return make_organisation("Elbhaus")


@pytest.fixture
def member(house: Any) -> Any:
    return make_user("provider", organisation_ids=[house.id])


def filled_in(client: CheckingClient, house: Any) -> dict[str, Any]:
    page = Page(client.get(f"/organisation/{house.id}/profil").text)
    return dict(offered_values(find_form(page, {"about"}, ""))) | {"about": WRITTEN}


def send_too_late(client: CheckingClient, house: Any, member: Any, **more: Any) -> Any:
    """Fill in the profile, let the session end, send it off."""
    sign_in(client, member)
    form = filled_in(client, house) | more
    people.end_sessions(member.id)
    return client.post(f"/organisation/{house.id}/profil", data=form)


def sign_in_again(client: CheckingClient, user: Any) -> Any:
    return client.submit("/anmelden?weiter=/formular", {"email": user.email, "password": PASSWORD})


def test_what_was_typed_is_sent_after_signing_in_again(client: CheckingClient, house: Any, member: Any) -> None:
    answer = send_too_late(client, house, member)
    assert answer.headers["Location"] == "/anmelden?weiter=/formular"
    assert "Ihre Eingaben sind noch da" in client.get(answer.headers["Location"]).text
    page = sign_in_again(client, member)
    assert "Ihr Formular ist noch da" in page.text
    assert WRITTEN in page.text
    assert house.about == ""
    client.submit("/formular", button="Jetzt absenden")
    assert house.about == WRITTEN
    assert client.get("/formular").status_code == 302, "done, so it is forgotten"


def sign_in_in_another_tab(client: CheckingClient, user: Any) -> None:
    client.submit("/anmelden", {"email": user.email, "password": PASSWORD})


def test_who_signed_in_again_in_another_tab_loses_nothing_in_the_first(
    client: CheckingClient, house: Any, member: Any
) -> None:
    sign_in(client, member)
    form = filled_in(client, house)
    people.end_sessions(member.id)
    sign_in_in_another_tab(client, member)
    page = client.post(f"/organisation/{house.id}/profil", data=form, follow_redirects=True)
    assert page.request.path == "/formular"
    assert WRITTEN in page.text
    assert house.about == ""
    client.submit("/formular", button="Jetzt absenden")
    assert house.about == WRITTEN


def test_what_one_person_typed_is_not_kept_for_another_who_signed_in_in_the_next_tab(
    client: CheckingClient, house: Any, member: Any
) -> None:
    sign_in(client, member)
    form = filled_in(client, house)
    people.end_sessions(member.id)
    colleague = make_user("provider", organisation_ids=[house.id])
    sign_in_in_another_tab(client, colleague)
    assert client.post(f"/organisation/{house.id}/profil", data=form).status_code == 400
    assert client.get("/formular").status_code == 302
    sign_in_in_another_tab(client, member)
    assert client.get("/formular").status_code == 302


def test_somebody_else_at_the_same_computer_sees_nothing_of_it(client: CheckingClient, house: Any, member: Any) -> None:
    send_too_late(client, house, member)
    colleague = make_user("provider", organisation_ids=[house.id])
    assert WRITTEN not in sign_in_again(client, colleague).text
    client.submit("/konto", button="Abmelden")
    assert WRITTEN not in sign_in_again(client, member).text, "and it is gone"


def test_it_can_be_discarded(client: CheckingClient, house: Any, member: Any) -> None:
    send_too_late(client, house, member)
    sign_in_again(client, member)
    client.submit("/formular", button="Verwerfen")
    assert client.get("/formular").status_code == 302
    assert house.about == ""


@pytest.mark.parametrize(
    "more", [{"form_person": ""}, {"form_person": "forged"}, {"password": "geheim"}, {"filler": "x" * 300_000}]
)
def test_without_the_signature_with_secrets_or_far_too_long_nothing_is_kept(
    client: CheckingClient, house: Any, member: Any, more: dict[str, str]
) -> None:
    assert send_too_late(client, house, member, **more).status_code == 401
    assert "Ihr Formular ist noch da" not in sign_in_again(client, member).text


def test_a_form_refused_as_invalid_is_still_there(client: CheckingClient, house: Any, member: Any) -> None:
    send_too_late(client, house, member, name="")
    sign_in_again(client, member)
    assert client.submit("/formular", button="Jetzt absenden").status_code == 400
    assert WRITTEN in client.get("/formular").text


def test_a_signature_does_not_sign_anybody_in(app: Flask, client: CheckingClient, house: Any, member: Any) -> None:
    sign_in(client, member)
    form = filled_in(client, house)
    stranger = app.test_client()
    stranger.post(f"/organisation/{house.id}/profil", data=form)
    assert stranger.get("/formular").status_code == 302
    assert house.about == ""
