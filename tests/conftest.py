"""Fixtures of all tests: databases of both kinds, the application, no network, nothing skipped unseen."""

from collections.abc import Iterator

import pytest

from tests.infrastructure.databases import Databases, PostgresDatabases, SQLiteDatabases
from tests.infrastructure.network import forbid_network
from tests.infrastructure.postgres import PostgresUnavailable

pytest_plugins = ["tests.infrastructure.strict"]


def pytest_configure() -> None:
    forbid_network()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Databases]:
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
