"""Hosts, forms, origins and files of those who mean no good: an answer to each. What they do to the pages we have is in
`tests/refusals/test_hostile_requests.py`."""

import io
from datetime import date
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import create_environ

from tests.core.probe import keys
from tests.hostile.attackers import answer
from tests.hostile.attacks import FILES, HOSTS
from tests.infrastructure.client import CheckingClient
from wohnberatung.core.errors import DomainError
from wohnberatung.intake.openimmo import read_openimmo
from wohnberatung.intake.recognise import OPENIMMO, recognise
from wohnberatung.intake.tables import read_table

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize("host", HOSTS)
def test_whatever_host_is_asked_for_there_is_an_answer(app: Flask, session: Any, host: str) -> None:
    """Where no page can be drawn, a line of text."""
    for method in ("GET", "POST"):
        environ = create_environ("/anmelden", method=method) | {"HTTP_HOST": host}
        assert answer(app, environ) in (200, 400), host


@pytest.mark.parametrize(
    "host", ["", "a..b", "x" * 64 + ".example", "\xff"], ids=["none", "empty label", "overlong label", "no name"]
)
def test_a_host_that_no_address_can_name_gets_no_page(app: Flask, session: Any, host: str) -> None:
    assert answer(app, create_environ("/") | {"HTTP_HOST": host}) == 400


@pytest.mark.parametrize("body", [b"{}", b"[1]", b'{"email": ["a"], "password": 1}', b"[" * 100_000, b"", b"\xff"])
@pytest.mark.parametrize("kind", ["application/json", "application/vnd.api+json", "text/plain", "text/xml"])
def test_forms_take_forms_only(client: CheckingClient, body: bytes, kind: str) -> None:
    page = client.post("/anmelden", data=body, content_type=kind, headers={"X-CSRFToken": keys(client)["csrf_token"]})
    assert page.status_code == 415
    assert "Bitte nutzen Sie das Formular" in page.text


def test_programs_learn_so_in_their_own_words(client: CheckingClient) -> None:
    refused = client.post("/api/v1/imports", json={"file": "x"})
    assert refused.status_code == 415
    assert refused.json is not None
    assert refused.json["error"] == "not_a_form"


@pytest.mark.parametrize("claimed", ["http://[", "http://[::1", "//", "null"])
@pytest.mark.parametrize("header", ["Origin", "Referer"])
def test_an_origin_that_nobody_can_read_is_not_ours(client: CheckingClient, header: str, claimed: str) -> None:
    assert client.post("/anmelden", data=keys(client), headers={header: claimed}).status_code == 400


@pytest.mark.parametrize(("name", "data"), FILES)
def test_a_hostile_file_is_read_or_refused_with_words(app: Flask, session: Any, name: bytes, data: bytes) -> None:
    try:
        delivery = recognise(name.decode(errors="replace"), io.BytesIO(data))
        if delivery.format == OPENIMMO:
            read_openimmo(delivery, TODAY)
        else:
            read_table(delivery, TODAY, ("a", "b"), False)
    except DomainError:
        return
    assert delivery.digest
