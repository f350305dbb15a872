"""The invented board and events have something for every Stadtbezirk, and much for three Stadtteile."""

from sqlalchemy import select

from wohnberatung.bridge.neighbourhood_places import place_of, quarters
from wohnberatung.events.models import EventRegistration, RegistrationState
from wohnberatung.events.services.finding import DateQuery, find_dates
from wohnberatung.noticeboard.services.finding import NoticeQuery, find_notices
from wohnberatung.seeding.homes import fill
from wohnberatung.seeding.noticeboard import tell_neighbours


def test_every_stadtbezirk_has_notices_and_events_and_three_places_have_a_lot(session):
    fill(session, 0.01)
    assert tell_neighbours(session)
    notices = find_notices(NoticeQuery(), size=100).items
    dates = find_dates(DateQuery(), size=500).items
    everywhere = {name for name, _places in quarters()}
    assert {place.quarter for each in dates if (place := each.place)} == everywhere
    assert {place.quarter for each in notices if (place := place_of(each.place))} == everywhere
    for code in ("06", "21", "97"):
        assert sum(each.place == code for each in notices) >= 3
        assert len({each.title for each in dates if each.place and each.place.code == code}) >= 2
    waiting = session.scalars(select(EventRegistration).filter_by(state=RegistrationState.WAITING)).all()
    assert waiting, "a full event shows its waiting list"
    assert tell_neighbours(session) is False
