"""What happens to tasks by itself: whoever has let one become overdue is told once, the office sees it on its desk."""

from sqlalchemy import select

from wohnberatung.brokerage.models import MatchTask
from wohnberatung.brokerage.services.history import locked, tell_news
from wohnberatung.brokerage.states import OPEN
from wohnberatung.brokerage.task_kinds import TaskState
from wohnberatung.core import clock
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import each_in_its_own_transaction
from wohnberatung.dwellings.services.provider_desk import tell_provider
from wohnberatung.extensions import db


def remind_of_tasks() -> int:
    """Tell the owners of open tasks whose day is over, each once; returns how many. Run again, it tells nobody twice.

    Raises LeftUndone for those that failed.
    """
    late = select(MatchTask.id).where(
        MatchTask.state == TaskState.OPEN,
        MatchTask.due_on < clock.today(),
        MatchTask.reminded_at.is_(None),
        # A vote has reminders of its own.
        MatchTask.follows.is_(None),
    )

    def remind(task_id: str) -> bool:
        task = db.session.get(MatchTask, task_id)
        if task is None or db.session.scalar(late.where(MatchTask.id == task_id)) is None:
            return False
        match = locked(task.match_id)
        task.reminded_at = clock.now()
        if match.state not in OPEN or match.request.blocked_at:
            return False
        if task.owner == Party.SEEKER and match.offered_at:
            return tell_news(match) is not None
        if task.owner in (Party.PROVIDER, Party.GROUP) and match.shared_at:
            return tell_provider(match.offer, "provider_tasks")
        return False

    return sum(each_in_its_own_transaction(db.session.scalars(late).all(), remind))
