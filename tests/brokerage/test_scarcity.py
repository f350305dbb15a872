"""Before a scarce home goes to somebody the office reads who else needs it and has fewer alternatives."""

import pytest

from tests.brokerage.cases import BALCONY, DOOR, asked, home, offered, reviewed
from tests.brokerage.ways import TO_RESERVED, on_the_way
from tests.cases.factories import actor_of, make_case
from tests.factories import advisor, make_request
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.brokerage.services.scarcity import scarce_home
from wohnberatung.cases.services.requests import link_request

WIDE = DOOR | {"wanted": 90}
ANY_DOOR = DOOR | {"wanted": 70}
MUST_BALCONY = BALCONY | {"importance": "must"}


@pytest.fixture
def city(session):
    """One home with a wide door among a dozen with narrow ones, which could be widened."""
    scarce = home("Breite Türen", 95, balcony=True)
    for number in range(12):
        home(f"Schmal {number}", 75, balcony=True)
    session.flush()
    return scarce


def test_who_needs_what_is_scarce_and_has_nothing_else_is_named_to_whoever_gives_it_to_somebody_else(city):
    needy = make_request(WIDE).request
    match = reviewed(make_request(MUST_BALCONY), city)
    found = scarce_home(match, advisor())
    assert (found.own_needs, found.own_alternatives) == ((), None)
    assert [(each.request.id, each.alternatives, each.match) for each in found.others] == [(needy.id, 12, None)]
    assert found.others[0].needs == ("Lichte Breite der Innentüren",)
    assert "90 cm" in found.features[0]


def test_of_those_who_need_it_only_who_has_fewer_alternatives_is_named(city):
    same = offered(make_request(WIDE), city)
    match = reviewed(make_request(WIDE), city)
    found = scarce_home(match, advisor())
    assert (found.own_alternatives, found.others) == (12, ())
    assert scarce_home(same, advisor()).others == ()
    home("Noch eine breite", 95, balcony=False)
    more = make_request(WIDE, MUST_BALCONY)
    (named,) = scarce_home(match, advisor()).others
    assert (named.request.id, named.alternatives) == (more.request.id, 12)


def test_nothing_is_said_where_nothing_is_scarce_or_it_is_given_already(city):
    plain = home("Gewöhnlich", 75, balcony=True)
    assert scarce_home(reviewed(make_request(MUST_BALCONY), plain), advisor()) is None
    assert scarce_home(on_the_way(*TO_RESERVED, offer=city), advisor()) is None


def test_requests_of_blocked_cases_are_not_named(city):
    anna, bert = (actor_of(make_user("advisor")) for _who in range(2))
    hidden = make_request(WIDE)
    case = make_case(bert)
    link_request(case, hidden.request.receipt_number, bert)
    case.blocked = True
    match = reviewed(make_request(MUST_BALCONY), city)
    assert scarce_home(match, anna).others == ()
    assert [each.request.id for each in scarce_home(match, bert).others] == [hidden.request.id]


def test_the_page_advises_and_leaves_the_decision(city, client):
    sign_in(client, make_user("advisor"))
    needy = asked().request
    match = reviewed(make_request(MUST_BALCONY), city)
    shown = words(Page(client.get(f"/vorschlaege/{match.id}").text).root.find(".//main"))
    for told in ("Wer braucht sie noch?", needy.receipt_number, "Noch 12 andere Angebote", "Sie entscheiden"):
        assert told in shown, told
    assert "Vorschlagen" in shown
