"""Health for load balancers and figures for Prometheus: what they say, to whom, and that they name nobody."""

import re
from http.client import HTTPConnection
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.infrastructure.client import CheckingClient
from tests.infrastructure.server import demo_environment, gunicorn
from tests.mail.letters import queue_for_good
from tests.people import make_user, sign_in
from wohnberatung.watch import services

TOKEN = "a-token-of-the-monitor"


def figures(client: CheckingClient, **headers: str) -> Any:
    return client.get("/metriken", headers=headers)


def test_a_load_balancer_is_told_what_is_missing(
    client: CheckingClient, picture_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/gesundheit/lebt").json == {"ok": True}
    for address in ("/gesundheit", "/gesundheit/bereit"):
        answer = client.get(address)
        assert (answer.status_code, answer.json) == (
            200,
            {"ok": True, "database": True, "migrated": True, "disk": True},
        )
    monkeypatch.setattr(services, "LEAST_FREE", 2**80)
    assert (client.get("/gesundheit").status_code, client.get("/gesundheit").json["disk"]) == (503, False)


@pytest.mark.parametrize(("revision", "behind"), [("0001", True), (None, True), ("9999", False)])
def test_a_newer_database_does_not_take_the_old_release_off(session: Any, revision: str | None, behind: bool) -> None:
    assert services._is_behind(revision) is behind


def test_figures_are_opened_by_a_token_or_an_address(
    app: Flask, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert figures(client).status_code == 404
    monkeypatch.setitem(app.config, "METRICS_TOKEN", TOKEN)
    assert figures(client).status_code == 401
    assert figures(client, Authorization="Bearer falsch").status_code == 401
    assert figures(client, Authorization=f"Bearer {TOKEN}").status_code == 200
    monkeypatch.setitem(app.config, "METRICS_ALLOW", (ip_network("192.0.2.0/24"),))
    assert figures(client).status_code == 401
    monkeypatch.setitem(app.config, "METRICS_ALLOW", (ip_network("127.0.0.0/8"),))
    assert figures(client).status_code == 200


def test_figures_tell_of_pages_and_queues_and_of_nobody(
    app: Flask, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "METRICS_TOKEN", TOKEN)
    sign_in(client, make_user(name="Kanarienvogel"))
    client.get("/mein-gesuch/k7w2m9qd4hx8c3tz6vb5n1yrsf?name=Kanarienvogel")
    client.get("/faelle?q=Kanarienvogel")
    queue_for_good("kanarienvogel@example.org")
    told = figures(client, Authorization=f"Bearer {TOKEN}").text
    assert re.search(r'wohnberatung_requests_total\{endpoint="cases.list_cases",method="GET",status="200"\} \d', told)
    assert 'wohnberatung_queue_rows{queue="mails",state="waiting"} 1.0' in told
    assert re.search(r'wohnberatung_queue_oldest_seconds\{queue="mails"\} \d', told)
    assert re.search(r'wohnberatung_refusals_total\{status="404"\} \d', told)
    for personal in ("anarienvogel", "k7w2m9qd4hx8c3tz6vb5n1yrsf"):
        assert personal not in told


def test_all_workers_of_a_server_are_counted_together(prepared_demo: Path, tmp_path: Path) -> None:
    """Which of them answers nobody knows: each tells what all of them did."""
    environment = demo_environment(prepared_demo) | {"WEB_CONCURRENCY": "2", "METRICS_TOKEN": TOKEN}
    with gunicorn(tmp_path, environment) as address:
        for _each in range(12):
            get(address, "/impressum")
        told = {get(address, "/metriken", Authorization=f"Bearer {TOKEN}") for _each in range(4)}
        counted = {line for text in told for line in text.splitlines() if 'endpoint="pages.show_imprint",m' in line}
    assert counted == {'wohnberatung_requests_total{endpoint="pages.show_imprint",method="GET",status="200"} 12.0'}


def get(address: str, path: str, **headers: str) -> str:
    connection = HTTPConnection(address.removeprefix("http://"), timeout=30)
    connection.request("GET", path, headers=headers)
    try:
        return connection.getresponse().read().decode()
    finally:
        connection.close()
