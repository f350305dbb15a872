"""The date goes with its match: over once somebody has said so of the match, and not over if that is taken back."""

from flask_babel import gettext as _
from sqlalchemy import exists, select

from wohnberatung.brokerage.services.history import StepTaken
from wohnberatung.brokerage.states import MatchState
from wohnberatung.core.clock import to_berlin
from wohnberatung.core.errors import DomainError
from wohnberatung.core.steps import Party
from wohnberatung.extensions import db
from wohnberatung.viewings.models import Viewing, ViewingFeedback, ViewingState
from wohnberatung.viewings.services.sides import viewing_of
from wohnberatung.viewings.steps import AGAIN, HOLD, VIEWING_STEPS


def follow_match(taken: StepTaken) -> list[str]:
    """Listens to the steps of matches; tells nobody. DomainError where the date is today and has not begun: who says
    that it was has mistaken the hour, and a date that stands would still be reminded of."""
    undone = taken.step.key == "undo" and taken.match.state is MatchState.VIEWING
    if taken.step.key != "viewed" and not undone:
        return []
    viewing = viewing_of(taken.match)
    if viewing is not None and viewing.state == ViewingState.AGREED and not undone:
        _check_hour(viewing)
        VIEWING_STEPS.take(viewing, HOLD, by=Party.SYSTEM)
    elif viewing is not None and viewing.state == ViewingState.HELD and undone and not _was_told_of(viewing):
        VIEWING_STEPS.take(viewing, AGAIN, by=Party.SYSTEM)
    db.session.flush()
    return []


def _check_hour(viewing: Viewing) -> None:
    if not viewing.has_begun and viewing.starts_at is not None:
        hour = f"{to_berlin(viewing.starts_at):%H:%M}"
        raise DomainError(
            _("Die Besichtigung ist erst heute um %(hour)s Uhr. Bitte halten Sie danach fest, dass sie war.", hour=hour)
        )


def _was_told_of(viewing: Viewing) -> bool:
    """Whether a side has said how it was: then it was."""
    return bool(db.session.scalar(select(exists().where(ViewingFeedback.match_id == viewing.match_id))))
