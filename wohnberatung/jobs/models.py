"""The table of jobs: what is to be done, who has it in hand, how far it is, what came of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wohnberatung.core import clock
from wohnberatung.core.database import choice
from wohnberatung.core.lease_queue import LeasedMixin
from wohnberatung.extensions import Model


class JobState(StrEnum):
    """`waiting` for its moment, `running` in a worker's hands, `done`, or `failed` and given up."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(LeasedMixin, Model):
    """One piece of work. `key` keeps it from being asked for twice while it is not done; periodic work has one
    row for good, which waits again after each run.

    `result` and `error` are German sentences without personal data; so are `arguments`, which hold ids.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("key"),
        Index(None, "state", "due_at"),
    )

    kind: Mapped[str] = mapped_column(String(60))
    key: Mapped[str | None] = mapped_column(String(120))
    periodic: Mapped[bool] = mapped_column(default=False)
    arguments: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    state: Mapped[JobState] = mapped_column(choice(JobState, 10, "state_known"), default=JobState.WAITING)
    steps_done: Mapped[int] = mapped_column(default=0)
    steps: Mapped[int] = mapped_column(default=0)
    step_words: Mapped[str] = mapped_column(String(200), default="")
    result: Mapped[str] = mapped_column(Text, default="")
    error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)
