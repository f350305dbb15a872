"""What a delivery did to an offer can be taken back, where nobody has changed it since."""

from typing import Any

from flask_babel import gettext as _

from wohnberatung.dwellings import services as dwellings
from wohnberatung.dwellings.models import OfferStatus
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportedObject

State = dict[str, Any]
_OFFER = ("status", "title", "description")
_DWELLING = ("street", "house_number", "unit", "postcode", "town", "address_key", "address_released", "lat", "lon")
_FINAL = (OfferStatus.RESERVED, OfferStatus.LET)


def state_of(known: ImportedObject) -> State:
    """Everything a delivery may change about an object, as plain values."""
    offer = known.offer
    state: State = {
        "listed": known.listed,
        "offer": {name: getattr(offer, name) for name in _OFFER},
        "facts": {part.fact_owner: _facts(part) for part in offer.parts},
    }
    if offer.dwelling is not None:
        state["dwelling"] = {name: getattr(offer.dwelling, name) for name in _DWELLING}
    return state


def take_back(known: ImportedObject, before: State | None, after: State, source: str) -> str:
    """Set the object back from `after` to `before`, or withdraw it where the delivery had brought it.

    Returns a German sentence where something stays as it is, else "".
    """
    offer, stays = known.offer, ""
    known.listed = before["listed"] if before else False
    wanted = before["offer"]["status"] if before else OfferStatus.WITHDRAWN
    if offer.status in _FINAL:
        stays = _("Das Angebot ist inzwischen reserviert oder vermietet und bleibt es.")
    elif offer.status == after["offer"]["status"] and offer.status != wanted:
        dwellings.save_offer(offer, status=wanted)
    if before is None:
        return stays
    _set_back(offer, before["offer"], after["offer"], skip=("status",))
    if offer.dwelling is not None and "dwelling" in before:
        _set_back(offer.dwelling, before["dwelling"], after["dwelling"])
    for part in offer.parts:
        owner = part.fact_owner
        dwellings.restore_facts(part, before["facts"].get(owner, {}), after["facts"].get(owner, {}), source)
    db.session.flush()
    return stays


def _set_back(row: Any, before: State, after: State, skip: tuple[str, ...] = ()) -> None:
    for name, value in before.items():
        if name not in skip and getattr(row, name) == after[name] != value:
            setattr(row, name, value)


def _facts(part: Any) -> dict[str, list[Any]]:
    return {key: list(known) for key, known in dwellings.known_now(part).items()}
