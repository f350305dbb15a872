"""The invented office has proposals in every stage and messages, some answered, some waiting; all of it made once."""

from sqlalchemy import func, select

from tests.factories import advisor
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.seeding.homes import fill
from wohnberatung.seeding.seekers import come_to_know, converse, propose
from wohnberatung.seekers.services.messages import messages_of, waiting_messages
from wohnberatung.viewings.models import Viewing


def test_the_demo_has_proposals_in_many_stages_and_messages_about_them(session):
    """Both in one, as filling and proposing take longer than all that is looked at."""
    assert (propose(session), converse(session)) == (0, 0), "nobody is there yet"
    fill(session, 0.2)
    session.commit()
    made = propose(session)
    assert made >= 7
    states = set(session.scalars(select(BrokeredMatch.state)))
    assert states == {"under_review", "offered", "interested", "declined", "help_wanted", "later"}
    assert session.scalar(select(func.count()).select_from(OutgoingMail)) > 0
    assert (come_to_know(session), come_to_know(session)) == (2, 0)
    assert set(session.scalars(select(Viewing.state))) == {"proposed", "agreed"}
    assert propose(session) == 0
    written = converse(session)
    waiting = waiting_messages(advisor())
    assert [row.count for row in waiting] == [1, 1]
    assert written > sum(row.count for row in waiting)
    assert any(message.from_office for row in waiting for message in messages_of(row.request))
    assert converse(session) == 0
