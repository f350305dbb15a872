"""What a step of a match changes beside the state: until when that lasts, and what is remembered of it."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from wohnberatung.brokerage.days import DAYS, FOLLOW_UPS, TIME_TO_TELL
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.states import ASIDE, IN_PLAY, OPEN, STAGES, MatchState
from wohnberatung.core import clock
from wohnberatung.core.steps import Step

if TYPE_CHECKING:
    from wohnberatung.brokerage.services.history import Given

_REMEMBERED = (
    "shared_at",
    "released_at",
    "waits_since",
    "viewing_on",
    "contract_on",
    "funding_applied_on",
    "works_ordered_on",
    "moved_in_on",
    "followed_up_on",
)
# What else a step forgets.
_FORGETS = {
    "review": _REMEMBERED,
    "reopen": _REMEMBERED,
    "unshare": ("shared_at", "released_at", "viewing_on"),
    "unrelease": ("released_at", "viewing_on"),
    "recall": ("released_at", "viewing_on"),
    "free_again": ("waits_since",),
    "call_off": ("viewing_on",),
    "missed": ("viewing_on",),
}
# Columns that keep the moment of a step, and the day.
_REMINDING = ("remind", "remind_provider")
_MOMENTS = {
    "share": "shared_at",
    "release": "released_at",
    "wait": "waits_since",
    **dict.fromkeys(_REMINDING, "reminded_at"),
}
_TODAY = {"follow_up": "followed_up_on", "told_how_it_goes": "followed_up_on"}
# Steps that stay and yet give time anew.
_GIVE_TIME = (
    *("extend", "free_again", "follow_up", "posted", "keep_up", "postpone"),
    *("ask_how_it_goes", "told_how_it_goes", "talked"),
)
# How long a letter may be on its way: three working days (Postgesetz 2024, section 18), and a Sunday.
LETTER_TAKES = timedelta(days=4)
_DAY = timedelta(days=1)


def note_change(match: BrokeredMatch, step: Step[BrokeredMatch], before: MatchState, given: "Given") -> None:
    """Keep what goes along with a step that was just gone. Stores nothing."""
    for column in _FORGETS.get(step.key, ()):
        setattr(match, column, None)
    if step.key == "undo" and (undone := DAYS.get(match.events[-1].step)):
        setattr(match, undone.column, None)
    if step.key in _MOMENTS:
        setattr(match, _MOMENTS[step.key], clock.now())
    if step.key in _TODAY:
        setattr(match, _TODAY[step.key], clock.today())
    named = DAYS.get(step.key)
    if named is not None and named.column:
        setattr(match, named.column, given.until)
    # Who is reminded after their time was over gets it once more.
    late = step.key in _REMINDING and match.is_overdue
    if not step.stays or step.key in _GIVE_TIME or late:
        match.due_at = due_after(match, step.key, given.until)
    if not step.stays:
        _remember(match, before, given)
    if step.key == "offer":
        match.offered_at = clock.now()


def due_after(match: BrokeredMatch, key: str, day: date | None = None) -> datetime | None:
    """The end of the state that the step `key` led to, by the day that was named with it or as long as the state may
    last; None where it has none."""
    named = DAYS.get(key)
    if named is not None and named.ends_after is not None and day is not None:
        return clock.start_of_day(day + named.ends_after)
    if match.state is MatchState.LATER and day is not None:
        return clock.start_of_day(day)
    if match.state is MatchState.VIEWING and match.viewing_on:
        return clock.start_of_day(match.viewing_on + (DAYS["view"].ends_after or _DAY))
    if match.state is MatchState.MOVED_IN and key == "ask_how_it_goes":
        return TIME_TO_TELL.end()
    if match.state is MatchState.MOVED_IN and match.moved_in_on:
        coming = [match.moved_in_on + each for each in FOLLOW_UPS]
        asked = match.followed_up_on
        left = [each for each in coming if asked is None or each > asked]
        return clock.start_of_day(left[0] + _DAY) if left else None
    lasts = STAGES[MatchState(match.state)].lasts
    if lasts is None:
        return None
    return lasts.end(clock.today() + LETTER_TAKES) if key == "posted" else lasts.end()


def _remember(match: BrokeredMatch, before: MatchState, given: "Given") -> None:
    """Where it was and why: until it is taken up again."""
    if match.state not in ASIDE:
        match.state_before = None
    elif before not in ASIDE:
        # Who is asked later is asked anew.
        match.state_before = MatchState.OFFERED if before is MatchState.LATER else before
    if given.reason or match.state in (*OPEN, MatchState.COMPLETED):
        match.reason = given.reason
    match.reminded_at = None
    if match.state not in IN_PLAY:
        match.waits_since = None
