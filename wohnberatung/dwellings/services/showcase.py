"""Offers and dwellings as lists show them: title, place, and the few facts that matter most."""

from dataclasses import dataclass

from flask_babel import gettext as _

from matching.catalogue import HOMES
from matching.language import GERMAN, Language
from wohnberatung.core.actors import Actor
from wohnberatung.core.pagination import Page
from wohnberatung.dwellings.models import Dwelling, FactRecord, Offer, OfferStatus
from wohnberatung.dwellings.services.listings import OfferFilter, list_offers
from wohnberatung.dwellings.services.sheets import FactRow, fact_history, fact_row

STATUS_WORDS = {
    OfferStatus.DRAFT: "Entwurf",
    OfferStatus.REVIEW: "wird geprüft",
    OfferStatus.RESERVED: "reserviert",
    OfferStatus.LET: "vermietet",
    OfferStatus.WITHDRAWN: "zurückgezogen",
}


@dataclass(frozen=True)
class ShownOffer:
    """One offer in a list; `headlines` are the facts marked so in the catalogue."""

    offer: Offer
    title: str
    place: str
    status: str
    headlines: tuple[FactRow, ...]


@dataclass(frozen=True)
class HistoryLine:
    """One entry of a dwelling's history in words."""

    label: str
    text: str
    record: FactRecord

    @property
    def level(self) -> str:
        return self.record.level

    @property
    def observed_on(self) -> object:
        return self.record.observed_on

    @property
    def source(self) -> str:
        return self.record.source

    @property
    def took_effect(self) -> bool:
        return self.record.current


def offers_for_list(actor: Actor, text: str = "", number: int = 1, language: Language = GERMAN) -> Page[ShownOffer]:
    """One page of what this person may see, newest first."""
    page = list_offers(actor, OfferFilter(text=text), number)
    return Page([_shown(offer, language) for offer in page.items], page.number, page.size, page.total)


def history_lines(dwelling: Dwelling, actor: Actor, language: Language = GERMAN) -> list[HistoryLine]:
    """All that was ever said about the dwelling, newest first; for the office and the owner."""
    return [
        HistoryLine(fact.label, fact.format(record.value, language), record)
        for record in fact_history(dwelling, actor)
        for fact in (HOMES.fact(record.key),)
    ]


def _shown(offer: Offer, language: Language) -> ShownOffer:
    named = (offer.title, *(getattr(part, "title", "") or getattr(part, "name", "") for part in offer.parts))
    rows = (fact_row(part, fact, language) for part in offer.parts for fact in part.own_facts() if fact.headline)
    headlines = sorted(rows, key=lambda row: not row.known)
    return ShownOffer(
        offer=offer,
        title=next((name for name in named if name), _("Angebot ohne Titel")),
        place=offer.dwelling.public_address if offer.dwelling else offer.project.name,
        status=STATUS_WORDS.get(OfferStatus(offer.status), ""),
        headlines=tuple(row for row in headlines if row.known or row.fact.owner == "dwelling")[:6],
    )
