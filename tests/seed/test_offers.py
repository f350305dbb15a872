"""The invented owners have plans, questions and offers in every state on their desk, made once."""

import pytest
from sqlalchemy import func, select

from wohnberatung.core.transactions import transaction
from wohnberatung.demand.models import OfferQuestion
from wohnberatung.dwellings.models import Offer
from wohnberatung.pictures.models import Picture
from wohnberatung.seeding.homes import fill
from wohnberatung.seeding.offers import tend


@pytest.mark.usefixtures("picture_folder")
def test_the_demo_shows_the_desk_of_those_who_offer(session):
    fill(session, 0.05)
    session.commit()
    with transaction():
        assert tend(session)
    assert session.scalar(select(func.count()).select_from(OfferQuestion)) > 5
    fronts = session.scalars(select(Picture).where(Picture.use == "photo")).all()
    assert session.scalar(select(func.count()).select_from(Picture)) == 1 + len(fronts)
    assert len(fronts) > 5
    assert all(picture.alt.startswith("Zeichnung: das Haus") for picture in fronts)
    assert session.scalar(select(func.count()).where(Offer.confirmed_at.is_not(None))) > 5
    assert not tend(session)


def test_without_the_city_there_is_nothing_to_show(session):
    assert not tend(session)
