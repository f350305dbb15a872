"""Jobs: declared by areas, asked for, planned, taken under a lease, ended, and shown to those who run the office."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import case, delete, func, select

from wohnberatung.core import clock
from wohnberatung.core.errors import NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.languages import Words
from wohnberatung.core.lease_queue import Backoff, LeaseQueue
from wohnberatung.core.manifests import areas
from wohnberatung.core.queues import QueueStanding
from wohnberatung.core.steps import Party
from wohnberatung.core.stopping import heed_stop
from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Periodic, Steady, Task, Work
from wohnberatung.extensions import db
from wohnberatung.jobs.models import Job, JobState
from wohnberatung.jobs.steps import FINISH, GIVE_BACK, GIVE_UP, JOB_STEPS, RETRY, TAKE


def declared() -> Iterator[Work]:
    """Everything, in the order of the areas."""
    for area in areas():
        yield from area.work


def periodic() -> list[Periodic]:
    return [work for work in declared() if isinstance(work, Periodic)]


def steady() -> list[Steady]:
    return [work for work in declared() if isinstance(work, Steady)]


def find(kind: str) -> Task | Periodic | None:
    """What to do for a job of this kind; None if no area knows it any more."""
    return next((work for work in declared() if work.kind == kind and not isinstance(work, Steady)), None)


QUEUE = LeaseQueue(
    Job, (JobState.WAITING, JobState.RUNNING), Backoff(first=timedelta(seconds=30), longest=timedelta(hours=1))
)


MOST_ATTEMPTS = 5


@dataclass(frozen=True)
class Claimed:
    """A job in this worker's hands; `arguments` and `tell` are what its code sees (`core.work.Running`)."""

    id: str
    kind: str
    lease: str
    attempts: int
    arguments: Mapping[str, str]

    @property
    def is_last_attempt(self) -> bool:
        return self.attempts >= MOST_ATTEMPTS

    def tell(self, done: int, total: int, words: str = "") -> None:
        heed_stop()
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
    JOB_STEPS.take(job, TAKE, by=Party.SYSTEM)
    job.started_at = clock.now()
    job.steps_done, job.steps, job.step_words = 0, 0, ""
    return Claimed(job.id, job.kind, job.lease, job.attempts, dict(job.arguments))


def finish(claimed: Claimed, result: str | None) -> None:
    """Done; periodic work waits for its next turn."""
    if job := QUEUE.leased(claimed):
        job.result, job.error = result or "", ""
        _end(job, FINISH)


def fail(claimed: Claimed, error: str, *, for_good: bool = False) -> None:
    """Try again later, the later the more often it went wrong, unless it can only go wrong again.

    Periodic work is never given up: its next turn comes by the clock.
    """
    job = QUEUE.leased(claimed)
    if job is None:
        return
    job.error = error
    if for_good or job.attempts >= MOST_ATTEMPTS:
        _end(job, GIVE_UP)
    else:
        JOB_STEPS.take(job, GIVE_BACK, by=Party.SYSTEM)
        QUEUE.give_back(job)


# How soon to look again at what lets other work end first.
SOON = timedelta(seconds=5)


def put_off(claimed: Claimed) -> None:
    """Other work comes first: due again soon, as if it had not been taken."""
    _give_back(claimed, SOON)


def leave_to_others(claimed: Claimed) -> None:
    """This worker ends: due at once for the next one, as if it had not been taken."""
    _give_back(claimed, timedelta())


def _give_back(claimed: Claimed, pause: timedelta) -> None:
    if job := QUEUE.leased(claimed):
        JOB_STEPS.take(job, GIVE_BACK, by=Party.SYSTEM)
        job.lease, job.due_at = None, clock.now() + pause
        job.attempts -= 1
        db.session.flush()


def _end(job: Job, step: str) -> None:
    job.lease, job.finished_at = None, clock.now()
    if job.periodic:
        JOB_STEPS.take(job, step, by=Party.SYSTEM, target=JobState.WAITING)
        job.attempts, job.due_at = 0, _next_turn(job)
    else:
        JOB_STEPS.take(job, step, by=Party.SYSTEM)
        job.key = None
    db.session.flush()


def _next_turn(job: Job) -> datetime:
    """For work that no area declares any more the row just waits to be removed."""
    work = find(job.kind)
    return work.next_after(clock.now()) if isinstance(work, Periodic) else clock.now() + timedelta(days=1)


