"""A worker reads the words for the search when it starts, so that nobody waits for that with a phone on the ear."""

from threading import Thread

import structlog
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

log = structlog.get_logger(__name__)


def warm_beside(app: Flask) -> Thread:
    """Begin in a thread of its own and go on. A database that does not answer yet is no fault: a search asks again."""
    thread = Thread(target=_warm, args=(app,), name="search", daemon=True)
    thread.start()
    return thread


def _warm(app: Flask) -> None:
    from wohnberatung.cases.services.search import warm

    with app.app_context():
        try:
            log.info("search is ready", records=warm())
        except SQLAlchemyError as error:
            log.warning("search is not ready yet", cause=type(error).__name__)
