"""A request as the office reads it: who, what is asked, how far consents reach, and what would help."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from matching.catalogue import HOMES
from matching.profiles import PROFILES
from matching.requests import Request
from matching.whatif.concessions import Concession, Concessions, concessions
from matching.whatif.questions import Question, best_questions
from wohnberatung.bridge.frames import Supply, current_supply
from wohnberatung.bridge.needs import Needs, StoredRequirement, engine_request, is_over
from wohnberatung.bridge.wording import with_tolerance
from wohnberatung.brokerage.services.rankings import (
    EVERYTHING,
    TOP,
    RankedList,
    ShownList,
    judge_all,
    listed,
    matchable_request,
)
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError
from wohnberatung.core.languages import language_of
from wohnberatung.core.pagination import Page
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.listings import offer_by_number, offers_by_id
from wohnberatung.mail.services.outbox import drop_waiting
from wohnberatung.seekers.contents import StoredContact
from wohnberatung.seekers.models import OPEN_STATES, HousingRequest
from wohnberatung.seekers.services.consents import may_be_matched
from wohnberatung.seekers.services.contacts import contact_words
from wohnberatung.seekers.services.requests import contact_of, list_requests, load_request, move_request, needs_of
from wohnberatung.seekers.steps import CLOSE

MOST_QUESTIONS = 5


@dataclass(frozen=True)
class GivingWay:
    """A must, how many offers appear without it, and with which easier wanted values how many (words, number). Nobody
    can be advised to do without a `vital` one."""

    key: str
    label: str
    wanted: str
    opens: int
    steps: tuple[tuple[str, int], ...]
    vital: bool


@dataclass(frozen=True)
class WorthAsking:
    """One unknown fact of one offer whose answer could change the list."""

    offer: Offer
    question: Question


@dataclass(frozen=True)
class RequestAdvice:
    """`listed` offers are possible today; the costliest must comes first."""

    listed: int
    giving_way: tuple[GivingWay, ...]
    questions: tuple[WorthAsking, ...]


def advice_for(request_id: str, actor: Actor) -> RequestAdvice:
    """For an advisor who looks for a way; refusals as for the ranked list."""
    request = matchable_request(load_request(request_id, actor), actor)
    with current_supply() as supply:
        weighed = weigh_ways(request, supply)
    return advised(*weighed)


def weigh_ways(request: Request, supply: Supply) -> tuple[Concessions, list[Question]]:
    """To be called while the supply is held; `advised` then needs it no more."""
    questions = best_questions(supply.frame, [request], TOP, MOST_QUESTIONS, texts=supply.texts)
    return concessions(request, supply.frame, texts=supply.texts), list(questions)


def advised(found: Concessions, questions: Sequence[Question]) -> RequestAdvice:
    """The ways with the offers that they lead to."""
    offers = offers_by_id(question.offer for question in questions)
    helping = (item for item in found.items if any(step.opens for step in item.steps) or _may_be_dropped(item))
    items = sorted(helping, key=lambda item: -item.opens_if_dropped)
    return RequestAdvice(
        found.listed_now,
        tuple(_giving_way(item) for item in items),
        tuple(WorthAsking(offers[item.offer], item) for item in questions if item.offer in offers),
    )


def _giving_way(item: Concession) -> GivingWay:
    criterion = HOMES.criterion(item.key)
    return GivingWay(
        item.key,
        criterion.label,
        criterion.wanted_words(item.wanted),
        item.opens_if_dropped,
        tuple((criterion.wanted_words(step.wanted), step.opens) for step in item.steps),
        item.vital,
    )


def _may_be_dropped(item: Concession) -> bool:
    return item.opens_if_dropped > 0 and not item.vital


PROFILE_LABELS = {profile.key: profile.label for profile in PROFILES}


@dataclass(frozen=True)
class RequirementLine:
    """One requirement in words."""

    label: str
    wanted: str
    must: bool
    is_over: bool = False


@dataclass(frozen=True)
class RequestSheet:
    """One request, opened for an advisor. `household` are (label, value) pairs."""

    request: HousingRequest
    contact: StoredContact
    profiles: tuple[str, ...]
    requirements: tuple[RequirementLine, ...]
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
        return self.request.state not in OPEN_STATES

    @property
    def day_is_over(self) -> bool:
        """A latest day that must be kept has passed: no home can match until the person names another."""
        return any(line.is_over for line in self.musts)

    @property
    def musts(self) -> tuple[RequirementLine, ...]:
        return tuple(line for line in self.requirements if line.must)

    @property
    def wishes(self) -> tuple[RequirementLine, ...]:
        return tuple(line for line in self.requirements if not line.must)


@dataclass(frozen=True)
class RankingPage:
    """A request with its ranked homes and what would help; neither where it may not be matched."""

    sheet: RequestSheet
    listed: RankedList | None = None
    advice: RequestAdvice | None = None

    @property
    def asked_offer(self) -> Offer | None:
        """The offer that the person has named; None where they named none, or nothing that is one."""
        return offer_by_number(self.sheet.contact.get("offer", ""))


def ranking_page(request_id: str, actor: Actor, shown: ShownList = EVERYTHING) -> RankingPage:
    """The request is loaded and opened once, and the supply held once, so that all of the page tells of one moment.
    Raises NotFound where there is none, Forbidden for anybody but the office."""
    stored = load_request(request_id, actor)
    needs = needs_of(stored)
    sheet = _sheet(stored, needs)
    if not sheet.may_match:
        return RankingPage(sheet)
    request = engine_request(stored.id, needs)
    with current_supply() as supply:
        judged = judge_all(request, supply, shown)
        weighed = weigh_ways(request, supply)
    return RankingPage(sheet, listed(request, judged), advised(*weighed))


def refuse_request(request_id: str, actor: Actor, *, version: int | None) -> HousingRequest:
    """What was held is no request: close it, so that it goes with the others that are over.

    Raises DomainError where it is not held, Conflict where it was changed meanwhile, NotFound where there is no such
    request for this person.
    """
    request = load_request(request_id, actor)
    if request.held_for is None:
        raise DomainError(_("Dieses Gesuch liegt nicht (mehr) in Quarantäne."))
    move_request(request, CLOSE, by=Party.OFFICE, version=version)
    request.held_for = None  # judged
    drop_waiting(request.person_key)
    return request


def requests_for_list(actor: Actor, receipt_number: str = "", number: int = 1) -> Page[RequestSheet]:
    """One page of requests, newest first, opened."""
    page = list_requests(actor, receipt_number=receipt_number, number=number)
    return Page([_sheet(request, needs_of(request)) for request in page.items], page.number, page.size, page.total)


def _sheet(request: HousingRequest, needs: Needs) -> RequestSheet:
    return RequestSheet(
        request=request,
        contact=contact_of(request),
        profiles=tuple(PROFILE_LABELS[key] for key in needs["profiles"]),
        requirements=tuple(_requirement_line(entry) for entry in needs["requirements"]),
        household=tuple(
            (fact.label, fact.format(needs["household"][fact.key]))
            for fact in HOMES.household
            if fact.key in needs["household"]
        ),
        text=needs["text"],
        may_match=request.state in OPEN_STATES and may_be_matched(request, needs),
    )


def _requirement_line(entry: StoredRequirement) -> RequirementLine:
    criterion = HOMES.criterion(entry["key"])
    wanted = with_tolerance(criterion, criterion.wanted_words(entry["wanted"]), entry["tolerance"])
    return RequirementLine(criterion.label, wanted, entry["importance"] == "must", is_over(criterion, entry["wanted"]))
