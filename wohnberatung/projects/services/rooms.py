"""People give what they have too much of: a room in their flat, or the flat itself for a smaller one."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from wohnberatung.bridge.shared_living import EXCHANGE, HOMESHARE, ROOM_KINDS, of_flat_and_contract, of_living_together
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services import Address, Basics, enter_offer, record_facts, save_offer
from wohnberatung.projects.services.projects import save_project


def enter_room(
    kind: str, address: Address, title: str, description: str, facts: Mapping[str, Any], actor: Actor
) -> Offer:
    """A draft of a room in the flat at that address, with the household it belongs to. `kind` is one of ROOM_KINDS.

    The household is a project of its own that nobody sees: it holds what is said of living together.
    """
    if kind not in ROOM_KINDS:
        raise DomainError(_("Bitte wählen Sie, wie Sie das Zimmer vergeben möchten."), "kind")
    titles = {HOMESHARE: _("Zimmer gegen Hilfe im Alltag")}
    title = title.strip() or titles.get(kind, _("Zimmer zur Untermiete"))
    given = {**facts, **ROOM_KINDS[kind]}
    offer = enter_offer(_own(actor), Basics(address, title, False, of_flat_and_contract(given)), actor=actor)
    household = save_project(organisation_id=offer.organisation_id, name=title, summary=description.strip()[:500])
    record_facts(household, of_living_together(given), "stated", source=_source(), actor=actor)
    return save_offer(offer, project_id=household.id, description=description.strip(), actor=actor)


def enter_exchange(address: Address, title: str, sought: str, facts: Mapping[str, Any], actor: Actor) -> Offer:
    """A draft of a tenant's flat, to be had for another one only; `sought` is what that one should be like."""
    if not sought.strip():
        raise DomainError(_("Bitte schreiben Sie, was für eine Wohnung Sie suchen."), "sought")
    title = title.strip() or _("Wohnung zum Tausch")
    offer = enter_offer(_own(actor), Basics(address, title, False, {**facts, **EXCHANGE}), actor=actor)
    description = _("Im Tausch gesucht: %(sought)s", sought=sought.strip())
    return save_offer(offer, description=description, actor=actor)


def _own(actor: Actor) -> str:
    """The organisation the person works for at the moment."""
    seat = actor.acts_for
    if seat is None:
        raise DomainError(_("Ein Angebot gehört zu einer Organisation. Ihr Konto gehört noch zu keiner."), "title")
    return seat.organisation_id


def _source() -> str:
    return _("Eingabe des Anbieters")
