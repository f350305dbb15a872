"""What happens to introductions by itself: who has not answered is reminded, and what nobody answers ends."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, select

from wohnberatung.core import clock
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import each_in_its_own_transaction
from wohnberatung.extensions import db
from wohnberatung.network.models.introductions import Introduction, IntroductionState, SideAnswer
from wohnberatung.network.services.history import take, tell
from wohnberatung.network.steps import LAPSE, TO_AGREE

OFFERED = Introduction.state == IntroductionState.OFFERED


def remind() -> int:
    """Remind whoever has not answered yet, once; returns how many are told. Raises LeftUndone for those where it
    failed."""
    assert TO_AGREE.reminder is not None
    due = OFFERED & Introduction.reminded_at.is_(None) & (Introduction.due_at <= clock.now() + TO_AGREE.reminder)

    def remind_of(row: Introduction) -> int:
        row.reminded_at = clock.now()
        return tell(row, [side for side in row.sides if side.answer == SideAnswer.WAITING])

    return _each(due & (Introduction.due_at > clock.now()), remind_of)


def end_unanswered() -> int:
    """Those whose time is over without everybody's yes; returns how many. Raises LeftUndone for those where it
    failed."""

    def end(row: Introduction) -> int:
        take(row, LAPSE, by=Party.SYSTEM)
        tell(row, [side for side in row.sides if side.answer == SideAnswer.AGREED])
        return 1

    return _each(OFFERED & (Introduction.due_at <= clock.now()), end)


def _each(due: ColumnElement[bool], work: Callable[[Introduction], int]) -> int:
    """In a transaction of its own for each, once more looked at and locked."""

    def do(introduction_id: str) -> int:
        query = select(Introduction).where(Introduction.id == introduction_id, due).with_for_update()
        row = db.session.scalar(query)
        return work(row) if row is not None else 0

    ids = db.session.scalars(select(Introduction.id).where(due).order_by(Introduction.due_at)).all()
    return sum(each_in_its_own_transaction(ids, do))
