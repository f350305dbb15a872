"""Offers and dwellings as lists show them: title, place, and the few facts that matter most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matching.catalogue import HOMES
from matching.criteria.size import ROOMS
from matching.facts import Fact, NeighbourhoodCode
from wohnberatung.bridge.neighbourhoods import find_district
from wohnberatung.bridge.shared_living import OF_WHOLE_FLAT, OWN_AREA, is_a_room
from wohnberatung.bridge.wording import spoken
from wohnberatung.core.actors import Actor
from wohnberatung.core.languages import GERMAN, current_language
from wohnberatung.dwellings.models import Dwelling, FactRecord, Offer, OfferStatus
from wohnberatung.dwellings.services.fits import ShownFit
from wohnberatung.dwellings.services.pictures import covers_of
from wohnberatung.dwellings.services.sheets import FactRow, fact_history, fact_row, is_guess
from wohnberatung.pictures.services import ShownPicture

STATUS_WORDS = {
    OfferStatus.DRAFT: _l("Entwurf"),
    OfferStatus.REVIEW: _l("wird geprüft"),
    OfferStatus.PUBLISHED: _l("öffentlich"),
    OfferStatus.RESERVED: _l("reserviert"),
    OfferStatus.LET: _l("vermietet"),
    OfferStatus.WITHDRAWN: _l("zurückgezogen"),
}
ABILITIES = frozenset({"access", "rooms", "bathroom", "senses"})
"""Themes of what a home can do; the other headline facts are figures, or say where it is."""


@dataclass(frozen=True)
class ShownOffer:
    """One offer for people. `title` is what its provider calls it, and to readers of another language what is known of
    it: nobody translates what providers write. `neighbourhood` is its name, empty where unknown, `place_code` its code,
    None where it is no more than a guess; `address` respects the release;
    `figures` and `abilities` are the facts marked as headlines, but for the place."""

    offer: Offer
    title: str
    neighbourhood: str
    address: str
    status: str
    figures: tuple[FactRow, ...]
    abilities: tuple[FactRow, ...]
    fit: ShownFit | None = None
    cover: ShownPicture | None = None
    place_code: str | None = None

    @property
    def in_own_words(self) -> bool:
        """Whether `title` is what its provider calls it."""
        return self.title == self.offer.own_title

    @property
    def own_title(self) -> str:
        """What its provider calls it, where `title` is something else."""
        return "" if self.in_own_words else self.offer.own_title

    @property
    def unknown(self) -> list[FactRow]:
        """Headline facts that nobody has told yet."""
        return [row for row in (*self.figures, *self.abilities) if not row.known]


@dataclass(frozen=True)
class HistoryLine:
    """One entry of a dwelling's history in words."""

    fact: Fact
    record: FactRecord

    @property
    def label(self) -> str:
        return _(self.fact.label)

    @property
    def text(self) -> str:
        return self.fact.format(self.record.value, spoken())

    @property
    def level(self) -> str:
        """As recorded, but for a place that the office worked out of an address: "guessed"."""
        return "guessed" if is_guess(self.fact, self.record.level) else self.record.level

    @property
    def observed_on(self) -> object:
        return self.record.observed_on

    @property
    def source(self) -> str:
        return self.record.source

    @property
    def took_effect(self) -> bool:
        return self.record.current


def history_lines(dwelling: Dwelling, actor: Actor) -> list[HistoryLine]:
    """All that was ever said about the dwelling, newest first; for the office and the owner."""
    return [HistoryLine(HOMES.fact(record.key), record) for record in fact_history(dwelling, actor)]


def shown_offers(offers: Sequence[Offer], fits: Mapping[str, ShownFit] | None = None) -> list[ShownOffer]:
    """A page of a list, with a picture of each offer that has one; `fits` by the offer's id."""
    covers = covers_of(offers)
    return [shown_offer(offer, (fits or {}).get(offer.id), covers.get(offer.id)) for offer in offers]


def shown_offer(offer: Offer, fit: ShownFit | None = None, cover: ShownPicture | None = None) -> ShownOffer:
    """An offer whose dwelling and project are loaded."""
    headlines = _headlines(offer)
    facts = [row for row in headlines if not isinstance(row.fact, NeighbourhoodCode)]
    where = next((row for row in headlines if isinstance(row.fact, NeighbourhoodCode) and row.known), None)
    place = where.text if where and not where.is_guess else ""
    return ShownOffer(
        offer=offer,
        title=(current_language() is GERMAN and offer.own_title) or _described(offer, place, facts),
        neighbourhood=_guessed(where, offer) if where and where.is_guess else place,
        address=offer.dwelling.public_address if offer.dwelling else "",
        status=str(STATUS_WORDS.get(OfferStatus(offer.status), "")),
        figures=tuple(row for row in facts if row.fact.theme not in ABILITIES),
        abilities=tuple(row for row in facts if row.fact.theme in ABILITIES),
        fit=fit,
        cover=cover,
        place_code=str(where.value) if where and place else None,
    )


def _guessed(where: FactRow, offer: Offer) -> str:
    """A neighbourhood worked out of an address, with how certain that is where postcode or coordinates tell."""
    home = offer.dwelling
    found = find_district("", home.postcode, home.lat, home.lon) if home else None
    if found is None or found.code != where.value:
        return _("vermutlich %(place)s", place=where.text)
    percent = round(found.certainty * 100)
    return _("vermutlich %(place)s (zu %(percent)s %% sicher)", place=where.text, percent=percent)


def _described(offer: Offer, place: str, facts: Sequence[FactRow]) -> str:
    """How many rooms and where, or in which project: as a title in the language that is read."""
    if offer.project is not None:
        return _("Ein Platz im Projekt „%(name)s“", name=offer.project.name)
    rooms = next((row.text for row in facts if row.fact is ROOMS and row.known), "")
    if rooms and place:
        return _("%(rooms)s in %(place)s", rooms=rooms, place=place)
    return _("Wohnung in %(place)s", place=place) if place else rooms or _("Wohnung")


def _headlines(offer: Offer) -> list[FactRow]:
    """What the catalogue marks so; of a room in a flat its own size, not that of the whole flat."""
    rows = [fact_row(part, fact) for part in offer.parts for fact in part.own_facts() if fact.headline]
    known = {key: value for part in offer.parts for key, value in part.known_facts().items()}
    if offer.project is None or not is_a_room(known):
        return rows
    own = fact_row(offer.project, OWN_AREA)
    return [own, *(row for row in rows if row.fact not in OF_WHOLE_FLAT)]
