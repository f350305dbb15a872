"""Structured logs in UTC that hold no personal data.

A request is logged by its endpoint, not its address (which may hold a secret link); an exception by its type
and the places it passed, not its message (which may quote what a person entered).
"""

import logging
import sys
import time
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog
from flask import Flask, Response, g, request

from wohnberatung.config_values import TEST
from wohnberatung.core import ids

log = structlog.get_logger(__name__)


SHARED: tuple[Any, ...] = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def configure() -> None:
    """Our own loggers go through the standard library, without values of variables or messages of errors."""
    structlog.configure(
        processors=[*SHARED, places_only, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def write_to_standard_error(level: int) -> None:
    """One JSON object per line, for our own and for all other loggers."""
    finish = structlog.stdlib.ProcessorFormatter
    handler = logging.StreamHandler()
    handler.setFormatter(
        finish(
            foreign_pre_chain=[*SHARED, places_only],
            processors=[finish.remove_processors_meta, structlog.processors.JSONRenderer(ensure_ascii=False)],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for chatty in ("alembic", "sqlalchemy.engine"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def places_only(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace an exception by its type and the lines it passed through."""
    info = event.pop("exc_info", None)
    error = info if isinstance(info, BaseException) else (info[1] if isinstance(info, tuple) else None)
    if info is True:
        error = sys.exception()
    record = event.get("_record")
    if record is not None:
        record.exc_info = record.exc_text = None
    if error is not None:
        event["error"] = type(error).__name__
        event["places"] = _places(error)
    return event


def _places(error: BaseException) -> list[str]:
    """The last lines of our own code that the error passed, and where it arose."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames[:-1] if "site-packages" not in frame.filename]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in (*own[-8:], *frames[-1:])]


def install(app: Flask) -> None:
    configure()
    if app.config["MODE"] != TEST:
        write_to_standard_error(app.config["LOG_LEVEL"])
    app.before_request(_start)
    app.after_request(_finish)


def _start() -> None:
    g.request_id, g.started = ids.new_id()[:12], time.perf_counter()


def _finish(response: Response) -> Response:
    if request.endpoint != "static":
        log.info(
            "request",
            method=request.method,
            endpoint=request.endpoint,
            status=response.status_code,
            milliseconds=round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1),
            request_id=g.get("request_id"),
        )
    return response
