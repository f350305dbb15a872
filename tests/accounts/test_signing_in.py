"""Signing in tells nobody more than it must."""

from typing import Any

import pytest
from argon2 import PasswordHasher

from tests.infrastructure.client import CheckingClient
from tests.people import PASSWORD, make_user
from wohnberatung.accounts import passwords
from wohnberatung.accounts.services import people


def test_a_person_signs_in_and_reaches_the_page_they_wanted(client: CheckingClient) -> None:
    user = make_user(name="Anna Beispiel", email="anna@example.org")
    wanted = client.get("/konto")
    page = client.submit(wanted.headers["Location"], {"email": " Anna@Example.ORG ", "password": PASSWORD})
    assert page.request.path == "/konto"
    assert "Anna Beispiel" in page.text
    assert user.last_sign_in_at is not None


def test_wrong_unknown_and_disabled_look_the_same(client: CheckingClient) -> None:
    known, disabled = make_user(), make_user()
    people.disable_user(disabled.id)
    pages = [
        client.submit("/anmelden", {"email": email, "password": password})
        for email, password in (
            (known.email, "falsches Passwort"),
            ("nobody@example.org", PASSWORD),
            (disabled.email, PASSWORD),
        )
    ]
    assert {page.status_code for page in pages} == {400}
    assert all("passen nicht zusammen" in page.text for page in pages)


def test_each_attempt_costs_one_password_check(session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The slow part is the same for everybody, so the time tells nothing."""
    known, disabled = make_user(), make_user()
    people.disable_user(disabled.id)
    passwords.matches(None, "")
    checked = []
    real = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", lambda *args: checked.append(1) or real(*args))
    for email in (known.email, "nobody@example.org", disabled.email):
        checked.clear()
        people.authenticate(email, "falsches Passwort")
        assert len(checked) == 1, email


def test_missing_entries_are_asked_for_and_the_address_is_kept(client: CheckingClient) -> None:
    page = client.submit("/anmelden", {"email": "anna@example.org", "password": ""})
    assert page.status_code == 400
    assert "Bitte geben Sie Ihr Passwort ein." in page.text
    assert 'value="anna@example.org"' in page.text


def test_the_password_is_never_sent_back(client: CheckingClient) -> None:
    assert (
        "falsches Passwort" not in client.submit("/anmelden", {"email": "a@b.de", "password": "falsches Passwort"}).text
    )


@pytest.mark.parametrize("text", ["' OR 1=1 --", "\x00", "ü" * 120, "<script>", "💥"])
def test_strange_entries_are_refused_calmly(client: CheckingClient, text: str) -> None:
    page = client.submit("/anmelden", {"email": f"{text}@example.org", "password": text})
    assert page.status_code == 400


def test_weaker_hashes_of_the_past_are_renewed(session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    user = make_user()
    before = user.password_hash
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    actor = people.authenticate(user.email, PASSWORD)
    assert actor is not None
    people.record_sign_in(actor, PASSWORD)
    assert user.password_hash != before
    assert people.authenticate(user.email, PASSWORD) is not None
