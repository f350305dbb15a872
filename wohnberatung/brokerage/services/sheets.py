"""A request as the office reads it: who, what is asked, how far consents reach."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from matching.catalogue import HOMES
from matching.outlook import Outlook
from matching.profiles import PROFILES
from wohnberatung.bridge.frames import current_supply
from wohnberatung.bridge.needs import engine_request
from wohnberatung.brokerage.services.guards import SOUGHT
from wohnberatung.brokerage.services.rankings import RankedList, judge_all, listed
from wohnberatung.brokerage.services.whatif import Advice, advised, weigh_ways
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError
from wohnberatung.core.languages import language_of
from wohnberatung.core.pagination import Page
from wohnberatung.core.steps import Party
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services import (
    contact_of,
    contact_words,
    list_requests,
    load_request,
    may_be_matched,
    move_request,
    needs_of,
)
from wohnberatung.seekers.steps import CLOSE

PROFILE_LABELS = {profile.key: profile.label for profile in PROFILES}


@dataclass(frozen=True)
class AskedLine:
    """One requirement in words."""

    label: str
    wanted: str
    must: bool


@dataclass(frozen=True)
class RequestSheet:
    """One request, opened for an advisor. `household` are (label, value) pairs."""

    request: HousingRequest
    contact: Mapping[str, Any]
    profiles: tuple[str, ...]
    asked: tuple[AskedLine, ...]
    household: tuple[tuple[str, str], ...]
    text: str
    may_match: bool

    @property
    def contact_lines(self) -> list[tuple[str, str]]:
        """(label, words): who it is, how they want an answer, who helps and whom to ask, their language."""
        return [*contact_words(self.contact), (_("Liest"), language_of(self.request.language).name)]

    @property
    def rests(self) -> bool:
        """Paused, withdrawn or closed: nobody seeks at the moment."""
        return self.request.state not in SOUGHT

    @property
    def musts(self) -> tuple[AskedLine, ...]:
        return tuple(line for line in self.asked if line.must)

    @property
    def wishes(self) -> tuple[AskedLine, ...]:
        return tuple(line for line in self.asked if not line.must)


def request_sheet(request_id: str, actor: Actor) -> RequestSheet:
    """The opened request; NotFound where there is none, Forbidden for anybody but the office."""
    request = load_request(request_id, actor)
    return _sheet(request, needs_of(request))


@dataclass(frozen=True)
class RankingPage:
    """A request with its ranked homes and what would help; neither where it may not be matched."""

    sheet: RequestSheet
    listed: RankedList | None = None
    advice: Advice | None = None


def ranking_page(request_id: str, actor: Actor, outlook: str | None = None) -> RankingPage:
    """The request is loaded and opened once, and the supply held once, so that all of the page tells of one moment.
    **Raises** as `request_sheet` does."""
    stored = load_request(request_id, actor)
    needs = needs_of(stored)
    sheet = _sheet(stored, needs)
    if not sheet.may_match:
        return RankingPage(sheet)
    request = engine_request(stored.id, needs)
    with current_supply() as supply:
        judged = judge_all(request, supply, None if outlook is None else Outlook(outlook))
        weighed = weigh_ways(request, supply)
    return RankingPage(sheet, listed(request, judged), advised(*weighed))


def refuse_request(request_id: str, actor: Actor, *, version: int | None) -> HousingRequest:
    """What was held is no request: close it, so that it goes with the others that are over."""
    request = load_request(request_id, actor)
    if request.held_for is None:
        raise DomainError(_("Dieses Gesuch liegt nicht (mehr) in Quarantäne."))
    move_request(request, CLOSE, by=Party.OFFICE, version=version)
    request.held_for = None  # judged
    return request


def requests_for_list(actor: Actor, receipt_number: str = "", number: int = 1) -> Page[RequestSheet]:
    """One page of requests, newest first, opened."""
    page = list_requests(actor, receipt_number=receipt_number, number=number)
    return Page([_sheet(request, needs_of(request)) for request in page.items], page.number, page.size, page.total)


def _sheet(request: HousingRequest, needs: Mapping[str, Any]) -> RequestSheet:
    return RequestSheet(
        request=request,
        contact=contact_of(request),
        profiles=tuple(PROFILE_LABELS[key] for key in needs["profiles"]),
        asked=tuple(_asked(entry) for entry in needs["requirements"]),
        household=tuple(
            (fact.label, fact.format(needs["household"][fact.key]))
            for fact in HOMES.household
            if fact.key in needs["household"]
        ),
        text=needs["text"],
        may_match=request.state in SOUGHT and may_be_matched(request, needs),
    )


def _asked(entry: Mapping[str, Any]) -> AskedLine:
    criterion = HOMES.criterion(entry["key"])
    return AskedLine(criterion.label, criterion.wanted_words(entry["wanted"]), entry["importance"] == "must")
