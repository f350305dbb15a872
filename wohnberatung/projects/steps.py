"""What becomes of a group's page and its places, of a wish to join and of the vote on it: which step leads from where
to where, and who takes it."""

from enum import StrEnum
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, DomainError
from wohnberatung.core.languages import Words
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.dwellings.steps import LET, SHOW_PLACE
from wohnberatung.dwellings.steps import WITHDRAW as WITHDRAW_OFFER
from wohnberatung.projects.models import CountedVote, JoinEnquiry, JoinEnquiryState, PageState, Project, VoteState

Page, S, Vote = PageState, JoinEnquiryState, VoteState
GROUP, OFFICE, SYSTEM = (Party.GROUP, Party.OFFICE), (Party.OFFICE,), (Party.SYSTEM,)

PUBLISH, HIDE, SETTLE, LOOK_AGAIN, TAKE_BACK = "zeigen", "verbergen", "geprueft", "wieder-pruefen", "erst-pruefen"
RELEASE, ANSWER, WRITE, WITHDRAW = "freigeben", "antworten", "schreiben", "zurueckziehen"
CAST, COUNT = "abstimmen", "auszaehlen"


def has_summary(project: Project) -> None:
    """DomainError where the page does not say what it is about."""
    if not project.summary.strip():
        raise DomainError(_("Bitte beschreiben Sie Ihr Projekt zuerst in einem Satz."))


def _enter_page(project: Project, state: StrEnum) -> None:
    """Whoever waits for the office does so since the first day."""
    waits = state in (Page.WAITING, Page.CHANGED)
    project.published = state in (Page.PUBLISHED, Page.CHANGED)
    project.review_asked_at = (project.review_asked_at or clock.now()) if waits else None


# To publish means to hand it to the office where the group is not trusted yet or the wording asks for it.
PAGE_STEPS: StepTable[Project] = StepTable(
    Step(
        PUBLISH,
        GROUP,
        (Page.DRAFT, Page.WAITING),
        Page.PUBLISHED,
        _l("Veröffentlichen"),
        _l("Die Seite ist jetzt für alle zu sehen."),
        guards=(has_summary,),
        instead=(Page.WAITING,),
    ),
    Step(SETTLE, OFFICE, (Page.CHANGED,), Page.PUBLISHED, _l("Ich habe es angesehen"), _l("Als angesehen vermerkt.")),
    Step(
        HIDE,
        GROUP,
        (Page.PUBLISHED, Page.CHANGED, Page.WAITING),
        Page.DRAFT,
        _l("Zurück zum Entwurf"),
        _l("Die Seite ist jetzt wieder ein Entwurf."),
    ),
    # Somebody has changed what everybody reads: it stays public meanwhile, or does not where it may exclude people.
    Step(LOOK_AGAIN, SYSTEM, (Page.PUBLISHED,), Page.CHANGED),
    Step(TAKE_BACK, SYSTEM, (Page.PUBLISHED, Page.CHANGED), Page.WAITING),
    begins=(Page.DRAFT,),
    field="page_state",
    enter=_enter_page,
    refused=lambda project: Conflict(_("Das geht nicht mehr: Die Seite hat inzwischen einen anderen Stand.")),
)


class PlaceMove(NamedTuple):
    """A step of an offer (`dwellings/steps.py`) as it is called where the offer is a place in a project: `word` stands
    in the address, `label` on the button."""

    word: str
    key: str
    label: Words


PLACE_MOVES = (
    PlaceMove("zeigen", SHOW_PLACE, _l("Veröffentlichen")),
    PlaceMove("vergeben", LET, _l("Vergeben")),
    PlaceMove("zurueckziehen", WITHDRAW_OFFER, _l("Zurückziehen")),
)

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


def _over(_vote: CountedVote) -> Conflict:
    return Conflict(_("Diese Abstimmung ist zu Ende. Ihre Stimme zählt nicht mehr."))


def still_runs(vote: CountedVote) -> None:
    """Conflict after its last day, though nobody has counted yet."""
    if vote.ends_at <= clock.now():
        raise _over(vote)


def _enter_vote(vote: CountedVote, state: StrEnum) -> None:
    vote.outcome = None if state == Vote.OPEN else state


VOTE_STEPS: StepTable[CountedVote] = StepTable(
    Step(CAST, (Party.GROUP,), (Vote.OPEN,), Vote.OPEN, _l("Abstimmen"), guards=(still_runs,)),
    Step(COUNT, SYSTEM, (Vote.OPEN,), Vote.ACCEPTED, instead=(Vote.NOT_ACCEPTED, Vote.TOO_FEW), told="join_news"),
    begins=(Vote.OPEN,),
    final=(Vote.ACCEPTED, Vote.NOT_ACCEPTED, Vote.TOO_FEW),
    enter=_enter_vote,
    refused=_over,
)
