"""What hangs on the board, for everybody: by neighbourhood and topic, on the page of a neighbourhood, as news."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload

from wohnberatung.bridge.neighbourhood_places import CityPlace
from wohnberatung.core import clock
from wohnberatung.core.pagination import PAGE_SIZE, Page, paginate
from wohnberatung.core.settings import public_link
from wohnberatung.extensions import db
from wohnberatung.noticeboard.models import Notice, NoticeState

SHOWN_OF_PLACE = 5


@dataclass(frozen=True)
class NoticeQuery:
    """What is asked of the board; empty where it does not matter."""

    place: CityPlace | None = None
    topic: str = ""


def find_notices(query: NoticeQuery, number: int = 1, size: int = PAGE_SIZE) -> Page[Notice]:
    """The newest first; with a place, those of the whole city too, after those of the place."""
    found = _hanging()
    if query.topic:
        found = found.where(Notice.topic == query.topic)
    if query.place:
        found = found.where(_of(query.place.code)).order_by(Notice.place.is_(None))
    return paginate(db.session, found.order_by(Notice.published_at.desc(), Notice.id), number, size)


@dataclass(frozen=True)
class NoticesOfPlace:
    """The newest notices of a neighbourhood, and how many more there are."""

    notices: list[Notice]
    more: int


def notices_in(code: str) -> NoticesOfPlace | None:
    """Those of this neighbourhood alone; None where there is none."""
    query = _hanging().where(Notice.place == code).order_by(Notice.published_at.desc(), Notice.id)
    page = paginate(db.session, query, 1, SHOWN_OF_PLACE)
    return NoticesOfPlace(list(page.items), max(page.total - SHOWN_OF_PLACE, 0)) if page.total else None


@dataclass(frozen=True)
class NoticeItem:
    """A notice as feeds and mails tell of it; `url` is the whole address of its page."""

    key: str
    title: str
    url: str
    changed_at: datetime
    text: str


def news_of(code: str) -> list[NoticeItem]:
    """What hangs in this neighbourhood and in the whole city, the newest first."""
    rows = db.session.scalars(_hanging().where(_of(code)).order_by(Notice.published_at.desc(), Notice.id))
    return [
        NoticeItem(
            key=row.id,
            title=row.title,
            url=public_link("noticeboard.show_notice", notice_id=row.id),
            changed_at=row.updated_at,
            text=row.text,
        )
        for row in rows
    ]


def _hanging() -> Select[Notice]:
    """What is public and not over, though nobody has taken it down yet."""
    current = (Notice.state == NoticeState.PUBLISHED) & (Notice.ends_on >= clock.today())
    return select(Notice).options(joinedload(Notice.organisation)).where(current)


def _of(code: str) -> ColumnElement[bool]:
    return or_(Notice.place == code, Notice.place.is_(None))
