"""Stored rows with valid defaults. Facts are given by key: `make_offer(rent_warm_eur=620, has_lift=True)`."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from wohnberatung.accounts.models import Organisation
from wohnberatung.accounts.services.organisations import create_organisation
from wohnberatung.core.actors import ADVISOR, MANAGER, PROVIDER, Actor, Seat
from wohnberatung.core.ids import new_id
from wohnberatung.dwellings.models import Dwelling, Offer
from wohnberatung.dwellings.services.dwellings import Address, find_or_create_dwelling
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.dwellings.services.offers import save_offer
from wohnberatung.extensions import db
from wohnberatung.projects.models import PageState, Project
from wohnberatung.projects.services.projects import save_project
from wohnberatung.projects.steps import PAGE_STEPS
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.consents import GivenConsent
from wohnberatung.seekers.services.requests import Submitted, move_request, submit_request
from wohnberatung.seekers.steps import REQUEST_STEPS

_numbers = count(1)


def make_organisation(
    name: str | None = None, kind: str = "cooperative", confirmed: bool = True, trust: str = "live"
) -> Organisation:
    """Known to the office, and what it publishes is public at once, unless told otherwise."""
    name = name or f"Genossenschaft Beispiel {next(_numbers)}"
    return create_organisation(name=name, kind=kind, confirmed=confirmed, trust=trust)


def advisor() -> Actor:
    """An advisor who acts; `tests.people` makes one who can sign in."""
    return Actor(user_id=new_id(), name="Beraterin Beispiel", roles=frozenset({ADVISOR}))


def provider_of(*organisations: Organisation, role: str = MANAGER) -> Actor:
    """Somebody who acts for these organisations, as their manager unless told otherwise."""
    seats = tuple(
        Seat(each.id, each.name, role, confirmed=each.is_confirmed, trusted=each.is_trusted) for each in organisations
    )
    return Actor(user_id=new_id(), name="Vermieterin Beispiel", roles=frozenset({PROVIDER}), seats=seats)


def make_dwelling(
    organisation: Organisation | None = None,
    address: Address | None = None,
    level: str = "stated",
    title: str = "Wohnung Beispiel",
    **facts: Any,
) -> Dwelling:
    """A dwelling of a new organisation at a new address."""
    number = next(_numbers)
    dwelling = find_or_create_dwelling(
        organisation_id=(organisation or make_organisation()).id,
        address=address or Address("Beispielstraße", str(number), "01307", "Dresden", f"Whg. {number}"),
        title=title,
    )
    if facts:
        record_facts(dwelling, facts, level, source="Testangabe")
    return dwelling


def make_project(
    organisation: Organisation | None = None,
    name: str | None = None,
    level: str = "stated",
    published: bool = True,
    **facts: Any,
) -> Project:
    """A published project of a new initiative."""
    owner = organisation or make_organisation(kind="initiative")
    name = name or f"Wohnprojekt Beispiel {next(_numbers)}"
    project = save_project(organisation_id=owner.id, name=name)
    if published:
        PAGE_STEPS.put(project, PageState.PUBLISHED)
        db.session.flush()
    if facts:
        record_facts(project, facts, level, source="Testangabe")
    return project


def make_offer(
    dwelling: Dwelling | None = None,
    project: Project | None = None,
    status: str = "published",
    level: str = "stated",
    demands: tuple[Mapping[str, Any], ...] = (),
    title: str = "Angebot Beispiel",
    external_id: str | None = None,
    **facts: Any,
) -> Offer:
    """A published offer; facts go to the offer, its dwelling or its project, wherever they belong."""
    if dwelling is None and project is None:
        dwelling = make_dwelling()
    offer = save_offer(
        dwelling=dwelling,
        project_id=project.id if project else None,
        organisation_id=None if dwelling else project.organisation_id,
        status=status,
        title=title,
        demands=demands,
        external_id=external_id,
    )
    for part in offer.parts:
        own = {fact.key for fact in part.own_facts()}
        if mine := {key: value for key, value in facts.items() if key in own}:
            record_facts(part, mine, level, source="Testangabe")
    if unknown := facts.keys() - {fact.key for part in offer.parts for fact in part.own_facts()}:
        raise TypeError(f"no part of this offer holds {sorted(unknown)}")
    return offer


def make_request(
    *requirements: Mapping[str, Any],
    household: Mapping[str, Any] | None = None,
    text: str = "",
    profiles: tuple[str, ...] = (),
    purposes: tuple[str, ...] = ("advice", "matching", "health", "contact"),
    contact: Mapping[str, Any] | None = None,
    **options: Any,
) -> Submitted:
    """A sent request with its consents; `.request` is the row, `.token` the secret of its link."""
    return submit_request(
        contact=contact or {"name": "Erika Beispiel", "phone": "0351 0000000", "email": "erika@example.org"},
        needs={
            "requirements": list(requirements),
            "household": household or {},
            "text": text,
            "profiles": list(profiles),
        },
        consents=[GivenConsent(purpose, "2026-11", f"Ich willige ein: {purpose}.") for purpose in purposes],
        **options,
    )


def move_request_to(request: HousingRequest, state: str) -> HousingRequest:
    """By whoever may bring it to that state."""
    step = next(step for step in REQUEST_STEPS if step.target == state)
    return move_request(request, step.key, by=step.by[0])
