"""Free places in a project, and rooms or flats that people give because they have too much of them."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.bridge.shared_living import EXCHANGE, HOMESHARE, ROOM_KINDS, of_flat_and_contract, of_living_together
from wohnberatung.core.actors import Actor, Publication
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.steps import Party, party_of
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.dwellings.services.dwellings import Address
from wohnberatung.dwellings.services.entering import Basics, enter_offer
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.dwellings.services.offers import advance, confirm_available, save_offer
from wohnberatung.dwellings.services.wording import Objection, objections_to, unread_objections
from wohnberatung.dwellings.steps import CHECK_PLACE, OFFER_STEPS, SHOW_PLACE
from wohnberatung.extensions import db
from wohnberatung.projects.models import Project
from wohnberatung.projects.services.projects import SOURCE, own_project, save_project
from wohnberatung.projects.steps import PLACE_MOVES, PlaceMove

MOST_AT_ONCE = 20
SHOWN = (OfferStatus.PUBLISHED, OfferStatus.REVIEW)


def add_places(
    project_id: str, count: int, title: str, description: str, facts: Mapping[str, object], actor: Actor
) -> list[Offer]:
    """So many like places, numbered where there are several; public at once where the project is and trust allows.
    Raises DomainError at `count` for too few or too many, FactsRefused for values that cannot be, NotFound for
    strangers."""
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
    facts: Mapping[str, object],
    version: int | None,
    actor: Actor,
) -> Offer:
    """Conflict where somebody else was faster. What is not trusted yet is looked at again after a change."""
    offer = load_place(project_id, offer_id, actor)
    check_version(offer, version)
    before = objections_to(offer)
    record_facts(offer, facts, "stated", source=SOURCE, actor=actor)
    save_offer(offer, title=title.strip(), description=description.strip(), actor=actor)
    if offer.status == OfferStatus.PUBLISHED:
        _show(offer, CHECK_PLACE, actor, before)
    return offer


def move_place(project_id: str, offer_id: str, word: str, actor: Actor) -> Offer:
    """One of PLACE_MOVES by its word; the same twice is one.

    Raises NotFound for any other word and for strangers, Conflict where it does not lead from here.
    """
    offer, party = load_place(project_id, offer_id, actor), party_of(actor, Party.PROVIDER)
    move = next((move for move in PLACE_MOVES if move.word == word), None)
    if move is None:
        raise NotFound(_("Das geht mit einem Platz nicht."))
    if move.key == SHOW_PLACE:
        return offer if offer.status in SHOWN else _show(offer, SHOW_PLACE, actor)
    if not OFFER_STEPS.is_done(offer, move.key, party):
        advance(offer, move.key, by=party)
    return offer


def moves_of(offer: Offer, actor: Actor) -> tuple[PlaceMove, ...]:
    """What this person may do with a place now: its buttons. A place of a page that nobody sees waits with it."""
    party, state = party_of(actor, Party.PROVIDER), OFFER_STEPS.state_of(offer)
    ways = [move for move in PLACE_MOVES if party in OFFER_STEPS[move.key].by]
    ways = [move for move in ways if state in OFFER_STEPS[move.key].sources]
    return tuple(move for move in ways if move.key != SHOW_PLACE or offer.project.published)


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
            _show(offer, SHOW_PLACE, actor)


def _add(project: Project, title: str, description: str, facts: Mapping[str, object], actor: Actor) -> Offer:
    offer = save_offer(
        organisation_id=project.organisation_id,
        project_id=project.id,
        title=title,
        description=description.strip(),
        actor=actor,
    )
    record_facts(offer, {key: value for key, value in facts.items() if value is not None}, "stated", source=SOURCE)
    db.session.refresh(offer)
    return _show(offer, SHOW_PLACE, actor)


def _show(offer: Offer, key: str, actor: Actor, read: Sequence[Objection] = ()) -> Offer:
    """A place of a page that nobody sees yet waits with it; wording that a person should read waits for the office,
    but for what it has `read` already."""
    way = actor.publication_for(offer.organisation_id)
    if not offer.project.published or way is Publication.NOT_YET:
        target = OfferStatus.DRAFT
    elif way is Publication.REVIEW or (not actor.is_staff and unread_objections(read, objections_to(offer))):
        target = OfferStatus.REVIEW
    else:
        target = OfferStatus.PUBLISHED
    advance(offer, key, by=party_of(actor, Party.PROVIDER), target=target)
    if target == OfferStatus.PUBLISHED:
        confirm_available(offer)
    return offer


def _numbered(title: str, number: int, count: int) -> str:
    return title if count == 1 else _("%(title)s, Platz %(number)s", title=title, number=number + 1)


def enter_room(
    kind: str, address: Address, title: str, description: str, facts: Mapping[str, object], actor: Actor
) -> Offer:
    """A draft of a room in the flat at that address, with the household it belongs to. `kind` is one of ROOM_KINDS.

    The household is a project of its own that nobody sees: it holds what is said of living together.

    Raises DomainError at the field for an unknown kind, without an organisation, or where an offer of the flat is open
    already; FactsRefused for values that cannot be.
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


def enter_exchange(address: Address, title: str, sought: str, facts: Mapping[str, object], actor: Actor) -> Offer:
    """A draft of a tenant's flat, to be had for another one only; `sought` is what that one should be like.

    Raises DomainError at the field without words on it, without an organisation, or where an offer of the flat is open
    already; FactsRefused for values that cannot be.
    """
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
