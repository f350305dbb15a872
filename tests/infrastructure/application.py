"""The real application on a test database."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import create_engine
from sqlalchemy.orm import scoped_session

from tests.infrastructure.chromium import ROOT
from tests.infrastructure.client import CheckingClient
from wohnberatung import create_app
from wohnberatung.config import settings
from wohnberatung.core.database import engine_options, normal_url, prepare_engine
from wohnberatung.core.sealing import KeyRing, new_house_key, use_keys
from wohnberatung.extensions import db

COMPILED = ROOT / ".cache" / "templates"


def new_app(database_url: str) -> Flask:
    """The application with settings for tests. Opens no connection."""
    environment = {
        "APP_ENV": "test",
        "DATABASE_URL": database_url,
        "SECRET_KEY": "only for tests",
        "FIELD_KEYS": f"1:{new_house_key()}",
    }
    app = create_app({**settings(environment), "TESTING": True, "FASTEST_SECONDS": 0})
    app.test_client_class = CheckingClient
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled(app)))
    return app


def compiled(app: Flask) -> Path:
    """Where its templates lie as they were compiled for all processes and runs. A template is found by its name and
    source, so whatever else it is compiled by is in the folder's name."""
    compiled_by = repr((sorted(app.jinja_options.items()), sorted(app.jinja_env.extensions)))
    folder = COMPILED / hashlib.sha256(compiled_by.encode()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def running_app(database_url: str) -> Iterator[Flask]:
    """The application on a database that has all tables; its connections are closed at the end."""
    app = new_app(database_url)
    with app.app_context():
        engine = db.engine
    yield app
    engine.dispose()


AddRoutes = Callable[[Flask], None]
_idle: dict[AddRoutes | None, list[Flask]] = defaultdict(list)


@contextmanager
def reused_app(database_url: str, add_routes: AddRoutes | None = None) -> Iterator[Flask]:
    """As `running_app`, with an application that served another test before: compiling its routes anew takes longer
    than most tests. Routes of a test's own come by `add_routes`, as none can be added after the first request."""
    if _idle[add_routes]:
        app = _idle[add_routes].pop()
    else:
        app = new_app(database_url)
        if add_routes is not None:
            add_routes(app)
    url, as_new = normal_url(database_url), dict(app.config)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    use_keys(KeyRing.parse(app.config["FIELD_KEYS"]))
    with app.app_context():
        # What the application remembers of a database, it remembers by its engine.
        db.engines[None] = engine = create_engine(url, **engine_options(url))
    prepare_engine(engine)
    yield app
    engine.dispose()
    app.config.clear()
    app.config.update(as_new)
    _idle[add_routes].append(app)


def migrate(database_url: str) -> None:
    """Run all migrations on an empty database."""
    with running_app(database_url) as app, app.app_context():
        upgrade()


@contextmanager
def rolled_back(app: Flask) -> Iterator[scoped_session[Any]]:
    """The application's session on one connection, whose commits are undone at the end.

    Code that opens connections of its own, or several at once, needs an application of its own instead.
    """
    with app.app_context(), db.engine.connect() as connection:
        outer = connection.begin()
        db.session.remove()
        db.session.configure(bind=connection, join_transaction_mode="create_savepoint")
        try:
            yield db.session
        finally:
            db.session.remove()
            db.session.configure(bind=None, join_transaction_mode="conditional_savepoint")
            outer.rollback()
