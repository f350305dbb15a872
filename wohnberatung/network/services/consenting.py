"""Every side says for itself whether it wants to be introduced, and may take that back at any time."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from wohnberatung.core import clock
from wohnberatung.core.actors import VISITOR, Actor
from wohnberatung.core.changes import check_version
from wohnberatung.core.languages import current_language
from wohnberatung.core.steps import Party
from wohnberatung.extensions import db
from wohnberatung.network.models.introductions import (
    ACQUAINTED,
    Introduction,
    IntroductionSide,
    IntroductionState,
    SideAnswer,
    SideLearned,
)
from wohnberatung.network.services.history import disclose, others, take, tell
from wohnberatung.network.services.meetings import end_meeting
from wohnberatung.network.services.sides import SideStanding, load_introduction
from wohnberatung.network.steps import AGREE, REFUSE, TAKE_BACK
from wohnberatung.privacy import audit
from wohnberatung.seekers.models import HousingRequest, Purpose


@dataclass(frozen=True)
class Wording:
    """What a side agreed to, as it read it."""

    version: str
    text: str


def answer(
    standing: SideStanding, *, agrees: bool, wording: Wording, version: int | None, for_side: str | None = None
) -> Introduction:
    """The side's own yes or no; with the last yes they know each other. Said twice is said once.

    Raises DomainError at `side` where the office says not for whom, Conflict where it is not asked any more or somebody
    was faster.
    """
    row, side = _locked(standing, for_side)
    if agrees and side.answer == SideAnswer.AGREED and row.state != IntroductionState.WITHDRAWN:
        return row
    check_version(row, version)
    side.answer = SideAnswer.AGREED if agrees else SideAnswer.REFUSED
    side.consent_version, side.consent_text = (wording.version, wording.text) if agrees else (None, None)
    side.language = current_language().code
    side.answered_at, side.answered_through = clock.now(), _through(standing)
    side.answered_by = standing.actor.user_id if standing.actor else None
    if not agrees:
        take(row, REFUSE, by=standing.party, side=side, actor=standing.actor)
    else:
        target = IntroductionState.INTRODUCED if row.all_agreed else IntroductionState.OFFERED
        take(row, AGREE, by=standing.party, side=side, actor=standing.actor, target=target)
    if row.state == IntroductionState.INTRODUCED:
        _introduce(row, standing.actor)
    if row.state != IntroductionState.OFFERED:
        tell(row, others(row, standing.side))
    db.session.flush()
    return row


def take_back(standing: SideStanding, *, version: int | None, for_side: str | None = None) -> Introduction:
    """A side does not want it any more: from now on nobody of the others sees who it is. Raises as `answer` does."""
    row, side = _locked(standing, for_side)
    if side.answer != SideAnswer.WITHDRAWN:
        check_version(row, version)
    _end(row, side, by=standing.party, actor=standing.actor)
    tell(row, others(row, standing.side))
    return row


def end_introductions(request: HousingRequest, reason: str) -> None:
    """Nobody looks for a home for this person any more, or may speak of them: what they were introduced to is over."""
    sides = select(IntroductionSide).join(IntroductionSide.introduction)
    open_ones = Introduction.state.in_((IntroductionState.OFFERED, *ACQUAINTED))
    for side in db.session.scalars(sides.where(IntroductionSide.request_id == request.id, open_ones)).all():
        _end(side.introduction, side, by=Party.SYSTEM, actor=None)
        tell(side.introduction, others(side.introduction, side))


def end_with_consent(request: HousingRequest, purpose: str) -> None:
    if purpose in (Purpose.CONTACT, Purpose.HEALTH):
        end_introductions(request, "consent_withdrawn")


def _introduce(row: Introduction, actor: Actor | None) -> None:
    row.released_at = clock.now()
    disclose(row, SideLearned.CONTACT)
    if actor is not None:
        audit.record("introduced", f"introductions|{row.id}", actor)


def _end(row: Introduction, side: IntroductionSide, *, by: Party, actor: Actor | None) -> None:
    known = row.released_at is not None
    take(row, TAKE_BACK, by=by, side=side, actor=actor)
    side.answer, side.answered_at = SideAnswer.WITHDRAWN, clock.now()
    row.follow_up_on = None
    end_meeting(row)
    if known:
        disclose(row, SideLearned.RECALLED, [side])
    db.session.flush()


def _locked(standing: SideStanding, for_side: str | None) -> tuple[Introduction, IntroductionSide]:
    row = load_introduction(standing.introduction.id, standing.actor or VISITOR, locked=True)
    side = SideStanding(row, standing.side, standing.actor).acts_for(for_side)
    return row, side


def _through(standing: SideStanding) -> Literal["telephone", "link", "desk"]:
    if standing.is_office:
        return "telephone"
    return "link" if standing.token else "desk"
