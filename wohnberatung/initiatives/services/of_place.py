"""What initiatives bring to a neighbourhood: themselves on its page, their news and dates for those who follow it."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.core.place_news import NewsItem, news_page
from wohnberatung.extensions import db
from wohnberatung.initiatives.models import Initiative, Minutes
from wohnberatung.initiatives.services.initiatives import initiatives_in, public_initiatives
from wohnberatung.projects.services.meetings import coming_dates

NEWEST = 20
SHOWN = 3


def news_of(code: str | None) -> list[NewsItem]:
    """Initiatives that everybody sees there or in the whole city, and the minutes they published, the newest first."""
    found = public_initiatives() if code is None else initiatives_in(code)
    items = [*map(_introduced, found), *_published(found)]
    return sorted(items, key=lambda item: (item.changed_at, item.id), reverse=True)[:NEWEST]


def dates_of(code: str) -> list[NewsItem]:
    """Coming dates of initiatives there that take place, the next first. Feeds have them from the projects."""
    dates = [
        NewsItem(
            meeting.id,
            _("%(what)s (%(project)s)", what=meeting.title, project=each.name),
            _address(each),
            meeting.updated_at,
            "\n".join(filter(None, (meeting.place, meeting.note))),
            meeting.starts_at,
            meeting.ends_at,
        )
        for each in initiatives_in(code)
        for meeting in coming_dates(each.project)
        if not meeting.called_off
    ]
    return sorted(dates, key=lambda item: (item.starts_at or item.changed_at, item.id))


@dataclass(frozen=True)
class KnownOfPlace:
    """What the page of a neighbourhood says: its initiatives by name, the next dates, the newest news."""

    initiatives: list[Initiative]
    dates: list[NewsItem]
    news: list[NewsItem]


def known_of(code: str) -> KnownOfPlace | None:
    """None where nobody has an initiative that everybody sees."""
    found = initiatives_in(code)
    return KnownOfPlace(found, dates_of(code)[:SHOWN], news_of(code)[:SHOWN]) if found else None


def _introduced(initiative: Initiative) -> NewsItem:
    title = _("Initiative: %(name)s", name=initiative.name)
    return NewsItem(initiative.id, title, _address(initiative), initiative.updated_at, initiative.project.summary)


def _published(found: list[Initiative]) -> Iterator[NewsItem]:
    by_id = {each.id: each for each in found}
    query = select(Minutes).where(Minutes.initiative_id.in_(by_id)).order_by(Minutes.created_at.desc()).limit(NEWEST)
    for stored in db.session.scalars(query):
        initiative = by_id[stored.initiative_id]
        title = _("Protokoll: %(title)s (%(name)s)", title=stored.title, name=initiative.name)
        address = news_page("initiatives.show_minutes", initiative=initiative.slug, minutes_id=stored.id)
        yield NewsItem(stored.id, title, address, stored.updated_at, stored.text)


def _address(initiative: Initiative) -> str:
    return news_page("initiatives.show_initiative", initiative=initiative.slug)
