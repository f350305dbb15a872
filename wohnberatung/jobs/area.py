"""Work in the background: its table, and how long is kept what was done."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.core.manifests import Area
from wohnberatung.core.queues import WatchedQueue
from wohnberatung.extensions import db
from wohnberatung.jobs import models, services, views
from wohnberatung.jobs.models import Job, JobState
from wohnberatung.privacy.retention import RetentionRule

RETENTION = (
    RetentionRule(
        "jobs_over",
        _l("Vorgänge im Hintergrund, die erledigt oder aufgegeben sind"),
        _l("löschen"),
        90,
        lambda before: select(Job).where(
            Job.state.in_((JobState.DONE, JobState.FAILED)), Job.finished_at < before, Job.periodic.is_(False)
        ),
        db.session.delete,
    ),
)


QUEUES = (
    WatchedQueue(
        "jobs",
        _l("Vorgänge im Hintergrund"),
        services.standing,
        services.retry_all,
        page="jobs.list_jobs",
        late=lambda: bool(services.late()),
    ),
)


AREA = Area(
    key="jobs",
    models=models,
    blueprint=views.blueprint,
    queues=QUEUES,
    retention=RETENTION,
)
