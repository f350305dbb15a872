"""Use cases and queries of the supply."""

from wohnberatung.dwellings.services.addresses import Address
from wohnberatung.dwellings.services.browsing import Found, browse
from wohnberatung.dwellings.services.facts import FactsRefused, FactsReport, parse_facts, record_facts
from wohnberatung.dwellings.services.homes import find_or_create_dwelling, save_dwelling
from wohnberatung.dwellings.services.listings import (
    OfferFilter,
    find_offer,
    get_dwelling,
    get_offer,
    list_dwellings,
    list_offers,
    offers_by_id,
)
from wohnberatung.dwellings.services.maps import CityMap, city_map
from wohnberatung.dwellings.services.offer_sheets import OfferSheet, offer_sheet, structured_data
from wohnberatung.dwellings.services.offers import save_offer, withdraw_offer
from wohnberatung.dwellings.services.rights import check_may_edit
from wohnberatung.dwellings.services.sheets import FactGroup, FactRow, fact_history, fact_sheet, sheet_of
from wohnberatung.dwellings.services.showcase import ShownOffer, history_lines, shown_offer

__all__ = [
    "Address",
    "CityMap",
    "FactGroup",
    "FactRow",
    "FactsRefused",
    "FactsReport",
    "Found",
    "OfferFilter",
    "OfferSheet",
    "ShownOffer",
    "browse",
    "check_may_edit",
    "city_map",
    "fact_history",
    "fact_sheet",
    "find_offer",
    "find_or_create_dwelling",
    "get_dwelling",
    "get_offer",
    "history_lines",
    "list_dwellings",
    "list_offers",
    "offer_sheet",
    "offers_by_id",
    "parse_facts",
    "record_facts",
    "save_dwelling",
    "save_offer",
    "sheet_of",
    "shown_offer",
    "structured_data",
    "withdraw_offer",
]
