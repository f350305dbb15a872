"""Answers of those who offer: on their page, by a link from a mail, and being asked again before their time is over."""

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from wohnberatung.brokerage.models import BrokeredMatch, MatchEvent
from wohnberatung.brokerage.services.history import Given, locked, take
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.brokerage.states import REMINDED_BEFORE, MatchState
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.errors import Conflict, NotFound
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import each_in_its_own_transaction
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.extensions import db
from wohnberatung.providers.models import Presentation
from wohnberatung.providers.services.inbox import ANSWERS, load_presented, shown_presentation
from wohnberatung.providers.services.links import open_link, side_of
from wohnberatung.seekers.services.requests import shown_to


def answer_presented(match_id: str, key: str, given: Given, actor: Actor) -> None:
    """On one's page, signed in. Raises as `_answer` does."""
    _answer(load_presented(match_id, actor).presentation, key, given, actor)


def answer_by_link(token: str, key: str, given: Given) -> None:
    """By a mailed link. Raises as `_answer` does, NotFound where the link opens nothing."""
    _answer(open_link(token), key, given, None)


def _answer(presentation: Presentation, key: str, given: Given, actor: Actor | None) -> None:
    """The same answer twice is one. Conflict where there is another one or it is over, NotFound where those who offer
    have no such answer, DomainError at `reason`, `note` or `until`."""
    match = locked(presentation.match_id)
    db.session.refresh(presentation)
    if presentation.answer == key:
        return
    if presentation.answer:
        said = _("Sie haben schon geantwortet: %(answer)s. Rufen Sie uns an, wenn sich das geändert hat.")
        raise Conflict(said % {"answer": ANSWERS[presentation.answer]})
    STEPS.check(match, key, by=side_of(match), why=given.reason)
    if key not in {step.key for step in shown_presentation(presentation).steps}:
        raise NotFound(_("Diese Antwort gibt es hier nicht."))
    take(match, key, by=side_of(match), actor=actor, given=given)


def remind_providers() -> int:
    """Ask again on the day they named, and 48 hours before their time is over; returns how many.

    Raises LeftUndone for those where it failed.
    """
    due = _to_remind()

    def remind(match_id: str) -> int:
        match = locked(match_id)
        # Looked at again now that nobody else can change it.
        if db.session.scalar(due.where(BrokeredMatch.id == match_id)) is None:
            return 0
        take(match, "remind_provider", by=Party.SYSTEM)
        return 1

    return sum(each_in_its_own_transaction(db.session.scalars(due).all(), remind))


def _to_remind() -> Select[str]:
    now = clock.now()
    named = Presentation.ask_again_on <= clock.today()
    late = Presentation.reminded_at.is_(None) & Presentation.ask_again_on.is_(None)
    soon = late & (BrokeredMatch.due_at > now) & (BrokeredMatch.due_at <= now + REMINDED_BEFORE)
    waits = Presentation.ended_at.is_(None) & (BrokeredMatch.state == MatchState.PRESENTED)
    query = select(BrokeredMatch.id).join(Presentation, Presentation.match_id == BrokeredMatch.id)
    return query.join(BrokeredMatch.offer).where(waits, Offer.status == OfferStatus.PUBLISHED, or_(named, soon))


def open_questions(actor: Actor) -> list[BrokeredMatch]:
    """Matches about which those who offer have asked the office something, the oldest question first."""
    only_office(actor)
    asked, settled = _last("ask_office"), _last("settle_question")
    query = select(BrokeredMatch).join(BrokeredMatch.request).where(shown_to(actor), asked > func.coalesce(settled, 0))
    offer = joinedload(BrokeredMatch.offer)
    parts = offer.joinedload(Offer.dwelling), offer.joinedload(Offer.project), joinedload(BrokeredMatch.request)
    return list(db.session.scalars(query.options(*parts).order_by(asked)))


def _last(step: str) -> ColumnElement[int]:
    """The number of the last event of that step of a match; NULL where there is none."""
    mine = select(func.max(MatchEvent.id)).where(MatchEvent.match_id == BrokeredMatch.id, MatchEvent.step == step)
    return mine.correlate(BrokeredMatch).scalar_subquery()
