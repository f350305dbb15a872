"""Fixtures of all tests: databases of both kinds, the application, no network, nothing skipped unseen."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.infrastructure.network import forbid_network

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from sqlalchemy.orm import scoped_session

    from tests.infrastructure.client import CheckingClient
    from tests.infrastructure.databases import Databases

pytest_plugins = [
    "tests.infrastructure.figures",
    "tests.infrastructure.kinds",
    "tests.infrastructure.loggers",
    "tests.infrastructure.shared",
    "tests.infrastructure.strict",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", action="store_true", help="save pictures of the pages in screenshots/")


def pytest_configure() -> None:
    forbid_network()
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browsers first: the longest tests are not what one process still does when the others are done, and while one
    waits for a browser the others work. They stay beside each other, as what they open is prepared once."""
    items.sort(key=lambda item: "browser" not in item.path.parts)


def pytest_collection_finish() -> None:
    """What is loaded by now lives until the end: the collector need not go through it, neither meanwhile nor later."""
    gc.enable()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session")
def database_url(databases: Databases) -> Iterator[str]:
    """The database that the tests of one process share; each test's changes are rolled back."""
    address = databases.copy()
    yield address
    databases.drop(address)


@pytest.fixture
def own_database_url(databases: Databases) -> Iterator[str]:
    """A database with all tables for one test alone: for several connections at once, and for faults."""
    address = databases.copy()
    yield address
    databases.drop(address)


@pytest.fixture
def empty_database_url(databases: Databases) -> Iterator[str]:
    """A database for one test alone, without tables."""
    address = databases.create()
    yield address
    databases.drop(address)


# The application is imported where it is needed: the tests of the engine run without it.


@pytest.fixture(scope="session")
def app(database_url: str) -> Iterator[Flask]:
    """The application on the shared database. Take `session` or `client` as well to store anything."""
    from tests.infrastructure.application import running_app

    with running_app(database_url) as application:
        yield application


@pytest.fixture
def session(app: Flask) -> Iterator[scoped_session[Any]]:
    """The database session in an application context; nothing of it stays, commits neither."""
    from tests.infrastructure.application import rolled_back

    with rolled_back(app) as bound:
        yield bound


@pytest.fixture
def picture_folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where pictures and deliveries of this test lie, empty."""
    monkeypatch.setitem(app.config, "PICTURES_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def client(app: Flask, session: scoped_session[Any]) -> CheckingClient:
    """A browser without a person signed in, which fails the test on a bad page."""
    return app.test_client()


@pytest.fixture
def own_app(own_database_url: str) -> Iterator[Flask]:
    """An application with a database for one test alone, where commits are real: for races and faults."""
    from tests.infrastructure.application import reused_app

    with reused_app(own_database_url) as application:
        yield application
