"""Homes in the words of schema.org, for search engines: what is certain and public, nothing from an advert."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from matching.catalogue import HOMES
from matching.criteria import access, money, size
from matching.facts import Flag
from matching.requests import Evidence
from wohnberatung.bridge.shared_living import OWN_AREA, is_a_room

CONTEXT = "https://schema.org"
_LEAST = Evidence.STATED


def apartment_offer(
    parts: Iterable[Any], *, title: str, description: str, address: str, neighbourhood: str, url: str, office: str
) -> dict[str, object]:
    """An `Offer` of an `Apartment`. `parts` are the rows whose facts make up the offer, `address` is what may be
    known of it; facts that nobody stands for are left out."""
    known = _known(parts)
    return _without_empty(
        {
            "@context": CONTEXT,
            "@type": "Offer",
            "name": title,
            "description": description,
            "url": url,
            "businessFunction": "http://purl.org/goodrelations/v1#LeaseOut",
            "availability": f"{CONTEXT}/InStock",
            "availabilityStarts": known.get(money.AVAILABLE_FROM.key),
            "priceSpecification": _monthly(known.get(money.RENT_WARM.key)),
            "offeredBy": {"@type": "Organization", "name": office},
            "itemOffered": _apartment(known, title, address, neighbourhood),
        }
    )


def _apartment(known: dict[str, object], title: str, address: str, neighbourhood: str) -> dict[str, object]:
    a_room = is_a_room(known)
    area = known.get(OWN_AREA.key if a_room else size.LIVING_AREA.key)
    return _without_empty(
        {
            "@type": "Room" if a_room else "Apartment",
            "name": title,
            "address": address,
            "containedInPlace": {"@type": "Place", "name": neighbourhood} if neighbourhood else None,
            "numberOfRooms": None if a_room else known.get(size.ROOMS.key),
            "floorSize": {"@type": "QuantitativeValue", "value": area, "unitCode": "MTK"} if area else None,
            "floorLevel": _text(known.get(access.FLOOR.key)),
            "petsAllowed": known.get(money.PETS_ALLOWED.key),
            "amenityFeature": [
                {"@type": "LocationFeatureSpecification", "name": _(fact.label), "value": known[fact.key]}
                for fact in HOMES.facts_of("dwelling")
                if isinstance(fact, Flag) and fact.key in known
            ],
        }
    )


def _monthly(rent: object) -> dict[str, object] | None:
    if rent is None:
        return None
    return {"@type": "UnitPriceSpecification", "price": rent, "priceCurrency": "EUR", "unitCode": "MON"}


def _known(parts: Iterable[Any]) -> dict[str, object]:
    """Values that somebody stands for, by key."""
    return {
        fact.key: value
        for part in parts
        for fact in part.own_facts()
        if (value := getattr(part, fact.key)) is not None and Evidence.named(part.evidence[fact.key]["level"]) >= _LEAST
    }


def _text(value: object) -> str | None:
    return f"{value:g}" if isinstance(value, int | float) else None


def _without_empty(record: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in record.items() if value not in (None, "", [])}
