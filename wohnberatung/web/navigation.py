"""What header, footer and menus offer, by role. Pages that somebody may not open are left out."""

from typing import NamedTuple

from flask import Flask, current_app, request, url_for
from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words
from wohnberatung.web.access import ACCESS
from wohnberatung.web.visitors import current_actor


class Item(NamedTuple):
    """A page. `key` is the shortcut of `office.js`."""

    label: Words
    endpoint: str
    key: str = ""


class MenuGroup(NamedTuple):
    """Pages that fold out from one word."""

    label: Words
    items: tuple[Item, ...]


PUBLIC = (
    Item(_l("Start"), "pages.show_start"),
    Item(_l("Ich suche"), "seekers.start"),
    Item(_l("Wohnungen"), "dwellings.list_offers"),
    Item(_l("Wohnprojekte"), "projects.list_projects"),
)
PUBLIC_GROUPS = (
    MenuGroup(
        _l("Mein Stadtteil"),
        (
            Item(_l("Stadtteile"), "places.list_places"),
            Item(_l("Ansprechpersonen"), "contacts.list_persons"),
            Item(_l("Wegweiser"), "directory.list_entries"),
            Item(_l("Dienste: wer was anbietet"), "cooperation.show_matrix"),
            Item(_l("Nachbarschaft"), "resources.list_resources"),
            Item(_l("Veranstaltungen"), "events.list_events"),
            Item(_l("Aushänge"), "noticeboard.list_notices"),
            Item(_l("Initiativen"), "initiatives.list_initiatives"),
        ),
    ),
)

# Those who offer: what is done every week, and the rest in groups.
PROVIDER = (
    Item(_l("Angebote"), "dwellings.show_desk"),
    Item(_l("Menschen, die passen"), "providers.list_presented"),
    Item(_l("Fragen"), "demand.list_questions"),
    Item(_l("Bedarf"), "demand.show_demand"),
)
PROVIDER_GROUPS = (
    MenuGroup(
        _l("Kennenlernen"),
        (
            Item(_l("Besichtigungen"), "viewings.list_viewings"),
            Item(_l("Nachrichten"), "messages.list_waiting"),
            Item(_l("Aufgaben"), "brokerage.list_provider_tasks"),
            Item(_l("Gemeinsame Fälle"), "cooperation.list_joint"),
        ),
    ),
    MenuGroup(
        _l("Mein Bestand"),
        (Item(_l("Wohnungen im Bestand"), "dwellings.list_dwellings"), Item(_l("Einlesen"), "intake.list_runs")),
    ),
    MenuGroup(
        _l("Gemeinschaft"),
        (
            Item(_l("Projekte bearbeiten"), "projects.list_desks"),
            Item(_l("Initiativen bearbeiten"), "initiatives.list_own"),
            Item(_l("Häuser"), "network.list_sites"),
            Item(_l("Vermittlungen"), "network.list_introductions"),
            Item(_l("Einträge im Wegweiser"), "directory.list_own"),
            Item(_l("Räume und Hilfe"), "resources.list_own"),
            Item(_l("Aushänge schreiben"), "noticeboard.list_own"),
            Item(_l("Veranstaltungen anbieten"), "events.list_own"),
        ),
    ),
    MenuGroup(_l("Verwaltung"), (Item(_l("Meine Organisation"), "accounts.show_my_organisation"),)),
)

