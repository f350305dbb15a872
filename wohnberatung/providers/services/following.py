"""What every step of a match means for those who offer: shown to them, taken from them again, told by mail, noted.

Each function says whom it has told.
"""

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.after_living import LIVED
from wohnberatung.brokerage.services.history import StepTaken
from wohnberatung.brokerage.states import MatchState
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.ids import new_token
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.services.provider_desk import tell_organisation
from wohnberatung.extensions import db
from wohnberatung.providers.models import Disclosed, Presentation
from wohnberatung.providers.services.deletions import ask_to_delete
from wohnberatung.providers.services.ledger import note_disclosure
from wohnberatung.providers.services.links import end_links, latest_presentation, mail_link, may_be_told, side_of
from wohnberatung.providers.services.voting import begin_vote, end_vote, remind_voters
from wohnberatung.viewings.services.telling import let_in

PRESENTED = MatchState.PRESENTED
ANSWERED_BY = ("welcome", "refuse")
# Steps after which those who offer have nothing to do with somebody any more.
ENDING = (
    *("unshare", "unrelease", "recall", "end", "withdraw", "preempt", "confirm", "confirm_refusal", "review"),
    "project_closed",
)
# Of these the person took back that anything at all may be told.
TAKEN_BACK = ("unshare", "recall")
# Who is asked to delete what they know hears of it by that; and who gave the place away knows.
UNTOLD = (*TAKEN_BACK, "preempt")


def follow_step(taken: StepTaken) -> list[str]:
    """Listens to every step of every match."""
    match, key = taken.match, taken.step.key
    told = False
    if taken.before == PRESENTED and match.state != PRESENTED:
        told = _end(match, key)
    elif match.state == PRESENTED and taken.before != PRESENTED:
        told = _begin(match, taken.actor)
    elif key == "postpone" and (presentation := latest_presentation(match)):
        presentation.ask_again_on = taken.given.until
    elif key == "remind_provider":
        told = _remind(match)
    elif key == "release":
        told = _release(match)
    # Who has lived there is theirs to know; who would have is nothing to them any more.
    if key in ENDING or (key == "split" and taken.before not in LIVED):
        end_links(match)
        told = ask_to_delete(match, needs_too=key in TAKEN_BACK) or told
    db.session.flush()
    return [str(side_of(match))] if told else []


def _begin(match: BrokeredMatch, actor: Actor | None) -> bool:
    presentation = Presentation(match=match)
    db.session.add(presentation)
    db.session.flush()
    note_disclosure(match, Disclosed.NEEDS, actor)
    if side_of(match) is Party.GROUP and begin_vote(presentation):
        return True
    return mail_link(presentation, "match_presented")


def _end(match: BrokeredMatch, key: str) -> bool:
    """Their own answer stays to be read behind the link; withdrawn, there is nothing to read any more."""
    presentation = latest_presentation(match)
    if presentation is None:
        return False
    presentation.ended_at = clock.now()
    end_vote(presentation, decided=key in ANSWERED_BY)
    if key in ANSWERED_BY:
        presentation.answer = key
        return False
    end_links(match)
    if key in UNTOLD or not may_be_told(match):
        return False
    return tell_organisation(match.offer.organisation_id, "presentation_ended")


def _remind(match: BrokeredMatch) -> bool:
    presentation = latest_presentation(match)
    if presentation is None:
        return False
    presentation.ask_again_on, presentation.reminded_at = None, clock.now()
    return remind_voters(presentation) or mail_link(presentation, "match_presented")


def _release(match: BrokeredMatch) -> bool:
    """The person has said yes, and those who offer get the name, how to reach them, and the page to agree on a date."""
    note_disclosure(match, Disclosed.CONTACT)
    presentation, token = latest_presentation(match), new_token()
    if presentation is None or not mail_link(presentation, "contact_released", match_id=match.id, viewing_token=token):
        return False
    let_in(match, token)
    return True
