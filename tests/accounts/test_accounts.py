"""Accounts, organisations and passwords."""

from typing import Any

import pytest

from tests.infrastructure.client import CheckingClient
from tests.people import PASSWORD, make_user, sign_in
from wohnberatung.accounts.passwords import HASHER, check_new_password
from wohnberatung.accounts.services import organisations, people
from wohnberatung.core.errors import DomainError, NotFound


def test_an_actor_knows_roles_and_organisations(session: Any) -> None:
    house = organisations.create_organisation(name="Elbhaus eG", kind="cooperative")
    user = make_user("provider", organisation_ids=[house.id])
    actor = people.load_actor(user.id)
    assert actor is not None
    assert actor.is_signed_in
    assert not actor.is_staff
    assert actor.has_role("provider", "admin")
    assert actor.belongs_to(house.id)
    assert not actor.belongs_to(None)


def test_membership_can_be_added_twice_without_harm(session: Any) -> None:
    house = organisations.create_organisation(name="Elbhaus eG", kind="cooperative")
    user = make_user("provider")
    for _ in range(2):
        organisations.add_member(user.id, house.id)
    session.expire_all()
    assert len(user.memberships) == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"email": "anna"}, "email"),
        ({"email": "anna@"}, "email"),
        ({"name": "  "}, "name"),
        ({"roles": []}, "roles"),
        ({"roles": ["advisor", "king"]}, "roles"),
        ({"password": "kurz"}, "password"),
    ],
)
def test_a_wrong_account_names_its_field(session: Any, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as caught:
        make_user(**fields)
    assert caught.value.field == field


def test_one_address_one_account_however_written(session: Any) -> None:
    make_user(email="anna@example.org")
    with pytest.raises(DomainError, match="schon ein Konto"):
        make_user(email="Anna@EXAMPLE.org")


@pytest.mark.parametrize(("name", "kind", "field"), [("", "company", "name"), ("Haus", "castle", "kind")])
def test_a_wrong_organisation_names_its_field(session: Any, name: str, kind: str, field: str) -> None:
    with pytest.raises(DomainError) as caught:
        organisations.create_organisation(name=name, kind=kind)
    assert caught.value.field == field


@pytest.mark.parametrize(
    "password", ["elf Zeichen", "annaannaanna", "wohnberatung", "aaaaaaaaaaaaaaa", "passwort1234", "x" * 129]
)
def test_passwords_that_are_guessed_first_are_refused(password: str) -> None:
    with pytest.raises(DomainError):
        check_new_password(password, "anna@example.org", "Anna Beispiel")


@pytest.mark.parametrize("password", [PASSWORD, "Zwölf±Zeichen", "correct horse battery"])
def test_several_words_are_welcome(password: str) -> None:
    check_new_password(password, "anna@example.org", "Anna Beispiel")


def test_passwords_are_kept_as_argon2id(session: Any) -> None:
    assert make_user().password_hash.startswith("$argon2id$")
    assert HASHER.type.name == "ID"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"current": "falsch"}, "bisherige Passwort stimmt nicht"),
        ({"repeated": "etwas ganz anderes"}, "stimmen nicht überein"),
        ({"password": "kurz", "repeated": "kurz"}, "mindestens 12 Zeichen"),
    ],
)
def test_a_refused_new_password_changes_nothing(client: CheckingClient, fields: dict[str, str], words: str) -> None:
    user = make_user()
    sign_in(client, user)
    fresh = "fünf große Hechte im Fluss"
    page = client.submit("/konto", {"current": PASSWORD, "password": fresh, "repeated": fresh} | fields)
    assert page.status_code == 400
    assert words in page.text
    assert people.authenticate(user.email, PASSWORD) is not None


def test_nobody_disables_an_account_that_is_not_there(session: Any) -> None:
    with pytest.raises(NotFound):
        people.disable_user("x" * 26)
