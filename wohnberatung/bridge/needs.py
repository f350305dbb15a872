"""What a household seeks and each side asks of the other, between JSON as it is stored and the engine."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from matching.catalogue import HOMES, Market
from matching.criteria import money
from matching.facts import FactError
from matching.json_input import HEAVIEST, LIGHTEST
from matching.kinds import Criterion
from matching.profiles import PROFILES
from matching.requests import Request, Requirement
from wohnberatung.bridge.neighbourhood_fields import NEIGHBOURHOOD
from wohnberatung.bridge.wording import spoken
from wohnberatung.core.errors import DomainError

Declared = Callable[[str], Criterion]


def read_requirements(raw: Sequence[Any], declared: Declared, field: str) -> list[dict[str, Any]]:
    """Checked requirements as they are stored; DomainError names the key of the first fault.

    `declared` finds a criterion by key (`market.criterion` for those who seek, `market.demand_criterion` for
    supply); `field` is named where an entry has no key of its own.
    """
    return [_read(entry, declared, field) for entry in raw]


def read_demands(raw: Sequence[Any]) -> list[dict[str, Any]]:
    """What an offer of a home asks of a household, checked."""
    return read_requirements(raw, HOMES.demand_criterion, "demands")


def requirements_of(stored: Sequence[Mapping[str, Any]]) -> tuple[Requirement, ...]:
    """The engine's requirements of stored ones."""
    return tuple(Requirement(**entry) for entry in stored)


def _read(entry: Any, declared: Declared, field: str) -> dict[str, Any]:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("key"), str):
        raise DomainError(_("Eine Anforderung braucht ein Kriterium und einen gewünschten Wert."), field)
    key = entry["key"]
    try:
        wanted = declared(key).read_wanted(entry.get("wanted"))
    except KeyError:
        raise DomainError(_("Das Kriterium „%(key)s“ gibt es nicht.", key=key[:60]), field) from None
    except FactError as error:
        raise DomainError(error.said(spoken()), key) from error
    importance = entry.get("importance", "must")
    if importance not in ("must", "wish"):
        raise DomainError(_("Eine Anforderung ist entweder ein Muss oder ein Wunsch."), key)
    return {
        "key": key,
        "wanted": wanted,
        "importance": importance,
        "weight": _number(entry.get("weight", 1), LIGHTEST, HEAVIEST, key),
        "tolerance": _number(entry.get("tolerance", 0), 0, 1e6, key),
    }


def _number(value: Any, low: float, high: float, key: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise DomainError(_("Erwartet wird eine Zahl von %(low)s bis %(high)s.", low=f"{low:g}", high=f"{high:g}"), key)
    return value


PARTS = frozenset({"requirements", "household", "text", "profiles"})
LONGEST_TEXT = 4000


def read_needs(raw: Mapping[str, Any], market: Market = HOMES) -> dict[str, Any]:
    """`{"requirements": […], "household": {…}, "text": "…", "profiles": […]}` with every value checked.

    Missing parts are empty. DomainError names the key of the first value that cannot be.
    """
    if unknown := raw.keys() - PARTS:
        raise DomainError(_("Den Teil „%(part)s“ gibt es in einem Gesuch nicht.", part=str(min(unknown))[:40]))
    return {
        "requirements": read_requirements(raw.get("requirements") or (), market.criterion, "requirements"),
        "household": _household(raw.get("household") or {}, market),
        "text": _text(raw.get("text") or ""),
        "profiles": _profiles(raw.get("profiles") or ()),
    }


def engine_request(request_id: str, needs: Mapping[str, Any]) -> Request:
    """Checked needs as the engine takes them."""
    return Request(request_id, requirements_of(needs["requirements"]), needs["household"], needs["text"])


def _household(raw: Mapping[str, Any], market: Market) -> dict[str, Any]:
    values = {}
    for key, given in raw.items():
        try:
            value = market.household_fact(key).parse(given)
        except KeyError:
            raise DomainError(_("Das Merkmal „%(key)s“ gibt es hier nicht.", key=key[:60]), "household") from None
        except FactError as error:
            raise DomainError(error.said(spoken()), key) from error
        if value is not None:
            values[key] = value
    return values


def _text(raw: Any) -> str:
    if not isinstance(raw, str) or len(raw) > LONGEST_TEXT:
        message = _("Erwartet wird ein Text mit höchstens %(longest)s Zeichen.", longest=LONGEST_TEXT)
        raise DomainError(message, "text")
    return raw.strip()


def _profiles(raw: Any) -> list[str]:
    known = {profile.key for profile in PROFILES}
    if unknown := [key for key in raw if key not in known]:
        raise DomainError(_("Das Profil „%(key)s“ gibt es nicht.", key=str(unknown[0])[:40]), "profiles")
    return list(dict.fromkeys(raw))


RENT_BANDS = (400, 500, 600, 700, 800, 1000)
"""Upper ends of bands of the highest warm rent in euro."""


def neighbourhoods_wanted(request: Request) -> list[str]:
    """Codes of the neighbourhoods the request names; none where all will do."""
    return [code for asked in request.requirements if asked.key == NEIGHBOURHOOD.key for code in asked.wanted]


def rent_band(request: Request) -> int:
    """The band its limit falls into; −1 above all bands or without a limit."""
    limits = [asked.wanted for asked in request.requirements if asked.key == money.RENT_WARM.key]
    return next((band for limit in limits for band in RENT_BANDS if limit <= band), -1)
