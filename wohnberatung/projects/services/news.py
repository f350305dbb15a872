"""Groups that present themselves, and the dates to which they invite, as feeds, calendars and mails tell of them."""

from collections.abc import Iterator

from sqlalchemy import select

from wohnberatung.core.place_news import NewsItem, news_page
from wohnberatung.extensions import db
from wohnberatung.projects.models import Project, ProjectDate
from wohnberatung.projects.services.meetings import dates_for_calendar, dates_for_everybody
from wohnberatung.projects.services.projects import projects_in


def news_of_projects(code: str | None) -> Iterator[NewsItem]:
    """Public pages, as they were changed last."""
    for project in _public(code):
        page = news_page("projects.show_project", project_id=project.id)
        yield NewsItem(project.id, project.name, page, project.updated_at, project.summary)


def dates_of_projects(code: str | None) -> Iterator[NewsItem]:
    """Dates of public projects, also those that are called off or were lately."""
    here = {project.id for project in _public(code)}
    for meeting in dates_for_calendar():
        if meeting.project_id in here:
            yield _item(meeting)


def coming_dates_in(code: str) -> list[ProjectDate]:
    """Those that take place, the next first: for the page of the neighbourhood."""
    here = {project.id for project in projects_in(code)}
    return [meeting for meeting in dates_for_everybody() if meeting.project_id in here]


def _public(code: str | None) -> list[Project]:
    if code is not None:
        return projects_in(code)
    return list(db.session.scalars(select(Project).where(Project.published.is_(True)).order_by(Project.id)))


def _item(meeting: ProjectDate) -> NewsItem:
    """Told again where it moves or is called off, not where a word of it changes."""
    return NewsItem(
        id=meeting.id,
        title=f"{meeting.title} ({meeting.project.name})",
        page=news_page("projects.show_project", project_id=meeting.project_id),
        changed_at=meeting.updated_at,
        text=meeting.note,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        where=meeting.place,
        called_off=meeting.called_off,
        changes=meeting.version - 1,
        revision=f"{meeting.starts_at:%Y%m%dT%H%MZ}{'-off' if meeting.called_off else ''}",
    )
