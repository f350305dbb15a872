"""Proposals as the one who seeks sees and answers them, by the link to their request or by one from a mail."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.brokerage.models import BrokeredMatch, MatchLink
from wohnberatung.brokerage.reasons import REASONS, DeclineReason
from wohnberatung.brokerage.services.history import NOTHING, Given, locked, take
from wohnberatung.brokerage.services.results import KeptResult, result_of
from wohnberatung.brokerage.services.steps import STEPS, awaited_of
from wohnberatung.brokerage.states import ANSWERABLE, WITH_BOTH, MatchState
from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, NotFound
from wohnberatung.core.ids import hash_token
from wohnberatung.core.steps import Party, Step
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.dwellings.services.pictures import pictures_of_offer
from wohnberatung.dwellings.services.sheets import FactRow
from wohnberatung.dwellings.services.showcase import shown_offer
from wohnberatung.extensions import db
from wohnberatung.pictures.services import ShownPicture
from wohnberatung.seekers.contents import StoredContact
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.consents import GivenConsent, add_consent, may_be_matched
from wohnberatung.seekers.services.contacts import is_reachable, leave_contact
from wohnberatung.seekers.services.requests import contact_of, needs_of


@dataclass(frozen=True)
class Proposal:
    """One released match. `answers` are the steps that the person may still take."""

    match: BrokeredMatch
    answers: tuple[Step[BrokeredMatch], ...]
    reason: DeclineReason | None

    @property
    def title(self) -> str:
        """In the language that is read."""
        return shown_offer(self.match.offer).title

    @property
    def is_own_title(self) -> bool:
        """Whether it is what the provider calls it, in German."""
        return shown_offer(self.match.offer).in_own_words

    @property
    def place(self) -> str:
        """As far as anybody may know it."""
        offer = self.match.offer
        return str(offer.dwelling.public_address if offer.dwelling else offer.project.name)

    @property
    def is_published(self) -> bool:
        """Whether there is a fact sheet that anybody may open."""
        return self.match.offer.status == OfferStatus.PUBLISHED

    @property
    def figures(self) -> tuple[FactRow, ...]:
        """Rent, size, rooms, the day: what anybody wants to know first, known or not."""
        return shown_offer(self.match.offer).figures

    def pictures(self) -> tuple[ShownPicture, ...]:
        return pictures_of_offer(self.match.offer)

    @property
    def contact(self) -> StoredContact:
        """How the person is called and reached, and who has helped them."""
        return contact_of(self.match.request)

    @property
    def is_reachable(self) -> bool:
        """Whether the office can get in touch by itself."""
        return is_reachable(self.match.request)

    @property
    def waits(self) -> bool:
        """For an answer."""
        return self.match.state == MatchState.OFFERED

    @property
    def awaited(self) -> Step[BrokeredMatch] | None:
        return awaited_of(self.answers)

    def result(self) -> KeptResult:
        """Opened when it is shown, as a list needs none of it."""
        return result_of(self.match)


def proposals_for_seeker(request: HousingRequest) -> tuple[Proposal, ...]:
    """What was released to the person, the newest first; nothing without the consents that matching needs."""
    if not may_be_matched(request, needs_of(request)):
        return ()
    query = (
        _released()
        .where(BrokeredMatch.request_id == request.id)
        .order_by(BrokeredMatch.offered_at.desc(), BrokeredMatch.id)
    )
    return tuple(_proposal(match) for match in db.session.scalars(query))


def open_proposal(token: str, match_id: str) -> Proposal:
    """For the holder of either secret; NotFound for any other, after the link's day, or without the consent."""
    match = db.session.scalar(_released().where(BrokeredMatch.id == match_id))
    if match is None or not _opens(token, match) or not may_be_matched(match.request, needs_of(match.request)):
        raise NotFound(_("Dieser Link gilt nicht oder nicht mehr."))
    return _proposal(match)


def match_by_secret(token: str, match_id: str) -> BrokeredMatch:
    """For the holder of either secret, whatever has become of the consent to matching since; NotFound for any other."""
    match: BrokeredMatch | None = db.session.scalar(_released().where(BrokeredMatch.id == match_id))
    if match is None or not _opens(token, match):
        raise NotFound(_("Dieser Link gilt nicht oder nicht mehr."))
    return match


def opens_whole_request(token: str, proposal: Proposal) -> bool:
    """Whether it is the secret of the request and not of this proposal alone, as mails have it."""
    return hash_token(token) == proposal.match.request.token_hash


@dataclass(frozen=True)
class LeftContact:
    """How somebody wants to be reached who was not so far: phone or email, its value, and the consent to keep it."""

    way: str
    value: str
    consent: GivenConsent


@dataclass(frozen=True)
class GoneAlong:
    """What came with an answer: how to be reached, and the consent to telling a provider anything."""

    contact: LeftContact | None = None
    consent: GivenConsent | None = None


NOTHING_ALONG = GoneAlong()


def answer(
    token: str,
    match_id: str,
    key: str,
    *,
    version: int | None,
    given: Given = NOTHING,
    along: GoneAlong = NOTHING_ALONG,
) -> BrokeredMatch:
    """Take a step of the seeker: an answer, or a yes to telling the provider more. The same answer twice is one.

    Conflict with both answers where another one came first, DomainError at `reason`, `note` or `until`.
    """
    open_proposal(token, match_id)
    match = locked(match_id)
    if STEPS.is_done(match, key, Party.SEEKER):
        return match
    if match.state in (*ANSWERABLE, *WITH_BOTH) and version != match.version:
        label = _("Ihre Antwort")
        message = _("Zu diesem Vorschlag gibt es schon eine neuere Antwort. Ihre ist noch nicht gespeichert.")
        raise Conflict(message, {label: str(match.stage.said)}, {label: str(STEPS[key].label)})
    if along.contact is not None:
        leave_contact(match.request, along.contact.way, along.contact.value, along.contact.consent)
    if along.consent is not None:
        add_consent(match.request, along.consent)
    return take(match, key, by=Party.SEEKER, given=given)


def _proposal(match: BrokeredMatch) -> Proposal:
    return Proposal(match, STEPS.offered(match, Party.SEEKER), REASONS.get(match.reason or ""))


def _released() -> Any:
    request, offer = joinedload(BrokeredMatch.request), joinedload(BrokeredMatch.offer)
    return (
        select(BrokeredMatch)
        .options(request.selectinload(HousingRequest.consents))
        .options(offer.joinedload(Offer.dwelling), offer.joinedload(Offer.project))
        .where(BrokeredMatch.offered_at.is_not(None), BrokeredMatch.state != MatchState.UNDER_REVIEW)
    )


def _opens(token: str, match: BrokeredMatch) -> bool:
    hashed = hash_token(token)
    if hashed == match.request.token_hash:
        return True
    link = db.session.get(MatchLink, hashed)
    return link is not None and link.match_id == match.id and link.valid_until > clock.now()
