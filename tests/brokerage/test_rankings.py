"""Rankings of requests that people sent."""

import pytest

from tests.factories import (
    advisor,
    make_dwelling,
    make_offer,
    make_organisation,
    make_project,
    make_request,
    provider_of,
)
from tests.queries import sent_statements
from wohnberatung.brokerage.services.rankings import ranked_offers
from wohnberatung.core.errors import Forbidden
from wohnberatung.seekers.services.consents import withdraw_consent

DOOR = {"key": "inner_door_clear_width_cm", "wanted": 90, "importance": "must"}
BALCONY = {"key": "balcony", "wanted": True, "importance": "wish", "weight": 2}


def offer_with(level="measured", **facts):
    return make_offer(make_dwelling(level=level, **facts))


def test_published_offers_are_ranked_for_a_request(session):
    fits = offer_with(inner_door_clear_width_cm=93, balcony=True)
    plain = offer_with(inner_door_clear_width_cm=93, balcony=False)
    claimed = offer_with("claimed", inner_door_clear_width_cm=93, balcony=True)
    offer_with(inner_door_clear_width_cm=60)
    request = make_request(DOOR, BALCONY).request
    ranked = ranked_offers(request, advisor())
    assert ranked.ranking.matches[0].offer == fits.id
    outlooks = {match.offer: match.outlook.value for match in ranked.ranking.matches}
    assert outlooks == {fits.id: "fits", plain.id: "fits", claimed.id: "clarify"}
    assert ranked.ranking.considered == 4
    assert ranked.offers.keys() == outlooks.keys()


def test_the_offers_of_a_ranking_come_in_one_query(session):
    for _ in range(3):
        offer_with(inner_door_clear_width_cm=93)
    request, person = make_request(DOOR).request, advisor()
    session.commit()
    ranked_offers(request, person)
    session.commit()
    with sent_statements() as few:
        [offer.dwelling.title for offer in ranked_offers(request, person).offers.values()]
    for _ in range(5):
        offer_with(inner_door_clear_width_cm=93)
    session.commit()
    with sent_statements() as many:
        shown = [offer.dwelling.title for offer in ranked_offers(request, person).offers.values()]
    assert len(shown) == 8
    assert len(many) == len(few)


def test_without_consent_there_is_no_ranking(session):
    request = make_request(DOOR).request
    ranked_offers(request, advisor())
    withdraw_consent(request, "matching")
    with pytest.raises(Forbidden, match="Einwilligung"):
        ranked_offers(request, advisor())


def test_only_the_office_sees_rankings(session):
    request = make_request(DOOR).request
    with pytest.raises(Forbidden):
        ranked_offers(request, provider_of(make_organisation()))


def test_an_offer_without_a_project_is_taken_for_a_home_of_its_own(session):
    flat, place = make_offer(), make_offer(project=make_project(living_form="multi_generation"))
    wanted = {"key": "living_form", "wanted": ["self_contained"], "importance": "must"}
    ranked = ranked_offers(make_request(wanted).request, advisor())
    assert [match.offer for match in ranked.ranking.matches] == [flat.id]
    assert place.id not in ranked.offers
