"""An application with a few more routes, which a test module names in its fixture ``probe_routes``."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.infrastructure.application import rolled_back, running_app
from wohnberatung.web.access import ACCESS, ANYBODY


@pytest.fixture(scope="module")
def probe_app(database_url: str, probe_routes: dict[str, Callable[[], Any]]) -> Iterator[Flask]:
    """On the database that all tests share; errors become pages, as in real life."""
    rows = {f"probe.{name}": ANYBODY for name in probe_routes}
    ACCESS.update(rows)
    with running_app(database_url) as app:
        app.config["PROPAGATE_EXCEPTIONS"] = False
        for name, view in probe_routes.items():
            app.add_url_rule(f"/probe/{name}", f"probe.{name}", view, methods=["GET", "POST"])
        yield app
    for endpoint in rows:
        del ACCESS[endpoint]


@pytest.fixture
def visitor(probe_app: Flask) -> Iterator[FlaskClient]:
    """A browser of that application; nothing it does stays."""
    with rolled_back(probe_app):
        yield probe_app.test_client()