def plan() -> None:
    """A row for each periodic work, due at its next turn; what is declared no more goes. May run at any time.

    A turn that lies further ahead than the next one can be was set by a clock that was wrong: it is brought back, or
    nothing would be done until that day comes.
    """
    wanted = {work.kind: work for work in periodic()}
    known = {row.kind: row for row in db.session.scalars(select(Job).where(Job.periodic))}
    if gone := known.keys() - wanted.keys():
        db.session.execute(delete(Job).where(Job.periodic, Job.kind.in_(gone)))
    now = clock.now()
    for kind, work in sorted(wanted.items()):
        turn, row = work.next_after(now), known.get(kind)
        if row is None:
            db.session.add(Job(id=new_id(), kind=kind, key=kind, periodic=True, due_at=turn))
        elif row.state == JobState.WAITING and row.due_at > turn:
            row.due_at = turn
    db.session.flush()


def enqueue(kind: str, arguments: Mapping[str, str] | None = None, *, key: str | None = None) -> Job:
    """A job for the next free worker; with a `key` the one that is waiting or running under it already."""
    if key and (known := db.session.scalar(select(Job).where(Job.key == key))):
        return known
    job = Job(id=new_id(), kind=kind, arguments=dict(arguments or {}), key=key)
    db.session.add(job)
    db.session.flush()
    return job


def get_job(job_id: str) -> Job:
    """Who may see it is asked by the area it belongs to. Raises NotFound where there is none."""
    job = db.session.get(Job, job_id)
    if job is None:
        raise NotFound(_("Diesen Vorgang gibt es nicht."))
    return job


def retry(job_id: str) -> Job:
    """Give a job that was given up a new chance, now; periodic work is moved up."""
    job = get_job(job_id)
    if offered := JOB_STEPS.offered(job, Party.OFFICE):
        _again(job, offered[0].key)
    return job


def retry_all() -> int:
    """The same for every job that was given up; returns how many."""
    given_up = db.session.scalars(select(Job).where(Job.state == JobState.FAILED).with_for_update()).all()
    for job in given_up:
        _again(job, RETRY)
    return len(given_up)


def _again(job: Job, step: str) -> None:
    JOB_STEPS.take(job, step, by=Party.OFFICE)
    job.attempts, job.due_at, job.error = 0, clock.now(), ""
    db.session.flush()


def standing() -> QueueStanding:
    """Of periodic work only what is due counts as waiting: it waits for its next turn all its life."""
    counted = case((Job.periodic & (Job.state == JobState.WAITING) & (Job.due_at > clock.now()), 0), else_=1)
    query = select(Job.state, func.sum(counted), func.min(Job.due_at)).group_by(Job.state)
    found = {state: (int(count), due) for state, count, due in db.session.execute(query)}
    waiting, due = found.get(JobState.WAITING, (0, None))
    running, failed = (found.get(state, (0, None))[0] for state in (JobState.RUNNING, JobState.FAILED))
    return QueueStanding(waiting, running, failed, due if waiting else None)


SHOWN = 50


@dataclass(frozen=True)
class JobLine:
    """One job with the name its area gives it."""

    job: Job
    label: Words


@dataclass(frozen=True)
class Late:
    """Work that should have been done long ago."""

    label: Words
    since: datetime


def lines(*, periodic: bool) -> list[JobLine]:
    """Periodic work in the order of its turns, or the latest of everything else."""
    order = Job.due_at if periodic else Job.created_at.desc()
    jobs = db.session.scalars(select(Job).where(Job.periodic.is_(periodic)).order_by(order, Job.id).limit(SHOWN))
    return [JobLine(job, _label(job.kind)) for job in jobs]


def late() -> list[Late]:
    """What waits for too long or was given up; empty where everything is in time."""
    given_up = (Job.state == JobState.FAILED) | (Job.periodic & (Job.error != "") & (Job.attempts == 0))
    behind = db.session.scalars(select(Job).where(QUEUE.overdue() | given_up).order_by(Job.due_at))
    found = [Late(_label(job.kind), job.finished_at if job.error and job.finished_at else job.due_at) for job in behind]
    unending = [(work.label, work.late_since()) for work in steady()]
    return found + [Late(label, since) for label, since in unending if since]


def _label(kind: str) -> Words:
    work = find(kind)
    return work.label if work else kind
