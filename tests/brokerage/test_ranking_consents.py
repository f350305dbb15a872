"""Rankings need the consent to matching and, where needs tell about health, the one to that."""

import pytest

from tests.factories import advisor, make_offer, make_request, move_request_to
from tests.people import make_user, sign_in
from wohnberatung.brokerage.services.rankings import ranked_offers
from wohnberatung.brokerage.services.request_sheets import ranking_page
from wohnberatung.core.errors import Forbidden

LIFT = {"key": "has_lift", "wanted": True, "importance": "must"}


def take_back(request, purpose):
    """Only the row, as if needs had come in by another way than the form."""
    for consent in request.consents:
        if consent.purpose == purpose:
            consent.withdrawn_at = consent.given_at


def test_needs_about_health_are_not_ranked_without_the_consent_to_keep_them(session):
    request = make_request(LIFT, profiles=("wheelchair",)).request
    assert ranking_page(request.id, advisor()).sheet.may_match
    take_back(request, "health")
    session.flush()
    assert not ranking_page(request.id, advisor()).sheet.may_match
    with pytest.raises(Forbidden):
        ranked_offers(request, advisor())


def test_a_lift_alone_needs_no_consent_about_health(session):
    request = make_request(LIFT, purposes=("matching",)).request
    assert ranking_page(request.id, advisor()).sheet.may_match


@pytest.mark.parametrize("state", ["paused", "withdrawn", "closed"])
def test_nothing_is_ranked_for_somebody_who_does_not_seek_at_the_moment(client, state):
    request = make_request(LIFT).request
    make_offer(has_lift=True, title="Mit Aufzug")
    move_request_to(request, state)
    with pytest.raises(Forbidden):
        ranked_offers(request, advisor())
    sign_in(client, make_user("advisor"))
    page = client.get(f"/gesuche/{request.id}").text
    assert "Dieses Gesuch ruht oder ist beendet" in page
    assert "Mit Aufzug" not in page
