"""The values of every dimension with their words, in the order in which tables show them."""

from collections.abc import Callable, Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matching.catalogue import HOMES
from matching.criteria import living
from matching.facts import Text
from matching.kinds import Adaptation
from matching.neighbourhoods import DRESDEN
from matching.profiles import PROFILES
from matching.requests import EVIDENCE_NAMES
from wohnberatung.bridge.needs import RENT_BANDS
from wohnberatung.bridge.neighbourhood_fields import NEIGHBOURHOOD
from wohnberatung.bridge.neighbourhood_places import quarters
from wohnberatung.bridge.wording import money
from wohnberatung.cases.services import code_tables
from wohnberatung.core.languages import Words
from wohnberatung.planning.cubes import Dimension

Category = tuple[str, str]
"""A value as it is stored, and what it is called."""

NONE, UNKNOWN, ANYWHERE, PLAIN = "none", "unknown", "any", "plain"
MOST_PERSONS = 5
NO_LIMIT = "-1"

OUTCOMES: Mapping[str, Words] = {
    "offered": _l("ein Vorschlag wurde gemacht"),
    "interested": _l("der Haushalt hatte Interesse"),
    "viewing": _l("eine Besichtigung war vereinbart"),
    "moved_in": _l("der Haushalt ist eingezogen"),
    "completed": _l("nach dem Einzug war alles gut"),
    "declined": _l("der Haushalt hat abgesagt"),
    "refused": _l("der Anbieter hat abgesagt"),
    "expired": _l("niemand hat rechtzeitig geantwortet"),
    "ended_after_move_in": _l("das Wohnen endete wieder"),
}
"""By the state of a match that a household reached with any of its proposals."""

DECLINED_FOR: Mapping[str, Words] = {
    "place": _l("Lage"),
    "money": _l("Geld"),
    "size": _l("Größe oder Zuschnitt"),
    "access": _l("nicht barrierefrei genug"),
    "home": _l("Zustand der Wohnung"),
    "living": _l("Zusammenleben und Hilfe"),
    "time": _l("Zeitpunkt"),
    "found": _l("etwas anderes gefunden"),
    "supply": _l("Wohnung nicht mehr frei"),
    "choice": _l("Anbieter wählte andere"),
    "other": _l("anderer oder kein Grund"),
}
"""By the group of a reason; those that say nothing about homes are not counted."""

SPANS: Mapping[str, Words] = {
    "answer": _l("vom Vorschlag bis zur Antwort"),
    "provider": _l("von der Vorstellung bis zur Antwort des Anbieters"),
    "viewing": _l("von der Freigabe des Kontakts bis zur Besichtigung"),
    "contract": _l("von der Reservierung bis zum Vertrag"),
    "whole": _l("vom Vorschlag bis zum Einzug"),
}
DAYS: Mapping[str, Words] = {
    "7": _l("bis 7 Tage"),
    "14": _l("8 bis 14 Tage"),
    "30": _l("15 bis 30 Tage"),
    "90": _l("31 bis 90 Tage"),
    "more": _l("mehr als 90 Tage"),
}
EVIDENCE: Mapping[str, Words] = {
    "measured": _l("gemessen"),
    "stated": _l("vom Anbieter angegeben"),
    "claimed": _l("nur behauptet"),
    UNKNOWN: _l("unbekannt"),
}
assert set(EVIDENCE) == {*EVIDENCE_NAMES, UNKNOWN}


def categories_of(dimension: Dimension) -> list[Category]:
    """All values of the dimension, also those that nobody has."""
    return _CATEGORIES[dimension.key]()


def _profiles() -> list[Category]:
    return [*((each.key, _(each.label)) for each in PROFILES), (NONE, _("ohne solche Angabe"))]


def _units() -> list[Category]:
    return [*((each.key, _(each.label)) for each in PROFILES), (PLAIN, _("ohne besondere Ausstattung"))]


def works_of_catalogue() -> dict[str, Adaptation]:
    """Every kind of works by its measure, as the catalogue declares it first."""
    found: dict[str, Adaptation] = {}
    for criterion in HOMES.criteria:
        for works in criterion.adaptations:
            found.setdefault(works.measure, works)
    return found


def _works() -> list[Category]:
    return [(measure, _(works.label)) for measure, works in works_of_catalogue().items()]


def _quarters() -> list[Category]:
    return [*((name, name) for name, _places in quarters()), (ANYWHERE, _("überall in der Stadt"))]


def _neighbourhoods() -> list[Category]:
    return [*((each.code, each.name) for each in DRESDEN.neighbourhoods), (ANYWHERE, _("überall in der Stadt"))]


def _criteria() -> list[Category]:
    return [(each.key, _(each.label)) for each in HOMES.criteria if each.key != NEIGHBOURHOOD.key]


def _living_forms() -> list[Category]:
    return [*((key, _(label)) for key, label in living.LIVING_FORM.options.items()), (ANYWHERE, _("keine bestimmte"))]


def _persons() -> list[Category]:
    counted = [(str(number), str(number)) for number in range(1, MOST_PERSONS)]
    return [*counted, (str(MOST_PERSONS), _("5 und mehr")), (UNKNOWN, _("nicht gesagt"))]


def _rents() -> list[Category]:
    bands = [(str(band), _("bis %(rent)s", rent=money(band))) for band in RENT_BANDS]
    return [*bands, (NO_LIMIT, _("mehr oder ohne Grenze"))]


def _facts() -> list[Category]:
    return [(fact.key, _(fact.label)) for fact in HOMES.facts if not isinstance(fact, Text)]


def _said(words: Mapping[str, Words]) -> Callable[[], list[Category]]:
    return lambda: [(key, str(label)) for key, label in words.items()]


def _coded(table: str) -> Callable[[], list[Category]]:
    return lambda: [*((entry.code, entry.label) for entry in code_tables.entries(table)), (UNKNOWN, _("nicht gesagt"))]


_CATEGORIES: Mapping[str, Callable[[], list[Category]]] = {
    "profile": _profiles,
    "quarter": _quarters,
    "neighbourhood": _neighbourhoods,
    "criterion": _criteria,
    "hurdle": _criteria,
    "unit": _units,
    "works": _works,
    "form": _living_forms,
    "persons": _persons,
    "rent": _rents,
    "fact": _facts,
    "evidence": _said(EVIDENCE),
    "reason": _coded("reason"),
    "result": _coded("result"),
    "topic": _coded("topic"),
    "age_group": _coded("age_group"),
    "outcome": _said(OUTCOMES),
    "declined_for": _said(DECLINED_FOR),
    "span": _said(SPANS),
    "days": _said(DAYS),
}
