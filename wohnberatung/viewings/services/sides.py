"""From where somebody looks at a viewing: the side that seeks, by secret link; the side that offers, by mailed link or
signed in; the office, which acts for either."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.proposals import open_proposal
from wohnberatung.brokerage.states import ACQUAINTED, TAKES_PLACE, MatchState
from wohnberatung.core import clock
from wohnberatung.core.actors import VISITOR, Actor
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import hash_token
from wohnberatung.core.languages import Words
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.seekers.contents import StoredContact
from wohnberatung.seekers.services.requests import contact_of, shown_to
from wohnberatung.viewings.models import SIDES, Viewing, ViewingLink, ViewingState

# Both know each other. One that expired did so because somebody did not come.
SHOWN = (*ACQUAINTED, *TAKES_PLACE, MatchState.EXPIRED)


@dataclass(frozen=True)
class Standing:
    """A match as seen from one `side`; `actor` is who is signed in, `token` the secret that opened it."""

    match: BrokeredMatch
    side: Party
    actor: Actor | None = None
    token: str = ""

    @property
    def is_office(self) -> bool:
        return self.side is Party.OFFICE

    @property
    def name(self) -> str:
        """Of the one who seeks, for those to whom it was released."""
        may_know = self.is_office or (self.side is Party.PROVIDER and self.match.released_at is not None)
        return contact_of(self.match.request).get("name", "") if may_know else ""

    @property
    def contact(self) -> StoredContact:
        """How the one who seeks is called, who has helped them: for their own side; empty for all others."""
        return contact_of(self.match.request) if self.side is Party.SEEKER else {}

    @property
    def address(self) -> str:
        """Where the home is. Whoever gets here was released to the other side, and has to find the door."""
        offer = self.match.offer
        return str(offer.dwelling.address if offer.dwelling else offer.project.name)

    @property
    def number(self) -> str:
        """By which this side knows it."""
        seeks = self.side is not Party.PROVIDER
        return self.match.request.receipt_number if seeks else self.match.offer.number

    def acts_for(self, chosen: str | None) -> Party:
        """The side that the deed counts for: one's own, or the one that the office speaks for.

        Raises DomainError at `side` where the office has not said for whom.
        """
        if not self.is_office:
            return self.side
        if chosen not in SIDES:
            raise DomainError(_("Bitte sagen Sie, für wen."), "side")
        return Party(chosen)


def other(side: Party) -> Party:
    """The one across."""
    return Party.PROVIDER if side is Party.SEEKER else Party.SEEKER


@dataclass(frozen=True)
class Door:
    """What both sides of a match may open: in which `states`, and from which of its moments on. `gone` is told to
    everybody else."""

    states: tuple[MatchState, ...]
    since: InstrumentedAttribute[datetime | None]
    gone: Words

    def by_link(self, token: str, match_id: str) -> Standing:
        """For the holder of a secret: of the request or of one proposal, or of a link that was mailed to those who
        offer. Raises NotFound for any other, and before that moment."""
        link = db.session.get(ViewingLink, hash_token(token))
        if link is None:
            match = open_proposal(token, match_id).match
            if getattr(match, self.since.key) is None or match.state not in self.states:
                raise NotFound(str(self.gone))
            return Standing(match, Party.SEEKER, token=token)
        if link.match_id != match_id or link.valid_until <= clock.now():
            raise NotFound(str(self.gone))
        return Standing(self._load(match_id, VISITOR), Party.PROVIDER, token=token)

    def at_desk(self, match_id: str, actor: Actor) -> Standing:
        """For the office, and for whoever belongs to those who offer. Raises NotFound for all others."""
        match = self._load(match_id, actor)
        if actor.is_staff:
            return Standing(match, Party.OFFICE, actor)
        if not actor.belongs_to(match.offer.organisation_id):
            raise NotFound(str(self.gone))
        return Standing(match, Party.PROVIDER, actor)

    def _load(self, match_id: str, actor: Actor) -> BrokeredMatch:
        """Hidden where the request is hidden from this person."""
        known = (BrokeredMatch.id == match_id) & self.since.is_not(None) & BrokeredMatch.state.in_(self.states)
        match = db.session.scalar(select(BrokeredMatch).join(BrokeredMatch.request).where(shown_to(actor), known))
        if match is None:
            raise NotFound(str(self.gone))
        return match


VIEWING = Door(SHOWN, BrokeredMatch.released_at, _l("Diese Besichtigung gibt es nicht, oder der Link gilt nicht mehr."))


def acquainted_matches(actor: Actor) -> Select[BrokeredMatch]:
    """Matches whose sides know each other, as far as this person may know of them: for the office all, for others those
    of their offers."""
    offer = joinedload(BrokeredMatch.offer)
    query = select(BrokeredMatch).join(BrokeredMatch.request).join(BrokeredMatch.offer).where(shown_to(actor))
    query = query.options(joinedload(BrokeredMatch.request), offer.joinedload(Offer.dwelling))
    query = query.options(offer.joinedload(Offer.project))
    query = query.where(BrokeredMatch.released_at.is_not(None), BrokeredMatch.state.in_(SHOWN))
    return query if actor.is_staff else query.where(Offer.organisation_id.in_(actor.organisation_ids))


def viewing_of(match: BrokeredMatch) -> Viewing | None:
    """As it is stored now; None where nobody has proposed a date yet."""
    query = select(Viewing).where(Viewing.match_id == match.id).execution_options(populate_existing=True)
    return db.session.scalar(query)


def side_at_turn(viewing: Viewing) -> Party | None:
    """Who is to choose, or to propose other dates; None where nobody has to."""
    if viewing.state == ViewingState.PROPOSED:
        return other(Party(viewing.proposed_by))
    return Party(viewing.proposed_by) if viewing.state == ViewingState.OTHERS_WANTED else None
