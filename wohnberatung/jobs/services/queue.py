"""Asking for a job, in the caller's transaction: it exists if and only if the deed it follows from does."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.core import clock
from wohnberatung.core.errors import NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import db
from wohnberatung.jobs.models import Job, JobState


def enqueue(kind: str, arguments: Mapping[str, Any] | None = None, *, key: str | None = None) -> Job:
    """A job for the next free worker; with a `key` the one that is waiting or running under it already."""
    if key and (known := db.session.scalar(select(Job).where(Job.key == key))):
        return known
    job = Job(id=new_id(), kind=kind, arguments=dict(arguments or {}), key=key)
    db.session.add(job)
    db.session.flush()
    return job


def get_job(job_id: str) -> Job:
    """Who may see it is asked by the area it belongs to."""
    job = db.session.get(Job, job_id)
    if job is None:
        raise NotFound(_("Diesen Vorgang gibt es nicht."))
    return job


def retry(job_id: str) -> Job:
    """Give a job that was given up a new chance, now; periodic work is moved up."""
    job = get_job(job_id)
    if job.state == JobState.FAILED or (job.periodic and job.state == JobState.WAITING):
        job.state, job.attempts, job.due_at, job.error = JobState.WAITING, 0, clock.now(), ""
        db.session.flush()
    return job
