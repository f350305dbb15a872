"""Groups say what they need of a site; both sides see who suits, with reasons, and no contact."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from matching.explanation import Reader
from matching.frame import Frame
from matching.outlook import Outlook
from matching.ranking import Match, match_of, rank, rank_offers
from matching.request_ranking import rank_requests
from matching.requests import Request
from wohnberatung.bridge.needs import StoredRequirement
from wohnberatung.bridge.shared_living import read_search, search_index, search_request, site_frame
from wohnberatung.bridge.wording import spoken
from wohnberatung.core.actors import Actor
from wohnberatung.core.changes import check_version
from wohnberatung.core.constraints import MESSAGE, check_length
from wohnberatung.core.ids import new_id
from wohnberatung.core.pagination import PAGE_SIZE, Page
from wohnberatung.dwellings.services.sheets import FactRow, sheet_of
from wohnberatung.extensions import db
from wohnberatung.network.models.introductions import Introduction, IntroductionSide
from wohnberatung.network.models.sites import Site, SiteSearch
from wohnberatung.network.services.sites import own_site, published_sites
from wohnberatung.projects.models import Project
from wohnberatung.projects.services.projects import own_project


@dataclass(frozen=True)
class Suiting:
    """One match as a side may see it: outlook, score and sentences; `introduction` is what has come of it."""

    subject: Any
    match: Match
    sentences: tuple[tuple[str, str], ...]
    headlines: tuple[FactRow, ...]
    introduction: Introduction | None


@dataclass(frozen=True)
class SuitingList:
    """One page of what suits, best first, and how many of all its `page.total` suit for certain. With `words` it is
    what has these in its name or in what it says of itself, also where a must is missed: there one asks why."""

    page: Page[Suiting]
    certain: int
    words: str

    @classmethod
    def of(cls, suiting: Sequence[Suiting], words: str, number: int) -> "SuitingList":
        """That page of all of them."""
        certain = sum(each.match.outlook is Outlook.FITS for each in suiting)
        first = (number - 1) * PAGE_SIZE
        return cls(Page(suiting[first : first + PAGE_SIZE], number, PAGE_SIZE, len(suiting)), certain, words)


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


def sites_for_project(project_id: str, actor: Actor, words: str = "", number: int = 1) -> SuitingList:
    """The published sites that suit, with reasons in the words of the group."""
    search = search_of(own_project(project_id, actor))
    if search is None or not search.active:
        return SuitingList.of((), words, number)
    sites = {site.id: site for site in published_sites()}
    request, frame = _request(search), site_frame(sites.values())
    if words:
        named = [site.id for site in sites.values() if _speaks_of(words, site.title, site.description)]
        matches = rank_offers(request, frame, named, len(named), language=spoken()).matches
    else:
        matches = rank(request, frame, top=None, language=spoken()).matches
    known = _introductions(IntroductionSide.project_id, project_id, IntroductionSide.site_id)
    suiting = [_suiting(sites[match.offer], match, Reader.SEEKER, known.get(match.offer)) for match in matches]
    return SuitingList.of(suiting, words, number)


def projects_for_site(site_id: str, actor: Actor, words: str = "", number: int = 1) -> SuitingList:
    """The groups whom the site suits, with reasons in the words of the owner."""
    site = own_site(site_id, actor)
    searches = {search.id: search for search in _active_searches()}
    requests, frame = {each.id: _request(each) for each in searches.values()}, _frame_with(site)
    matches = rank_requests(site.id, frame, search_index(requests.values()), top=None, language=spoken()).matches
    if words:
        projects = {search.id: search.project for search in searches.values()}
        named = [key for key, each in projects.items() if _speaks_of(words, each.name, each.summary)]
        listed = [match for match in matches if match.request in named]
        missed = sorted(set(named) - {match.request for match in listed})
        matches = (*listed, *(match_of(requests[key], frame, site.id, spoken()) for key in missed))
    known = _introductions(IntroductionSide.site_id, site_id, IntroductionSide.project_id)
    suiting = [
        _suiting(project, match, Reader.PROVIDER, known.get(project.id))
        for match in matches
        for project in (searches[match.request].project,)
    ]
    return SuitingList.of(suiting, words, number)


def _speaks_of(words: str, *texts: str) -> bool:
    """Whether all of the words stand in one of the texts, large or small."""
    said = " ".join(texts).casefold()
    return all(word in said for word in words.casefold().split())


def suits(site: Site, project: Project, reader: Reader = Reader.ADVISOR) -> Suiting | None:
    """How the two suit, in words for that reader; None where the project seeks nothing or a must is missed."""
    search = search_of(project)
    if search is None:
        return None
    ranking = rank(_request(search), _frame_with(site), top=None, language=spoken())
    found = (match for match in ranking.matches if match.offer == site.id)
    return next((_suiting(site, match, reader, None) for match in found), None)


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


def _introductions(
    own: InstrumentedAttribute[str | None], subject_id: str, other: InstrumentedAttribute[str | None]
) -> dict[str, Introduction]:
    """Those of a site with projects, or of a project with sites, by the other's id."""
    mine = select(IntroductionSide.introduction_id).where(own == subject_id)
    query = select(other, Introduction).join(IntroductionSide.introduction)
    found = db.session.execute(query.where(Introduction.id.in_(mine), other.is_not(None)))
    return {key: row for key, row in found if key is not None}
