"""Two organisations cannot reach each other's records by any id: every route is tried, also those added tomorrow."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from tests.core.probe import keys
from tests.infrastructure.client import CheckingClient
from tests.people import sign_in
from tests.tenancy.samples import BETWEEN_TWO, OPEN, WORDS, Tenant, make_tenant
from wohnberatung.core.actors import PROVIDER, PUBLIC
from wohnberatung.extensions import db
from wohnberatung.web.access import ACCESS

# Written by every request, whatever it asks for.
OF_THE_FRAME = {"web_sessions", "rate_counters", "idempotency_keys"}


@pytest.fixture
def tenants(
    app: Flask, client: CheckingClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Tenant, Tenant]:
    """Mine, whose manager the browser belongs to, and a foreign one."""
    monkeypatch.setitem(app.config, "PICTURES_DIR", str(tmp_path))
    mine, foreign = make_tenant(), make_tenant()
    sign_in(client, mine.user)
    return mine, foreign


def routes(app: Flask, *roles: str) -> Iterator[tuple[Rule, str, list[str]]]:
    """Each route that these roles may open, with each method, and which of its arguments are ids of records."""
    for rule in app.url_map.iter_rules():
        ids = sorted(rule.arguments - WORDS.keys())
        if ids and rule.endpoint not in OPEN and ACCESS[rule.endpoint] & set(roles):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method, ids


def address(app: Flask, rule: Rule, owners: dict[str, Tenant]) -> str:
    """The rule's address with records of these owners."""
    words = rule.arguments & WORDS.keys()
    values = {word: WORDS.get(f"{rule.endpoint} {word}", WORDS[word]) for word in words}
    values |= {name: owner.value(rule.endpoint, name) or "" for name, owner in owners.items()}
    with app.test_request_context():
        return str(app.url_map.bind("localhost").build(rule.endpoint, values, method=None))


def everything() -> dict[str, set[tuple[Any, ...]]]:
    """All rows of all tables."""
    tables = (table for name, table in db.metadata.tables.items() if name not in OF_THE_FRAME)
    return {table.name: {tuple(map(repr, row)) for row in db.session.execute(select(table))} for table in tables}


def test_every_argument_has_a_record_to_try(app: Flask, tenants: tuple[Tenant, Tenant]) -> None:
    missing = {
        f"{rule.endpoint}: {name}"
        for rule, _method, ids in routes(app, PROVIDER, PUBLIC)
        for name in ids
        if tenants[0].value(rule.endpoint, name) is None
    }
    assert missing == set(), "add a record to tests/tenancy/samples.py"


def test_one_reaches_ones_own(app: Flask, client: CheckingClient, tenants: tuple[Tenant, Tenant]) -> None:
    """Otherwise the refusals below would prove nothing."""
    refused = {}
    for rule, method, ids in routes(app, PROVIDER):
        if method == "GET" and PUBLIC not in ACCESS[rule.endpoint] and rule.endpoint not in BETWEEN_TWO:
            answer = client.get(address(app, rule, dict.fromkeys(ids, tenants[0])))
            if answer.status_code not in (200, 302):
                refused[rule.endpoint] = answer.status_code
    assert refused == {}


def test_nobody_reaches_a_foreign_record(app: Flask, client: CheckingClient, tenants: tuple[Tenant, Tenant]) -> None:
    """By all ids foreign, and by each single foreign id below records of one's own. Where one's own record exists a
    redirect back to it is no answer about the foreign one; nothing at all may have changed."""
    mine, foreign = tenants
    before, form, reached = everything(), keys(client), {}
    for rule, method, ids in routes(app, PROVIDER, PUBLIC):
        attempts = [dict.fromkeys(ids, foreign)]
        attempts += [{**dict.fromkeys(ids, mine), name: foreign} for name in ids if len(ids) > 1]
        for owners in attempts:
            data = form if method == "POST" else None
            status = client.open(address(app, rule, owners), method=method, data=data).status_code
            if status not in ((403, 404, 302) if mine in owners.values() else (403, 404)):
                reached[f"{method} {rule.endpoint}"] = status
    assert reached == {}
    assert everything() == before


def test_strangers_do_not_see_what_is_not_public(app: Flask, tenants: tuple[Tenant, Tenant]) -> None:
    stranger, seen = app.test_client(), {}
    for rule, method, ids in routes(app, PUBLIC):
        if method == "GET":
            answer = stranger.get(address(app, rule, dict.fromkeys(ids, tenants[1])))
            if answer.status_code != 404:
                seen[rule.endpoint] = answer.status_code
    assert seen == {}
