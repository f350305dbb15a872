"""Nobody is led elsewhere through our pages."""

import pytest

from tests.infrastructure.client import CheckingClient
from tests.people import PASSWORD, make_user
from wohnberatung.web.visitors import safe_path


@pytest.mark.parametrize("path", ["/", "/konto", "/gesuche?seite=2", "/suchen#schritt"])
def test_paths_of_ours_are_kept(path: str) -> None:
    assert safe_path(path) == path


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "konto",
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/konto\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
    ],
)
def test_anything_else_is_not(address: str | None) -> None:
    assert safe_path(address) is None


def test_signing_in_through_a_forged_link_stays_here(client: CheckingClient) -> None:
    fields = {"email": make_user().email, "password": PASSWORD}
    answer = client.submit("/anmelden?weiter=//evil.example/", fields, follow=False)
    assert safe_path(answer.headers["Location"])
    assert "evil" not in answer.headers["Location"]
