"""A change in words, and what it makes of the engine's supply and requests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from matching.catalogue import HOMES
from matching.criteria import access, bathroom, living, money, rooms, size
from matching.neighbourhoods import DRESDEN
from matching.profiles import PROFILES
from matching.requests import Request, SupplyRow
from matching.whatif import scenarios as engine
from wohnberatung.bridge.neighbourhood_places import place_of, quarters
from wohnberatung.bridge.wording import money as euros
from wohnberatung.scenarios.kinds import FEATURES, ScenarioChange, ScenarioKind

_LIFT = {
    access.HAS_LIFT.key: True,
    access.STEP_FREE.key: True,
    access.LIFT_CABIN_WIDTH.key: 110,
    access.LIFT_CABIN_DEPTH.key: 140,
    access.LIFT_DOOR_CLEAR_WIDTH.key: 90,
}
_DOORS = {
    access.ENTRANCE_DOOR_CLEAR_WIDTH.key: 90,
    rooms.INNER_DOOR_CLEAR_WIDTH.key: 90,
    rooms.BATHROOM_DOOR_CLEAR_WIDTH.key: 90,
}
MADE_TRUE: Mapping[str, Mapping[str, Any]] = {
    "lift": _LIFT,
    "entrance": {access.STEP_FREE.key: True, access.STEPS_TO_FLAT.key: 0},
    "shower": {bathroom.SHOWER_LEVEL.key: True},
    "doors": _DOORS,
    "bathroom": {
        bathroom.SHOWER_LEVEL.key: True,
        bathroom.BATHROOM_TURNING_SPACE.key: 150,
        bathroom.WC_SIDE_SPACE.key: 90,
        bathroom.BASIN_UNDERRIDEABLE.key: True,
    },
    "bars": {bathroom.GRAB_BARS.key: True},
}
"""What is known of a home after these works; measures as DIN 18040-2 asks for wheelchairs."""
assert MADE_TRUE.keys() == FEATURES.keys()


def codes_in(place: str) -> list[str]:
    """Codes of the neighbourhoods that a place means: itself, those of a Stadtbezirk, all of the city for ""."""
    if place_of(place):
        return [place]
    return [each.code for each in DRESDEN.neighbourhoods if place in ("", each.district)]


@dataclass(frozen=True)
class Then:
    """Requests and homes as they would be, and how many homes are new or changed."""

    requests: Sequence[Request]
    homes: Sequence[SupplyRow]
    touched: int


def applied(
    kind: ScenarioKind,
    change: ScenarioChange,
    requests: Sequence[Request],
    homes: Sequence[SupplyRow],
    streets: Mapping[str, str],
) -> Then:
    """The change made. `streets` has the street and number of each home by its id, in small letters."""
    codes = codes_in(change["place"])
    if kind is ScenarioKind.LIMITS:
        return Then(engine.with_limits(requests, change["percent"]), homes, 0)
    if kind is ScenarioKind.HOMES:
        facts = {
            living.LIVING_FORM.key: change["form"],
            size.ROOMS.key: change["rooms"],
            money.RENT_WARM.key: change["rent"],
            size.LIVING_AREA.key: change["area"],
            money.AVAILABLE_FROM.key: change["free_from"],
        }
        known = {key: value for key, value in facts.items() if value is not None}
        built = engine.new_homes(HOMES, change["count"], change["profile"], codes, known)
        return Then(requests, [*homes, *built], len(built))
    inside = engine.within(codes if change["place"] else ())
    street = change.get("street", "").strip().lower()

    def where(row: SupplyRow) -> bool:
        return inside(row) and streets.get(row.id, "").startswith(street)

    if kind is ScenarioKind.RENTS:
        changed = engine.with_rents(homes, change["percent"], where)
    else:
        changed = engine.equipped(homes, MADE_TRUE[change["feature"]], where)
    return Then(requests, changed, sum(map(where, homes)))


def words_for(kind: ScenarioKind, change: ScenarioChange) -> str:
    """In one line, as the list shows it."""
    where = place_words(change["place"])
    if kind is ScenarioKind.LIMITS:
        return _("Mietgrenzen der Suchenden %(percent)s", percent=per_cent(change["percent"]))
    if kind is ScenarioKind.RENTS:
        return _("Mieten %(percent)s, %(where)s", percent=per_cent(change["percent"]), where=where)
    if kind is ScenarioKind.EQUIP:
        street = change.get("street", "").strip()
        what = str(FEATURES[change["feature"]])
        return f"{what}, {where}, {street}" if street else f"{what}, {where}"
    said = [ngettext("%(num)s neue Wohnung", "%(num)s neue Wohnungen", change["count"]), where]
    said += [_("gebaut für: %(profile)s", profile=profile_words(change["profile"]))] if change["profile"] else []
    said += [ngettext("%(num)s Zimmer", "%(num)s Zimmer", change["rooms"])] if change["rooms"] else []
    said += [_("%(rent)s warm", rent=euros(change["rent"]))] if change["rent"] else []
    return ", ".join(said)


def per_cent(number: float) -> str:
    """+5 %, −3,5 %."""
    return f"{number:+g} %".replace(".", ",").replace("-", "−")


def place_words(place: str) -> str:
    """The name of a neighbourhood or of a Stadtbezirk."""
    named = place_of(place)
    return named.name if named else place or _("ganze Stadt")


def profile_words(key: str) -> str:
    """In the words of those who need it."""
    return next((_(each.label) for each in PROFILES if each.key == key), _("ohne besondere Ausstattung"))


def choices() -> dict[str, list[tuple[str, str]]]:
    """(value, words) of what can be chosen, by the name of the field."""
    profiles = [("", _("ohne besondere Ausstattung")), *((each.key, _(each.label)) for each in PROFILES)]
    forms = [(key, _(label)) for key, label in living.LIVING_FORM.options.items()]
    return {"place": _places(), "profile": profiles, "form": forms}


def _places() -> list[tuple[str, str]]:
    """The whole city, its Stadtbezirke and their neighbourhoods."""
    found = [("", _("ganze Stadt"))]
    for quarter, within in quarters():
        found.append((quarter, _("Stadtbezirk %(name)s", name=quarter)))
        found += [(place.code, f"– {place.name}") for place in within]
    return found
