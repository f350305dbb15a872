"""What an area declares in its ``AREA`` as a queue that somebody watches: how many wait, run and failed.

One declaration makes a row of the administrators' page and the figures for Prometheus.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from wohnberatung.core.languages import Words
from wohnberatung.core.manifests import Declared


@dataclass(frozen=True)
class QueueStanding:
    """How many rows wait, are in somebody's hands, and failed; `since` is when the one that waits longest came."""

    waiting: int
    running: int
    failed: int
    since: datetime | None = None


@dataclass(frozen=True)
class WatchedQueue(Declared):
    """`standing` reads how it is now. `retry` gives what failed a new chance and says how many those were; None where a
    person has to mend it first. `page` is the endpoint that shows the rows, `late` whether work waits for too long."""

    key: str
    label: Words
    standing: Callable[[], QueueStanding]
    retry: Callable[[], int] | None = None
    page: str = ""
    late: Callable[[], bool] = lambda: False
