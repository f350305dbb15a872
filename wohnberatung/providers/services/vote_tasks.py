"""How far the votes are that tasks follow, for the pages of the office and of the group: one state on both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from wohnberatung.brokerage.services.shown_tasks import ShownTask
from wohnberatung.core import clock
from wohnberatung.core.languages import Words
from wohnberatung.extensions import db
from wohnberatung.providers.models import MatchVote, MatchVoter
from wohnberatung.providers.services.voting import RESULTS


@dataclass(frozen=True)
class FollowedVote:
    """A vote beside its task: how many of `all` have voted by now, until when; `result` is empty while it runs."""

    cast: int
    all: int
    last_day: date
    result: Words


def votes_followed(tasks: Iterable[ShownTask]) -> Mapping[str, FollowedVote]:
    """By what the tasks follow; who votes how is in none of it."""
    followed = {shown.task.follows for shown in tasks if shown.task.follows}
    if not followed:
        return {}
    cast = select(func.count()).where(
        MatchVoter.presentation_id == MatchVote.presentation_id, MatchVoter.choice.is_not(None)
    )
    votes = select(MatchVote, cast.scalar_subquery()).where(MatchVote.presentation_id.in_(followed))
    return {
        vote.presentation_id: FollowedVote(
            cast=count,
            all=vote.electorate,
            last_day=clock.to_berlin(vote.ends_at - timedelta(seconds=1)).date(),
            result=RESULTS[vote.outcome] if vote.outcome else "",
        )
        for vote, count in db.session.execute(votes)
    }
