"""For those who run the office: what is planned, what came of it, and whether anything is late."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from wohnberatung.extensions import db
from wohnberatung.jobs import registry
from wohnberatung.jobs.models import Job, JobState
from wohnberatung.jobs.services.claiming import QUEUE

SHOWN = 50


@dataclass(frozen=True)
class Line:
    """One job with the name its area gives it."""

    job: Job
    label: Any


@dataclass(frozen=True)
class Late:
    """Work that should have been done long ago."""

    label: Any
    since: datetime


def lines(*, periodic: bool) -> list[Line]:
    """Periodic work in the order of its turns, or the latest of everything else."""
    order = Job.due_at if periodic else Job.created_at.desc()
    jobs = db.session.scalars(select(Job).where(Job.periodic.is_(periodic)).order_by(order, Job.id).limit(SHOWN))
    return [Line(job, _label(job.kind)) for job in jobs]


def late() -> list[Late]:
    """What waits for too long or was given up; empty where everything is in time."""
    given_up = (Job.state == JobState.FAILED) | (Job.periodic & (Job.error != "") & (Job.attempts == 0))
    behind = db.session.scalars(select(Job).where(QUEUE.overdue() | given_up).order_by(Job.due_at))
    found = [Late(_label(job.kind), job.finished_at if job.error and job.finished_at else job.due_at) for job in behind]
    steady = [(work.label, work.late_since()) for work in registry.steady()]
    return found + [Late(label, since) for label, since in steady if since]


def _label(kind: str) -> Any:
    work = registry.find(kind)
    return work.label if work else kind
