"""Use cases of brokerage: what is asked, which homes suit it and why."""

from wohnberatung.brokerage.services.rankings import RankedOffers, rank_homes, ranked_list, ranked_offers
from wohnberatung.brokerage.services.sheets import request_sheet, requests_for_list

__all__ = ["RankedOffers", "rank_homes", "ranked_list", "ranked_offers", "request_sheet", "requests_for_list"]
