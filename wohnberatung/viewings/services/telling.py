"""Mails about viewings: that there is news and where to read it, and of a date when it is."""

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.history import link_ends, mail_with_link
from wohnberatung.core.ids import hash_token, new_token
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.services.provider_desk import tell_provider
from wohnberatung.extensions import db
from wohnberatung.viewings.models import Viewing, ViewingLink
from wohnberatung.viewings.services.sides import Standing

NEWS, REMINDER, HOW_WAS_IT, OFF = "viewing_news", "viewing_reminder", "viewing_how", "viewing_off"


def tell_of(viewing: Viewing, standing: Standing, side: Party, *, seeker_knows: bool = False) -> None:
    """Mail whoever has not done it themselves. `seeker_knows`: the match has told the one who seeks."""
    if standing.side is not Party.PROVIDER:
        mail_provider(viewing.match, NEWS)
    if not seeker_knows and side is not Party.SEEKER:
        mail_with_link(viewing.match, "match_news")


def tell_both(viewing: Viewing, template: str) -> int:
    """Mail both sides; returns how many read mails."""
    match = viewing.match
    seeker = mail_with_link(match, template, starts_at=viewing.starts_at)
    return int(seeker is not None) + int(mail_provider(match, template, starts_at=viewing.starts_at))


def mail_provider(match: BrokeredMatch, template: str, **values: object) -> bool:
    """With a link that opens this one viewing without signing in; False where nobody reads it."""
    token = new_token()
    told = tell_provider(
        match.offer, template, match_id=match.id, token=token, receipt_number=match.offer.number, **values
    )
    if told:
        let_in(match, token)
    return told


def let_in(match: BrokeredMatch, token: str) -> None:
    """From now on the secret opens this one viewing, for those who offer."""
    db.session.add(ViewingLink(token_hash=hash_token(token), match_id=match.id, valid_until=link_ends(match)))
    db.session.flush()


def mail_that_it_is_off(viewing: Viewing) -> None:
    """To those who offer, without a link: the match is over, and nothing of it is theirs to read any more."""
    match = viewing.match
    tell_provider(match.offer, OFF, receipt_number=match.offer.number, starts_at=viewing.starts_at)
