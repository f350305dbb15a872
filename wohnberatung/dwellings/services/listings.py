"""Queries of the supply, each limited to what the asking person may see."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVarTuple

from flask_babel import gettext as _
from sqlalchemy import Select, SQLColumnExpression, case, func, or_, select
from sqlalchemy.orm import joinedload

from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import ID_LENGTH
from wohnberatung.core.pagination import PAGE_SIZE, Page, paginate
from wohnberatung.dwellings.models import OFFER_NUMBER, Dwelling, Offer, OfferStatus
from wohnberatung.extensions import db

Columns = TypeVarTuple("Columns")
_WORD = re.compile(r"[^\W_]+")
_MISREAD = str.maketrans("089", "obg")


@dataclass(frozen=True, kw_only=True)
class OfferFilter:
    """What a list is narrowed to; empty means everything. `text` is looked for in title and address."""

    statuses: Collection[str] = ()
    organisation_id: str | None = None
    project_id: str | None = None
    source: str | None = None
    text: str = ""


def list_dwellings(actor: Actor, text: str = "", number: int = 1, size: int = PAGE_SIZE) -> Page[Dwelling]:
    """The office sees all, providers those of their organisations."""
    query = select(Dwelling).where(Dwelling.merged_into_id.is_(None))
    query = query.order_by(Dwelling.street, Dwelling.house_number, Dwelling.unit, Dwelling.id)
    if not actor.is_staff:
        query = query.where(Dwelling.organisation_id.in_(actor.organisation_ids))
    return paginate(db.session, containing(query, text, Dwelling.title), number, size)


def get_dwelling(dwelling_id: str, actor: Actor) -> Dwelling:
    """NotFound where there is none, or none for this person."""
    dwelling = db.session.get(Dwelling, dwelling_id)
    if dwelling is None or not (actor.is_staff or actor.belongs_to(dwelling.organisation_id)):
        raise NotFound(_("Diese Wohnung gibt es nicht."))
    return dwelling


def list_offers(
    actor: Actor, narrowed: OfferFilter | None = None, number: int = 1, size: int = PAGE_SIZE
) -> Page[Offer]:
    """Newest first, with dwelling and project loaded: all for the office, published and own ones for others."""
    narrowed = narrowed or OfferFilter()
    query = _visible(_offers(), actor).order_by(Offer.created_at.desc(), Offer.id)
    if narrowed.statuses:
        query = query.where(Offer.status.in_(narrowed.statuses))
    for column in ("organisation_id", "project_id", "source"):
        if value := getattr(narrowed, column):
            query = query.where(getattr(Offer, column) == value)
    if narrowed.text.strip():
        query = containing(query.outerjoin(Dwelling), narrowed.text, Offer.title)
    return paginate(db.session, query, number, size)


def published_offers(text: str = "", number: int = 1, size: int = PAGE_SIZE) -> Page[Offer]:
    """What anybody may see, newest first, with dwelling and project loaded."""
    newest = func.coalesce(Offer.published_at, Offer.created_at).desc()
    return paginate(db.session, _published(_offers(), text).order_by(newest, Offer.id), number, size)


def published_ids(text: str) -> list[str]:
    """The ids of published offers with these words."""
    return list(db.session.scalars(_published(select(Offer.id), text)))


def get_offer(offer_id: str, actor: Actor) -> Offer:
    """One offer with dwelling and project; NotFound where there is none, or none for this person."""
    offer = db.session.scalars(_visible(_offers(), actor).where(Offer.id == offer_id)).one_or_none()
    if offer is None:
        raise NotFound(_("Dieses Angebot gibt es nicht."))
    return offer


def offer_by_number(number: str) -> Offer | None:
    """The offer that people name so, whatever its state: letters large or small, with or without the dash, with words
    around it ("Angebot Nr. ABCD-EFGH"), as an address, and with what is easily written for a letter."""
    words = _WORD.findall(number.lower())
    pairs = [first + second for first, second in pairwise(words) if len(first) == len(second) == OFFER_NUMBER // 2]
    said = [word[:OFFER_NUMBER] for word in words if len(word) in (OFFER_NUMBER, ID_LENGTH)] + pairs
    whole = "".join(words)
    beginnings = {meant for each in [*said, whole] if len(each) == OFFER_NUMBER for meant in _letters_meant(each)}
    if not beginnings:
        return None
    return db.session.scalars(_offers().where(or_(*map(Offer.id.startswith, sorted(beginnings))))).first()


def _letters_meant(typed: str) -> list[str]:
    """An id has no 0, 1, 8 and 9: what they are read for instead."""
    return [typed.translate(_MISREAD).replace("1", letter) for letter in "il"]


def check_number(number: str, field: str) -> None:
    """DomainError at `field` for what names no offer that anybody could look at once; it may be taken by now."""
    offer = offer_by_number(number)
    if number.strip() and (offer is None or offer.published_at is None):
        said = _(
            "Ein Angebot mit der Nummer „%(typed)s“ finden wir nicht. Eine Nummer sieht zum Beispiel so aus: "
            "K7PM-3QXA. Bitte sehen Sie noch einmal nach, oder lassen Sie das Feld leer.",
            typed=number.strip()[:40],
        )
        raise DomainError(said, field)


def find_offer(source: str, external_id: str) -> Offer | None:
    """The offer that an import knows by this name."""
    query = _offers().where(Offer.source == source, Offer.external_id == external_id)
    return db.session.scalars(query).one_or_none()


def offers_by_id(ids: Iterable[str]) -> dict[str, Offer]:
    """Offers with dwelling and project, in one query; those that are gone are left out."""
    query = _offers().where(Offer.id.in_(list(ids)))
    return {offer.id: offer for offer in db.session.scalars(query)}


def _offers() -> Select[Offer]:
    return select(Offer).options(joinedload(Offer.dwelling), joinedload(Offer.project))


def _visible(query: Select[*Columns], actor: Actor) -> Select[*Columns]:
    if actor.is_staff:
        return query
    own = Offer.organisation_id.in_(actor.organisation_ids)
    return query.where(or_(Offer.status == OfferStatus.PUBLISHED, own))


def _published(query: Select[*Columns], text: str) -> Select[*Columns]:
    """Published offers; the words may stand in titles, in the postcode, and in the street where it is released."""
    query = query.where(Offer.status == OfferStatus.PUBLISHED)
    if not text.strip():
        return query
    released = case((Dwelling.address_released, Dwelling.street), else_="")
    columns = (Offer.title, Offer.description, Dwelling.title, Dwelling.postcode, released)
    return _with_words(query.outerjoin(Offer.dwelling), text, columns)


def containing(query: Select[*Columns], text: str, title: SQLColumnExpression[str] = Offer.title) -> Select[*Columns]:
    """Offers, joined with their dwellings, that have all words in the title or the address."""
    return _with_words(query, text, (title, Dwelling.title, Dwelling.street, Dwelling.house_number, Dwelling.postcode))


def _with_words(query: Select[*Columns], text: str, columns: Iterable[SQLColumnExpression[str]]) -> Select[*Columns]:
    """Every word stands in one of the columns."""
    found_in = tuple(columns)
    for word in text.split()[:6]:
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in found_in)))
    return query
