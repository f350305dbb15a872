"""What time does to notices: their senders are reminded a week before the end, then they are taken down."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, select

from wohnberatung.core import clock
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import each_in_its_own_transaction
from wohnberatung.extensions import db
from wohnberatung.noticeboard.models import Notice, NoticeState
from wohnberatung.noticeboard.services.telling import ENDS_MAIL, tell_sender
from wohnberatung.noticeboard.steps import EXPIRE, NOTICE_STEPS

REMINDED_BEFORE = timedelta(days=7)


def take_down_over() -> int:
    """Notices whose last day has passed; returns how many. Raises LeftUndone for those where it failed."""
    return sum(each_in_its_own_transaction(_hanging(Notice.ends_on < clock.today()), _take_down))


def ask_to_renew() -> int:
    """One mail with the link by which a notice hangs longer, a week before its end. A notice for a week or less needs
    none. Returns how many; raises LeftUndone for those where it failed."""
    soon: date = clock.today() + REMINDED_BEFORE
    longer = Notice.published_at < clock.now() - REMINDED_BEFORE
    return sum(
        each_in_its_own_transaction(_hanging(Notice.ends_on <= soon, Notice.reminded_at.is_(None), longer), _ask)
    )


def _take_down(notice_id: str) -> int:
    notice = _locked(notice_id)
    if notice is None or notice.ends_on is None or notice.ends_on >= clock.today():
        return 0
    NOTICE_STEPS.take(notice, EXPIRE, by=Party.SYSTEM)
    db.session.flush()
    tell_sender(notice)
    return 1


def _ask(notice_id: str) -> int:
    notice = _locked(notice_id)
    if notice is None or notice.reminded_at is not None:
        return 0
    notice.reminded_at = clock.now()
    db.session.flush()
    tell_sender(notice, ENDS_MAIL)
    return 1


def _hanging(*conditions: ColumnElement[bool]) -> list[str]:
    query = select(Notice.id).where(Notice.state == NoticeState.PUBLISHED, *conditions)
    return list(db.session.scalars(query.order_by(Notice.ends_on, Notice.id)))


def _locked(notice_id: str) -> Notice | None:
    """As it is now; None where it does not hang any more."""
    own = (Notice.id == notice_id) & (Notice.state == NoticeState.PUBLISHED)
    return db.session.scalar(select(Notice).where(own).with_for_update(of=Notice))
