"""Which neighbourhood (Stadtteil) is meant: by name however spelt, by coordinates, by postcode.

Used by imports, forms and seed data alike. Every answer carries its certainty and says in words how it was
found, because a guess that looks like knowledge misleads. A postcode is coarse and cuts neighbourhoods.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from flask_babel import gettext as _

from matching.neighbourhoods import DRESDEN, great_circle_km
from wohnberatung.bridge.neighbourhood_names import Named, named_in, names_like, plain

# An airport, a heath and a forest: a postcode or point there means the inhabited neighbour.
_HARDLY_INHABITED = frozenset({"33", "34", "44"})
_FARTHEST_KM = 5.0
_ONE_OF_SEVERAL = {1: 0.9, 2: 0.6, 3: 0.45}
_ONE_OF_MANY = 0.35
_SETTLED_BY_PLACE = 0.85
_CONTRADICTED = 0.6
_KNOWN_BY_HOUSE_OR_STREET = (0.95, 0.8)
_STREET = re.compile(r"strasse\b")


@dataclass(frozen=True)
class District:
    """A neighbourhood by its code, how certain it is (0 to 1), and in words how it was found."""

    code: str
    certainty: float
    how: str

    @property
    def name(self) -> str:
        return DRESDEN.name(self.code)


class Streets:
    """The neighbourhoods of streets, learned of homes whose own is certain: a house is where its other flats are, a
    street of one postcode where all that is known of it lies. Read before a postcode is, which cuts neighbourhoods."""

    def __init__(self, homes: Iterable[tuple[str, str, str, str]] = ()) -> None:
        """`homes`: postcode, street, house number, code of the neighbourhood."""
        self._codes: dict[tuple[str, ...], set[str]] = {}
        for postcode, street, number, code in homes:
            for key in self._keys(postcode, street, number):
                self._codes.setdefault(key, set()).add(code)

    def find(self, postcode: str, street: str, number: str) -> District | None:
        """None where nothing is known, or more than one neighbourhood."""
        for key, certainty in zip(self._keys(postcode, street, number), _KNOWN_BY_HOUSE_OR_STREET, strict=False):
            if len(codes := self._codes.get(key, ())) == 1:
                how = _("andere Wohnungen in der %(street)s, %(postcode)s", street=street, postcode=postcode)
                return District(next(iter(codes)), certainty, how)
        return None

    def _keys(self, postcode: str, street: str, number: str) -> tuple[tuple[str, ...], ...]:
        name = _STREET.sub("str", plain(street))
        return ((postcode, name, plain(number)), (postcode, name)) if postcode and name else ()


NO_STREETS = Streets()


def find_district(
    text: str | None = None,
    postcode: str | None = None,
    lat: float | None = None,
    lon: float | None = None,
    by_street: District | None = None,
) -> District | None:
    """The most likely neighbourhood; None where nothing points to one of this city's. `by_street`: see `Streets`.

    `text` may be a neighbourhood, a town with it ("Dresden / Johannstadt") or a longer remark; a postcode of
    another town settles that it is none of ours. Coordinates in degrees.
    """
    postcode = (postcode or "").strip()
    if postcode and postcode not in DRESDEN.postcodes:
        return None
    near = _by_distance(lat, lon)
    nearby = DRESDEN.postcodes.get(postcode, ())
    if named := named_in(text or ""):
        return _by_name(named, postcode, near, nearby)
    guessed = _by_coordinates(near, postcode, nearby) if near else _by_postcode(postcode, nearby) if nearby else None
    if by_street and (guessed is None or guessed.certainty < by_street.certainty):
        guessed = by_street
    if guessed and text and plain(text):
        how = _("„%(name)s“ kennen wir nicht; %(how)s", name=text.strip()[:40], how=guessed.how)
        return District(guessed.code, guessed.certainty, how)
    return guessed


def is_elsewhere(postcode: str, text: str, lat: float | None, lon: float | None) -> bool:
    """Whether an address is in another town. Its postcode decides; without one a town that is neither ours nor one of
    our neighbourhoods, unless coordinates lie here."""
    if postcode:
        return postcode not in DRESDEN.postcodes
    if lat is not None and lon is not None:
        return not _by_distance(lat, lon)
    return bool(text) and DRESDEN.key not in text.casefold() and named_in(text) is None


def suggest_districts(text: str, limit: int = 5) -> list[District]:
    """What somebody who typed this may have meant, the likeliest first, each neighbourhood once."""
    if text.strip() in DRESDEN.position:
        return [District(text.strip(), 1.0, _("Schlüssel %(code)s", code=text.strip()))]
    best: dict[str, District] = {}
    for named in names_like(text):
        for code in named.codes:
            certainty = round(named.standing * named.likeness / len(named.codes), 2)
            if code not in best or best[code].certainty < certainty:
                best[code] = District(code, certainty, _how_named(named))
    return sorted(best.values(), key=lambda district: (-district.certainty, district.code))[:limit]


def _by_name(named: Named, postcode: str, near: list[tuple[str, float]], nearby: tuple[str, ...]) -> District:
    certainty = named.standing * named.likeness
    if len(named.codes) > 1:
        return _one_of(named, certainty, postcode, near, nearby)
    code = named.codes[0]
    if nearby and not _touches(code, nearby):
        how = _(
            "Name „%(name)s“; die Postleitzahl %(postcode)s passt nicht dazu",
            name=named.name,
            postcode=postcode,
        )
        return District(code, round(min(certainty, _CONTRADICTED), 2), how)
    return District(code, round(certainty, 2), _how_named(named))


def _one_of(
    named: Named, certainty: float, postcode: str, near: list[tuple[str, float]], nearby: tuple[str, ...]
) -> District:
    """The name means several neighbourhoods: coordinates settle which, else the postcode, else the first."""
    values = {"name": named.name, "count": len(named.codes)}
    for code, _kilometres in near:
        if code in named.codes:
            how = _("„%(name)s“ steht für %(count)s Stadtteile; die Koordinaten zeigen auf diesen", **values)
            return District(code, round(certainty * _SETTLED_BY_PLACE, 2), how)
    inside = [code for code in nearby if code in named.codes]
    if inside:
        how = _(
            "„%(name)s“ steht für %(count)s Stadtteile; zur Postleitzahl %(postcode)s passt dieser",
            **values,
            postcode=postcode,
        )
        share = _SETTLED_BY_PLACE if len(inside) == 1 else 1 / len(inside)
        return District(inside[0], round(certainty * share, 2), how)
    how = _("„%(name)s“ steht für %(count)s Stadtteile; dieser ist der erste davon", **values)
    return District(named.codes[0], round(certainty / len(named.codes), 2), how)


def _by_coordinates(near: list[tuple[str, float]], postcode: str, nearby: tuple[str, ...]) -> District:
    """Nearest centre; the surer, the clearer it is nearer than the next, or if the postcode agrees."""
    (code, distance), (_next, next_distance) = near[:2]
    if code in nearby:
        how = _("Koordinaten und Postleitzahl %(postcode)s", postcode=postcode)
        return District(code, _SETTLED_BY_PLACE, how)
    lead = 1 - distance / next_distance
    how = _("Koordinaten: die Mitte dieses Stadtteils liegt am nächsten")
    return District(code, round(0.5 + 0.35 * lead, 2), how)


def _by_postcode(postcode: str, nearby: tuple[str, ...]) -> District:
    codes = [code for code in nearby if code not in _HARDLY_INHABITED]
    names = ", ".join(DRESDEN.name(code) for code in codes)
    how = _("Postleitzahl %(postcode)s: %(names)s", postcode=postcode, names=names)
    return District(codes[0], _ONE_OF_SEVERAL.get(len(codes), _ONE_OF_MANY), how)


def _by_distance(lat: float | None, lon: float | None) -> list[tuple[str, float]]:
    """Inhabited neighbourhoods by the distance of their centre in km; empty outside the city."""
    if lat is None or lon is None:
        return []
    neighbourhoods = [each for each in DRESDEN.neighbourhoods if each.code not in _HARDLY_INHABITED]
    distances = great_circle_km(
        np.radians([each.lat for each in neighbourhoods]),
        np.radians([each.lon for each in neighbourhoods]),
        np.radians(lat),
        np.radians(lon),
    )
    near = sorted(
        zip((each.code for each in neighbourhoods), map(float, distances), strict=True), key=lambda item: item[1]
    )
    return near if near[0][1] <= _FARTHEST_KM else []


def _touches(code: str, nearby: tuple[str, ...]) -> bool:
    """In one of the postcode's neighbourhoods or next to one: postcodes cut them."""
    neighbours = DRESDEN.neighbourhoods[DRESDEN.position[code]].neighbours
    return code in nearby or not set(nearby).isdisjoint(neighbours)


def _how_named(named: Named) -> str:
    if not named.heard or plain(named.heard) == plain(named.name):
        return _("Name „%(name)s“", name=named.name)
    return _(
        "„%(text)s“ ähnelt dem Namen „%(name)s“ (%(percent)s %%)",
        text=" ".join(named.heard.split())[:60],
        name=named.name,
        percent=round(named.likeness * 100),
    )
