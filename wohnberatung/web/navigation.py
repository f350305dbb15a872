"""What the header and the footer offer, by role. Pages that somebody may not open are left out."""

from typing import Any

from flask import Flask, current_app, request, url_for
from flask_babel import lazy_gettext as _l

from wohnberatung.web.access import ACCESS
from wohnberatung.web.actors import current_actor
from wohnberatung.web.menus import OFFICE, OFFICE_GROUPS, PROVIDER, PROVIDER_GROUPS, PUBLIC, Group, Item

# Where people of a role begin their work, the first that exists.
DESKS = (
    Item(_l("Heute"), "cases.show_desk"),
    Item(_l("Gesuche"), "brokerage.list_requests"),
    Item(_l("Angebote"), "dwellings.show_desk"),
)
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
    """The items this person may open: label, address, shortcut, and whether it is the page being shown."""
    return [
        {
            "label": item.label,
            "href": url_for(item.endpoint),
            "current": request.endpoint == item.endpoint,
            "key": item.key,
        }
        for item in items
        if may_open(item.endpoint)
    ]


def _main() -> dict[str, Any]:
    """Visitors have the public pages; everybody else a menu of their own, with those in a last group."""
    actor = current_actor()
    if not actor.is_signed_in:
        return {"main_links": links(PUBLIC), "main_groups": []}
    direct, groups = (OFFICE, OFFICE_GROUPS) if actor.is_staff else (PROVIDER, PROVIDER_GROUPS)
    folded = [
        {"label": group.label, "links": links(group.items)}
        for group in (*groups, Group(_l("Öffentliche Seiten"), PUBLIC))
    ]
    return {"main_links": links(direct), "main_groups": [group for group in folded if group["links"]]}


def _in_templates() -> dict[str, Any]:
    return {
        "actor": current_actor(),
        **_main(),
        "footer_links": links(FOOTER),
        "exists": exists,
        "may_open": may_open,
    }


def install(app: Flask) -> None:
    app.context_processor(_in_templates)
