"""An initiative as everybody sees it, and as its group and the office work on it."""

from dataclasses import dataclass

from wohnberatung.bridge.neighbourhood_places import CityPlace, place_of
from wohnberatung.core.actors import Actor
from wohnberatung.initiatives.models import Initiative, Minutes
from wohnberatung.initiatives.services.freshness import is_stale
from wohnberatung.initiatives.services.help import StepHelp, first_place, help_with
from wohnberatung.initiatives.services.initiatives import (
    initiatives_in,
    may_edit,
    own_initiative,
    public_initiatives,
    shown_initiative,
)
from wohnberatung.initiatives.services.minutes import minutes_of
from wohnberatung.initiatives.services.progress import Progress, progress_of, told_progress
from wohnberatung.initiatives.services.ways import way_of
from wohnberatung.initiatives.ways_of_living import WayOfLiving
from wohnberatung.projects.models import ProjectDate
from wohnberatung.projects.services.meetings import coming_dates, dates_for_everybody


@dataclass(frozen=True)
class InitiativeSheet:
    """Everything that is told of one. `members` are names of those who agreed, `place` is whose contact persons it
    has, `way` how the group lives or wants to live."""

    initiative: Initiative
    places: tuple[CityPlace, ...]
    members: tuple[str, ...]
    dates: list[ProjectDate]
    minutes: list[Minutes]
    progress: Progress | None
    way: WayOfLiving | None
    stale: bool
    may_edit: bool

    @property
    def place(self) -> CityPlace | None:
        return next(iter(self.places), None)


@dataclass(frozen=True)
class InitiativeDesk:
    """What the group works on: `helping` is who can help with the step that is next."""

    initiative: Initiative
    progress: Progress
    helping: StepHelp | None
    minutes: list[Minutes]
    stale: bool


def initiative_sheet(slug: str, actor: Actor) -> InitiativeSheet:
    """NotFound where there is none for this person."""
    initiative = shown_initiative(slug, actor)
    lines = (line.strip() for line in initiative.members.splitlines())
    return InitiativeSheet(
        initiative=initiative,
        places=tuple(place for code in initiative.serves if (place := place_of(code))),
        members=tuple(filter(None, lines)) if initiative.members_agreed else (),
        dates=coming_dates(initiative.project),
        minutes=minutes_of(initiative),
        progress=told_progress([initiative]).get(initiative.id),
        way=way_of(initiative.project),
        stale=is_stale(initiative),
        may_edit=may_edit(initiative, actor),
    )


def initiative_desk(slug: str, actor: Actor) -> InitiativeDesk:
    """NotFound for whoever may not change it."""
    initiative = own_initiative(slug, actor)
    progress = progress_of(initiative)
    following = progress.following
    place = first_place(initiative.serves)
    return InitiativeDesk(
        initiative=initiative,
        progress=progress,
        helping=help_with([following.step], place)[following.step.key] if following else None,
        minutes=minutes_of(initiative),
        stale=is_stale(initiative),
    )


@dataclass(frozen=True)
class ListedInitiative:
    """One in the list: `next_date` is the next that takes place."""

    initiative: Initiative
    progress: Progress | None
    next_date: ProjectDate | None


def list_initiatives(place: CityPlace | None) -> list[ListedInitiative]:
    """Those that everybody sees, by name; of one neighbourhood where it is given."""
    found = initiatives_in(place.code) if place else public_initiatives()
    told = told_progress(found)
    upcoming: dict[str, ProjectDate] = {}
    for meeting in dates_for_everybody():
        upcoming.setdefault(meeting.project_id, meeting)
    return [ListedInitiative(each, told.get(each.id), upcoming.get(each.project_id)) for each in found]
