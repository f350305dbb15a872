"""What those who offer see of their own, by what is to be done with it, and the mails that tell them of news."""

from dataclasses import dataclass
from typing import Any, TypeVarTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from wohnberatung.accounts.models import Membership, Organisation, User
from wohnberatung.accounts.services.organisations import contact_of_organisation
from wohnberatung.bridge.questionnaires import demand_words
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.languages import GERMAN, Words
from wohnberatung.core.pagination import PAGE_SIZE, Page, paginate
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.dwellings.services.listings import containing
from wohnberatung.dwellings.services.showcase import STATUS_WORDS
from wohnberatung.dwellings.services.wording import Objection, objections_to
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import NOTHING_ELSE, queue_mail

Columns = TypeVarTuple("Columns")
S = OfferStatus
MANY = 10
SHELVES: dict[str, tuple[Words, tuple[OfferStatus, ...]]] = {
    "offen": (_l("Entwürfe und in Prüfung"), (S.DRAFT, S.REVIEW)),
    "zu-sehen": (_l("Öffentlich und reserviert"), (S.PUBLISHED, S.RESERVED)),
    "beendet": (_l("Beendet"), (S.LET, S.WITHDRAWN)),
}


@dataclass(frozen=True)
class DeskOffer:
    """One own offer as the desk lists it."""

    offer: Offer
    title: str
    place: str
    status: Words
    organisation: str


@dataclass(frozen=True)
class Shelf:
    """One of SHELVES: its key, its words, how many offers stand there."""

    key: str
    label: Words
    count: int


@dataclass(frozen=True)
class ProviderDesk:
    """`page` holds the offers of the chosen shelf."""

    shelves: tuple[Shelf, ...]
    chosen: str
    page: Page[DeskOffer]

    @property
    def is_long(self) -> bool:
        """So many that one would rather search than scroll."""
        return sum(shelf.count for shelf in self.shelves) > MANY

    @property
    def is_empty(self) -> bool:
        """There is nothing at all yet."""
        return not any(shelf.count for shelf in self.shelves)


@dataclass(frozen=True)
class WaitingOffer:
    """An offer that waits for the office, with what a reader would object to."""

    offer: Offer
    title: str
    organisation: str
    objections: tuple[Objection, ...]


def desk(actor: Actor, chosen: str = "", text: str = "", number: int = 1) -> ProviderDesk:
    """One's own offers, of all organisations for the office; first the shelf on which something is to be done."""
    counted = select(Offer.status, func.count()).group_by(Offer.status)
    by_status = {row[0]: row[1] for row in db.session.execute(_narrowed(_own(counted, actor), text))}
    shelves = tuple(
        Shelf(key, label, sum(by_status.get(status, 0) for status in statuses))
        for key, (label, statuses) in SHELVES.items()
    )
    if chosen not in SHELVES:
        chosen = next((shelf.key for shelf in shelves if shelf.count), "offen")
    query = select(Offer).options(joinedload(Offer.dwelling), joinedload(Offer.project))
    query = _own(query, actor).where(Offer.status.in_(SHELVES[chosen][1])).order_by(Offer.updated_at.desc(), Offer.id)
    page = paginate(db.session, _narrowed(query, text), number, PAGE_SIZE)
    names = _names(offer.organisation_id for offer in page.items)
    items = [_desk_offer(offer, names[offer.organisation_id]) for offer in page.items]
    return ProviderDesk(shelves, chosen, Page(items, page.number, page.size, page.total))


def organisations_for(actor: Actor) -> list[tuple[str, str]]:
    """(id, name) of those for whom this person may offer: all for the office."""
    if not actor.is_staff:
        return [(seat.organisation_id, seat.name) for seat in actor.seats]
    query = select(Organisation.id, Organisation.name).where(Organisation.declined_at.is_(None))
    return [(row.id, row.name) for row in db.session.execute(query.order_by(Organisation.name))]


def offers_in_review(actor: Actor) -> list[WaitingOffer]:
    """What waits for the office, the longest waiting first."""
    only_office(actor)
    query = select(Offer).options(joinedload(Offer.dwelling), joinedload(Offer.project))
    waiting = query.where(Offer.status == S.REVIEW).order_by(Offer.submitted_at, Offer.id)
    offers = list(db.session.scalars(waiting))
    names = _names(offer.organisation_id for offer in offers)
    return [
        WaitingOffer(offer, offer.display_title, names[offer.organisation_id], tuple(objections_to(offer)))
        for offer in offers
    ]


def demands_in_words(offer: Offer) -> list[tuple[str, str]]:
    """(label, words) of what the offer asks of a household."""
    return demand_words(offer.demands)


def _own(query: Select[*Columns], actor: Actor) -> Select[*Columns]:
    return query if actor.is_staff else query.where(Offer.organisation_id.in_(actor.organisation_ids))


def _narrowed(query: Select[*Columns], text: str) -> Select[*Columns]:
    return containing(query.outerjoin(Offer.dwelling), text) if text.strip() else query


def _names(ids: Any) -> dict[str, str]:
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(set(ids)))
    return {row.id: row.name for row in db.session.execute(query)}


def _desk_offer(offer: Offer, organisation: str) -> DeskOffer:
    place = offer.dwelling.address if offer.dwelling else (offer.project.name if offer.project else "")
    return DeskOffer(offer, offer.display_title, place, STATUS_WORDS.get(OfferStatus(offer.status), ""), organisation)


def address_of(organisation_id: str) -> str | None:
    """Where mails about an organisation's offers go: its contact, else the member who came first."""
    organisation = db.session.get_one(Organisation, organisation_id)
    if email := contact_of_organisation(organisation).get("email"):
        return email
    members = select(User.email).join(Membership).where(Membership.organisation_id == organisation_id)
    active = members.where(User.disabled_at.is_(None))
    return db.session.scalar(active.order_by(Membership.created_at, User.id).limit(1))


def tell_provider(offer: Offer, template: str, **values: object) -> bool:
    """Queue a mail about one offer; False where nobody reads it."""
    return tell_organisation(offer.organisation_id, template, offer_id=offer.id, **values)


def tell_organisation(organisation_id: str, template: str, **values: object) -> bool:
    """Queue a mail to those who offer; False where nobody reads it."""
    address = address_of(organisation_id)
    if address is None:
        return False
    queue_mail(
        template,
        to=address,
        language=GERMAN.code,
        person_key=None,
        in_dialogue=True,
        instead=NOTHING_ELSE,
        **values,
    )
    return True
