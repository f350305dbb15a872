"""Ways of living together as pages: found by their word, with projects that live so and programmes that may pay."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from matching.criteria.living import LIVING_FORM
from wohnberatung.advice.models import FundingProgram
from wohnberatung.advice.services.parameters import funding_programs
from wohnberatung.core.errors import NotFound
from wohnberatung.extensions import db
from wohnberatung.initiatives.ways_in_flats import IN_FLATS
from wohnberatung.initiatives.ways_in_houses import IN_HOUSES
from wohnberatung.initiatives.ways_of_living import WayOfLiving
from wohnberatung.projects.models import Project

WAYS: tuple[WayOfLiving, ...] = (*IN_HOUSES, *IN_FLATS)
_BY_KEY = {way.key: way for way in WAYS}


@dataclass(frozen=True)
class ExplainedWay:
    """A way with public projects that live so, by name, and with programmes in the order in which to ask."""

    way: WayOfLiving
    projects: list[Project]
    programs: list[FundingProgram]


def explained_way(key: str) -> ExplainedWay:
    """NotFound where there is none of this word."""
    way = _BY_KEY.get(key)
    if way is None:
        raise NotFound(_("Diese Wohnform gibt es hier nicht."))
    return ExplainedWay(way, _living_so(way.forms), funding_programs(way.programs) if way.programs else [])


def way_of(project: Project) -> WayOfLiving | None:
    """The way that a project lives or wants to live, as far as it is explained here."""
    form = project.known_facts().get(LIVING_FORM.key)
    return next((way for way in WAYS if form in way.forms), None)


def _living_so(forms: Sequence[str]) -> list[Project]:
    if not forms:
        return []
    lives_so = getattr(Project, LIVING_FORM.key).in_(forms)
    query = select(Project).where(Project.published.is_(True), lives_so)
    return list(db.session.scalars(query.order_by(Project.name, Project.id)))
