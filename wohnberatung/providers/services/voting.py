"""A group decides on somebody whom the office has presented: every member once, without reasons, until a day.

What the vote comes to is a step of the match, as the answer of a landlord is. Counted, the single votes are gone.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, delete, select

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.history import Given, locked, take
from wohnberatung.brokerage.services.task_steps import add_task, settle_what_follows
from wohnberatung.brokerage.states import MatchState
from wohnberatung.brokerage.task_kinds import TaskKind
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError, Forbidden, NotFound
from wohnberatung.core.languages import Words
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import each_in_its_own_transaction
from wohnberatung.dwellings.models import OfferStatus
from wohnberatung.extensions import db
from wohnberatung.projects.admission import ACCEPTED, CHOICES, NOT_ACCEPTED, RULES, TOO_FEW, AdmissionRule, outcome_of
from wohnberatung.projects.models import VoteState
from wohnberatung.projects.steps import CAST, COUNT, VOTE_STEPS
from wohnberatung.providers.models import MatchVote, MatchVoter, Presentation
from wohnberatung.providers.services.links import mail_voter, open_ballot
from wohnberatung.providers.services.members import Voter, voters_of
from wohnberatung.seekers.models import OPEN_STATES

# The step that an outcome is, and its reason.
STEP_OF = {ACCEPTED: ("welcome", None), NOT_ACCEPTED: ("refuse", "group_no"), TOO_FEW: ("refuse", "too_few_votes")}
RESULTS: dict[str, Words] = {
    ACCEPTED: _l("Die Gruppe hat zugestimmt."),
    NOT_ACCEPTED: _l("Die Gruppe hat nicht zugestimmt."),
    TOO_FEW: _l("Es haben zu wenige abgestimmt. Es gibt kein Ergebnis."),
}


@dataclass(frozen=True)
class MatchVoteSheet:
    """A vote as a member sees it; `own_choice` is theirs, `cast` how many have voted. Nobody learns who voted how."""

    vote: MatchVote
    rule: AdmissionRule
    cast: int
    own_choice: str | None
    may_vote: bool

    @property
    def last_day(self) -> date:
        return clock.to_berlin(self.vote.ends_at - timedelta(seconds=1)).date()

    @property
    def is_over(self) -> bool:
        return self.vote.outcome is not None

    @property
    def result(self) -> Words:
        """What the group has decided; empty while it votes."""
        return RESULTS[self.vote.outcome] if self.vote.outcome else ""


def begin_vote(presentation: Presentation) -> bool:
    """All members get a ballot by mail; False where the group has none whom a mail reaches. It ends a day before the
    office would ask why nobody has answered."""
    match = presentation.match
    members = voters_of(match.offer.project)
    if not members or match.last_day is None:
        return False
    vote = MatchVote(
        presentation=presentation,
        rule=match.offer.project.admission_rule,
        electorate=len(members),
        ends_at=clock.start_of_day(match.last_day),
    )
    db.session.add(vote)
    db.session.flush()
    add_task(match, TaskKind.GROUP_VOTE, due_on=match.last_day - timedelta(days=1), follows=presentation.id)
    for member in members:
        voter = MatchVoter(vote=vote, user_id=member.user_id, member_id=member.member_id)
        db.session.add(voter)
        db.session.flush()
        mail_voter(presentation, voter, member.email, vote.ends_at)
    return True


def remind_voters(presentation: Presentation) -> bool:
    """Those who have not voted yet get their ballot once more; False where there is no vote."""
    vote = db.session.get(MatchVote, presentation.id)
    if vote is None or vote.outcome is not None:
        return False
    emails = {_key(member): member.email for member in voters_of(presentation.match.offer.project)}
    waiting = select(MatchVoter).where(MatchVoter.presentation_id == presentation.id, MatchVoter.choice.is_(None))
    for voter in db.session.scalars(waiting).all():
        if email := emails.get((voter.user_id, voter.member_id)):
            mail_voter(presentation, voter, email, vote.ends_at)
    return True


def end_vote(presentation: Presentation, *, decided: bool) -> None:
    """It is out of the hands of the group: a vote that still runs is no vote any more, and its task is settled."""
    running = MatchVote.presentation_id == presentation.id, MatchVote.outcome.is_(None)
    db.session.execute(delete(MatchVote).where(*running))
    settle_what_follows(presentation.id, decided=decided)


def vote_sheet(presentation: Presentation, voter: MatchVoter | None) -> MatchVoteSheet | None:
    """None where the group does not vote on it."""
    vote = db.session.get(MatchVote, presentation.id)
    if vote is None:
        return None
    runs = vote.outcome is None and vote.ends_at > clock.now() and presentation.match.state == MatchState.PRESENTED
    own = voter.choice if voter else None
    cast = sum(_counts(vote).values()) if vote.outcome is None else 0
    return MatchVoteSheet(vote, RULES[vote.rule], cast, own, voter is not None and runs)


def voter_of(presentation: Presentation, actor: Actor) -> MatchVoter | None:
    """The member who is signed in, where they may vote on it."""
    mine = MatchVoter.presentation_id == presentation.id, MatchVoter.user_id == actor.user_id
    return db.session.scalar(select(MatchVoter).where(*mine)) if actor.user_id else None


def cast_signed_in(presentation: Presentation, choice: str, actor: Actor) -> None:
    """Raises Forbidden for who was no member when the vote began, and as `_cast` does."""
    voter = voter_of(presentation, actor)
    if voter is None:
        raise Forbidden(_("Abstimmen kann nur, wer zur Gruppe gehört."))
    _cast(voter, choice)


def cast_by_link(token: str, choice: str) -> None:
    """Raises NotFound where the link opens no ballot, and as `_cast` does."""
    _cast(open_ballot(token), choice)


def _cast(voter: MatchVoter, choice: str) -> None:
    """Until the end the last one counts; with the last member's vote it is over. Conflict after that, DomainError at
    `choice` for an unknown one."""
    match = locked(voter.vote.presentation.match_id)
    vote = _locked(voter.presentation_id)
    VOTE_STEPS.check(vote, CAST, by=Party.GROUP)
    if choice not in CHOICES:
        raise DomainError(_("Bitte wählen Sie Ihre Stimme."), "choice")
    voter.choice, voter.cast_at = choice, clock.now()
    db.session.flush()
    if sum(_counts(vote).values()) >= vote.electorate and _may_be_counted(match):
        _count(vote, match)


def count_due_votes() -> int:
    """Those whose last day is over; returns how many. While the place is reserved for somebody else, or the request
    rests, they wait. Raises LeftUndone for those where it failed."""
    due = (
        select(MatchVote.presentation_id, BrokeredMatch.id)
        .join(Presentation, MatchVote.presentation_id == Presentation.id)
        .join(BrokeredMatch, Presentation.match_id == BrokeredMatch.id)
        .where(MatchVote.outcome.is_(None), MatchVote.ends_at <= clock.now())
    )

    def count(item: tuple[str, str]) -> int:
        presentation_id, match_id = item
        match, vote = locked(match_id), _locked(presentation_id)
        if vote.outcome is not None or not _may_be_counted(match):
            return 0
        _count(vote, match)
        return 1

    found = [(row[0], row[1]) for row in db.session.execute(due)]
    return sum(each_in_its_own_transaction(found, count))


def _may_be_counted(match: BrokeredMatch) -> bool:
    to_be_had = match.offer.status == OfferStatus.PUBLISHED and match.request.state in OPEN_STATES
    return match.state == MatchState.PRESENTED and to_be_had


def _count(vote: MatchVote, match: BrokeredMatch) -> None:
    outcome = outcome_of(RULES[vote.rule], _counts(vote), vote.electorate)
    VOTE_STEPS.take(vote, COUNT, by=Party.SYSTEM, target=VoteState(outcome))
    for voter in db.session.scalars(_voters(vote)):
        voter.choice = None
    db.session.flush()
    step, reason = STEP_OF[outcome]
    take(match, step, by=Party.GROUP, given=Given(reason))


def _locked(presentation_id: str) -> MatchVote:
    """Held until the end of the transaction, so that two last votes are counted one after the other. NotFound where
    there is none any more."""
    query = select(MatchVote).where(MatchVote.presentation_id == presentation_id).with_for_update()
    vote = db.session.scalar(query.execution_options(populate_existing=True))
    if vote is None:
        raise NotFound(_("Darüber wird nicht (mehr) abgestimmt."))
    return vote


def _counts(vote: MatchVote) -> Counter[str]:
    return Counter(voter.choice for voter in db.session.scalars(_voters(vote)) if voter.choice)


def _voters(vote: MatchVote) -> Select[MatchVoter]:
    return select(MatchVoter).where(MatchVoter.presentation_id == vote.presentation_id)


def _key(member: Voter) -> tuple[str | None, str | None]:
    return member.user_id, member.member_id
