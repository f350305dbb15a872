"""Rankings for people: which published offers suit a request, with the offers themselves."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from matching.explanation import Reason
from matching.language import GERMAN, Language
from matching.outlook import Outlook, OutlookCounts, count_outlooks
from matching.ranking import Match, Ranking, rank, rank_offers, rank_outlook
from matching.requests import Request
from matching.whatif.why_not import Change, why_not
from wohnberatung.accounts.models import Organisation
from wohnberatung.bridge.frames import Supply, current_supply
from wohnberatung.bridge.needs import engine_request
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.errors import Forbidden
from wohnberatung.core.pagination import Page
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.listings import offers_by_id, published_ids
from wohnberatung.extensions import db
from wohnberatung.seekers.models import OPEN_STATES, HousingRequest
from wohnberatung.seekers.services.consents import may_be_matched
from wohnberatung.seekers.services.requests import load_request, needs_of

TOP = 20


@dataclass(frozen=True)
class ShownList:
    """What of a list is shown: one outlook alone, the offers with some words in their title or address, which page."""

    outlook: Outlook | None = None
    words: str = ""
    page: int = 1

    @classmethod
    def named(cls, outlook: str | None, words: str, page: int) -> "ShownList":
        """The same with the outlook by its name."""
        return cls(Outlook(outlook) if outlook else None, words, page)

    @property
    def first(self) -> int:
        """How many offers stand on the pages before."""
        return (self.page - 1) * TOP


EVERYTHING = ShownList()


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
    ranking = rank_homes(matchable_request(request, actor), top, include_misses, language)
    return RankedOffers(ranking, offers_by_id(match.offer for match in ranking.matches))


def matchable_request(request: HousingRequest, actor: Actor) -> Request:
    """The request as the engine takes it, opened once. **Raises** Forbidden for anybody but the office, where a consent
    is missing, and where nobody seeks at the moment."""
    only_office(actor)
    if request.state not in OPEN_STATES:
        raise Forbidden(_("Dieses Gesuch ruht oder ist beendet. Solange suchen wir nicht nach Angeboten."))
    needs = needs_of(request)
    if not may_be_matched(request, needs):
        message = _("Für dieses Gesuch fehlt die Einwilligung, passende Angebote zu suchen.")
        raise Forbidden(message)
    return engine_request(request.id, needs)


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
    """A match as an advisor reads it: what is missed, what of the musts is open, to what of them an advert says no that
    nobody has checked (`denied`), what must be adapted, what is only
    just missed, what suits, and which wishes are open. `case` is what somebody has made of the pair already; `changes`
    are the smallest ones that would make it fit, told where the offer misses something; `provider` is the name of who
    offers it."""

    match: Match
    offer: Offer
    case: BrokeredMatch | None
    unclear: tuple[Reason, ...]
    denied: tuple[Reason, ...]
    open_wishes: tuple[Reason, ...]
    adaptable: tuple[Reason, ...]
    nearly: tuple[Reason, ...]
    suiting: tuple[Reason, ...]
    missed: tuple[Reason, ...]
    changes: tuple[Change, ...] = ()
    provider: str = ""

    @property
    def may_be_proposed(self) -> bool:
        """Whether nobody works at this pair, and nothing stands against it."""
        return self.match.outlook is not Outlook.MISSES and not (self.case and self.case.stage.turn)


@dataclass(frozen=True)
class RankedList:
    """One request's list; `considered` offers were looked at, `count` says how many of them have which outlook, and
    `page` is the part that is shown."""

    considered: int
    count: OutlookCounts
    page: Page[ListedMatch]

    @property
    def matches(self) -> Sequence[ListedMatch]:
        """Those of the page."""
        return self.page.items

    @property
    def missing(self) -> int:
        """Offers that miss a must."""
        return self.count.of(Outlook.MISSES, self.considered)


def ranked_list(request_id: str, actor: Actor, shown: ShownList = EVERYTHING) -> RankedList:
    """The ranked homes of a request, reasons sorted by what an advisor does with them."""
    request = matchable_request(load_request(request_id, actor), actor)
    with current_supply() as supply:
        judged = judge_all(request, supply, shown)
    return listed(request, judged)


@dataclass(frozen=True)
class JudgedSupply:
    """What the engine says of all published homes for one request: the page `shown` out of `total` offers; `changes` by
    offer that misses something."""

    shown: ShownList
    ranking: Ranking
    count: OutlookCounts
    considered: int
    total: int
    changes: Mapping[str, Sequence[Change]]


def judge_all(request: Request, supply: Supply, shown: ShownList = EVERYTHING) -> JudgedSupply:
    """To be called while the supply is held; `listed` then needs it no more. Words find any home, also one that misses
    what must be: that is where somebody asks why not."""
    frame, texts, first = supply.frame, supply.texts, shown.first
    count = count_outlooks(request, frame)
    if shown.words:
        found = [offer for offer in published_ids(shown.words) if offer in frame.position]
        ranking, total = rank_offers(request, frame, found, TOP, texts=texts, first=first), len(found)
    elif shown.outlook is None:
        ranking, total = rank(request, frame, TOP, texts=texts, first=first), count.listed
    else:
        ranking = rank_outlook(request, frame, shown.outlook, TOP, texts=texts, first=first)
        total = count.of(shown.outlook, len(frame))
    changes = {
        match.offer: why_not(request, supply.frame, match.offer, texts=supply.texts).changes
        for match in ranking.matches
        if match.outlook is Outlook.MISSES
    }
    return JudgedSupply(shown, ranking, count, len(frame), total, changes)


def listed(request: Request, judged: JudgedSupply) -> RankedList:
    """The judged homes with their offers, and what somebody has made of the pairs already."""
    offers = offers_by_id(match.offer for match in judged.ranking.matches)
    cases, providers = cases_of(request.id, offers.keys()), _providers_of(offers.values())
    matches = tuple(
        listed_match(
            match,
            offer := offers[match.offer],
            cases.get(match.offer),
            judged.changes.get(match.offer, ()),
            providers.get(offer.organisation_id, ""),
        )
        for match in judged.ranking.matches
        if match.offer in offers
    )
    return RankedList(judged.considered, judged.count, Page(matches, judged.shown.page, TOP, judged.total))


def listed_match(
    match: Match,
    offer: Offer,
    case: BrokeredMatch | None,
    changes: Iterable[Change] = (),
    provider: str = "",
) -> ListedMatch:
    """A match with its reasons sorted."""

    def of(*grades: str) -> tuple[Reason, ...]:
        return tuple(reason for reason in match.reasons if reason.grade in grades)

    open_musts = [reason for reason in of("unknown") if reason.importance == "must"]
    return ListedMatch(
        match=match,
        offer=offer,
        case=case,
        unclear=tuple(reason for reason in open_musts if not reason.sentences.denied),
        denied=tuple(reason for reason in open_musts if reason.sentences.denied),
        open_wishes=tuple(reason for reason in of("unknown") if reason.importance == "wish"),
        adaptable=of("adaptable"),
        nearly=of("nearly"),
        suiting=of("met"),
        missed=of("missed"),
        changes=tuple(changes),
        provider=provider,
    )


def cases_of(request_id: str, offer_ids: Collection[str]) -> dict[str, BrokeredMatch]:
    """The matches that exist between a request and these offers, by offer."""
    query = select(BrokeredMatch).where(BrokeredMatch.request_id == request_id, BrokeredMatch.offer_id.in_(offer_ids))
    return {match.offer_id: match for match in db.session.scalars(query)}


def _providers_of(offers: Iterable[Offer]) -> dict[str, str]:
    """The names of those who offer, by the id of their organisation."""
    ids = {offer.organisation_id for offer in offers}
    rows = db.session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids)))
    return dict(rows.all())
