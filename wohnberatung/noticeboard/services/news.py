"""What hangs on the board as feeds, mails and the page of a neighbourhood tell of it."""

from dataclasses import dataclass

from sqlalchemy import or_

from wohnberatung.core.place_news import NewsItem, news_page
from wohnberatung.extensions import db
from wohnberatung.noticeboard.models import Notice
from wohnberatung.noticeboard.services.finding import hanging

SHOWN_OF_PLACE = 5


def news_of(code: str | None) -> list[NewsItem]:
    """What hangs in this neighbourhood, then what hangs everywhere, each the newest first; None: all of the city."""
    query = hanging()
    if code is not None:
        query = query.where(or_(Notice.place == code, Notice.place.is_(None))).order_by(Notice.place.is_(None))
    return [
        NewsItem(
            id=row.id,
            title=row.title,
            page=news_page("noticeboard.show_notice", notice_id=row.id),
            changed_at=row.updated_at,
            text=row.text,
        )
        for row in db.session.scalars(query.order_by(Notice.published_at.desc(), Notice.id))
    ]


@dataclass(frozen=True)
class NoticesOfPlace:
    """The first notices for a neighbourhood, and how many more there are."""

    notices: list[NewsItem]
    more: int


def notices_in(code: str) -> NoticesOfPlace | None:
    """What the page of this neighbourhood shows; None where nothing hangs."""
    found = news_of(code)
    return NoticesOfPlace(found[:SHOWN_OF_PLACE], max(len(found) - SHOWN_OF_PLACE, 0)) if found else None
