"""The invented office has messages, some answered, some waiting, written once."""

from tests.factories import advisor
from wohnberatung.seeding.homes import fill
from wohnberatung.seeding.seekers import converse, propose
from wohnberatung.seekers.services.messages import messages_of, waiting_messages


def test_the_demo_has_messages_answered_and_waiting(session):
    assert converse(session) == 0, "nobody is there yet"
    fill(session, 0.2)
    session.commit()
    propose(session)
    made = converse(session)
    waiting = waiting_messages(advisor())
    assert [row.count for row in waiting] == [1, 1]
    assert made > sum(row.count for row in waiting)
    assert any(message.from_office for row in waiting for message in messages_of(row.request))
    assert converse(session) == 0
