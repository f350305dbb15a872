"""Reminding many at once, on either side: whose time is nearly over, what each of them would read, and sending it.

A preview is the deed itself, which is taken back: what is shown is the very mail that would leave, or the very letter
that would lie among those to be posted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.board import MatchFilter, found_matches, in_order, loaded
from wohnberatung.brokerage.services.history import locked, take
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.pagination import PAGE_SIZE
from wohnberatung.core.steps import Party, Step
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import ShownMail, read_mail
from wohnberatung.papers import LetterPaper
from wohnberatung.seekers.models import PostalLetter
from wohnberatung.seekers.services.post import letters_about, paper_of
from wohnberatung.seekers.services.requests import shown_to

NEAR = timedelta(days=3)
# Steps that remind somebody, each of its own states.
REMINDING = ("remind", "remind_provider")


@dataclass(frozen=True)
class Reminded:
    """What became of one match: the mails (a group gets several), or the letter that is to be posted, or in words why
    there is neither. `number` is that of its request."""

    match_id: str
    number: str
    title: str
    mails: tuple[ShownMail, ...] = ()
    letter: LetterPaper | None = None
    refused: str = ""

    @property
    def goes(self) -> bool:
        """Whether anything goes out."""
        return bool(self.mails or self.letter)


def to_remind(actor: Actor, narrowed: MatchFilter) -> list[BrokeredMatch]:
    """Whose answer is awaited and whose time is nearly over or has been, the most urgent first; so many at once as
    somebody can look through."""
    only_office(actor)
    states = {state for step in _reminding_steps() for state in step.sources}
    near = BrokeredMatch.state.in_(states) & (BrokeredMatch.due_at <= clock.now() + NEAR)
    found = in_order(loaded(found_matches(actor, narrowed).where(near)))
    return list(db.session.scalars(found.limit(PAGE_SIZE)))


def remind_all(match_ids: Sequence[str], actor: Actor) -> list[Reminded]:
    """Each for itself: one that is refused keeps no other one back. DomainError where none is chosen, or too many."""
    only_office(actor)
    chosen = list(dict.fromkeys(match_ids))
    if not 0 < len(chosen) <= PAGE_SIZE:
        raise DomainError(_("Bitte wählen Sie Vorschläge aus, mindestens einen, höchstens %(most)s.", most=PAGE_SIZE))
    return [_remind(match_id, actor) for match_id in chosen]


def _remind(match_id: str, actor: Actor) -> Reminded:
    match = db.session.scalar(
        loaded(select(BrokeredMatch).join(BrokeredMatch.request).where(shown_to(actor), BrokeredMatch.id == match_id))
    )
    if match is None:
        raise NotFound(_("Diesen Vorschlag gibt es nicht."))
    number, title = match.request.receipt_number, match.offer.display_title
    try:
        with db.session.begin_nested():
            mails, letter = _take(locked(match_id), actor)
            return Reminded(match_id, number, title, mails, letter)
    except DomainError as error:
        return Reminded(match_id, number, title, refused=error.message)


def _take(match: BrokeredMatch, actor: Actor) -> tuple[tuple[ShownMail, ...], LetterPaper | None]:
    step = next((step for step in _reminding_steps() if match.state in step.sources), None)
    if step is None:
        raise DomainError(_("Hier wartet niemand mehr auf eine Antwort."))
    if step.told and _waits_for_post(match):
        raise DomainError(_("Der Brief dazu ist noch nicht eingeworfen: Er liegt unter „Briefe zum Einwerfen“."))
    before = _mails_since(began := clock.now())
    take(match, step.key, by=Party.OFFICE, actor=actor)
    mails = tuple(read_mail(each) for each in _mails_since(began) if each not in before)
    letter = _waits_for_post(match) if step.told else None
    if not mails and letter is None:
        raise DomainError(_("Hier liest niemand E-Mails von uns, und niemand möchte Briefe. Rufen Sie an."))
    return mails, paper_of(letter) if letter else None


def _mails_since(began: datetime) -> list[str]:
    """In the order in which they were written; what a step writes is younger than the moment before it, or as old."""
    mails = select(OutgoingMail.id).where(OutgoingMail.created_at >= began)
    return list(db.session.scalars(mails.order_by(OutgoingMail.created_at, OutgoingMail.id)))


def _waits_for_post(match: BrokeredMatch) -> PostalLetter | None:
    """The letter about the match that lies here still."""
    return next((each for each in letters_about(match.id) if each.posted_at is None), None)


def _reminding_steps() -> list[Step[BrokeredMatch]]:
    """Those of the table that the office may take."""
    return [step for step in STEPS if step.key in REMINDING and Party.OFFICE in step.by]
