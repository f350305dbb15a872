"""The group decides on a person: every member once, without reasons, until a day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select

from wohnberatung.accounts.models import Membership, User
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import Conflict, DomainError, Forbidden, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.languages import Words
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import each_in_its_own_transaction
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import queue_mail
from wohnberatung.projects.admission import ACCEPTED, CHOICES, NOT_ACCEPTED, RULES, AdmissionRule, outcome_of
from wohnberatung.projects.models import Ballot, JoinEnquiry, JoinEnquiryState, JoinVote, Project, VoteState
from wohnberatung.projects.services.joining import GROUP, load_enquiry, say
from wohnberatung.projects.steps import CAST, COUNT, VOTE_STEPS

SHORTEST, LONGEST = timedelta(days=1), timedelta(days=60)


@dataclass(frozen=True)
class VoteSheet:
    """A vote as a member sees it: their own choice, how many have voted; `counts` only after the end."""

    vote: JoinVote
    rule: AdmissionRule
    cast: int
    own_choice: str | None
    may_vote: bool
    counts: dict[str, int]
    last_day: date

    @property
    def label(self) -> Words:
        """Of the button that casts a vote."""
        return VOTE_STEPS[CAST].label

    @property
    def is_over(self) -> bool:
        return self.vote.outcome is not None


def open_vote(project_id: str, enquiry_id: str, last_day: date, actor: Actor) -> JoinVote:
    """Begin it for all members; the person learns only that the group is deciding. At most one per enquiry.

    Raises Conflict where there was one or the enquiry is withdrawn, DomainError at `last_day` for a day too near or too
    far, Forbidden for who is no member, NotFound for strangers.
    """
    enquiry = load_enquiry(project_id, enquiry_id, actor).enquiry
    _only_members(enquiry.project, actor)
    if enquiry.vote is not None or enquiry.state == JoinEnquiryState.WITHDRAWN:
        raise Conflict(_("Über diese Anfrage wird schon abgestimmt, oder sie ist zurückgezogen."))
    if not clock.today() + SHORTEST <= last_day <= clock.today() + LONGEST:
        raise DomainError(_("Bitte wählen Sie einen Tag in den nächsten zwei Monaten."), "last_day")
    emails = _members(enquiry.project)
    vote = JoinVote(
        id=new_id(),
        enquiry_id=enquiry.id,
        rule=enquiry.project.admission_rule,
        electorate=len(emails),
        ends_at=clock.start_of_day(last_day + timedelta(days=1)),
        opened_by=actor.user_id,
    )
    db.session.add(vote)
    db.session.flush()
    for email in emails:
        if email != actor.email:
            queue_mail(
                "vote_opened",
                to=email,
                in_dialogue=True,
                project_id=project_id,
                enquiry_id=enquiry_id,
                last_day=last_day,
            )
    return vote


def cast_ballot(project_id: str, enquiry_id: str, choice: str, actor: Actor) -> JoinVote:
    """One per member; until the end the last one counts. With the last member's vote it is over.

    Raises Conflict where the vote is over, DomainError at `choice` for an unknown one, Forbidden for who is no member,
    NotFound for strangers.
    """
    enquiry = load_enquiry(project_id, enquiry_id, actor).enquiry
    _only_members(enquiry.project, actor)
    vote = _locked(enquiry)
    if vote is None:
        raise NotFound(_("Über diese Anfrage wird nicht abgestimmt."))
    VOTE_STEPS.check(vote, CAST, by=Party.GROUP)
    if choice not in CHOICES:
        raise DomainError(_("Bitte wählen Sie Ihre Stimme."), "choice")
    db.session.merge(Ballot(vote_id=vote.id, user_id=actor.user_id, choice=choice, cast_at=clock.now()))
    db.session.flush()
    if sum(_counts(vote).values()) >= vote.electorate:
        close_vote(vote)
    return vote


def vote_sheet(enquiry: JoinEnquiry, actor: Actor) -> VoteSheet | None:
    """None where there is no vote."""
    vote = enquiry.vote
    if vote is None:
        return None
    counts = _counts(vote)
    own = db.session.get(Ballot, (vote.id, actor.user_id)) if actor.user_id else None
    return VoteSheet(
        vote=vote,
        rule=RULES[vote.rule],
        cast=sum(counts.values()),
        own_choice=own.choice if own else None,
        may_vote=actor.belongs_to(enquiry.project.organisation_id) and _may_be_cast(vote),
        counts=dict(counts) if vote.outcome else {},
        last_day=clock.to_berlin(vote.ends_at - timedelta(seconds=1)).date(),
    )


def close_vote(vote: JoinVote) -> None:
    """Count, and tell the person in words that are the same whatever the count was."""
    outcome = outcome_of(RULES[vote.rule], _counts(vote), vote.electorate)
    VOTE_STEPS.take(vote, COUNT, by=Party.SYSTEM, target=VoteState(outcome))
    words = {
        ACCEPTED: _(
            "Die Gruppe hat sich entschieden: Sie sind herzlich eingeladen. Wie es weitergeht, besprechen wir."
        ),
        NOT_ACCEPTED: _(
            "Die Gruppe hat sich entschieden: Im Moment kommen wir nicht zusammen. "
            "Das sagt nichts über Sie. Die Wohnberatung sucht gern mit Ihnen weiter."
        ),
    }
    if outcome in words and vote.enquiry.state != JoinEnquiryState.WITHDRAWN:
        say(vote.enquiry, GROUP, words[outcome])
    db.session.flush()


def close_due_votes() -> int:
    """Those whose last day is over; returns how many. Raises LeftUndone for those where it failed."""
    due = JoinVote.outcome.is_(None) & (JoinVote.ends_at <= clock.now())

    def close(vote_id: str) -> int:
        vote = db.session.scalar(select(JoinVote).where(due, JoinVote.id == vote_id).with_for_update())
        if vote is None:
            return 0
        close_vote(vote)
        return 1

    return sum(each_in_its_own_transaction(db.session.scalars(select(JoinVote.id).where(due)), close))


def _may_be_cast(vote: JoinVote) -> bool:
    return bool(VOTE_STEPS.offered(vote, Party.GROUP)) and vote.ends_at > clock.now()


def _locked(enquiry: JoinEnquiry) -> JoinVote | None:
    """Held until the end of the transaction, so that two last votes are counted one after the other."""
    query = select(JoinVote).where(JoinVote.enquiry_id == enquiry.id).with_for_update()
    return db.session.scalar(query.execution_options(populate_existing=True))


def _counts(vote: JoinVote) -> Counter[str]:
    query = select(Ballot.choice, func.count().label("votes")).where(Ballot.vote_id == vote.id).group_by(Ballot.choice)
    return Counter({row.choice: row.votes for row in db.session.execute(query)})


def _members(project: Project) -> list[str]:
    """The addresses of those who may vote."""
    active = select(User.email).join(Membership, User.id == Membership.user_id).where(User.disabled_at.is_(None))
    return list(db.session.scalars(active.where(Membership.organisation_id == project.organisation_id)))


def _only_members(project: Project, actor: Actor) -> None:
    if not actor.belongs_to(project.organisation_id):
        raise Forbidden(_("Abstimmen kann nur, wer zur Gruppe gehört."))
