"""Fixtures of all tests: databases of both kinds, the application, no network, nothing skipped unseen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.infrastructure.databases import Databases, PostgresDatabases, SQLiteDatabases
from tests.infrastructure.network import forbid_network
from tests.infrastructure.postgres import PostgresUnavailable

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import scoped_session

    from tests.infrastructure.client import CheckingClient

pytest_plugins = ["tests.infrastructure.strict"]


def pytest_configure() -> None:
    forbid_network()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Every test that comes to need a database runs twice, once on each kind."""
    try:
        kind = {"sqlite": SQLiteDatabases, "postgresql": PostgresDatabases}[request.param]
        found = kind(tmp_path_factory.mktemp("databases"))
    except PostgresUnavailable as error:
        pytest.skip(str(error))
    yield found
    found.close()


@pytest.fixture(scope="session")
def database_url(databases: Databases) -> Iterator[str]:
    """The database that the tests of one process share; each test's changes are rolled back."""
    address = databases.create()
    yield address
    databases.drop(address)


@pytest.fixture
def empty_database_url(databases: Databases) -> Iterator[str]:
    """A database for one test alone, without tables: for migrations, for several connections at once."""
    address = databases.create()
    yield address
    databases.drop(address)


# The application is imported where it is needed: the tests of the engine run without it.


@pytest.fixture(scope="session")
def app(database_url: str) -> Iterator[Flask]:
    """The application on the shared database. Take `session` or `client` as well to store anything."""
    from tests.infrastructure.application import migrated_app

    with migrated_app(database_url) as application:
        yield application


@pytest.fixture
def session(app: Flask) -> Iterator[scoped_session[Any]]:
    """The database session in an application context; nothing of it stays, commits neither."""
    from tests.infrastructure.application import rolled_back

    with rolled_back(app) as bound:
        yield bound


@pytest.fixture
def client(app: Flask, session: scoped_session[Any]) -> CheckingClient:
    """A browser without a person signed in, which fails the test on a bad page."""
    return app.test_client()


@pytest.fixture
def own_app(empty_database_url: str) -> Iterator[Flask]:
    """An application with a database for one test alone, where commits are real: for races and faults."""
    from tests.infrastructure.application import migrated_app

    with migrated_app(empty_database_url) as application:
        yield application
