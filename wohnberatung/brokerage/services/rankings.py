"""Rankings for people: which published offers suit a request, with the offers themselves."""

from dataclasses import dataclass

from flask_babel import gettext as _

from matching.explanation import Reason
from matching.language import GERMAN, Language
from matching.ranking import Match, Ranking, rank
from matching.requests import Request
from wohnberatung.bridge.frames import current_supply
from wohnberatung.brokerage.models import Match as Case
from wohnberatung.brokerage.services.cases import cases_of
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import Forbidden
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services import offers_by_id
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services import load_request, matching_request, may_be_matched, needs_of

TOP = 20


@dataclass(frozen=True)
class RankedOffers:
    """The matches of `ranking` name offers by id; `offers` holds those that can still be shown."""

    ranking: Ranking
    offers: dict[str, Offer]


def ranked_offers(
    request: HousingRequest,
    actor: Actor,
    top: int = TOP,
    include_misses: bool = False,
    language: Language = GERMAN,
) -> RankedOffers:
    """The best published offers for a request, for advisors. Forbidden without the consent to
    matching, or to keeping what the needs tell about health.

    The ranking is computed from what is committed; the offers are loaded in one query.
    """
    if not actor.is_staff:
        raise Forbidden(_("Reihungen sieht nur die Wohnberatung."))
    if not may_be_matched(request, needs_of(request)):
        message = _("Für dieses Gesuch fehlt die Einwilligung, passende Angebote zu suchen.")
        raise Forbidden(message)
    ranking = rank_homes(matching_request(request), top, include_misses, language)
    return RankedOffers(ranking, offers_by_id(match.offer for match in ranking.matches))


def rank_homes(request: Request, top: int = TOP, include_misses: bool = False, language: Language = GERMAN) -> Ranking:
    """Any request in the engine's terms against the published homes."""
    with current_supply() as supply:
        return rank(
            request,
            supply.frame,
            top=top,
            include_misses=include_misses,
            language=language,
            texts=supply.texts,
        )


@dataclass(frozen=True)
class ListedMatch:
    """A match as an advisor reads it: what is missed, what of the musts is open, what must be adapted, what suits,
    and which wishes are open. `case` is what somebody has made of the pair already."""

    match: Match
    offer: Offer
    case: Case | None
    unclear: tuple[Reason, ...]
    open_wishes: tuple[Reason, ...]
    adaptable: tuple[Reason, ...]
    suiting: tuple[Reason, ...]
    missed: tuple[Reason, ...]


@dataclass(frozen=True)
class RankedList:
    """The whole list of one request; `considered` offers were looked at."""

    considered: int
    matches: tuple[ListedMatch, ...]

    def count(self, outlook: str) -> int:
        """How many of the listed matches have that outlook."""
        return sum(listed.match.outlook == outlook for listed in self.matches)


def ranked_list(request_id: str, actor: Actor, include_misses: bool = False) -> RankedList:
    """The ranked homes of a request, reasons sorted by what an advisor does with them."""
    ranked = ranked_offers(load_request(request_id, actor), actor, include_misses=include_misses)
    cases = cases_of(request_id, ranked.offers.keys())
    pairs = ((match, ranked.offers.get(match.offer)) for match in ranked.ranking.matches)
    return RankedList(
        ranked.ranking.considered,
        tuple(_listed(match, offer, cases.get(offer.id)) for match, offer in pairs if offer is not None),
    )


def _listed(match: Match, offer: Offer, case: Case | None) -> ListedMatch:
    def of(*grades: str) -> tuple[Reason, ...]:
        return tuple(reason for reason in match.reasons if reason.grade in grades)

    return ListedMatch(
        match=match,
        offer=offer,
        case=case,
        unclear=tuple(reason for reason in of("unknown") if reason.importance == "must"),
        open_wishes=tuple(reason for reason in of("unknown") if reason.importance == "wish"),
        adaptable=of("adaptable"),
        suiting=of("met", "nearly"),
        missed=of("missed"),
    )
