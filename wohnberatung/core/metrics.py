"""What this process counts for Prometheus: no addresses, no names, only pages by their endpoint.

Under gunicorn each worker counts into a file of its own (`PROMETHEUS_MULTIPROC_DIR`, see ``gunicorn.conf.py``) and
whichever is asked adds them up. What all machines share (queues, jobs, mails) is not counted here but read from the
database when somebody asks, see `core.queues`.
"""

import os
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
# Few, as each page has a row of them.
BUCKETS = (0.05, 0.2, 0.5, 1, 3, 10)

# It registers itself.
_collect_from_all: Callable[[CollectorRegistry], object] = MultiProcessCollector

_own = CollectorRegistry()
REQUESTS = Counter("wohnberatung_requests", "Requests answered.", ("method", "endpoint", "status"), registry=_own)
SECONDS = Histogram(
    "wohnberatung_request_seconds", "Time until the answer was ready.", ("endpoint",), buckets=BUCKETS, registry=_own
)
REFUSALS = Counter(
    "wohnberatung_refusals", "Answers from 400 to 499: refused, not allowed, too many.", ("status",), registry=_own
)
FRAME_READ = Gauge(
    "wohnberatung_frame_read_timestamp_seconds",
    "When what is ranked was last read anew, in the process that did so longest ago.",
    ("frame",),
    registry=_own,
    multiprocess_mode="livemin",
)


def count_request(method: str, endpoint: str, status: int, seconds: float) -> None:
    """One request that is answered; `endpoint` is the name of the page, never its address."""
    REQUESTS.labels(method, endpoint, str(status)).inc()
    SECONDS.labels(endpoint).observe(seconds)
    if 400 <= status < 500:
        REFUSALS.labels(str(status)).inc()


def registry(*more: Collector) -> CollectorRegistry:
    """Everything counted on this machine, and what `more` reads now."""
    together = CollectorRegistry()
    if os.environ.get(FOLDER):
        _collect_from_all(together)
    else:
        together.register(_own)
    for collector in more:
        together.register(collector)
    return together
