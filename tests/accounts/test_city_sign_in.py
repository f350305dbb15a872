"""Sign-in with the city's own accounts, against a real provider's process."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from tests.accounts.city_provider import (
    SUBJECT,
    CityProvider,
    city_provider,
    come_back,
    leave,
    settings_for,
)
from tests.infrastructure.client import CheckingClient
from tests.people import PASSWORD, make_user, sign_in
from wohnberatung.accounts.models import Identity, User
from wohnberatung.accounts.services import people, second_factor, sign_in_by_mail
from wohnberatung.core import clock
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail

RIGHTS = {"stadt": {"rechte": ["WB", "Kantine"]}}
Configure = Callable[..., None]


@pytest.fixture(scope="module")
def provider() -> Iterator[CityProvider]:
    with city_provider() as running:
        yield running


@pytest.fixture
def configure(app: Flask, provider: CityProvider, monkeypatch: pytest.MonkeyPatch) -> Configure:
    def set_all(**more: Any) -> None:
        for name, value in settings_for(provider, **more).items():
            monkeypatch.setitem(app.config, name, value)

    set_all(OIDC_UNKNOWN="create")
    provider.knows(**RIGHTS)
    return set_all


def enter(client: CheckingClient, provider: CityProvider, path: str = "/anmelden/stadt", who: str = SUBJECT) -> Any:
    return come_back(client, provider.agree(leave(client, path), who))


def test_a_person_of_the_city_gets_in_with_the_rights_of_the_claims(
    client: CheckingClient, provider: CityProvider, configure: Configure
) -> None:
    assert "Konto Ihrer Stadt" in client.get("/anmelden").text
    asked = parse_qs(urlsplit(address := leave(client, "/anmelden/stadt?weiter=/konto")).query)
    assert (asked["code_challenge_method"], asked["response_type"]) == (["S256"], ["code"])
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    page = come_back(client, provider.agree(address))
    assert (page.request.path, page.status_code) == ("/konto", 200)
    made = db.session.scalars(select(User).where(User.email == f"{SUBJECT}@stadt.example")).one()
    assert (made.name, made.roles, made.password_hash) == ("Ada Amt", {"advisor"}, "")
    provider.knows(stadt={"rechte": ["IT"]}, email="anders@stadt.example")
    enter(client, provider)
    assert (made.roles, made.email) == ({"admin"}, f"{SUBJECT}@stadt.example"), "known by the subject"
    provider.knows(stadt={"rechte": ["Kantine"]})
    assert "kein Recht" in enter(client, provider).text


def test_whom_the_city_alone_lets_in_gets_no_link_by_mail(
    client: CheckingClient, provider: CityProvider, configure: Configure
) -> None:
    enter(client, provider)
    sign_in_by_mail.mail_sign_in_link(f"{SUBJECT}@stadt.example")
    assert db.session.scalars(select(OutgoingMail)).all() == []


def test_nobody_unknown_gets_in_and_no_address_connects_accounts(
    client: CheckingClient, provider: CityProvider, configure: Configure
) -> None:
    configure(OIDC_UNKNOWN="refuse")
    assert "noch keines" in enter(client, provider).text
    configure(OIDC_UNKNOWN="create")
    user = make_user(email=f"{SUBJECT}@stadt.example")
    assert "schon ein Konto" in enter(client, provider).text
    assert client.get("/konto").status_code == 302
    sign_in(client, user)
    assert "verbunden" in enter(client, provider, "/konto/stadt").text
    assert db.session.scalars(select(Identity)).one().user_id == user.id
    sign_in(client, make_user())
    assert "gehört hier schon" in enter(client, provider, "/konto/stadt").text
    assert enter(client, provider).request.path != "/anmelden"
    assert "gelöst" in client.submit("/konto", button="Verbindung zum Konto der Stadt lösen").text
    assert db.session.scalars(select(Identity)).all() == []


def test_a_disabled_account_stays_out(client: CheckingClient, provider: CityProvider, configure: Configure) -> None:
    enter(client, provider)
    made = db.session.scalars(select(User).where(User.email == f"{SUBJECT}@stadt.example")).one()
    people.disable_user(made.id)
    assert client.get("/konto").status_code == 302
    assert "gesperrt" in enter(client, provider).text
    assert client.get("/konto").status_code == 302


def test_the_second_step_is_the_citys_where_it_says_so(
    client: CheckingClient, provider: CityProvider, configure: Configure
) -> None:
    enter(client, provider)
    made = db.session.scalars(select(User).where(User.email == f"{SUBJECT}@stadt.example")).one()
    configure(SECOND_FACTOR=frozenset({"advisor"}), OIDC_UNKNOWN="refuse")
    assert "Zweiten Schritt einrichten" in enter(client, provider).text
    secret = second_factor.new_secret()
    with time_machine.travel(clock.now() - timedelta(minutes=5)):
        second_factor.switch_on(people.load_actor(made.id), secret, pyotp_code(secret))
    assert "sechsstelligen Code" in enter(client, provider).text
    provider.knows(**RIGHTS, amr=["pwd", "mfa"])
    assert enter(client, provider, "/anmelden/stadt?weiter=/konto").request.path == "/konto"
    configure(OIDC_SECOND_FACTOR=frozenset({"hoch"}))
    provider.knows(**RIGHTS, acr="hoch")
    assert enter(client, provider, "/anmelden/stadt?weiter=/konto").request.path == "/konto"


def pyotp_code(secret: str) -> str:
    import pyotp

    return pyotp.TOTP(secret).at(clock.now())


def test_an_answer_that_is_not_to_this_browsers_question_counts_for_nothing(
    app: Flask, client: CheckingClient, provider: CityProvider, configure: Configure
) -> None:
    answer = provider.agree(leave(client))
    other = app.test_client()
    assert "nicht geklappt" in come_back(other, answer).text, "a code that somebody else was given"
    come_back(client, answer)
    assert client.get("/konto").status_code == 200
    client.submit("/konto", button="Abmelden")
    assert "nicht geklappt" in come_back(client, answer).text, "used once"
    assert "abgebrochen" in come_back(client, provider.refuse(leave(client))).text
    assert client.get("/konto").status_code == 302


def test_signing_out_names_the_way_out_of_the_city(
    client: CheckingClient, provider: CityProvider, configure: Configure
) -> None:
    enter(client, provider)
    page = client.submit("/konto", button="Abmelden")
    assert f"{provider.issuer}/oauth2/end_session?client_id=wohnberatung" in page.text
    user = make_user()
    client.submit("/anmelden", {"email": user.email, "password": PASSWORD})
    assert "end_session" not in client.submit("/konto", button="Abmelden").text


def test_new_keys_are_believed_and_a_provider_that_is_away_is_told(
    client: CheckingClient, provider: CityProvider, configure: Configure
) -> None:
    enter(client, provider)
    provider.stop()
    provider.start()
    provider.knows(**RIGHTS)
    assert enter(client, provider, "/anmelden/stadt?weiter=/konto").request.path == "/konto"
    answer = provider.agree(leave(client))
    provider.stop()
    assert "antwortet gerade nicht" in come_back(client, answer).text
    provider.start()


def test_without_the_setting_there_is_no_such_way_in(
    client: CheckingClient, provider: CityProvider, configure: Configure
) -> None:
    configure(OIDC_ISSUER=f"{provider.issuer}/")
    assert provider.issuer in leave(client)
    configure(OIDC_ISSUER="")
    assert client.get("/anmelden/stadt").status_code == 404
