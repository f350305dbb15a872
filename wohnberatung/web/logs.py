"""Structured logs in UTC that hold no personal data.

A request is logged by its endpoint, not its address (which may hold a secret link); an exception by its type
and the places it passed, not its message (which may quote what a person entered). What a library says is logged in the
words of its source without the values it puts in: at the level of debugging those are rows, mails and addresses.
"""

import logging
import sys
import time
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog
from flask import Flask, Response, g, request

from wohnberatung.config_values import TEST
from wohnberatung.core import ids
from wohnberatung.core.metrics import count_request

log = structlog.get_logger(__name__)


METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
# Stands for a library's message that cannot be told from the values in it.
LEFT_OUT = "(a message that may hold values)"
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
    root = logging.getLogger()
    root.handlers[:] = [private_handler()]
    root.setLevel(level)
    for chatty in ("alembic", "sqlalchemy.engine"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    logging.captureWarnings(True)
    # What cannot be logged would be printed with all its values.
    logging.raiseExceptions = False


def private_handler(stream: TextIO | None = None) -> logging.Handler:
    """Writes JSON without personal data to the stream, whatever is logged at whatever level."""
    finish = structlog.stdlib.ProcessorFormatter
    handler = logging.StreamHandler(stream)
    handler.addFilter(without_values)
    handler.setFormatter(
        finish(
            foreign_pre_chain=SHARED,
            processors=[finish.remove_processors_meta, structlog.processors.JSONRenderer(ensure_ascii=False)],
        )
    )
    return handler


def without_values(record: logging.LogRecord) -> bool:
    """A filter that lets every record pass and takes the values out of those that are not ours: what is left are the
    words that the library's source puts values into, and of an exception its type and places."""
    if isinstance(record.msg, dict):
        return True
    words = record.msg if record.args and isinstance(record.msg, str) else LEFT_OUT
    error = record.exc_info[1] if record.exc_info else None
    places = "" if error is None else f" {type(error).__name__}: {', '.join(_places(error))}"
    record.msg, record.args = words + places, ()
    record.exc_info = record.exc_text = record.stack_info = None
    return True


def places_only(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace an exception by its type and the lines it passed through."""
    info = event.pop("exc_info", None)
    error = info if isinstance(info, BaseException) else (info[1] if isinstance(info, tuple) else None)
    if info is True:
        error = sys.exception()
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
        seconds = time.perf_counter() - g.get("started", time.perf_counter())
        count_request(_method(), request.endpoint or "none", response.status_code, seconds)
        log.info(
            "request",
            method=request.method,
            endpoint=request.endpoint,
            status=response.status_code,
            milliseconds=round(seconds * 1000, 1),
            request_id=g.get("request_id"),
        )
    return response


def _method() -> str:
    """A stranger may invent any number of methods."""
    return request.method if request.method in METHODS else "other"
