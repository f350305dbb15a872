"""Every answer tells the browser to be careful, errors included."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.core.probe import keys
from tests.infrastructure.application import running_app
from tests.infrastructure.client import CheckingClient
from tests.people import make_user, sign_in

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/anmelden", 200),
        ("/gesund", 200),
        ("/konto", 302),
        ("/nichts", 404),
        ("/static/css/house.css", 200),
        ("/static/nothing.css", 404),
    ],
)
def test_the_headers_are_on_every_answer(client: CheckingClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert ALWAYS.items() <= dict(answer.headers).items()
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    answer.close()


def test_the_headers_are_on_refused_writing_too(client: CheckingClient) -> None:
    answer = client.post("/anmelden")
    assert answer.status_code == 400
    assert ALWAYS.items() <= dict(answer.headers).items()


def test_personal_pages_are_kept_by_no_cache(client: CheckingClient) -> None:
    assert client.get("/").headers["Cache-Control"] == "no-cache"
    sign_in(client, make_user())
    for path in ("/", "/konto", "/nichts"):
        assert client.get(path).headers["Cache-Control"] == "no-store"


@pytest.fixture
def secure(own_database_url: str) -> Iterator[FlaskClient]:
    """A browser of the application as it runs behind TLS."""
    with running_app(own_database_url) as app:
        app.config["HTTPS"] = True
        yield app.test_client()


def test_over_tls_the_cookie_is_bound_to_the_host_and_the_browser_stays_there(secure: FlaskClient) -> None:
    answer = secure.get("/anmelden", base_url="https://wohnen.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_the_demo_over_plain_http_sends_no_hsts(client: CheckingClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_over_tls_our_own_forms_pass_and_others_do_not(secure: FlaskClient) -> None:
    own = "https://wohnen.example"
    page = secure.get("/anmelden", base_url=own)
    assert page.headers["Referrer-Policy"] == "same-origin", "else the browser would not send the Referer we need"
    fields = keys(secure, base_url=own) | {"email": "anna@example.org", "password": "falsch"}
    for headers, accepted in (
        ({"Origin": own}, True),
        ({"Referer": f"{own}/anmelden"}, True),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://wohnen.example"}, False),
        ({"Referer": "https://wohnen.example.evil.example/"}, False),
        ({}, False),
    ):
        page = secure.post("/anmelden", data=fields, base_url=own, headers=headers)
        assert ("passen nicht zusammen" in page.text) is accepted, headers


def test_a_form_without_our_token_is_refused(client: CheckingClient) -> None:
    user = make_user()
    sign_in(client, user)
    answer = client.post("/abmelden")
    assert answer.status_code == 400
    assert "zu lange offen" in answer.text
    assert client.get("/konto").status_code == 200


def test_behind_a_proxy_that_speaks_tls_our_forms_pass(secure: FlaskClient) -> None:
    """The proxy talks plain http to us; the browser's Origin says https."""
    form = keys(secure, base_url="https://wohnen.example") | {"email": "a@example.org", "password": "falsch"}
    cookie = secure.get_cookie("__Host-session", domain="wohnen.example")
    assert cookie is not None
    page = secure.post(
        "/anmelden",
        data=form,
        base_url="http://wohnen.example",
        headers={"Origin": "https://wohnen.example", "Cookie": f"__Host-session={cookie.value}"},
    )
    assert "passen nicht zusammen" in page.text


def test_a_host_name_that_is_not_ours_gets_nothing(secure: FlaskClient) -> None:
    secure.application.config["TRUSTED_HOSTS"] = ["wohnen.example"]
    assert secure.get("/", base_url="https://wohnen.example").status_code == 200
    answer = secure.get("/", base_url="https://evil.example")
    assert answer.status_code == 400
    assert "evil" not in answer.text
