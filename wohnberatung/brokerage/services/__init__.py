"""Use cases of brokerage: what is asked, which homes suit it and why, what becomes of the pairs that people pick."""

from wohnberatung.brokerage.services.cases import (
    MatchSheet,
    advance,
    has_open_matches,
    match_sheet,
    matches_for_list,
    review,
)
from wohnberatung.brokerage.services.comparing import Comparison, compare
from wohnberatung.brokerage.services.deadlines import keep_deadlines
from wohnberatung.brokerage.services.history import Given
from wohnberatung.brokerage.services.in_cases import matches_in_timeline
from wohnberatung.brokerage.services.pairs import PairSheet, pair_sheet, write_note
from wohnberatung.brokerage.services.personal import matches_about
from wohnberatung.brokerage.services.proposals import (
    Proposal,
    answer,
    open_proposal,
    proposals_for_seeker,
)
from wohnberatung.brokerage.services.rankings import RankedOffers, rank_homes, ranked_list, ranked_offers
from wohnberatung.brokerage.services.sheets import ranking_page, refuse_request, request_sheet, requests_for_list
from wohnberatung.brokerage.services.standing import standing_of
from wohnberatung.brokerage.services.trials import Asked, Trial, asked_of, eased, save_requirements, try_out
from wohnberatung.brokerage.services.whatif import Advice, advice_for

__all__ = [
    "Advice",
    "Asked",
    "Comparison",
    "Given",
    "MatchSheet",
    "PairSheet",
    "Proposal",
    "RankedOffers",
    "Trial",
    "advance",
    "advice_for",
    "answer",
    "asked_of",
    "compare",
    "eased",
    "has_open_matches",
    "keep_deadlines",
    "match_sheet",
    "matches_about",
    "matches_for_list",
    "matches_in_timeline",
    "open_proposal",
    "pair_sheet",
    "proposals_for_seeker",
    "rank_homes",
    "ranked_list",
    "ranked_offers",
    "ranking_page",
    "refuse_request",
    "request_sheet",
    "requests_for_list",
    "review",
    "save_requirements",
    "standing_of",
    "try_out",
    "write_note",
]
