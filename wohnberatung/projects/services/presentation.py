"""A project as anybody sees it, and as its members and the office work on it: what is missing, what waits."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.accounts.models import Membership, Organisation
from wohnberatung.core.actors import Actor, Publication
from wohnberatung.core.pagination import PAGE_SIZE, Page
from wohnberatung.core.steps import Step
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.listings import OfferFilter, list_offers
from wohnberatung.dwellings.services.sheets import FactGroup, FactRow, sheet_of
from wohnberatung.dwellings.services.showcase import ShownOffer, shown_offer
from wohnberatung.dwellings.services.wording import Objection
from wohnberatung.extensions import db
from wohnberatung.pictures.services import ShownPicture, pictures_of, shown_pictures
from wohnberatung.projects.models import Project, ProjectDate, ProjectFile
from wohnberatung.projects.services.joining import open_enquiries
from wohnberatung.projects.services.leaflets import files_of
from wohnberatung.projects.services.meetings import coming_dates
from wohnberatung.projects.services.places import moves_of, places_of
from wohnberatung.projects.services.projects import OF_PROJECT, get_project, list_projects, own_project
from wohnberatung.projects.services.publishing import objections_to_project, steps_of, way_to_public
from wohnberatung.projects.steps import PlaceMove


@dataclass(frozen=True)
class ProjectDesk:
    """`way` is what publishing would come to, `steps` are the page's buttons by key, `moves` those of a place by its
    id; `known` of `asked` facts are answered; `waiting` people wait."""

    project: Project
    organisation: Organisation
    way: Publication
    steps: dict[str, Step[Project]]
    places: list[Offer]
    moves: dict[str, tuple[PlaceMove, ...]]
    dates: list[ProjectDate]
    files: list[ProjectFile]
    pictures: int
    known: int
    asked: int
    waiting: int
    members: tuple[str, ...]
    objections: list[Objection]


def desk(project_id: str, actor: Actor) -> ProjectDesk:
    """NotFound for whoever may not change the project."""
    project = own_project(project_id, actor)
    places = places_of(project)
    return ProjectDesk(
        project=project,
        organisation=db.session.get_one(Organisation, project.organisation_id),
        way=way_to_public(project, actor),
        steps=steps_of(project, actor),
        places=places,
        moves={offer.id: moves_of(offer, actor) for offer in places},
        dates=coming_dates(project),
        files=files_of(project),
        pictures=len(pictures_of(OF_PROJECT.kind, project.id)),
        known=len(project.known_facts()),
        asked=len(project.own_facts()),
        waiting=open_enquiries(project),
        members=members_of(project),
        objections=objections_to_project(project),
    )


def members_of(project: Project) -> tuple[str, ...]:
    """The names of those who act for the group, in alphabetical order."""
    query = select(Membership).options(joinedload(Membership.user)).filter_by(organisation_id=project.organisation_id)
    return tuple(sorted(row.user.name for row in db.session.scalars(query) if row.user.is_active))


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
