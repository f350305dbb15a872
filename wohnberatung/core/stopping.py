"""A worker that is told to stop, heard in the middle of its work: between two parts of it, never within one.

What a job has done is stored part by part, so it may end between any two: the next worker finds how far it was. A job
that would go on for minutes heeds the signal wherever it begins something new; one that does not is waited for.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event
from typing import TypeVar

Item = TypeVar("Item")

_told: ContextVar[Event | None] = ContextVar("told_to_stop", default=None)


class Stopped(BaseException):
    """The worker was told to stop; another one goes on. No fault: nothing that catches Exception may take it for one
    and give up what is only put off."""


@contextmanager
def heeding(stop: Event | None) -> Iterator[None]:
    """In this block, `heed_stop` raises once the event is set."""
    token = _told.set(stop)
    try:
        yield
    finally:
        _told.reset(token)


def heed_stop() -> None:
    """**Raises** `Stopped` where this thread's worker was told to stop; outside of a worker it never does."""
    stop = _told.get()
    if stop is not None and stop.is_set():
        raise Stopped


def until_stopped(items: Iterable[Item]) -> Iterator[Item]:
    """The items one by one. **Raises** `Stopped` before the next one as `heed_stop` does."""
    for item in items:
        heed_stop()
        yield item
