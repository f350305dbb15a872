"""Taking a step of an introduction: the only place where it changes its state, writes its history and tells the
sides."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.constraints import NOTE, check_length
from wohnberatung.core.ids import hash_token, new_token
from wohnberatung.core.languages import GERMAN
from wohnberatung.core.steps import Party, Step
from wohnberatung.dwellings.services.provider_desk import address_of
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import queue_mail
from wohnberatung.network.models.introductions import (
    Introduction,
    IntroductionDisclosure,
    IntroductionEvent,
    IntroductionLink,
    IntroductionSide,
    IntroductionState,
    SideLearned,
)
from wohnberatung.network.steps import INTRODUCTION_STEPS, MAIL, TO_AGREE
from wohnberatung.seekers.services.contacts import send_mail
from wohnberatung.seekers.services.post import POST

# How long a link in a mail leads somewhere once the sides know each other.
LINK_KEPT = timedelta(days=60)


def take(
    row: Introduction,
    key: str,
    *,
    by: Party,
    actor: Actor | None = None,
    side: IntroductionSide | None = None,
    target: IntroductionState | None = None,
    reason: str | None = None,
    note: str = "",
) -> Step[Introduction]:
    """Go a step, for `side` where it is theirs. Raises as `StepTable.check` does, DomainError at `note` for one that is
    too long."""
    before = INTRODUCTION_STEPS.state_of(row)
    check_length(note, NOTE, "note")
    step = INTRODUCTION_STEPS.take(row, key, by=by, target=target)
    if row.state == IntroductionState.OFFERED:
        row.due_at = (step.deadline or TO_AGREE).end() if before != IntroductionState.OFFERED else row.due_at
    else:
        row.due_at = None
    event = IntroductionEvent(
        introduction=row,
        step=step.key,
        state_before=before,
        state_after=row.state,
        party=by,
        side=side,
        actor_id=actor.user_id if actor else None,
        reason=reason,
    )
    event.plain_note = note.strip() or None
    db.session.add(event)
    db.session.flush()
    return step


def disclose(row: Introduction, what: SideLearned, about: Iterable[IntroductionSide] | None = None) -> None:
    """Add lines to the ledger: every other side learns this of these sides, all of them where none are named."""
    for side in row.sides if about is None else about:
        for other in row.sides:
            if other is not side:
                db.session.add(
                    IntroductionDisclosure(introduction_id=row.id, about_id=side.id, to_id=other.id, what=what)
                )
    db.session.flush()


def tell(row: Introduction, sides: Iterable[IntroductionSide]) -> int:
    """Mail these sides that there is something to read, never what; returns how many are told."""
    return sum(_tell(row, side) for side in sides)


def others(row: Introduction, side: IntroductionSide | None) -> list[IntroductionSide]:
    """All sides but this one; all of them for the office."""
    return [each for each in row.sides if each is not side]


def _tell(row: Introduction, side: IntroductionSide) -> bool:
    if side.request is not None:
        token = new_token()
        who = send_mail(
            side.request,
            "introduction_news",
            in_dialogue=True,
            receipt_number=side.request.receipt_number,
            token=token,
            last_day=row.last_day,
        )
        if who not in (None, POST):
            db.session.add(IntroductionLink(token_hash=hash_token(token), side_id=side.id, valid_until=_ends(row)))
        return who is not None
    address = address_of(side.organisation_id) if side.organisation_id else None
    if address is None:
        return False
    queue_mail(MAIL, to=address, language=GERMAN.code, in_dialogue=True, introduction_id=row.id, last_day=row.last_day)
    return True


def _ends(row: Introduction) -> datetime:
    """At least until the answer is due."""
    kept = clock.start_of_day(clock.today() + LINK_KEPT)
    return max(row.due_at or kept, kept)
