"""Who else could be introduced: initiatives whose words are alike, people who seek and could found a group together.

Both orders are the engine's: likeness of texts, and how well two people's wishes for living together go together.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matching.catalogue import HOMES
from matching.criteria.living import LIVING_FORM
from matching.proposals.affinity import affinities
from matching.requests import Request
from matching.shares_in_words import ALIKE, in_a_word
from matching.text_similarity import TextIndex
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.extensions import db
from wohnberatung.network.models.introductions import Introduction, IntroductionSide
from wohnberatung.projects.models import Project
from wohnberatung.projects.services.projects import own_project
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.open_requests import open_requests
from wohnberatung.seekers.services.requests import load_requests

MOST_ALIKE = 12
# Ways of living that people set up themselves, in a house that is still to be found.
FOUNDED = frozenset(LIVING_FORM.options) - {"self_contained", "homeshare", "care_flat_share"}


@dataclass(frozen=True)
class AlikeProject:
    """Another initiative, how alike its words are (a German word of the scale), and what has come of introducing
    both."""

    project: Project
    likeness: str
    introduction: Introduction | None


@dataclass(frozen=True)
class Founder:
    """Somebody who seeks: in which ways they would live, and how well that goes with whoever the list is around."""

    request: HousingRequest
    forms: tuple[str, ...]
    affinity: float

    @property
    def words(self) -> str:
        return ", ".join(LIVING_FORM.options[key] for key in self.forms)


def alike_projects(project_id: str, actor: Actor) -> list[AlikeProject]:
    """Other public initiatives, the most alike first. NotFound where the project is not one's own."""
    own = own_project(project_id, actor)
    others = [each for each in db.session.scalars(select(Project).where(Project.published)) if each is not own]
    if not others:
        return []
    likeness = np.nan_to_num(TextIndex([_words(each) for each in others]).likeness(_words(own)))
    order = sorted(range(len(others)), key=lambda row: (-likeness[row], others[row].name))[:MOST_ALIKE]
    known = _introduced_to(own)
    return [
        AlikeProject(others[row], in_a_word(float(likeness[row]), ALIKE), known.get(others[row].id)) for row in order
    ]


def possible_founders(actor: Actor, around: str | None = None) -> list[Founder]:
    """People who seek a way of living that one founds, for the office: by when they asked, or, `around` one of them,
    who suits best first. Nobody who is kept apart by a must of both."""
    only_office(actor)
    wishes = {each.id: each for each in open_requests().each if _forms(each)}
    rows = {row.id: row for row in load_requests(list(wishes), actor)}
    asked = [wishes[key] for key in sorted(rows, key=lambda key: (rows[key].created_at, key))]
    if around not in rows:
        return [Founder(rows[each.id], _forms(each), 1.0) for each in asked]
    to_them = affinities(asked, HOMES, frozenset({LIVING_FORM.owner}))[[each.id for each in asked].index(around)]
    order = sorted(range(len(asked)), key=lambda row: (asked[row].id != around, -to_them[row], asked[row].id))
    return [Founder(rows[asked[row].id], _forms(asked[row]), float(to_them[row])) for row in order if to_them[row] > 0]


def founders(request_ids: Collection[str], actor: Actor) -> list[HousingRequest]:
    """Those of the list above that were chosen, in the order in which they asked."""
    chosen = set(request_ids)
    return [each.request for each in possible_founders(actor) if each.request.id in chosen]


def _forms(request: Request) -> tuple[str, ...]:
    """The ways of living that somebody would found, as the catalogue calls them."""
    wanted = next((each.wanted for each in request.requirements if each.key == LIVING_FORM.key), ())
    return tuple(key for key in wanted if key in FOUNDED)


def _words(project: Project) -> str:
    return "\n".join((project.summary, project.story, project.shared_values, project.sharing))


def _introduced_to(project: Project) -> dict[str, Introduction]:
    mine = select(IntroductionSide.introduction_id).where(IntroductionSide.project_id == project.id)
    query = select(Introduction).where(Introduction.id.in_(mine)).options(selectinload(Introduction.sides))
    return {
        side.project_id: row
        for row in db.session.scalars(query)
        for side in row.sides
        if side.project_id and side.project_id != project.id
    }
