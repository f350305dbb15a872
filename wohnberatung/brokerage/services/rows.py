"""What a line of the workplace says of an offer: rent, size, rooms, from when, where."""

from dataclasses import dataclass

from flask_babel import gettext as _

from matching.criteria.location import DISTRICT
from matching.criteria.money import AVAILABLE_FROM, RENT_WARM
from matching.criteria.size import LIVING_AREA, ROOMS
from wohnberatung.bridge.shared_living import OWN_AREA
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.sheets import FactRow
from wohnberatung.dwellings.services.showcase import shown_offer

# One column each, in this order; of a room in a flat its own size takes the place of that of the flat.
COLUMNS = ((RENT_WARM,), (LIVING_AREA, OWN_AREA), (ROOMS,), (AVAILABLE_FROM,))


@dataclass(frozen=True)
class OfferRow:
    """`figures` are (label, words) and the same for every offer; `place` is Stadtteil and Stadtbezirk, empty where
    unknown, and told as a guess where it is one."""

    figures: tuple[tuple[str, str], ...]
    place: str


def offer_row(offer: Offer) -> OfferRow:
    """Of an offer whose dwelling and project are loaded."""
    shown = shown_offer(offer)
    by_fact = {row.fact.key: row for row in shown.figures}
    figures = []
    for facts in COLUMNS:
        found = [by_fact[fact.key] for fact in facts if fact.key in by_fact]
        known = next((row for row in found if row.known), None)
        figures.append((_(facts[0].label), _words(known)))
    return OfferRow(tuple(figures), _place(offer, shown.neighbourhood))


def _words(row: FactRow | None) -> str:
    if row is None:
        return _("unbekannt")
    return _("ab %(day)s", day=row.text) if row.fact is AVAILABLE_FROM else row.text


def _place(offer: Offer, neighbourhood: str) -> str:
    code = getattr(offer.dwelling or offer.project, DISTRICT.key, None)
    if code is None or not neighbourhood:
        return neighbourhood
    city = DISTRICT.city
    borough = city.neighbourhoods[city.position[code]].district
    return neighbourhood if borough in neighbourhood else f"{neighbourhood} ({borough})"
