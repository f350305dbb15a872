"""Rankings for people: which published offers suit a request, with the offers themselves."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from matching.explanation import Reason
from matching.language import GERMAN, Language
from matching.outlook import Outlook, OutlookCounts, count_outlooks
from matching.ranking import Match, Ranking, rank, rank_outlook
from matching.requests import Request
from matching.whatif.why_not import Change, why_not
from wohnberatung.bridge.frames import current_supply
from wohnberatung.brokerage.models import Match as Case
from wohnberatung.brokerage.services.cases import cases_of
from wohnberatung.brokerage.services.guards import SOUGHT
from wohnberatung.core.actors import Actor, only_office
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
    refuse_unless_matchable(request, actor)
    ranking = rank_homes(matching_request(request), top, include_misses, language)
    return RankedOffers(ranking, offers_by_id(match.offer for match in ranking.matches))


def refuse_unless_matchable(request: HousingRequest, actor: Actor) -> None:
    """Forbidden for anybody but the office, where a consent is missing, and where nobody seeks at the moment."""
    only_office(actor)
    if request.state not in SOUGHT:
        raise Forbidden(_("Dieses Gesuch ruht oder ist beendet. Solange suchen wir nicht nach Angeboten."))
    if not may_be_matched(request, needs_of(request)):
        message = _("Für dieses Gesuch fehlt die Einwilligung, passende Angebote zu suchen.")
        raise Forbidden(message)


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
    and which wishes are open. `case` is what somebody has made of the pair already; `changes` are the smallest ones
    that would make it fit, told where the offer misses something."""

    match: Match
    offer: Offer
    case: Case | None
    unclear: tuple[Reason, ...]
    open_wishes: tuple[Reason, ...]
    adaptable: tuple[Reason, ...]
    suiting: tuple[Reason, ...]
    missed: tuple[Reason, ...]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class RankedList:
    """One request's list; `considered` offers were looked at, `count` says how many of them have which outlook."""

    considered: int
    count: OutlookCounts
    matches: tuple[ListedMatch, ...]

    @property
    def missing(self) -> int:
        """Offers that miss a must."""
        return self.considered - self.count.fits - self.count.clarify - self.count.adapt


def ranked_list(request_id: str, actor: Actor, outlook: str | None = None) -> RankedList:
    """The ranked homes of a request, of one outlook alone where that is asked for, reasons sorted by what an
    advisor does with them."""
    request = load_request(request_id, actor)
    refuse_unless_matchable(request, actor)
    return list_for(matching_request(request), None if outlook is None else Outlook(outlook))


def list_for(request: Request, outlook: Outlook | None = None) -> RankedList:
    """The same for any request in the engine's terms, its id that of the stored one."""
    with current_supply() as supply:
        count = count_outlooks(request, supply.frame)
        if outlook is None:
            ranking = rank(request, supply.frame, TOP, texts=supply.texts)
        else:
            ranking = rank_outlook(request, supply.frame, outlook, TOP, texts=supply.texts)
        changes = {
            match.offer: why_not(request, supply.frame, match.offer, texts=supply.texts).changes
            for match in ranking.matches
            if match.outlook is Outlook.MISSES
        }
    offers = offers_by_id(match.offer for match in ranking.matches)
    cases = cases_of(request.id, offers.keys())
    listed = (
        listed_match(match, offers[match.offer], cases.get(match.offer), changes.get(match.offer, ()))
        for match in ranking.matches
        if match.offer in offers
    )
    return RankedList(ranking.considered, count, tuple(listed))


def listed_match(match: Match, offer: Offer, case: Case | None, changes: Iterable[Change] = ()) -> ListedMatch:
    """A match with its reasons sorted."""

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
        changes=tuple(changes),
    )
