"""What the menus hold: for visitors, for those who offer, for the office."""

from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l


class Item(NamedTuple):
    """A page. `key` is the shortcut of `office.js`."""

    label: Any
    endpoint: str
    key: str = ""


class Group(NamedTuple):
    """Pages that fold out from one word."""

    label: Any
    items: tuple[Item, ...]


PUBLIC = (
    Item(_l("Start"), "pages.show_start"),
    Item(_l("Ich suche"), "seekers.start"),
    Item(_l("Wohnungen"), "dwellings.list_offers"),
    Item(_l("Wohnprojekte"), "projects.list_projects"),
)

# Those who offer: what is done every week, and the rest in groups.
PROVIDER = (
    Item(_l("Angebote"), "dwellings.show_desk"),
    Item(_l("Fragen"), "demand.list_questions"),
    Item(_l("Bedarf"), "demand.show_demand"),
)
PROVIDER_GROUPS = (
    Group(
        _l("Mein Bestand"),
        (Item(_l("Wohnungen im Bestand"), "dwellings.list_dwellings"), Item(_l("Einlesen"), "intake.list_runs")),
    ),
    Group(
        _l("Gemeinschaft"),
        (
            Item(_l("Projekte bearbeiten"), "projects.list_desks"),
            Item(_l("Häuser"), "network.list_sites"),
            Item(_l("Vermittlungen"), "network.list_introductions"),
        ),
    ),
    Group(_l("Verwaltung"), (Item(_l("Meine Organisation"), "accounts.show_my_organisation"),)),
)

# The office: what is used all day, and the rest in groups.
OFFICE = (
    Item(_l("Heute"), "cases.show_desk", "h"),
    Item(_l("Fälle"), "cases.list_cases", "f"),
    Item(_l("Gesuche"), "brokerage.list_requests", "g"),
    Item(_l("Vorschläge"), "brokerage.list_matches", "v"),
    Item(_l("Termine"), "appointments.show_calendar", "t"),
)
OFFICE_GROUPS = (
    Group(
        _l("Beratung"),
        (
            Item(_l("Neuer Fall"), "cases.begin_case", "n"),
            Item(_l("Kurze Anfrage zählen"), "cases.begin_brief", "k"),
            Item(_l("Anfragen"), "advice.list_enquiries", "a"),
            Item(_l("Nachrichten"), "seekers.list_messages"),
            Item(_l("Noch gesucht?"), "seekers.list_unanswered"),
            Item(_l("Doppelte Einträge"), "doubles.list_doubles"),
            Item(_l("Vertretung"), "cases.list_absences"),
        ),
    ),
    Group(
        _l("Angebote"),
        (
            Item(_l("Angebote prüfen"), "dwellings.list_reviews"),
            Item(_l("Angebote"), "dwellings.show_desk"),
            Item(_l("Bestand"), "dwellings.list_dwellings"),
            Item(_l("Fragen an Vermieter"), "demand.list_questions"),
            Item(_l("Bedarf"), "demand.show_demand"),
            Item(_l("Einlesen"), "intake.list_runs"),
            Item(_l("Projekte bearbeiten"), "projects.list_desks"),
            Item(_l("Häuser"), "network.list_sites"),
            Item(_l("Vermittlungen"), "network.list_introductions"),
            Item(_l("Organisationen"), "accounts.list_organisations"),
        ),
    ),
    Group(
        _l("Verwaltung"),
        (
            Item(_l("Personen"), "accounts.list_people"),
            Item(_l("Listen der Beratung"), "cases.list_code_tables"),
            Item(_l("Förderprogramme"), "measures.list_programs"),
            Item(_l("Briefvorlagen"), "letters.list_templates"),
            Item(_l("Was gelernt wurde"), "learning.show_likelihoods"),
            Item(_l("Aufbewahrung"), "privacy.show_retention"),
            Item(_l("Protokoll der Zugriffe"), "privacy.show_audit"),
            Item(_l("Arbeit im Hintergrund"), "jobs.list_jobs"),
        ),
    ),
)
