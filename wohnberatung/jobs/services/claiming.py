"""Taking jobs: each is leased to one worker, and due again if that one dies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, select, update

from wohnberatung.core import clock
from wohnberatung.core.ids import new_id
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db
from wohnberatung.jobs.models import Job, JobState

# Longer than anything here takes between two words about its progress.
LEASE = timedelta(minutes=10)
UNFINISHED = (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True)
class Claimed:
    """A job in this worker's hands; `arguments` and `tell` are what its code sees (`core.work.Running`)."""

    id: str
    kind: str
    lease: str
    attempts: int
    arguments: Mapping[str, Any]

    def tell(self, done: int, total: int, words: str = "") -> None:
        progress = {"steps_done": done, "steps": total, "step_words": words[:200], "due_at": clock.now() + LEASE}
        with transaction() as session:
            session.execute(update(Job).where(Job.id == self.id, Job.lease == self.lease).values(progress))


def anything_due() -> bool:
    """Whether it is worth taking a job; reads only."""
    return db.session.scalar(_due().with_only_columns(Job.id).limit(1)) is not None


def claim() -> Claimed | None:
    """The job that has been due longest; None if none is. Workers never get the same one."""
    job = db.session.scalar(_due().limit(1).with_for_update(skip_locked=True))
    if job is None:
        return None
    now = clock.now()
    job.state, job.lease, job.attempts = JobState.RUNNING, new_id(), job.attempts + 1
    job.due_at, job.started_at = now + LEASE, now
    job.steps_done, job.steps, job.step_words = 0, 0, ""
    db.session.flush()
    return Claimed(job.id, job.kind, job.lease, job.attempts, dict(job.arguments))


def leased(claimed: Claimed) -> Job | None:
    """The row, unless another worker has taken it meanwhile."""
    held = (Job.id == claimed.id) & (Job.lease == claimed.lease)
    return db.session.scalar(select(Job).where(held).with_for_update())


def _due() -> Select[tuple[Job]]:
    due = Job.state.in_(UNFINISHED) & (Job.due_at <= clock.now())
    return select(Job).where(due).order_by(Job.due_at, Job.id)
