"""The invented office has proposals in every state and messages, some answered, some waiting; all of it made once."""

from datetime import timedelta

from sqlalchemy import func, select

from tests.factories import advisor
from wohnberatung.brokerage.models import BrokeredMatch, MatchTask
from wohnberatung.brokerage.services.history import note_of
from wohnberatung.brokerage.states import TAKES_PLACE, MatchState
from wohnberatung.core import clock
from wohnberatung.dwellings.models import OfferStatus
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.messages.models import MessageFile
from wohnberatung.seeding.homes import fill
from wohnberatung.seeding.seekers import come_to_know, converse, propose
from wohnberatung.seekers.services.messages import messages_of, waiting_messages
from wohnberatung.seekers.services.post import letters_about
from wohnberatung.viewings.models import Viewing


def test_the_demo_has_proposals_in_every_state_and_messages_about_them(session):
    """Both in one, as filling and proposing take longer than all that is looked at."""
    assert (propose(session), converse(session)) == (0, 0), "nobody is there yet"
    fill(session)
    session.commit()
    assert propose(session) >= len(MatchState)
    _check_stories(session.scalars(select(BrokeredMatch)).all())
    assert session.scalar(select(func.count()).select_from(OutgoingMail)) > 0
    assert {task.kind for task in session.scalars(select(MatchTask))} >= {"adaptation", "documents", "group_vote"}
    assert session.scalars(select(MessageFile.size)).one() > 0
    assert (come_to_know(session), come_to_know(session)) == (2, 0)
    assert set(session.scalars(select(Viewing.state))) == {"proposed", "agreed", "held"}
    planned = select(BrokeredMatch.id).where(BrokeredMatch.state == MatchState.VIEWING)
    assert set(session.scalars(planned)) == set(
        session.scalars(select(Viewing.match_id).where(Viewing.state == "agreed")).all()
    )
    assert propose(session) == 0
    written = converse(session)
    waiting = waiting_messages(advisor())
    assert [row.count for row in waiting] == [1, 1]
    assert written > sum(row.count for row in waiting)
    assert any(message.from_office for row in waiting for message in messages_of(row.request))
    assert converse(session) == 0


def _check_stories(matches):
    """Every state, each come there step by step on its day."""
    assert {match.state for match in matches} == set(MatchState)
    now = clock.now()
    for match in matches:
        days = [event.happened_at for event in match.events]
        assert days == sorted(days)
        assert days[-1] <= now
        assert match.due_at is None or match.due_at > days[-1], match.state
        assert match.waits_since is None or match.is_waiting_behind
        assert match.state not in TAKES_PLACE or match.offer.status != OfferStatus.PUBLISHED
    assert sum(match.is_overdue for match in matches) <= 1, "most of what is under way goes its way"
    (done,) = (match for match in matches if match.state == MatchState.COMPLETED)
    assert done.contract_on < done.moved_in_on <= done.followed_up_on - timedelta(days=90)
    assert done.offer.published_at < done.events[0].happened_at
    assert any("Rollstuhl" in note_of(event) for event in done.events)
    by_post = [letters_about(match.id) for match in matches if match.state == MatchState.OFFERED]
    posted = {letter.posted_at is not None for letters in by_post for letter in letters}
    assert posted == {True, False}, "of those who want post one has the letter, of another it lies here"


def test_a_clock_put_back_goes_on_afterwards():
    before = clock.now()
    with clock.put_back(timedelta(days=3)):
        assert timedelta(days=2, hours=23) < before - clock.now() <= timedelta(days=3)
    assert clock.now() >= before
