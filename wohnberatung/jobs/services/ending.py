"""What came of a job. Who lost the lease has no say any more."""

from datetime import datetime, timedelta

from wohnberatung.core import clock
from wohnberatung.core.work import Periodic
from wohnberatung.extensions import db
from wohnberatung.jobs import registry
from wohnberatung.jobs.models import Job, JobState
from wohnberatung.jobs.services.claiming import QUEUE, Claimed

MOST_ATTEMPTS = 5


def finish(claimed: Claimed, result: str | None) -> None:
    """Done; periodic work waits for its next turn."""
    if job := QUEUE.leased(claimed):
        job.result, job.error = result or "", ""
        _end(job, JobState.DONE)


def fail(claimed: Claimed, error: str, *, for_good: bool = False) -> None:
    """Try again later, the later the more often it went wrong, unless it can only go wrong again.

    Periodic work is never given up: its next turn comes by the clock.
    """
    job = QUEUE.leased(claimed)
    if job is None:
        return
    job.error = error
    if for_good or job.attempts >= MOST_ATTEMPTS:
        _end(job, JobState.FAILED)
    else:
        job.state = JobState.WAITING
        QUEUE.give_back(job)


def _end(job: Job, state: JobState) -> None:
    job.lease, job.finished_at = None, clock.now()
    if job.periodic:
        job.state, job.attempts, job.due_at = JobState.WAITING, 0, _next_turn(job)
    else:
        job.state, job.key = state, None
    db.session.flush()


def _next_turn(job: Job) -> datetime:
    """For work that no area declares any more the row just waits to be removed."""
    work = registry.find(job.kind)
    return work.next_after(clock.now()) if isinstance(work, Periodic) else clock.now() + timedelta(days=1)
