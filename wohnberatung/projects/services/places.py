"""Places in a project: offers that households are matched with, several like ones entered at once."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.core.actors import Actor, Publication
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.steps import Party, party_of
from wohnberatung.core.versions import check_version
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.dwellings.services import advance, confirm_available, objections_to, record_facts, save_offer
from wohnberatung.dwellings.steps import LET, OFFER_STEPS, SHOW_PLACE, WITHDRAW
from wohnberatung.extensions import db
from wohnberatung.projects.models import Project
from wohnberatung.projects.services.projects import SOURCE, own_project

MOST_AT_ONCE = 20
ENDS = {"hide": WITHDRAW, "taken": LET}


def add_places(
    project_id: str, count: int, title: str, description: str, facts: Mapping[str, Any], actor: Actor
) -> list[Offer]:
    """So many like places, numbered where there are several; public at once where the project is and trust allows."""
    project = own_project(project_id, actor)
    if not 1 <= count <= MOST_AT_ONCE:
        raise DomainError(_("Bitte eine Zahl von 1 bis %(most)s.", most=MOST_AT_ONCE), "count")
    return [
        _add(project, _numbered(title.strip(), number, count), description, facts, actor) for number in range(count)
    ]


def edit_place(
    project_id: str,
    offer_id: str,
    *,
    title: str,
    description: str,
    facts: Mapping[str, Any],
    version: int | None,
    actor: Actor,
) -> Offer:
    """Conflict where somebody else was faster. What is not trusted yet is looked at again after a change."""
    offer = load_place(project_id, offer_id, actor)
    check_version(offer, version)
    record_facts(offer, facts, "stated", source=SOURCE, actor=actor)
    save_offer(offer, title=title.strip(), description=description.strip(), actor=actor)
    if offer.status == OfferStatus.PUBLISHED:
        _show(offer, actor)
    return offer


def move_place(project_id: str, offer_id: str, way: str, actor: Actor) -> Offer:
    """`show` it, `hide` it, or say that it is `taken`."""
    offer = load_place(project_id, offer_id, actor)
    if way == "show":
        return _show(offer, actor)
    if way not in ENDS:
        raise NotFound(_("Das geht mit einem Platz nicht."))
    party = party_of(actor, Party.PROVIDER)
    if not OFFER_STEPS.is_done(offer, ENDS[way], party):
        advance(offer, ENDS[way], by=party)
    return offer


def load_place(project_id: str, offer_id: str, actor: Actor) -> Offer:
    """For those who may change it; NotFound for all others."""
    own_project(project_id, actor)
    offer = db.session.get(Offer, offer_id)
    if offer is None or offer.project_id != project_id:
        raise NotFound(_("Diesen Platz gibt es nicht."))
    return offer


def places_of(project: Project) -> list[Offer]:
    """All of them for its members, those that are over last."""
    over = Offer.status.in_((OfferStatus.LET, OfferStatus.WITHDRAWN))
    query = select(Offer).where(Offer.project_id == project.id)
    return list(db.session.scalars(query.order_by(over, Offer.created_at, Offer.title, Offer.id)))


def show_waiting_places(project: Project, actor: Actor) -> None:
    """The page has become public: so do the places that waited for it."""
    for offer in places_of(project):
        if offer.status == OfferStatus.DRAFT:
            _show(offer, actor)


def _add(project: Project, title: str, description: str, facts: Mapping[str, Any], actor: Actor) -> Offer:
    offer = save_offer(
        organisation_id=project.organisation_id,
        project_id=project.id,
        title=title,
        description=description.strip(),
        actor=actor,
    )
    record_facts(offer, {key: value for key, value in facts.items() if value is not None}, "stated", source=SOURCE)
    db.session.refresh(offer)
    return _show(offer, actor)


def _show(offer: Offer, actor: Actor) -> Offer:
    """A place of a page that nobody sees yet waits with it; wording that a person should read waits for the office."""
    way = actor.publication_for(offer.organisation_id)
    if not offer.project.published or way is Publication.NOT_YET:
        target = OfferStatus.DRAFT
    elif way is Publication.REVIEW or (objections_to(offer) and not actor.is_staff):
        target = OfferStatus.REVIEW
    else:
        target = OfferStatus.PUBLISHED
    advance(offer, SHOW_PLACE, by=party_of(actor, Party.PROVIDER), target=target)
    if target == OfferStatus.PUBLISHED:
        confirm_available(offer)
    return offer


def _numbered(title: str, number: int, count: int) -> str:
    return title if count == 1 else _("%(title)s, Platz %(number)s", title=title, number=number + 1)
