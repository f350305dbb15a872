"""Who may open what is decided in one table, and the table is the truth."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.infrastructure.application import new_app
from tests.infrastructure.client import CheckingClient
from tests.people import make_user, sign_in
from wohnberatung.core.actors import LOGIN_ROLES
from wohnberatung.web.access import ACCESS, ANYBODY, LINK_HOLDERS, check_declared


def test_a_route_nobody_decided_about_stops_the_start() -> None:
    app = new_app("sqlite://")
    app.add_url_rule("/probe/undecided", "probe.undecided", lambda: "")
    with pytest.raises(RuntimeError, match=r"probe\.undecided"):
        check_declared(app)


def test_every_row_belongs_to_a_route(app: Flask) -> None:
    rows = {endpoint for endpoint in ACCESS if not endpoint.startswith("probe.")}
    assert rows - {rule.endpoint for rule in app.url_map.iter_rules()} == set()


def test_strangers_are_asked_to_sign_in(app: Flask, client: CheckingClient) -> None:
    for rule in closed(app, "GET"):
        answer = client.get(address(app, rule))
        assert answer.status_code == 302, rule
        assert answer.headers["Location"].startswith("/anmelden?weiter=/"), rule


def test_strangers_cannot_write_behind_the_sign_in(app: Flask, client: CheckingClient) -> None:
    for rule in closed(app, "POST"):
        assert client.post(address(app, rule)).status_code == 401, rule


@pytest.mark.parametrize("role", LOGIN_ROLES)
def test_a_role_opens_only_its_own_pages(app: Flask, client: CheckingClient, role: str) -> None:
    sign_in(client, make_user(role))
    for method in ("GET", "POST"):
        for rule in closed(app, method):
            if role not in ACCESS[rule.endpoint]:
                assert client.open(address(app, rule), method=method).status_code == 403, (method, rule)


def test_a_new_role_counts_at_once(client: CheckingClient, session: Any) -> None:
    user = make_user("provider")
    sign_in(client, user)
    assert "Anbieter" in client.get("/konto").text
    user.role_rows[:] = []
    assert client.get("/konto").status_code == 403


def closed(app: Flask, method: str) -> list[Rule]:
    """Routes with this method that need a role."""
    open_rows = {endpoint for endpoint, roles in ACCESS.items() if roles in (ANYBODY, LINK_HOLDERS)}
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in open_rows and rule.methods and method in rule.methods
    ]


def address(app: Flask, rule: Rule) -> str:
    """The rule's address with some value for each part."""
    with app.test_request_context():
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
        values = {name: 1 if "Int" in type(rule._converters[name]).__name__ else "x" for name in rule.arguments}
        return str(adapter.build(rule.endpoint, values, method=None))
