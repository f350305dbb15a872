"""Hours of help for a room (homeshare): from such a room to who gives and seeks help in its neighbourhood, from
there to such rooms, and from who looks for such a room to help that is sought near it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select

from matching.criteria import living, location
from wohnberatung.bridge.needs import StoredRequirement
from wohnberatung.bridge.neighbour_resources import kinds_of_group
from wohnberatung.bridge.neighbourhood_fields import NEIGHBOURHOOD
from wohnberatung.bridge.neighbourhood_places import CityPlace, place_of
from wohnberatung.bridge.shared_living import HOMESHARE
from wohnberatung.bridge.wording import spoken
from wohnberatung.dwellings.models import Dwelling, Offer
from wohnberatung.extensions import db
from wohnberatung.projects.models import Project
from wohnberatung.resources.services.finding import in_place
from wohnberatung.resources.services.offers import Offered, all_needs, all_offers

HELP = "help"
SHOWN = 3


@dataclass(frozen=True)
class HelpNear:
    """Hours of help that a room asks for, in words, and the first of who gives and who seeks help where it lies."""

    hours: str
    place: CityPlace
    offers: list[Offered]
    needs: list[Offered]


def help_near(offer: Offer) -> HelpNear | None:
    """Of an offer whose project agrees on hours of help; None for all others."""
    project, dwelling = offer.project, offer.dwelling
    hours = getattr(project, living.HELP_HOURS.key, None) if project is not None else None
    place = place_of(getattr(dwelling, location.DISTRICT.key, None)) if dwelling is not None else None
    if not hours or place is None:
        return None
    kinds = kinds_of_group(HELP)
    offers, needs = (in_place(place.code, rows, kinds)[:SHOWN] for rows in (all_offers(), all_needs()))
    return HelpNear(living.HELP_HOURS.format(hours, spoken()), place, offers, needs)


def places_for_homeshare(requirements: Iterable[StoredRequirement]) -> list[CityPlace] | None:
    """Of what a household seeks: the neighbourhoods where its help is wanted and may be found, none for the whole city;
    None for those who do not think of a room for hours of help."""
    wanted = {asked["key"]: cast(Sequence[str], asked["wanted"]) for asked in requirements if asked["wanted"]}
    if HOMESHARE not in wanted.get(living.LIVING_FORM.key, ()):
        return None
    return [place for code in wanted.get(NEIGHBOURHOOD.key, ()) if (place := place_of(code))]


def homes_near(shown: Offered) -> list[tuple[str, str]]:
    """(id, title) of rooms for hours of help that are offered where this help is; none for other kinds."""
    if shown.kind not in kinds_of_group(HELP) or shown.place is None:
        return []
    district, form = getattr(Dwelling, location.DISTRICT.key), getattr(Project, living.LIVING_FORM.key)
    query = select(Offer.id, Offer.title).join(Offer.dwelling).join(Offer.project)
    found = query.where(Offer.status == "published", district == shown.place.code, form == HOMESHARE)
    return [(row.id, row.title) for row in db.session.execute(found.order_by(Offer.id).limit(SHOWN))]
