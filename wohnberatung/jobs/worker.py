"""The worker: takes what is due, one job after the other, beside it what never ends. Any number may run."""

from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread

import structlog
from flask import Flask
from flask_babel import force_locale
from flask_babel import gettext as _

from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError
from wohnberatung.core.lease_queue import keep_working, take_next
from wohnberatung.core.stopping import Stopped, heeding
from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import NotYet
from wohnberatung.extensions import db
from wohnberatung.jobs import services

log = structlog.get_logger(__name__)

# Seconds between two looks at the table.
PAUSE = 2.0


def work(stop: Event, pause: float = PAUSE) -> None:
    """Do what becomes due until `stop` is set. A database that is away is waited for."""
    looked: datetime | None = None

    def one_round() -> None:
        nonlocal looked
        now = clock.now()
        if looked is None or now < looked:  # at first, and where the clock was put back
            with transaction():
                services.plan()
        looked = now
        do_due(stop)

    keep_working(one_round, stop, pause, "jobs")


def do_due(stop: Event | None = None) -> int:
    """Everything that is due now; returns how many jobs were taken."""
    taken = 0
    while not (stop and stop.is_set()) and (job := take_next(services.anything_due, services.claim)):
        _do(job, stop)
        taken += 1
    return taken


def start_threads(app: Flask, stop: Event) -> list[Thread]:
    """Jobs and everything steady, each in a thread that ends with this process or when `stop` is set."""
    runs: dict[str, Callable[[Event], None]] = {"jobs": work}
    with app.app_context():
        runs |= {steady.kind: steady.run for steady in services.steady()}
    threads = [Thread(target=_in(app, run), args=(stop,), name=name, daemon=True) for name, run in runs.items()]
    for thread in threads:
        thread.start()
    return threads


def _in(app: Flask, run: Callable[[Event], None]) -> Callable[[Event], None]:
    def running(stop: Event) -> None:
        with app.app_context():
            run(stop)

    return running


def _do(job: services.Claimed, stop: Event | None) -> None:
    """Whatever happens to one job must not keep the others back. Told to stop, it ends between two of its parts."""
    try:
        with force_locale("de"), heeding(stop):
            declared = services.find(job.kind)
            if declared is None:
                raise DomainError(_("Diese Art von Vorgang gibt es nicht mehr."))
            result = declared.run(job)
    except NotYet:
        with transaction():
            services.put_off(job)
    except Stopped:
        with transaction():
            services.leave_to_others(job)
        log.info("job left to the next worker", job=job.id, kind=job.kind)
    except DomainError as error:
        _give_up(job, error.message, for_good=True)
    except Exception as error:
        db.session.rollback()
        log.exception("job failed", job=job.id, kind=job.kind, attempt=job.attempts)
        with force_locale("de"):
            _give_up(job, _("Unerwarteter Fehler (%(kind)s).", kind=type(error).__name__), for_good=False)
    else:
        with transaction():
            services.finish(job, result)
        log.info("job done", job=job.id, kind=job.kind)


def _give_up(job: services.Claimed, words: str, *, for_good: bool) -> None:
    with transaction():
        services.fail(job, words, for_good=for_good)
