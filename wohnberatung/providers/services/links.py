"""Which presentation is whose, and the secret links in mails to those who offer."""

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.history import LINK_KEPT
from wohnberatung.core import clock
from wohnberatung.core.actors import VISITOR, Actor
from wohnberatung.core.errors import NotFound
from wohnberatung.core.ids import hash_token, new_token
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.provider_desk import tell_organisation
from wohnberatung.extensions import db
from wohnberatung.providers.models import Presentation, ProviderLink
from wohnberatung.seekers.services.requests import shown_to


def latest_presentation(match: BrokeredMatch) -> Presentation | None:
    """The last time the match was before those who offer."""
    mine = select(Presentation).where(Presentation.match_id == match.id)
    return db.session.scalar(mine.order_by(Presentation.presented_at.desc(), Presentation.id).limit(1))


def side_of(match: BrokeredMatch) -> Party:
    """A place in a project is the group's to give, all else is a provider's."""
    return Party.GROUP if match.offer.project_id else Party.PROVIDER


def may_be_told(match: BrokeredMatch, actor: Actor = VISITOR) -> bool:
    """Whether anybody outside the office may know of it: somebody whose case is blocked is presented on the telephone
    alone."""
    shown = select(BrokeredMatch.id).join(BrokeredMatch.request).where(shown_to(actor), BrokeredMatch.id == match.id)
    return db.session.scalar(shown) is not None


def mail_link(presentation: Presentation, template: str) -> bool:
    """A mail to those who offer with a new link; False where nobody reads it."""
    match, token = presentation.match, new_token()
    told = may_be_told(match) and tell_organisation(
        match.offer.organisation_id, template, token=token, last_day=match.last_day
    )
    if told:
        until = match.due_at or clock.now() + LINK_KEPT
        db.session.add(ProviderLink(token_hash=hash_token(token), presentation_id=presentation.id, valid_until=until))
        db.session.flush()
    return told


def open_link(token: str) -> Presentation:
    """For the holder of a mailed link; NotFound for any other, after its day, and once it was withdrawn."""
    offer = joinedload(ProviderLink.presentation).joinedload(Presentation.match).joinedload(BrokeredMatch.offer)
    query = select(ProviderLink).where(ProviderLink.token_hash == hash_token(token))
    link = db.session.scalar(query.options(offer.joinedload(Offer.dwelling), offer.joinedload(Offer.project)))
    if link is None or link.valid_until <= clock.now() or not may_be_told(link.presentation.match):
        raise NotFound(_("Dieser Link gilt nicht oder nicht mehr."))
    return link.presentation


def end_links(match: BrokeredMatch) -> None:
    """No mail leads to it any more."""
    mine = select(Presentation.id).where(Presentation.match_id == match.id)
    db.session.execute(delete(ProviderLink).where(ProviderLink.presentation_id.in_(mine)))
