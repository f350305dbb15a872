"""gunicorn with the configuration we ship."""

import os
import socket
from contextlib import suppress
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path

import pytest

from tests.infrastructure.server import gunicorn

SECRET = "k7w2m9qd4hx8c3tz6vb5n1yrsf"
APPLICATION = """
def answer(environ, start_response):
    if "crash" in environ["PATH_INFO"]:
        raise ValueError(environ["PATH_INFO"])
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.url_scheme"].encode()]
"""


@pytest.fixture
def workers_environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "tiny.py").write_text(APPLICATION)
    return {**os.environ, "PYTHONPATH": str(tmp_path), "WEB_CONCURRENCY": "1"}


def get(address: str, path: str, **headers: str) -> str:
    connection = HTTPConnection(address.removeprefix("http://"), timeout=30)
    connection.request("GET", path, headers=headers)
    try:
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def test_the_access_log_tells_neither_who_asked_nor_for_what_secret(
    tmp_path: Path, workers_environment: dict[str, str]
) -> None:
    with gunicorn(tmp_path, workers_environment, "tiny:answer") as address:
        get(address, f"/gesuch/{SECRET}/status?name=Ada", Referer=f"http://127.0.0.1/{SECRET}")
    log = (tmp_path / "server.log").read_text()
    assert '"GET /gesuch/…/status" 200' in log
    for personal in (SECRET, "Ada", "Referer"):
        assert personal not in log
    line = next(line for line in log.splitlines() if "/gesuch/" in line)
    assert "127.0.0.1" not in line


def test_at_the_level_of_debugging_it_tells_no_more(tmp_path: Path, workers_environment: dict[str, str]) -> None:
    talkative = workers_environment | {"LOG_LEVEL": "debug"}
    with gunicorn(tmp_path, talkative, "tiny:answer") as address:
        with suppress(RemoteDisconnected):
            get(address, f"/gesuch/{SECRET}/crash?name=Ada")
        with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), timeout=30) as line:
            line.sendall(f"GET /gesuch/{SECRET} HTTP/1.1\r\nAda {SECRET}: Ada\r\n\r\n".encode())
            assert b" 400 " in line.recv(1024)
    log = (tmp_path / "server.log").read_text()
    assert "ValueError: " in log
    assert "tiny.py:4 answer" in log
    assert "Listening at: http" in log
    for personal in (SECRET, "Ada"):
        assert personal not in log


def test_a_stranger_cannot_pretend_to_come_over_https(tmp_path: Path, workers_environment: dict[str, str]) -> None:
    nobody_trusted = workers_environment | {"FORWARDED_ALLOW_IPS": "192.0.2.1"}
    with gunicorn(tmp_path, nobody_trusted, "tiny:answer") as address:
        assert get(address, "/", **{"X-Forwarded-Proto": "https"}) == "http"


def test_the_proxy_on_this_machine_is_believed(tmp_path: Path, workers_environment: dict[str, str]) -> None:
    with gunicorn(tmp_path, workers_environment, "tiny:answer") as address:
        assert get(address, "/", **{"X-Forwarded-Proto": "https"}) == "https"
