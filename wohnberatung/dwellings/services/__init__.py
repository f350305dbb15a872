"""Use cases and queries of the supply."""

from wohnberatung.core.actors import check_may_edit, may_edit
from wohnberatung.dwellings.services.browsing import Found, browse
from wohnberatung.dwellings.services.desk import (
    Desk,
    Waiting,
    demands_in_words,
    desk,
    offers_in_review,
    organisations_for,
)
from wohnberatung.dwellings.services.entering import (
    Basics,
    change_basics,
    change_demands,
    change_text,
    enter_offer,
    owners_of,
    state_facts,
    theme_progress,
)
from wohnberatung.dwellings.services.facts import (
    FactsRefused,
    FactsReport,
    known_now,
    parse_facts,
    record_facts,
    restore_facts,
)
from wohnberatung.dwellings.services.freshness import (
    answer_by_link,
    ask_whether_available,
    confirm_own,
    end_stale,
    offers_by_link,
    stale_on,
)
from wohnberatung.dwellings.services.homes import Address, find_or_create_dwelling, save_dwelling
from wohnberatung.dwellings.services.lifecycle import (
    list_again,
    own_offer,
    review,
    steps_of,
    take_step,
)
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
from wohnberatung.dwellings.services.offers import (
    advance,
    confirm_available,
    confirm_by_delivery,
    save_offer,
    withdraw_offer,
)
from wohnberatung.dwellings.services.pictures import picture_subject
from wohnberatung.dwellings.services.sheets import FactGroup, FactRow, fact_history, fact_sheet, sheet_of
from wohnberatung.dwellings.services.showcase import ShownOffer, history_lines, shown_offer
from wohnberatung.dwellings.services.telling import address_of, tell_provider
from wohnberatung.dwellings.services.wording import Objection, check_demands, check_text, objections_to

__all__ = [
    "Address",
    "Basics",
    "CityMap",
    "Desk",
    "FactGroup",
    "FactRow",
    "FactsRefused",
    "FactsReport",
    "Found",
    "Objection",
    "OfferFilter",
    "OfferSheet",
    "ShownOffer",
    "Waiting",
    "address_of",
    "advance",
    "answer_by_link",
    "ask_whether_available",
    "browse",
    "change_basics",
    "change_demands",
    "change_text",
    "check_demands",
    "check_may_edit",
    "check_text",
    "city_map",
    "confirm_available",
    "confirm_by_delivery",
    "confirm_own",
    "demands_in_words",
    "desk",
    "end_stale",
    "enter_offer",
    "fact_history",
    "fact_sheet",
    "find_offer",
    "find_or_create_dwelling",
    "get_dwelling",
    "get_offer",
    "history_lines",
    "known_now",
    "list_again",
    "list_dwellings",
    "list_offers",
    "may_edit",
    "objections_to",
    "offer_sheet",
    "offers_by_id",
    "offers_by_link",
    "offers_in_review",
    "organisations_for",
    "own_offer",
    "owners_of",
    "parse_facts",
    "picture_subject",
    "record_facts",
    "restore_facts",
    "review",
    "save_dwelling",
    "save_offer",
    "sheet_of",
    "shown_offer",
    "stale_on",
    "state_facts",
    "steps_of",
    "structured_data",
    "take_step",
    "tell_provider",
    "theme_progress",
    "withdraw_offer",
]
