"""What a household seeks, as JSON: checked against the catalogue before it is sealed."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from matching.catalogue import HOMES, Market
from matching.facts import FactError
from matching.profiles import PROFILES
from matching.requests import Request
from wohnberatung.bridge.requirements import read_requirements, requirements_of
from wohnberatung.bridge.wording import spoken
from wohnberatung.core.errors import DomainError

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
