"""A server process reads what it will need when it starts, so that nobody waits for that with a phone on the ear."""

from threading import Thread

import structlog
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from wohnberatung.core.manifests import areas

log = structlog.get_logger(__name__)


def warm_beside(app: Flask) -> Thread:
    """Begin in a thread of its own and go on. A database that does not answer yet is no fault: who needs it asks
    again."""
    thread = Thread(target=_warm, args=(app,), name="warming", daemon=True)
    thread.start()
    return thread


def _warm(app: Flask) -> None:
    with app.app_context():
        for key, warm in [item for area in areas() for item in area.warming.items()]:
            try:
                log.info("warmed", what=key, records=warm())
            except SQLAlchemyError as error:
                log.warning("not warmed yet", what=key, cause=type(error).__name__)