# The office: what is used all day, and the rest in groups.
OFFICE = (
    Item(_l("Heute"), "cases.show_desk", "h"),
    Item(_l("Fälle"), "cases.list_cases", "f"),
    Item(_l("Gesuche"), "brokerage.list_requests", "g"),
    Item(_l("Vorschläge"), "brokerage.show_board", "v"),
    Item(_l("Termine"), "appointments.show_calendar", "t"),
)
OFFICE_GROUPS = (
    MenuGroup(
        _l("Beratung"),
        (
            Item(_l("Neuer Fall"), "cases.begin_case", "n"),
            Item(_l("Kurze Anfrage zählen"), "cases.begin_brief", "k"),
            Item(_l("Anfragen"), "advice.list_enquiries", "a"),
            Item(_l("Nachrichten"), "seekers.list_messages"),
            Item(_l("Nachrichten zu Vorschlägen"), "messages.list_waiting"),
            Item(_l("Besichtigungen"), "viewings.list_viewings"),
            Item(_l("Noch gesucht?"), "seekers.list_unanswered"),
            Item(_l("Gemeinsame Fälle"), "cooperation.list_joint"),
            Item(_l("Dienste im Überblick"), "cooperation.show_overview"),
            Item(_l("Stadtsicht"), "cityview.list_runs"),
            Item(_l("Doppelte Einträge"), "doubles.list_doubles"),
            Item(_l("Vertretung"), "cases.list_absences"),
        ),
    ),
    MenuGroup(
        _l("Angebote"),
        (
            Item(_l("Angebote prüfen"), "dwellings.list_reviews"),
            Item(_l("Angebote"), "dwellings.show_desk"),
            Item(_l("Bestand"), "dwellings.list_dwellings"),
            Item(_l("Fragen an Vermieter"), "demand.list_questions"),
            Item(_l("Bedarf"), "demand.show_demand"),
            Item(_l("Einlesen"), "intake.list_runs"),
            Item(_l("Projekte bearbeiten"), "projects.list_desks"),
            Item(_l("Initiativen bearbeiten"), "initiatives.list_own"),
            Item(_l("Häuser"), "network.list_sites"),
            Item(_l("Vermittlungen"), "network.list_introductions"),
            Item(_l("Anträge auf Ermessen"), "discretion.list_requests"),
            Item(_l("Organisationen"), "accounts.list_organisations"),
            Item(_l("Einträge im Wegweiser"), "directory.list_own"),
            Item(_l("Räume und Hilfe"), "resources.list_own"),
            Item(_l("Aushänge bearbeiten"), "noticeboard.list_own"),
            Item(_l("Meldungen"), "noticeboard.list_reports"),
            Item(_l("Veranstaltungen bearbeiten"), "events.list_own"),
        ),
    ),
    MenuGroup(
        _l("Verwaltung"),
        (
            Item(_l("Personen"), "accounts.list_people"),
            Item(_l("Ansprechpersonen"), "contacts.list_kept"),
            Item(_l("Listen der Beratung"), "cases.list_code_tables"),
            Item(_l("Förderprogramme"), "measures.list_programs"),
            Item(_l("Briefvorlagen"), "letters.list_templates"),
            Item(_l("Zahlen für die Planung"), "planning.show_overview"),
            Item(_l("Berichte zur Planung"), "planning.list_reports"),
            Item(_l("Wer länger wartet"), "planning.show_fairness"),
            Item(_l("Was gelernt wurde"), "learning.show_likelihoods"),
            Item(_l("Gewichte der Wünsche"), "learning.list_weights"),
            Item(_l("Aufbewahrung"), "privacy.show_retention"),
            Item(_l("Protokoll der Zugriffe"), "privacy.show_audit"),
            Item(_l("Zurückgekommene E-Mails"), "dispatch.show_returns"),
            Item(_l("Arbeit im Hintergrund"), "jobs.list_jobs"),
            Item(_l("Betrieb"), "watch.show_overview"),
        ),
    ),
)


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
    Item(_l("Ansprechpersonen"), "contacts.list_persons"),
    Item(_l("Aushänge"), "noticeboard.list_notices"),
    Item(_l("Ausnahmen für Wohnprojekte"), "discretion.list_lessons"),
    Item(_l("Initiativen"), "initiatives.list_initiatives"),
    Item(_l("Wohnformen erklärt"), "initiatives.list_ways"),
    Item(_l("Zahlen für die Planung"), "planning.show_overview"),
    Item(_l("So geht Vermittlung"), "brokerage.show_process"),
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


def links(items: tuple[Item, ...]) -> list[dict[str, object]]:
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


def _main() -> dict[str, object]:
    """Visitors have the public pages; everybody else a menu of their own, with those in a last group."""
    actor = current_actor()
    if not actor.is_signed_in:
        return {"main_links": links(PUBLIC), "main_groups": _folded(PUBLIC_GROUPS)}
    direct, groups = (OFFICE, OFFICE_GROUPS) if actor.is_staff else (PROVIDER, PROVIDER_GROUPS)
    everybodys = (*PUBLIC, *(item for group in PUBLIC_GROUPS for item in group.items))
    return {
        "main_links": links(direct),
        "main_groups": _folded((*groups, MenuGroup(_l("Öffentliche Seiten"), everybodys))),
    }


def _folded(groups: tuple[MenuGroup, ...]) -> list[dict[str, object]]:
    folded: list[dict[str, object]] = [{"label": group.label, "links": links(group.items)} for group in groups]
    return [group for group in folded if group["links"]]


def _in_templates() -> dict[str, object]:
    return {
        "actor": current_actor(),
        **_main(),
        "footer_links": links(FOOTER),
        "exists": exists,
        "may_open": may_open,
    }


def install(app: Flask) -> None:
    app.context_processor(_in_templates)
