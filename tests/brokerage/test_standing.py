"""What there is for a request that is still being written: counted on the way, stored nowhere."""

import pytest

from matching.catalogue import HOMES
from matching.ranking import rank
from matching.whatif.prospects import prospects
from tests.factories import make_dwelling, make_offer
from tests.seekers.walking import begin
from wohnberatung.bridge.frames import current_supply
from wohnberatung.bridge.needs import engine_request, read_needs
from wohnberatung.brokerage.services import standing_of
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest

DOOR = {"key": "inner_door_clear_width_cm", "wanted": 90, "importance": "must"}
BALCONY = {"key": "balcony", "wanted": True, "importance": "must"}


@pytest.fixture
def homes(session):
    for width, balcony in ((92, True), (80, True), (92, False), (92, False), (60, False)):
        make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=width, balcony=balcony))
    make_offer(make_dwelling(level="measured", balcony=True))
    session.flush()


def test_the_count_is_that_of_the_whole_ranking(homes):
    request = engine_request("draft", read_needs({"requirements": [DOOR, BALCONY]}))
    with current_supply() as supply:
        outlooks = [match.outlook for match in rank(request, supply.frame, top=None).matches]
        count = prospects(request, supply.frame)
    assert (count.fits, count.clarify, count.adapt) == tuple(map(outlooks.count, ("fits", "clarify", "adapt")))
    assert count.fits == 1


def test_where_few_are_left_the_costliest_must_is_named(homes):
    costliest = standing_of({"requirements": [DOOR, BALCONY]}).costliest
    assert costliest.label == HOMES.criterion("balcony").label
    assert costliest.without - costliest.now == 2


def test_nothing_is_counted_while_nothing_must_be_or_it_cannot_be_read(homes):
    assert standing_of({"requirements": []}) is None
    assert standing_of({"requirements": [DOOR | {"importance": "wish"}]}) is None
    assert standing_of({"requirements": [DOOR | {"wanted": "breit"}]}) is None


def test_the_form_tells_on_the_way_and_stores_no_request(client, homes):
    assert "So viele Angebote gibt es bisher" not in client.get("/suche/haushalt").text
    begin(client, before="kosten")
    page = client.get("/suche/kosten").text
    assert "Nach Ihren Antworten bis hierher: " in page
    assert db.session.query(HousingRequest).count() == 0
