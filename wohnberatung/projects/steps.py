"""What becomes of a wish to join a group and of the vote on it: which step leads from where to where, and who takes
it."""

from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.projects.models import JoinEnquiry, JoinEnquiryState, JoinVote, VoteState

S, Vote = JoinEnquiryState, VoteState
GROUP, OFFICE, SYSTEM = (Party.GROUP, Party.OFFICE), (Party.OFFICE,), (Party.SYSTEM,)

RELEASE, ANSWER, WRITE, WITHDRAW = "freigeben", "antworten", "schreiben", "zurueckziehen"
CAST, COUNT = "abstimmen", "auszaehlen"


JOIN_STEPS: StepTable[JoinEnquiry] = StepTable(
    Step(RELEASE, OFFICE, (S.QUARANTINED,), S.OPEN, _l("Kein Spam"), told="join_arrived"),
    Step(ANSWER, GROUP, (S.OPEN, S.ANSWERED), S.ANSWERED, _l("Antworten"), told="join_news"),
    Step(WRITE, (Party.SEEKER,), (S.OPEN, S.ANSWERED), S.OPEN, _l("Nachricht absenden"), told="join_arrived"),
    Step(
        WITHDRAW,
        (Party.SEEKER,),
        (S.QUARANTINED, S.OPEN, S.ANSWERED),
        S.WITHDRAWN,
        _l("Anfrage zurückziehen"),
        asks=True,
    ),
    begins=(S.OPEN, S.QUARANTINED),
    final=(S.WITHDRAWN,),
    refused=lambda enquiry: Conflict(_("Diese Anfrage hat inzwischen einen anderen Stand.")),
)


def _over(_vote: JoinVote) -> Conflict:
    return Conflict(_("Diese Abstimmung ist zu Ende. Ihre Stimme zählt nicht mehr."))


def still_runs(vote: JoinVote) -> None:
    """Conflict after its last day, though nobody has counted yet."""
    if vote.ends_at <= clock.now():
        raise _over(vote)


def _enter_vote(vote: JoinVote, state: StrEnum) -> None:
    vote.outcome = None if state == Vote.OPEN else state


VOTE_STEPS: StepTable[JoinVote] = StepTable(
    Step(CAST, (Party.GROUP,), (Vote.OPEN,), Vote.OPEN, _l("Abstimmen"), guards=(still_runs,)),
    Step(COUNT, SYSTEM, (Vote.OPEN,), Vote.ACCEPTED, instead=(Vote.NOT_ACCEPTED, Vote.TOO_FEW), told="join_news"),
    begins=(Vote.OPEN,),
    final=(Vote.ACCEPTED, Vote.NOT_ACCEPTED, Vote.TOO_FEW),
    enter=_enter_vote,
    refused=_over,
)
