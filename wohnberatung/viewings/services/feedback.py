"""How it was for either side, and what they saw differently from what is known of the home."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import delete, select

from matching.catalogue import HOMES
from matching.facts import Choice, Choices, Fact, Flag, Measure
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.history import locked, take
from wohnberatung.brokerage.services.results import result_of
from wohnberatung.brokerage.states import MatchState
from wohnberatung.core.changes import CHANGED_MEANWHILE
from wohnberatung.core.constraints import NOTE, check_length
from wohnberatung.core.errors import Conflict, DomainError
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.services.sheets import FactRow, fact_row
from wohnberatung.dwellings.services.showcase import ABILITIES
from wohnberatung.extensions import db
from wohnberatung.viewings.models import CorrectionState, FactCorrection, ViewingFeedback, ViewingState, WishToGoOn
from wohnberatung.viewings.services.sides import Standing, viewing_of
from wohnberatung.viewings.steps import HOLD, VIEWING_STEPS

MOST_FACTS = 8


@dataclass(frozen=True)
class SaidAfterwards:
    """What one side says: the key of a WishToGoOn, words for the office, facts by key that they saw differently."""

    verdict: str
    words: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    measured: bool = False


def facts_to_check(match: BrokeredMatch, side: Party) -> list[FactRow]:
    """What this person needs the home to be able to do, with what is known of it so far: that is worth a look. Those
    who offer see nothing of it that is private to the household."""
    criteria = {criterion.key: criterion for criterion in HOMES.criteria}
    reasons = [reason for reason in result_of(match).reasons if reason.side == "seeker" and reason.key in criteria]
    told = [reason for reason in reasons if side is not Party.PROVIDER or not reason.private]
    facts = dict.fromkeys(fact for reason in told for fact in criteria[reason.key].facts)
    return [_row(match, fact) for fact in facts if _can_be_checked(match, fact)][:MOST_FACTS]


def give_feedback(
    standing: Standing, said: SaidAfterwards, *, version: int | None, for_side: str | None = None
) -> ViewingFeedback:
    """Keep it; the first word of either side says that the viewing was. Said again, the last word counts, as long as
    the office has not decided on what is to be put right.

    Raises DomainError before it begins, at `verdict` or `words`, Conflict where somebody was faster.
    """
    side = standing.acts_for(for_side)
    if said.verdict not in set(WishToGoOn):
        raise DomainError(_("Bitte sagen Sie, wie es weitergehen soll."), "verdict")
    check_length(said.words, NOTE, "words")
    match = locked(standing.match.id)
    viewing = viewing_of(match)
    feedback = feedback_of(match, side)
    if viewing is None or version != (feedback.version if feedback else 0):
        raise Conflict(str(CHANGED_MEANWHILE))
    if viewing.state == ViewingState.AGREED:
        VIEWING_STEPS.take(viewing, HOLD, by=side)
        db.session.flush()
    if viewing.state != ViewingState.HELD:
        raise VIEWING_STEPS.refused(viewing)
    if match.state == MatchState.VIEWING:
        take(match, "viewed", by=side, actor=standing.actor)
    if feedback is None:
        feedback = ViewingFeedback(id=new_id(), match=match, side=side)
        db.session.add(feedback)
    feedback.verdict, feedback.plain_words = WishToGoOn(said.verdict), said.words.strip() or None
    _keep_corrections(match, side, said)
    db.session.flush()
    return feedback


def feedback_of(match: BrokeredMatch, side: Party) -> ViewingFeedback | None:
    """What that side has said so far."""
    given = select(ViewingFeedback).where(ViewingFeedback.match_id == match.id, ViewingFeedback.side == side)
    return db.session.scalar(given)


def corrections_by(match: BrokeredMatch, side: Party) -> Sequence[FactCorrection]:
    """What that side saw differently, and what became of it."""
    query = select(FactCorrection).where(FactCorrection.match_id == match.id, FactCorrection.side == side)
    return db.session.scalars(query.order_by(FactCorrection.created_at, FactCorrection.id)).all()


def _keep_corrections(match: BrokeredMatch, side: Party, said: SaidAfterwards) -> None:
    """Only what differs from what is known; what waited from this side before is replaced."""
    mine = (FactCorrection.match_id == match.id) & (FactCorrection.side == side)
    db.session.execute(delete(FactCorrection).where(mine, FactCorrection.state == CorrectionState.WAITING))
    for row in facts_to_check(match, side):
        value = said.facts.get(row.fact.key)
        if value is not None and value != row.value:
            db.session.add(
                FactCorrection(match=match, side=side, key=row.fact.key, value=value, measured=said.measured)
            )


def _can_be_checked(match: BrokeredMatch, fact: Fact) -> bool:
    """With one's eyes or a folding rule, and kept somewhere."""
    kept = any(part.fact_owner == fact.owner for part in match.offer.parts)
    simple = isinstance(fact, Measure | Flag | Choice) and not isinstance(fact, Choices)
    return kept and simple and fact.theme in ABILITIES


def _row(match: BrokeredMatch, fact: Fact) -> FactRow:
    part = next(part for part in match.offer.parts if part.fact_owner == fact.owner)
    return fact_row(part, fact)
