"""The invented directory has something for every Stadtteil, and much for three."""

from sqlalchemy import select

from wohnberatung.bridge.neighbourhood_places import places
from wohnberatung.core.transactions import transaction
from wohnberatung.directory.services.finding import public_entries
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.seeding.directory import list_neighbours
from wohnberatung.seeding.homes import fill
from wohnberatung.seeding.news import subscribe


def test_every_stadtteil_has_something_and_three_have_a_lot(session):
    fill(session, 0.01)
    assert list_neighbours(session)
    entries = public_entries()
    local = {place.code: sum(place.code in entry.serves for entry in entries) for place in places()}
    assert min(local.values()) >= 1
    assert all(local[code] >= 5 for code in ("06", "21", "97"))
    assert any(entry.organisation_id for entry in entries)
    assert list_neighbours(session) is False


def test_subscribers_have_been_told_of_what_is_new(session):
    fill(session, 0.05)
    session.commit()
    with transaction():
        assert subscribe(session)
    templates = {mail.template for mail in session.scalars(select(OutgoingMail))}
    assert {"news_confirm", "news"} <= templates
    assert subscribe(session) is False
