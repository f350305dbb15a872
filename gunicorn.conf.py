"""How gunicorn serves the office, behind a proxy that speaks TLS. Most values can be set in the environment.

The application is loaded in each worker, after the fork: processes never share a database connection.
"""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

from wohnberatung.config import WrongSettings, read_settings

LONG_PART = re.compile(r"[\w-]{20,}")


class PrivateLogger(Logger):
    """Access log without personal data: no address, no name, no query, and no secret link."""

    def atoms(self, *arguments: Any) -> dict[str, Any]:
        """gunicorn's values, of which `access_log_format` uses a few; `U` is the path of the request."""
        values = super().atoms(*arguments)
        values["U"] = LONG_PART.sub("…", values["U"])
        return values

    def keep_values_out(self) -> None:
        """From now on this process serves requests, which its other messages may quote."""
        from wohnberatung.web.logs import without_values

        for handler in self.error_log.handlers:
            handler.addFilter(without_values)


try:
    settings = read_settings()
except WrongSettings as error:
    print(error, file=sys.stderr)
    sys.exit(2)

# Each worker counts into a file of its own there; whichever is asked for the figures adds them up (core/metrics.py).
_is_given = "PROMETHEUS_MULTIPROC_DIR" in os.environ
_figures = os.environ.get("PROMETHEUS_MULTIPROC_DIR") or tempfile.mkdtemp(prefix="wohnberatung-figures-")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = _figures

wsgi_app = "wohnberatung:create_app()"
bind = f"{settings.HOST}:{settings.PORT}"

worker_class = "gthread"
workers = settings.WEB_CONCURRENCY
threads = settings.WEB_THREADS
preload_app = False

timeout = settings.WEB_TIMEOUT
# On a restart requests may finish: a form that was sent off is stored or refused, never cut off.
graceful_timeout = 30
keepalive = 5

forwarded_allow_ips = settings.FORWARDED_ALLOW_IPS

logger_class = PrivateLogger
loglevel = settings.LOG_LEVEL.name.lower()
accesslog = "-" if loglevel in ("debug", "info") else None
access_log_format = '%(t)s "%(m)s %(U)s" %(s)s %(b)s bytes %(M)s ms'

# Nobody steers the server but through its process: no socket in somebody's home folder.
control_socket_disable = True


def on_starting(_server: Any) -> None:
    """What the run before has counted belongs to the run before."""
    Path(_figures).mkdir(exist_ok=True, mode=0o700)
    for left in Path(_figures).glob("*.db"):
        left.unlink()


def child_exit(_server: Any, worker: Any) -> None:
    """What a worker counted stays, how it stood goes with it."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)


def on_exit(_server: Any) -> None:
    if not _is_given:
        shutil.rmtree(_figures, ignore_errors=True)


def post_worker_init(worker: Any) -> None:
    """Each worker reads the words for the search. In the demo it does the work in the background as well; a real
    office runs ``wohnberatung work``."""
    worker.log.keep_values_out()
    config = getattr(worker.wsgi, "config", None)
    if config is None:
        return
    from wohnberatung.core.warming import warm_beside

    warm_beside(worker.wsgi)
    if config.get("MODE") == "demo":
        from threading import Event

        from wohnberatung.jobs.worker import start_threads

        start_threads(worker.wsgi, Event())
