"""Members of an organisation: invited, promoted, removed; one manager stays."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from tests.accounts.mailbox import link_to, mails_to
from tests.factories import make_organisation, provider_of
from tests.infrastructure.client import CheckingClient
from tests.people import make_user, sign_in
from wohnberatung.accounts.services import invitations, organisations, people
from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError, Forbidden, NotFound

FRESH = "fünf große Hechte im Fluss"


@pytest.fixture
def house(session: Any) -> Any:
    return make_organisation("Elbhaus")


@pytest.fixture
def place(client: CheckingClient, house: Any) -> str:
    """The organisation's page, for its manager Mona."""
    sign_in(client, make_user("provider", name="Mona Leitung", organisation_ids=[house.id]))
    return f"/organisation/{house.id}"


def test_somebody_without_an_account_is_invited(client: CheckingClient, app: Flask, place: str, house: Any) -> None:
    client.submit(place, {"email": "Neu@example.org", "role": "editor"}, button="Einladen")
    assert "neu@example.org" in client.get(place).text
    stranger, link = app.test_client(), link_to("neu@example.org")
    assert "Mona Leitung lädt Sie ein, für „Elbhaus“" in stranger.get(link).text
    fields = {"name": "Nina Neu", "password": FRESH, "repeated": FRESH}
    assert "Melden Sie sich an" in stranger.submit(link, fields).text
    assert stranger.get("/konto").status_code == 302, "who holds the mail still has to sign in"
    actor = people.authenticate("neu@example.org", FRESH)
    assert (actor.belongs_to(house.id), actor.manages(house.id)) == (True, False)
    assert stranger.get(link).status_code == 404


def test_somebody_with_an_account_keeps_their_password(
    client: CheckingClient, app: Flask, place: str, house: Any
) -> None:
    known = make_user("advisor", email="anna@example.org")
    client.submit(place, {"email": "anna@example.org", "role": "manager"}, button="Einladen")
    app.test_client().submit(link_to("anna@example.org"), button="Einladung annehmen")
    actor = people.load_actor(known.id)
    assert actor.manages(house.id)
    assert actor.has_role("provider", "advisor")


def test_an_invitation_is_good_for_two_days_and_can_be_taken_back(client: CheckingClient, place: str) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        client.submit(place, {"email": "neu@example.org", "role": "editor"}, button="Einladen")
        first = link_to("neu@example.org")
        client.submit(place, {"email": "neu@example.org", "role": "editor"}, button="Einladen")
        assert client.get(first).status_code == 404, "the second replaces the first"
        client.submit(place, button="Zurücknehmen")
        assert client.get(link_to("neu@example.org")).status_code == 404
        client.submit(place, {"email": "neu@example.org", "role": "editor"}, button="Einladen")
        traveller.shift(timedelta(days=2))
        assert client.get(link_to("neu@example.org")).status_code == 404


def test_who_belongs_already_is_not_invited(client: CheckingClient, place: str) -> None:
    make_user(email="anna@example.org")
    organisations.add_member(people.find_user("anna@example.org").id, place.rpartition("/")[2])
    refused = client.submit(place, {"email": "anna@example.org", "role": "editor"}, button="Einladen")
    assert refused.status_code == 400
    assert "gehört schon dazu" in refused.text
    assert mails_to("anna@example.org") == []


def test_the_last_manager_stays(client: CheckingClient, place: str, house: Any) -> None:
    mona = organisations.members_of(house.id, provider_of(house))[0]
    stays = client.submit(f"{place}/mitglieder/{mona.user_id}/entfernen", button="Austreten")
    assert "Eine Person muss die Organisation leiten" in stays.text
    assert "muss die Organisation leiten" in client.submit(place, button="Zur Mitarbeit machen").text
    other = make_user("provider", name="Otto Zweiter")
    organisations.add_member(other.id, house.id)
    client.submit(place, button="Zur Leitung machen")
    left = client.submit(f"{place}/mitglieder/{mona.user_id}/entfernen", button="Austreten")
    assert "Sie gehören nicht mehr dazu" in left.text
    assert client.get(place).status_code == 404, "rights end at once"


def test_an_editor_sees_the_members_and_changes_nothing(client: CheckingClient, house: Any) -> None:
    boss, editor = make_user("provider", organisation_ids=[house.id]), make_user("provider", name="Edda Mitarbeit")
    organisations.add_member(editor.id, house.id)
    sign_in(client, editor)
    page = client.get(f"/organisation/{house.id}").text
    assert boss.name in page
    assert "Einladen" not in page
    assert client.get(f"/organisation/{house.id}/profil").status_code == 403
    assert client.get(f"/organisation/{house.id}/mitglieder/{boss.id}/entfernen").status_code == 403
    for deed in (organisations.change_member_role, organisations.remove_member):
        extra = ["editor"] if deed is organisations.change_member_role else []
        with pytest.raises(Forbidden):
            deed(house.id, boss.id, *extra, people.load_actor(editor.id))


def test_a_foreign_organisation_does_not_exist(session: Any, house: Any) -> None:
    stranger = provider_of(make_organisation())
    user = make_user("provider", organisation_ids=[house.id])
    for attempt in (
        lambda: organisations.load_organisation(house.id, stranger),
        lambda: organisations.members_of(house.id, stranger),
        lambda: invitations.invite_member(house.id, stranger, email="a@example.org", role="editor"),
        lambda: organisations.remove_member(house.id, user.id, stranger),
        lambda: invitations.pending_invitations(house.id, stranger),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_role_nobody_knows_is_refused(session: Any, house: Any) -> None:
    user = make_user("provider", organisation_ids=[house.id])
    with pytest.raises(DomainError, match="was die Person darf"):
        organisations.change_member_role(house.id, user.id, "king", provider_of(house))


def test_the_profile_is_edited_and_two_at_once_are_told(client: CheckingClient, place: str, house: Any) -> None:
    assert "https://" in client.submit(f"{place}/profil", {"website": "javascript:alert(1)"}).text
    saved = client.submit(f"{place}/profil", {"about": "Wir sind ein Haus.", "person": "Mona Leitung"})
    assert "Wir sind ein Haus." in saved.text
    late = client.submit(f"{place}/profil", {"about": "Zu spät", "version": "1"})
    assert late.status_code == 409
    assert "Zu spät" in late.text
    assert "Wir sind ein Haus." in late.text


def test_a_person_of_two_chooses_whom_they_work_for(client: CheckingClient, session: Any) -> None:
    first, second = make_organisation("Ahornhof"), make_organisation("Birkenhof")
    sign_in(client, make_user("provider", organisation_ids=[first.id, second.id]))
    client.submit("/organisation", button="Für „Birkenhof“ arbeiten")
    assert "Für „Ahornhof“ arbeiten" in client.get("/organisation").text
    foreign = client.submit("/organisation", {"organisation_id": make_organisation().id})
    assert foreign.status_code == 404
