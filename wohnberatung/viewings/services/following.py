"""The date goes with its match: over once somebody has said so of the match, and not over if that is taken back."""

from sqlalchemy import exists, select

from wohnberatung.brokerage.services.history import StepTaken
from wohnberatung.brokerage.states import MatchState
from wohnberatung.core.steps import Party
from wohnberatung.extensions import db
from wohnberatung.viewings.models import Viewing, ViewingFeedback, ViewingState
from wohnberatung.viewings.services.sides import viewing_of
from wohnberatung.viewings.steps import AGAIN, HOLD, VIEWING_STEPS


def follow_match(taken: StepTaken) -> list[str]:
    """Listens to the steps of matches; tells nobody. A date that has not begun stays as it was agreed on."""
    undone = taken.step.key == "undo" and taken.match.state is MatchState.VIEWING
    if taken.step.key != "viewed" and not undone:
        return []
    viewing = viewing_of(taken.match)
    if viewing is not None and viewing.state == ViewingState.AGREED and viewing.has_begun and not undone:
        VIEWING_STEPS.take(viewing, HOLD, by=Party.SYSTEM)
    elif viewing is not None and viewing.state == ViewingState.HELD and undone and not _was_told_of(viewing):
        VIEWING_STEPS.take(viewing, AGAIN, by=Party.SYSTEM)
    db.session.flush()
    return []


def _was_told_of(viewing: Viewing) -> bool:
    """Whether a side has said how it was: then it was."""
    return bool(db.session.scalar(select(exists().where(ViewingFeedback.match_id == viewing.match_id))))
