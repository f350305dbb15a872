"""Whether this machine can serve, and how the queues of the office stand."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_administration
from wohnberatung.core.errors import NotFound
from wohnberatung.core.languages import Words
from wohnberatung.core.manifests import areas
from wohnberatung.core.queues import QueueStanding, WatchedQueue
from wohnberatung.core.schema_version import configuration, current_revision, database_answers
from wohnberatung.core.settings import setting

# Bytes; below that the next picture or the next write-ahead log may not fit.
LEAST_FREE = 50 * 1024 * 1024


@dataclass(frozen=True)
class Readiness:
    """What must hold before a load balancer sends people here."""

    database: bool
    migrated: bool
    disk: bool

    @property
    def ok(self) -> bool:
        return self.database and self.migrated and self.disk

    def lines(self) -> list[tuple[Words, bool]]:
        """For people: what was looked at, and whether it is as it should be."""
        return [
            (_l("Die Datenbank antwortet"), self.database),
            (_l("Die Tabellen passen zu diesem Programm"), self.migrated),
            (_l("Auf die Festplatte lässt sich schreiben"), self.disk),
        ]


def readiness() -> Readiness:
    """Looks and writes nothing. A database that is newer than this program is as it should be: the old release
    answers on while the new one is being brought in."""
    answers = database_answers()
    return Readiness(answers, answers and not _is_behind(current_revision()), _disk_is_writable())


def _is_behind(revision: str | None) -> bool:
    known = _revisions()
    return revision is None or (revision in known and revision != known[0])


@cache
def _revisions() -> tuple[str, ...]:
    """Those of this release, the newest first; they are files of the program."""
    return tuple(script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions())


def _disk_is_writable() -> bool:
    return all(os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > LEAST_FREE for folder in _folders())


def _folders() -> Iterator[Path]:
    """Where this machine writes; a folder that is made with the first picture counts as the one it is made in."""
    url = setting("SQLALCHEMY_DATABASE_URI")
    if url.get_backend_name() == "sqlite" and url.database:
        yield Path(url.database).resolve().parent
    if pictures := setting("PICTURES_DIR"):
        folder = Path(pictures)
        yield next(each for each in (folder, *folder.parents) if each.is_dir())


def queues() -> list[WatchedQueue]:
    """Everything declared, in the order of the areas."""
    return [queue for area in areas() for queue in area.queues]


@dataclass(frozen=True)
class QueueLine:
    """A queue as it stands now. `state` is one of ``failed``, ``late``, ``fine``."""

    queue: WatchedQueue
    standing: QueueStanding
    state: str


def lines(actor: Actor) -> list[QueueLine]:
    """For administrators; Forbidden for others."""
    only_administration(actor)
    return [_line(queue) for queue in queues()]


def _line(queue: WatchedQueue) -> QueueLine:
    standing = queue.standing()
    return QueueLine(queue, standing, "failed" if standing.failed else "late" if queue.late() else "fine")


def retry(key: str, actor: Actor) -> int:
    """What failed there gets a new chance; returns how much that was. NotFound where nobody can retry, Forbidden for
    who does not administrate."""
    only_administration(actor)
    again = next((queue.retry for queue in queues() if queue.key == key), None)
    if again is None:
        raise NotFound(_("Hier lässt sich nichts noch einmal beginnen."))
    return again()


class QueueFigures(Collector):
    """The queues for Prometheus, read from the database when somebody asks: on every machine the same."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        rows = GaugeMetricFamily("wohnberatung_queue_rows", "Rows by queue and state.", labels=("queue", "state"))
        age = GaugeMetricFamily(
            "wohnberatung_queue_oldest_seconds", "Age of what waits longest; 0 if nothing does.", labels=("queue",)
        )
        late = GaugeMetricFamily("wohnberatung_queue_late", "1 if it waits for too long.", labels=("queue",))
        now = clock.now()
        for queue in queues():
            standing = queue.standing()
            for state in ("waiting", "running", "failed"):
                rows.add_metric((queue.key, state), getattr(standing, state))
            age.add_metric((queue.key,), max((now - standing.since).total_seconds(), 0) if standing.since else 0)
            late.add_metric((queue.key,), float(queue.late()))
        yield from (rows, age, late)
