"""Rankings for people: which published offers suit a request, with the offers themselves."""

from dataclasses import dataclass

from flask_babel import gettext as _

from matching.language import GERMAN, Language
from matching.ranking import Ranking, rank
from matching.requests import Request
from wohnberatung.bridge.frames import current_supply
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import Forbidden
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services import offers_by_id
from wohnberatung.seekers.models import HousingRequest, Purpose
from wohnberatung.seekers.services import has_consent, matching_request

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
    """The best published offers for a request, for advisors. Forbidden without the consent to matching.

    The ranking is computed from what is committed; the offers are loaded in one query.
    """
    if not actor.is_staff:
        raise Forbidden(_("Reihungen sieht nur die Wohnberatung."))
    if not has_consent(request, Purpose.MATCHING):
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
