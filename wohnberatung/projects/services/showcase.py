"""Projects as anybody sees them: in a list, and on a page of their own with their free places."""

from dataclasses import dataclass

from wohnberatung.core.actors import Actor
from wohnberatung.core.pagination import PAGE_SIZE, Page
from wohnberatung.dwellings.services.listings import OfferFilter, list_offers
from wohnberatung.dwellings.services.sheets import FactGroup, FactRow, sheet_of
from wohnberatung.dwellings.services.showcase import ShownOffer, shown_offer
from wohnberatung.pictures.services import ShownPicture, shown_pictures
from wohnberatung.projects.models import Project, ProjectDate, ProjectFile
from wohnberatung.projects.services.dates import coming_dates
from wohnberatung.projects.services.files import files_of
from wohnberatung.projects.services.projects import OF_PROJECT, get_project, list_projects

PUBLISHED = ("published",)
MOST_PLACES = 100


@dataclass(frozen=True)
class ShownProject:
    """One project; `headlines` are its known facts that are marked so in the catalogue."""

    project: Project
    headlines: tuple[FactRow, ...]


@dataclass(frozen=True)
class ProjectSheet:
    """Everything about one project: its facts by theme, the places that are offered now, dates to come."""

    shown: ShownProject
    groups: list[FactGroup]
    places: tuple[ShownOffer, ...]
    dates: list[ProjectDate]
    files: list[ProjectFile]
    pictures: tuple[ShownPicture, ...]
    may_edit: bool

    @property
    def project(self) -> Project:
        return self.shown.project


def projects_for_list(actor: Actor, text: str = "", number: int = 1, size: int = PAGE_SIZE) -> Page[ShownProject]:
    """One page of the projects this person may see, by name."""
    page = list_projects(actor, text, number, size)
    shown = [_shown(project, sheet_of(project)) for project in page.items]
    return Page(shown, page.number, page.size, page.total)


def project_sheet(project_id: str, actor: Actor) -> ProjectSheet:
    """The project with its facts and its published places; NotFound where there is none for this person."""
    project = get_project(project_id, actor)
    groups = sheet_of(project)
    offers = list_offers(actor, OfferFilter(project_id=project.id, statuses=PUBLISHED), size=MOST_PLACES)
    return ProjectSheet(
        shown=_shown(project, groups),
        groups=groups,
        places=tuple(shown_offer(offer) for offer in offers.items),
        dates=coming_dates(project),
        files=files_of(project),
        pictures=shown_pictures(OF_PROJECT.kind, project.id),
        may_edit=actor.is_staff or actor.belongs_to(project.organisation_id),
    )


def _shown(project: Project, groups: list[FactGroup]) -> ShownProject:
    rows = (row for group in groups for row in group.rows)
    return ShownProject(project, tuple(row for row in rows if row.known and row.fact.headline))
