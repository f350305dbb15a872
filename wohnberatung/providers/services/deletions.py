"""Taking back what was told: those who offer are asked to delete it, and confirm that they have."""

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import NotFound
from wohnberatung.core.ids import hash_token, new_token
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.provider_desk import tell_organisation
from wohnberatung.extensions import db
from wohnberatung.providers.models import DeletionRequest, Disclosed, Disclosure
from wohnberatung.providers.services.ledger import note_disclosure

# So long the link in the mail can be used, and after so many days without an answer the office asks.
LINK_VALID = timedelta(days=90)
PATIENCE = timedelta(days=7)


def ask_to_delete(match: BrokeredMatch, *, needs_too: bool) -> bool:
    """Where something was told since they were last asked: name and contact, or with `needs_too` anything at all.
    Whether somebody reads the mail; it stands on their page in any case."""
    if not _told_since(match) & ({Disclosed.CONTACT, Disclosed.NEEDS} if needs_too else {Disclosed.CONTACT}):
        return False
    token = new_token()
    offer = match.offer
    db.session.add(
        DeletionRequest(
            organisation_id=offer.organisation_id, offer_id=offer.id, match_id=match.id, token_hash=hash_token(token)
        )
    )
    note_disclosure(match, Disclosed.RECALLED)
    return tell_organisation(offer.organisation_id, "please_delete", token=token)


def ask_before_erasure(row_id: str) -> None:
    """The person behind a request is being erased: what others know of them is to go as well."""
    for match in db.session.scalars(select(BrokeredMatch).where(BrokeredMatch.request_id == row_id)):
        ask_to_delete(match, needs_too=True)


def deletions_for(actor: Actor) -> list[DeletionRequest]:
    """What this person's organisations have yet to confirm, the oldest first."""
    mine = DeletionRequest.organisation_id.in_(actor.organisation_ids) & DeletionRequest.confirmed_at.is_(None)
    return list(db.session.scalars(_loaded().where(mine).order_by(DeletionRequest.asked_at)))


def load_deletion(deletion_id: str, actor: Actor) -> DeletionRequest:
    """NotFound for strangers."""
    found = db.session.scalar(_loaded().where(DeletionRequest.id == deletion_id))
    if found is None or not actor.belongs_to(found.organisation_id):
        raise NotFound(_("Diese Bitte gibt es nicht."))
    return found


def deletion_by_link(token: str) -> DeletionRequest:
    """For the holder of a mailed link; NotFound for any other, and after its day."""
    found = db.session.scalar(_loaded().where(DeletionRequest.token_hash == hash_token(token)))
    if found is None or found.asked_at <= clock.now() - LINK_VALID:
        raise NotFound(_("Dieser Link gilt nicht oder nicht mehr."))
    return found


def confirm_deletion(deletion: DeletionRequest, actor: Actor | None = None) -> None:
    """They have deleted it. Once is enough; the ledger tells the person."""
    if deletion.confirmed_at is not None:
        return
    deletion.confirmed_at, deletion.confirmed_by = clock.now(), actor.user_id if actor else None
    match = db.session.get(BrokeredMatch, deletion.match_id)
    if match is not None:
        note_disclosure(match, Disclosed.DELETED, actor)
    db.session.flush()


def overdue_deletions() -> list[DeletionRequest]:
    """Nobody has confirmed them for a week, for the office to ask; they name no person."""
    late = DeletionRequest.confirmed_at.is_(None) & (DeletionRequest.asked_at <= clock.now() - PATIENCE)
    return list(db.session.scalars(_loaded().where(late).order_by(DeletionRequest.asked_at)))


def _told_since(match: BrokeredMatch) -> set[Disclosed]:
    """What went out after those who offer were last asked to delete."""
    asked = select(func.coalesce(func.max(Disclosure.id), 0)).where(
        Disclosure.match_id == match.id, Disclosure.what == Disclosed.RECALLED
    )
    later = select(Disclosure.what).where(Disclosure.match_id == match.id, Disclosure.id > asked.scalar_subquery())
    return {Disclosed(what) for what in db.session.scalars(later)}


def _loaded() -> Select[DeletionRequest]:
    offer = joinedload(DeletionRequest.offer)
    return select(DeletionRequest).options(offer.joinedload(Offer.dwelling), offer.joinedload(Offer.project))
