"""When a step that may be taken has a button beside the others, for `Step.button`. What has none is taken on a page of
its own: at the letter, at the viewing, by the vote."""

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.states import PROPOSED, MatchState
from wohnberatung.core.steps import Party


def never(_match: BrokeredMatch, _by: Party) -> bool:
    return False


def for_the_office(_match: BrokeredMatch, by: Party) -> bool:
    return by is Party.OFFICE


def for_one_alone(_match: BrokeredMatch, by: Party) -> bool:
    """A group says yes and no by its vote."""
    return by is not Party.GROUP


def until_interested(match: BrokeredMatch, _by: Party) -> bool:
    return match.state != MatchState.INTERESTED


def until_shared(match: BrokeredMatch, _by: Party) -> bool:
    return match.shared_at is None


def once_shared(match: BrokeredMatch, _by: Party) -> bool:
    """Nothing is told before the person's yes."""
    return match.shared_at is not None


def when_overdue(match: BrokeredMatch, _by: Party) -> bool:
    return match.is_overdue


def with_open_question(match: BrokeredMatch, _by: Party) -> bool:
    return match.has_open_question


def where_people_share(match: BrokeredMatch, _by: Party) -> bool:
    """From the day on which they know each other; who has not met is no group."""
    met = match.state not in (*PROPOSED, MatchState.PRESENTED, MatchState.MUTUAL_INTEREST)
    return met and match.offer.project_id is not None
