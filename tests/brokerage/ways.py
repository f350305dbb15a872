"""Matches anywhere on their way, for tests: each step as the party takes it whose step it is."""

from datetime import timedelta
from typing import Any

from tests.brokerage.cases import asked, home
from tests.factories import advisor
from wohnberatung.brokerage.days import DAYS
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.reasons import reasons_of_step
from wohnberatung.brokerage.services.history import Given, locked, take
from wohnberatung.brokerage.services.matches import review
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.core import clock
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.seekers.services.requests import Submitted

CONSENTS = ("advice", "matching", "health", "contact", "sharing", "release")
TO_RESERVED = (
    "offer", "interested", "share", "present", "welcome", "release", "view", "viewed", "clarify", "reserve"
)  # fmt: skip
TO_COMPLETED = (*TO_RESERVED, "contract", "apply", "works", "order", "move_in", "follow_up", "complete")
# The way that leads to each step out of the common one.
BEFORE: dict[str, tuple[str, ...]] = {
    "resume": (*TO_RESERVED[:3], "hold"),
    "ask_back": (*TO_RESERVED[:4], "refuse"),
    "confirm_refusal": (*TO_RESERVED[:4], "refuse"),
    "refuse": TO_RESERVED[:4],
    "call_off": TO_RESERVED[:7],
    "missed": TO_RESERVED[:7],
    "missed_twice": TO_RESERVED[:7],
    "declined": TO_RESERVED[:1],
    "confirm": (*TO_RESERVED[:1], "declined"),
    "unreserve": TO_RESERVED,
    "end_living": TO_COMPLETED[:-2],
    "ask_how_it_goes": TO_COMPLETED[:-2],
    **dict.fromkeys(("rematch", "let_be"), (*TO_COMPLETED[:-2], "end_living", "talked")),
    "talked": (*TO_COMPLETED[:-2], "end_living"),
}


# Reasons that leave request and offer as they are.
USUAL = {"refuse": "works_not_possible", "withdraw": "needs_changed"}


def given_with(match: BrokeredMatch, key: str, by: Party) -> Given:
    """What the step asks for: the first reason that may be given, tomorrow or today."""
    step, named = STEPS[key], DAYS.get(key)
    codes = [reason.code for reason in reasons_of_step(key, by) if not reason.needs_text]
    until = None if named is None else clock.today() + timedelta(days=named.lies_ahead)
    code = USUAL.get(key, codes[0] if codes else None)
    return Given(code if step.reason else None, until=until)


def go(match: BrokeredMatch, *keys: str) -> BrokeredMatch:
    """Take these steps, one after the other; a viewing lies behind as soon as it was."""
    for key in keys:
        if key in ("viewed", "missed", "missed_twice"):
            match.viewing_on = clock.today()
        by = STEPS[key].by[0] if Party.OFFICE not in STEPS[key].by else Party.OFFICE
        actor = advisor() if by is Party.OFFICE else None
        take(locked(match.id), key, by=by, actor=actor, given=given_with(match, key, by))
    return match


def sharing(**options: Any) -> Submitted:
    """Somebody who agreed that providers may hear what the home must be able to do."""
    return asked(purposes=CONSENTS, **options)


def on_the_way(*keys: str, submitted: Submitted | None = None, offer: Offer | None = None) -> BrokeredMatch:
    """A reviewed match that went these steps."""
    pair = (submitted or sharing()).request.id, (offer or home()).id
    db.session.commit()  # what is not stored yet is on no list
    return go(review(*pair, advisor()), *keys)


def clarified(submitted: Submitted | None = None, offer: Offer | None = None) -> BrokeredMatch:
    """All that is left is to reserve."""
    return on_the_way(*TO_RESERVED[:-1], submitted=submitted, offer=offer)
