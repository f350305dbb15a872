"""Use cases and queries of the network."""

from wohnberatung.network.services.introductions import (
    IntroductionSheet,
    ask_introduction,
    decide,
    introduction_sheet,
    introductions_for_list,
    pair,
)
from wohnberatung.network.services.searches import (
    Suiting,
    projects_for_site,
    save_search,
    search_of,
    sites_for_project,
)
from wohnberatung.network.services.sites import (
    edit_site,
    enter_site,
    facts_of_site,
    own_site,
    publish_site,
    save_site,
    sites_for,
    withdraw_site,
)

__all__ = [
    "IntroductionSheet",
    "Suiting",
    "ask_introduction",
    "decide",
    "edit_site",
    "enter_site",
    "facts_of_site",
    "introduction_sheet",
    "introductions_for_list",
    "own_site",
    "pair",
    "projects_for_site",
    "publish_site",
    "save_search",
    "save_site",
    "search_of",
    "sites_for",
    "sites_for_project",
    "withdraw_site",
]
