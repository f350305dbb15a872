"""What those who offer learn of demand: rounded, about nobody, and worth acting on."""

from typing import Any

import pytest

from tests.factories import advisor, make_dwelling, make_offer, make_organisation, make_request, provider_of
from tests.infrastructure.client import CheckingClient
from tests.people import make_user, sign_in
from wohnberatung.core.errors import NotFound
from wohnberatung.demand.services.figures import advice_for, demand_for, people, rounded
from wohnberatung.extensions import db
from wohnberatung.seekers.models import Purpose
from wohnberatung.seekers.services.consents import withdraw_consent

DOOR = {"key": "inner_door_clear_width_cm", "wanted": 90, "importance": "must"}
HERE = {"key": "district", "wanted": ["06"], "importance": "must"}


def rent(limit: int) -> dict[str, Any]:
    return {"key": "rent_warm_eur", "wanted": limit, "importance": "must"}


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10), (1234, 1235)])
def test_counts_are_rounded_so_that_two_people_and_nobody_look_the_same(app, count, shown):
    assert rounded(count) == shown
    with app.app_context():
        assert people(1) == people(0) == "einzelne Menschen"


def test_demand_beside_ones_own_homes(session):
    owner = make_organisation()
    make_offer(make_dwelling(owner, district="06", inner_door_clear_width_cm=95), rent_warm_eur=550, status="draft")
    for _number in range(6):
        make_request(DOOR, HERE, rent(600), profiles=("wheelchair",))
    for _number in range(5):
        make_request(rent(450))
    db.session.commit()
    found = demand_for(owner.id, provider_of(owner))
    assert (found.homes, found.total.seeking, found.total.fitting) == (1, 10, 5)
    assert [(line.seeking, line.fitting) for line in found.profiles] == [(5, 5)]
    assert [(line.seeking, line.fitting) for line in found.neighbourhoods] == [(5, 5)]
    bands = {line.label: (line.seeking, line.fitting) for line in found.rents}
    assert (bands["bis 500 €"], bands["bis 600 €"]) == ((5, 0), (5, 5))
    with pytest.raises(NotFound):
        demand_for(owner.id, provider_of(make_organisation()))


def test_who_took_back_the_consent_is_counted_no_more(session):
    owner = make_organisation()
    requests = [make_request(rent(600)).request for _number in range(3)]
    db.session.commit()
    assert demand_for(owner.id, advisor()).total.seeking == 5
    withdraw_consent(requests[0], Purpose.MATCHING)
    assert demand_for(owner.id, advisor()).total.seeking == 0


def test_an_offer_is_told_which_answers_and_which_works_would_open_it(session):
    owner = make_organisation()
    narrow = make_offer(make_dwelling(owner, inner_door_clear_width_cm=82), rent_warm_eur=500)
    unknown = make_offer(make_dwelling(owner))
    for _number in range(9):
        make_request(DOOR, rent(600))
    db.session.commit()
    advised = advice_for(narrow.id, provider_of(owner))
    assert advised.now == "einzelne Menschen"
    (works,) = advised.works
    assert (works.label, works.serves) == ("Tür verbreitern", "etwa 10 Menschen")
    assert works.cost[0] < works.cost[1]
    advised = advice_for(unknown.id, provider_of(owner))
    assert advised.findable == ("2 Antworten würden dieses Angebot für etwa 10 Menschen mehr auffindbar machen.")
    assert set(advised.answers) == {"Lichte Breite der Innentüren", "Warmmiete"}
    with pytest.raises(NotFound):
        advice_for(narrow.id, provider_of(make_organisation()))


def test_the_pages_show_it_to_those_it_concerns(client: CheckingClient, session: Any) -> None:
    owner, other = make_organisation(), make_organisation("Fremde Gesellschaft")
    offer = make_offer(make_dwelling(owner, district="06", inner_door_clear_width_cm=82), rent_warm_eur=500)
    for _number in range(9):
        make_request(DOOR, rent(600), profiles=("wheelchair",))
    sign_in(client, make_user("provider", organisation_ids=[owner.id]))
    page = client.get("/bedarf").text
    assert "etwa 10 Haushalte" in page
    assert client.get(f"/bedarf?organisation={other.id}").status_code == 404
    page = client.get(f"/anbieten/{offer.id}").text
    assert "Tür verbreitern" in page
    assert "für etwa 10 Menschen mehr" in page
    sign_in(client, make_user("advisor"))
    assert "Fremde Gesellschaft" in client.get("/bedarf").text


def test_without_offers_and_without_requests_the_page_says_what_to_do(client: CheckingClient, session: Any) -> None:
    owner = make_organisation()
    sign_in(client, make_user("provider", organisation_ids=[owner.id]))
    assert "Noch kein offenes Angebot" in client.get("/bedarf").text
    sign_in(client, make_user("provider"))
    assert "Keine Organisation" in client.get("/bedarf").text
