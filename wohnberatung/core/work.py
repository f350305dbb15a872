"""What an area declares in its ``AREA`` for the worker to do: once, again and again, or all the time.

Everything declared here may be done twice: a worker that dies is followed by another one that starts over. So a
run does its writing in transactions of its own and finds nothing left to do where it was through already.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from threading import Event
from typing import Protocol

from wohnberatung.core import clock
from wohnberatung.core.languages import Words
from wohnberatung.core.manifests import Declared

DAY = timedelta(days=1)


class Running(Protocol):
    """The job in hand, as its code sees it."""

    @property
    def arguments(self) -> Mapping[str, str]:
        """What was asked for: ids and choices, never personal data."""

    @property
    def is_last_attempt(self) -> bool:
        """Whether nobody tries again by himself, whatever goes wrong now."""

    def tell(self, done: int, total: int, words: str = "") -> None:
        """Show how far it is, and keep the job for as long again. In a transaction of its own. **Raises** `Stopped`
        where the worker was told to stop, so it stands between two parts of the work."""


class NotYet(Exception):
    """Raised by a `run` that has to let other work end first; it is called again soon, and this was no attempt."""


Run = Callable[[Running], str | None]


@dataclass(frozen=True)
class Task(Declared):
    """Something done once when somebody asked for it. `run` returns a sentence about the result, or None."""

    kind: str
    label: Words
    run: Run


@dataclass(frozen=True)
class Periodic(Declared):
    """Something done again and again: every day at a time on Dresden's clocks, or after each `every`."""

    kind: str
    label: Words
    run: Run
    at: time | None = None
    every: timedelta = DAY

    def next_after(self, moment: datetime) -> datetime:
        """When it is due next. Days that were missed are not made up for: one run does their work too."""
        if self.at is None:
            return moment + self.every
        local = clock.to_berlin(moment)
        today = datetime.combine(local.date(), self.at, clock.BERLIN)
        return today if today > local else datetime.combine(local.date() + DAY, self.at, clock.BERLIN)


@dataclass(frozen=True)
class Steady(Declared):
    """Something that never ends, in a thread of its own until the event is set. `late_since`: since when work
    has been waiting for too long, None if none has."""

    kind: str
    label: Words
    run: Callable[[Event], None]
    late_since: Callable[[], datetime | None]


Work = Task | Periodic | Steady
