"""Groups say what they need of a site; both sides see who suits, with reasons, and no contact."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matching.explanation import Reader
from matching.frame import Frame
from matching.ranking import Match, rank
from matching.request_ranking import rank_requests
from matching.requests import Request
from wohnberatung.bridge.needs import StoredRequirement
from wohnberatung.bridge.shared_living import read_search, search_index, search_request, site_frame
from wohnberatung.bridge.wording import spoken
from wohnberatung.core.actors import Actor
from wohnberatung.core.changes import check_version
from wohnberatung.core.constraints import MESSAGE, check_length
from wohnberatung.core.ids import new_id
from wohnberatung.dwellings.services.sheets import FactRow, sheet_of
from wohnberatung.extensions import db
from wohnberatung.network.models import Introduction, Site, SiteSearch
from wohnberatung.network.services.sites import own_site, published_sites
from wohnberatung.projects.models import Project
from wohnberatung.projects.services.projects import own_project

TOP = 20


@dataclass(frozen=True)
class Suiting:
    """One match as a side may see it: outlook, score and sentences; `introduction` is what has come of it."""

    subject: Any
    match: Match
    sentences: tuple[tuple[str, str], ...]
    headlines: tuple[FactRow, ...]
    introduction: Introduction | None


def save_search(
    project_id: str,
    requirements: Sequence[StoredRequirement],
    text: str,
    *,
    active: bool,
    version: int | None = None,
    actor: Actor,
) -> SiteSearch:
    """What the project needs of a site; Conflict where somebody else was faster."""
    project = own_project(project_id, actor)
    check_length(text, MESSAGE, "text")
    search = search_of(project)
    if search is None:
        search = SiteSearch(id=new_id(), project_id=project.id)
        db.session.add(search)
    else:
        check_version(search, version)
    search.requirements, search.text, search.active = read_search(requirements), text.strip(), active
    db.session.flush()
    return search


def search_of(project: Project) -> SiteSearch | None:
    """None where the project seeks none."""
    return db.session.scalar(select(SiteSearch).where(SiteSearch.project_id == project.id))


def sites_for_project(project_id: str, actor: Actor) -> tuple[Suiting, ...]:
    """The published sites that suit, best first, with reasons in the words of the group."""
    search = search_of(own_project(project_id, actor))
    if search is None or not search.active:
        return ()
    sites = {site.id: site for site in published_sites()}
    ranking = rank(_request(search), site_frame(sites.values()), top=TOP, language=spoken())
    known = _introductions(Introduction.project_id == project_id, "site_id")
    return tuple(
        _suiting(sites[match.offer], match, Reader.SEEKER, known.get(match.offer)) for match in ranking.matches
    )


def projects_for_site(site_id: str, actor: Actor) -> tuple[Suiting, ...]:
    """The groups whom the site suits, best first, with reasons in the words of the owner."""
    site = own_site(site_id, actor)
    searches = {search.id: search for search in _active_searches()}
    index = search_index(_request(search) for search in searches.values())
    ranking = rank_requests(site.id, _frame_with(site), index, top=TOP, language=spoken())
    known = _introductions(Introduction.site_id == site_id, "project_id")
    return tuple(
        _suiting(project, match, Reader.PROVIDER, known.get(project.id))
        for match in ranking.matches
        for project in (searches[match.request].project,)
    )


def suits(site: Site, project: Project) -> Suiting | None:
    """How the two suit, in the words of the office; None where the project seeks nothing or a must is missed."""
    search = search_of(project)
    if search is None:
        return None
    ranking = rank(_request(search), _frame_with(site), top=None, language=spoken())
    found = (match for match in ranking.matches if match.offer == site.id)
    return next((_suiting(site, match, Reader.ADVISOR, None) for match in found), None)


def _active_searches() -> list[SiteSearch]:
    """Of projects that anybody may see."""
    query = select(SiteSearch).join(SiteSearch.project).options(joinedload(SiteSearch.project))
    return list(db.session.scalars(query.where(SiteSearch.active.is_(True), Project.published.is_(True))))


def _frame_with(site: Site) -> Frame:
    """Beside all published sites, as how alike two texts are depends on what the others say."""
    return site_frame({each.id: each for each in (*published_sites(), site)}.values())


def _request(search: SiteSearch) -> Request:
    return search_request(search.id, search.requirements, search.text)


def _suiting(subject: Any, match: Match, reader: Reader, introduction: Introduction | None) -> Suiting:
    rows = tuple(row for group in sheet_of(subject) for row in group.rows if row.known and row.fact.headline)
    sentences = tuple((reason.grade, reason.sentences[reader]) for reason in match.reasons)
    return Suiting(subject, match, sentences, rows, introduction)


def _introductions(condition: Any, key: str) -> dict[str, Introduction]:
    return {getattr(row, key): row for row in db.session.scalars(select(Introduction).where(condition))}
