"""What hangs on the board, for everybody: by neighbourhood and topic."""

from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from wohnberatung.bridge.neighbourhood_places import CityPlace
from wohnberatung.core import clock
from wohnberatung.core.pagination import PAGE_SIZE, Page, paginate
from wohnberatung.extensions import db
from wohnberatung.noticeboard.models import Notice, NoticeState


@dataclass(frozen=True)
class NoticeQuery:
    """What is asked of the board; empty where it does not matter."""

    place: CityPlace | None = None
    topic: str = ""


def find_notices(query: NoticeQuery, number: int = 1, size: int = PAGE_SIZE) -> Page[Notice]:
    """The newest first; with a place, those of the whole city too, after those of the place."""
    found = hanging()
    if query.topic:
        found = found.where(Notice.topic == query.topic)
    if query.place:
        here = or_(Notice.place == query.place.code, Notice.place.is_(None))
        found = found.where(here).order_by(Notice.place.is_(None))
    return paginate(db.session, found.order_by(Notice.published_at.desc(), Notice.id), number, size)


def hanging() -> Select[Notice]:
    """What is public and not over, though nobody has taken it down yet."""
    current = (Notice.state == NoticeState.PUBLISHED) & (Notice.ends_on >= clock.today())
    return select(Notice).options(joinedload(Notice.organisation)).where(current)
