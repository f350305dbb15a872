"""The rows of periodic work follow what the areas declare."""

from sqlalchemy import delete, select

from wohnberatung.core import clock
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import db
from wohnberatung.jobs import registry
from wohnberatung.jobs.models import Job


def plan() -> None:
    """A row for each periodic work, due at its next turn; what is declared no more goes. May run at any time."""
    wanted = {work.kind: work for work in registry.periodic()}
    known = set(db.session.scalars(select(Job.kind).where(Job.periodic)))
    if gone := known - wanted.keys():
        db.session.execute(delete(Job).where(Job.periodic, Job.kind.in_(gone)))
    now = clock.now()
    for kind in sorted(wanted.keys() - known):
        db.session.add(Job(id=new_id(), kind=kind, key=kind, periodic=True, due_at=wanted[kind].next_after(now)))
    db.session.flush()
