"""The invented groups live on: dates, an open enquiry, a running vote, houses that suit, made once."""

from sqlalchemy import func, select

from tests.factories import advisor
from wohnberatung.network.models.introductions import Introduction
from wohnberatung.network.models.sites import Site
from wohnberatung.network.services.searches import projects_for_site
from wohnberatung.projects.models import JoinEnquiry, JoinVote, ProjectDate
from wohnberatung.seeding.homes import fill
from wohnberatung.seeding.initiatives import live_on


def test_the_demo_shows_groups_that_live(session):
    fill(session, 0.01)
    assert live_on(session)
    counts = [session.scalar(select(func.count()).select_from(table)) for table in (ProjectDate, JoinEnquiry, Site)]
    assert counts == [5, 2, 4]
    assert set(session.scalars(select(JoinEnquiry.state))) == {"open", "answered"}
    assert session.scalars(select(JoinVote.outcome)).all() == [None]
    states = set(session.scalars(select(Introduction.state)))
    assert states == {"asked", "offered", "introduced", "succeeded", "ended", "declined", "withdrawn"}
    best = {
        site.title: [item.subject.name for item in projects_for_site(site.id, advisor()).page.items][:1]
        for site in session.scalars(select(Site).where(Site.status == "published"))
    }
    assert best == {
        "Gründerzeithaus mit Hof und Hinterhaus": ["Wandelgarten"],
        "Zwei Etagen im Plattenbau": ["Plattenfreunde Gorbitz"],
        "Pfarrgarten im Erbbaurecht": ["Baugemeinschaft Sonnendeck"],
    }
    assert live_on(session) is False
