"""Signing in tells nobody more than it must, and out means out."""

from typing import Any

from tests.infrastructure.client import CheckingClient
from tests.people import PASSWORD, make_user


def test_a_person_signs_in_and_reaches_the_page_they_wanted(client: CheckingClient, session: Any) -> None:
    user = make_user(name="Anna Beispiel")
    wanted = client.get("/konto")
    assert wanted.status_code == 302
    page = client.submit(wanted.headers["Location"], {"email": user.email, "password": PASSWORD})
    assert page.request.path == "/konto"
    assert "Anna Beispiel" in page.text
