"""Offers are numbered with every change (`core.changes`), also where only what they are made of has changed."""

from typing import Any, ClassVar

from sqlalchemy import update
from sqlalchemy.orm import Session

from wohnberatung.core.changes import await_number
from wohnberatung.extensions import db


class OfferPart:
    """A row that shows in the offers that name it in `offers_column`: its change is theirs."""

    offers_column: ClassVar[str]


def mark_offers(session: Session, _context: object, _instances: object) -> None:
    """Before each flush: offers of changed parts lose their number until the transaction ends."""
    for row in session.dirty:
        if isinstance(row, OfferPart) and session.is_modified(row):
            _mark_offers_of(session, row)


def _mark_offers_of(session: Session, part: Any) -> None:
    offers = db.metadata.tables["offers"]
    naming_it = offers.c[part.offers_column] == part.id
    session.connection().execute(update(offers).where(naming_it).values(change_seq=None))
    await_number(session, offers.name)
