"""What the header and the footer offer, by role. Pages that do not exist (yet) are left out."""

from typing import Any, NamedTuple

from flask import Flask, current_app, request, url_for
from flask_babel import lazy_gettext as _l

from wohnberatung.web.access import ACCESS
from wohnberatung.web.actors import current_actor


class Item(NamedTuple):
    label: Any
    endpoint: str


MAIN = (
    Item(_l("Start"), "pages.show_start"),
    Item(_l("Ich suche"), "seekers.start"),
    Item(_l("Wohnungen"), "dwellings.list_offers"),
    Item(_l("Wohnprojekte"), "projects.list_projects"),
    Item(_l("Fälle"), "cases.list_cases"),
    Item(_l("Gesuche"), "brokerage.list_requests"),
    Item(_l("Anfragen"), "advice.list_enquiries"),
    Item(_l("Nachrichten"), "seekers.list_messages"),
    Item(_l("Termine"), "appointments.show_calendar"),
    Item(_l("Vorschläge"), "brokerage.list_matches"),
    Item(_l("Prüfung"), "dwellings.list_reviews"),
    Item(_l("Angebote"), "dwellings.show_desk"),
    Item(_l("Bedarf"), "demand.show_demand"),
    Item(_l("Fragen"), "demand.list_questions"),
    Item(_l("Bestand"), "dwellings.list_dwellings"),
    Item(_l("Projekte bearbeiten"), "projects.list_desks"),
    Item(_l("Häuser"), "network.list_sites"),
    Item(_l("Vermittlungen"), "network.list_introductions"),
    Item(_l("Meine Organisation"), "accounts.show_my_organisation"),
    Item(_l("Organisationen"), "accounts.list_organisations"),
    Item(_l("Personen"), "accounts.list_people"),
    Item(_l("Einlesen"), "intake.list_runs"),
)
# Where people of a role begin their work, the first that exists.
DESKS = (Item(_l("Gesuche"), "brokerage.list_requests"), Item(_l("Angebote"), "dwellings.show_desk"))
FOOTER = (
    Item(_l("Impressum"), "pages.show_imprint"),
    Item(_l("Datenschutz"), "pages.show_privacy"),
    Item(_l("Barrierefreiheit"), "pages.show_accessibility"),
    Item(_l("Barriere melden"), "advice.report_barrier"),
    Item(_l("Frage stellen"), "advice.ask_question"),
)


def exists(endpoint: str) -> bool:
    """Whether the application has this page."""
    return endpoint in current_app.view_functions


def may_open(endpoint: str) -> bool:
    """Whether the page exists and the acting person's role may open it."""
    roles = ACCESS.get(endpoint, frozenset())
    return exists(endpoint) and ("public" in roles or current_actor().has_role(*roles))


def desk() -> str:
    """The address to go to after signing in: where this role's work begins, else one's own account."""
    return url_for(next((item.endpoint for item in DESKS if may_open(item.endpoint)), "accounts.show_account"))


def links(items: tuple[Item, ...]) -> list[dict[str, Any]]:
    """The items this person may open: label, address, and whether it is the page being shown."""
    return [
        {"label": item.label, "href": url_for(item.endpoint), "current": request.endpoint == item.endpoint}
        for item in items
        if may_open(item.endpoint)
    ]


def _in_templates() -> dict[str, Any]:
    return {
        "actor": current_actor(),
        "main_links": links(MAIN),
        "footer_links": links(FOOTER),
        "exists": exists,
        "may_open": may_open,
    }


def install(app: Flask) -> None:
    app.context_processor(_in_templates)
