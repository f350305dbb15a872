"""What those who offer learn of demand: published figures, about nobody, and worth acting on."""

from typing import Any

import pytest

from tests.factories import make_dwelling, make_offer, make_organisation, make_request, provider_of
from tests.infrastructure.client import CheckingClient
from tests.people import make_user, sign_in
from tests.planning.snapshots import invented
from wohnberatung.core.errors import NotFound
from wohnberatung.demand.services.figures import demand_for, people
from wohnberatung.demand.services.offer_advice import advice_for
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.extensions import db

DOOR = {"key": "inner_door_clear_width_cm", "wanted": 90, "importance": "must"}
WHEELCHAIR, WALKER = "Ich nutze einen Rollstuhl", "Ich gehe mit dem Rollator"


@pytest.fixture
def figures(session: Any) -> None:
    invented(
        bedarf={"wheelchair|*": [85, 20, 0], "walker|*": [45, 45, 0]},
        stadtteile={"*": [1200, 900, 300], "06": [55, 40, 0], "07": [15, 0, 0]},
        mieten={"*|600": [400, 300, 0], "*|400": [50, 0, 0]},
    )


def test_counts_below_ten_are_not_told(app: Any) -> None:
    with app.app_context():
        assert (people(0), people(15)) == ("weniger als 10 Menschen", "etwa 15 Menschen")


def test_demand_beside_ones_own_homes(figures: None) -> None:
    owner = make_organisation()
    make_offer(make_dwelling(owner, district="06"), rent_warm_eur=550, status="draft")
    found = demand_for(owner.id, provider_of(owner))
    assert (found.homes, found.total.seeking, found.total.lacking) == (1, 1200, 300)
    assert [(line.key, line.seeking, line.lacking) for line in found.profiles] == [
        ("wheelchair", 85, 65),
        ("walker", 45, 0),
    ]
    assert [(line.key, line.seeking) for line in found.neighbourhoods] == [("06", 55)]
    assert [(line.label, line.seeking) for line in found.rents] == [("bis 400 €", 50), ("bis 600 €", 400)]
    with pytest.raises(NotFound):
        demand_for(owner.id, provider_of(make_organisation()))


def test_an_offer_is_told_whose_needs_it_meets_and_which_works_would_open_it(figures: None) -> None:
    owner = make_organisation()
    facts = {"step_free": True, "threshold_height_cm": 0, "bathroom_door_clear_width_cm": 90}
    narrow = make_offer(make_dwelling(owner, level="measured", inner_door_clear_width_cm=76, **facts))
    advised = advice_for(narrow.id, provider_of(owner))
    assert WALKER not in dict(advised.now)
    (doors,) = (works for works in advised.works if works.label == "Tür verbreitern")
    assert (WALKER, "etwa 45 Menschen") in doors.serves
    assert doors.cost[0] < doors.cost[1]
    unknown = make_offer(make_dwelling(owner))
    advised = advice_for(unknown.id, provider_of(owner))
    assert dict(advised.now)[WHEELCHAIR] == "etwa 85 Menschen"
    assert len(advised.answers) == 3
    with pytest.raises(NotFound):
        advice_for(narrow.id, provider_of(make_organisation()))


def test_changing_an_offer_again_and_again_tells_nothing_of_who_seeks(figures: None) -> None:
    """Whatever a provider tries: the page is the same whether somebody seeks or not."""
    owner = make_organisation()
    dwelling = make_dwelling(owner, district="06")
    offer = make_offer(dwelling, rent_warm_eur=500)

    def tried() -> list[Any]:
        told = []
        for width in range(70, 100, 3):
            record_facts(dwelling, {"inner_door_clear_width_cm": width}, "measured", source="Testangabe")
            db.session.flush()
            told.append((advice_for(offer.id, provider_of(owner)), demand_for(owner.id, provider_of(owner))))
        return told

    before = tried()
    for _number in range(20):
        make_request(DOOR, profiles=("wheelchair",), household={"persons": 1})
    db.session.flush()
    assert tried() == before


def test_the_pages_show_it_to_those_it_concerns(client: CheckingClient, figures: None) -> None:
    owner, other = make_organisation(), make_organisation("Fremde Gesellschaft")
    offer = make_offer(make_dwelling(owner, district="06", step_free=True, inner_door_clear_width_cm=76))
    sign_in(client, make_user("provider", organisation_ids=[owner.id]))
    page = client.get("/bedarf").text
    assert "etwa 1.200 Haushalte" in page
    assert client.get(f"/bedarf?organisation={other.id}").status_code == 404
    page = client.get(f"/anbieten/{offer.id}").text
    assert "Tür verbreitern" in page
    assert "etwa 45 Menschen" in page
    sign_in(client, make_user("advisor"))
    assert "Fremde Gesellschaft" in client.get("/bedarf").text


def test_without_offers_and_without_figures_the_page_says_what_to_do(client: CheckingClient, session: Any) -> None:
    owner = make_organisation()
    sign_in(client, make_user("provider", organisation_ids=[owner.id]))
    assert "Noch kein offenes Angebot" in client.get("/bedarf").text
    sign_in(client, make_user("provider"))
    assert "Keine Organisation" in client.get("/bedarf").text
