"""A project as its members and the office work on it: what is there, what is missing, what waits."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.accounts.models import Membership, Organisation
from wohnberatung.core.actors import Actor, Publication
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.dwellings.services.wording import Objection
from wohnberatung.extensions import db
from wohnberatung.pictures.services import pictures_of
from wohnberatung.projects.models import Project, ProjectDate, ProjectFile
from wohnberatung.projects.services.dates import coming_dates
from wohnberatung.projects.services.files import files_of
from wohnberatung.projects.services.joining import open_enquiries
from wohnberatung.projects.services.places import places_of
from wohnberatung.projects.services.projects import OF_PROJECT, own_project
from wohnberatung.projects.services.publishing import objections_to_project


@dataclass(frozen=True)
class ProjectDesk:
    """`way` is what publishing would come to; `known` of `asked` facts are answered; `waiting` people wait."""

    project: Project
    organisation: Organisation
    way: Publication
    places: list[Offer]
    dates: list[ProjectDate]
    files: list[ProjectFile]
    pictures: int
    known: int
    asked: int
    waiting: int
    members: tuple[str, ...]
    objections: list[Objection]

    @property
    def shown_places(self) -> int:
        return sum(offer.status == OfferStatus.PUBLISHED for offer in self.places)


def desk(project_id: str, actor: Actor) -> ProjectDesk:
    """NotFound for whoever may not change the project."""
    project = own_project(project_id, actor)
    return ProjectDesk(
        project=project,
        organisation=db.session.get_one(Organisation, project.organisation_id),
        way=actor.publication_for(project.organisation_id),
        places=places_of(project),
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
