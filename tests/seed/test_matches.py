"""The invented office has proposals in every stage, made once."""

from sqlalchemy import func, select

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.seeding.homes import fill
from wohnberatung.seeding.seekers import propose


def test_the_demo_has_proposals_in_many_stages(session):
    fill(session, 0.2)
    session.commit()
    made = propose(session)
    assert made >= 7
    states = set(session.scalars(select(BrokeredMatch.state)))
    assert states == {"under_review", "offered", "interested", "declined", "help_wanted", "later"}
    assert session.scalar(select(func.count()).select_from(OutgoingMail)) > 0
    assert propose(session) == 0


def test_without_people_there_is_nothing_to_propose(session):
    assert propose(session) == 0
