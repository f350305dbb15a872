"""A household that separates: two requests in one case, each keeps what was said, consents are asked anew."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.cases.factories import actor_of, make_case
from tests.factories import make_request
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.cases.models import Case
from wohnberatung.cases.services.requests import link_request, requests_of
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.consents import has_consent
from wohnberatung.seekers.services.requests import contact_of, needs_of

LIFT = {"key": "has_lift", "wanted": True, "importance": "must"}


@pytest.fixture
def couple(client: CheckingClient) -> tuple[Case, HousingRequest, Any]:
    """Two people with one request in a case, and the advisor who is signed in."""
    user = make_user("advisor")
    actor = actor_of(user)
    case = make_case(actor)
    request = make_request(LIFT, household={"persons": 2, "children": 0}).request
    link_request(case, request.receipt_number, actor)
    db.session.commit()
    sign_in(client, user)
    return case, request, actor


def entered(client: CheckingClient, case: Case, request: HousingRequest, **more: str) -> Any:
    here = f"/faelle/{case.id}/gesuch/teilen/{request.id}"
    said = {"household_persons": "1", "name": "Max Beispiel", "reach": "phone", "phone": "0351 2223344", **more}
    return client.submit(here, said, button="Gesuch speichern")


def test_both_have_a_request_and_keep_what_was_said(client: CheckingClient, couple: Any) -> None:
    case, request, actor = couple
    page = entered(client, case, request, staying="1", consent_matching="y", consent_contact="y")
    assert "Der Haushalt ist geteilt" in page.text
    db.session.expire_all()
    own, shared = requests_of(case, actor)
    assert shared.id == request.id
    assert [needs_of(each)["household"]["persons"] for each in (own, shared)] == [1, 1]
    assert [each["key"] for each in needs_of(own)["requirements"]] == ["has_lift"]
    assert contact_of(own)["name"] == "Max Beispiel"
    assert contact_of(shared)["name"] == "Erika Beispiel"
    assert "Haushalt geteilt" in words(Page(page.text).root.find(".//main"))


def test_nobody_agrees_for_somebody_else(client: CheckingClient, couple: Any) -> None:
    case, request, actor = couple
    entered(client, case, request, staying="1", consent_matching="y", consent_contact="y")
    own = requests_of(case, actor)[0]
    assert has_consent(request, "advice")
    assert not has_consent(own, "advice")
    assert own.state == "new"


def test_somebody_has_to_stay_and_somebody_to_go(client: CheckingClient, couple: Any) -> None:
    case, request, _actor = couple
    page = entered(client, case, request, staying="2", consent_matching="y", consent_contact="y")
    assert "mindestens eine, und weniger als bisher" in page.text
    assert "Max Beispiel" in page.text
    assert len(db.session.scalars(select(HousingRequest)).all()) == 1


def test_it_is_no_way_into_requests_of_others(client: CheckingClient, couple: Any) -> None:
    case, _request, _actor = couple
    other = make_request().request
    db.session.commit()
    assert client.get(f"/faelle/{case.id}/gesuch/teilen/{other.id}").status_code == 404
