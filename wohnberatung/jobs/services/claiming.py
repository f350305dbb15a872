"""Taking jobs out of the queue, and telling how far one is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from wohnberatung.core import clock
from wohnberatung.core.lease_queue import Backoff, LeaseQueue
from wohnberatung.core.transactions import transaction
from wohnberatung.jobs.models import Job, JobState

QUEUE = LeaseQueue(
    Job, (JobState.WAITING, JobState.RUNNING), Backoff(first=timedelta(seconds=30), longest=timedelta(hours=1))
)


@dataclass(frozen=True)
class Claimed:
    """A job in this worker's hands; `arguments` and `tell` are what its code sees (`core.work.Running`)."""

    id: str
    kind: str
    lease: str
    attempts: int
    arguments: Mapping[str, Any]

    def tell(self, done: int, total: int, words: str = "") -> None:
        with transaction():
            QUEUE.stay(self, steps_done=done, steps=total, step_words=words[:200])


def anything_due() -> bool:
    """Whether it is worth taking a job; reads only."""
    return QUEUE.anything_due()


def claim() -> Claimed | None:
    """The job that has been due longest; None if none is."""
    job = QUEUE.claim()
    if job is None or job.lease is None:
        return None
    job.state, job.started_at = JobState.RUNNING, clock.now()
    job.steps_done, job.steps, job.step_words = 0, 0, ""
    return Claimed(job.id, job.kind, job.lease, job.attempts, dict(job.arguments))
