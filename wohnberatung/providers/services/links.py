"""Which presentation is whose, and the secret links in mails to those who offer."""

from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.history import link_ends
from wohnberatung.core import clock
from wohnberatung.core.actors import VISITOR, Actor
from wohnberatung.core.errors import NotFound
from wohnberatung.core.ids import hash_token, new_token
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.provider_desk import tell_organisation
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import queue_mail
from wohnberatung.providers.models import MatchVoter, Presentation, ProviderLink
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


def mail_link(presentation: Presentation, template: str, **values: object) -> bool:
    """A mail to those who offer with a new link; False where nobody reads it."""
    match, token = presentation.match, new_token()
    until = link_ends(match)
    last_day = clock.to_berlin(until - timedelta(seconds=1)).date()
    told = may_be_told(match) and tell_organisation(
        match.offer.organisation_id, template, token=token, last_day=last_day, **values
    )
    if told:
        db.session.add(ProviderLink(token_hash=hash_token(token), presentation_id=presentation.id, valid_until=until))
        db.session.flush()
    return told


def open_link(token: str) -> Presentation:
    """For the holder of a mailed link; NotFound for any other, after its day, and once it was withdrawn."""
    offer = joinedload(ProviderLink.presentation).joinedload(Presentation.match).joinedload(BrokeredMatch.offer)
    query = select(ProviderLink).where(ProviderLink.token_hash == hash_token(token))
    link = db.session.scalar(query.options(offer.joinedload(Offer.dwelling), offer.joinedload(Offer.project)))
    gone = link is None or link.voter_id is not None or link.valid_until <= clock.now()
    if link is None or gone or not may_be_told(link.presentation.match):
        raise NotFound(_("Dieser Link gilt nicht oder nicht mehr."))
    return link.presentation


def mail_voter(presentation: Presentation, voter: MatchVoter, email: str, until: datetime) -> None:
    """A ballot by mail: a link that opens it, until the vote ends."""
    if not may_be_told(presentation.match):
        return
    token, last_day = new_token(), clock.to_berlin(until - timedelta(seconds=1)).date()
    queue_mail("match_vote", to=email, in_dialogue=True, token=token, last_day=last_day)
    link = ProviderLink(token_hash=hash_token(token), presentation_id=presentation.id, voter_id=voter.id)
    link.valid_until = until
    db.session.add(link)
    db.session.flush()


def open_ballot(token: str) -> MatchVoter:
    """For the holder of a mailed ballot; NotFound for any other, after its day, and once the vote is off."""
    link = db.session.get(ProviderLink, hash_token(token))
    if link is None or link.voter is None or link.valid_until <= clock.now():
        raise NotFound(_("Dieser Link gilt nicht oder nicht mehr."))
    if not may_be_told(link.presentation.match):
        raise NotFound(_("Dieser Link gilt nicht oder nicht mehr."))
    return link.voter


def end_links(match: BrokeredMatch) -> None:
    """No mail leads to it any more."""
    mine = select(Presentation.id).where(Presentation.match_id == match.id)
    db.session.execute(delete(ProviderLink).where(ProviderLink.presentation_id.in_(mine)))
