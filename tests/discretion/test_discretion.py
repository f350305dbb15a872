"""Requests for discretion: kept by the office, late ones on its desk, and what others may learn from them."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.directory.entries import make_entry
from tests.discretion.cases import COMPLETE, make_request_for_discretion
from tests.factories import advisor, make_organisation, make_project, provider_of
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.privacy.trails import trail
from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, DomainError, Forbidden
from wohnberatung.discretion.models import DiscretionRequest, DiscretionState
from wohnberatung.discretion.services.requests import (
    DecisionGiven,
    late_requests,
    move_request,
    public_requests,
    save_request,
)
from wohnberatung.extensions import db


def text_of(answer: Any) -> str:
    return words(Page(answer.text).root.find(".//main"))


def go(row: DiscretionRequest, *keys: str, reason: str = "Die Fläche je Person zählt.") -> None:
    for key in keys:
        move_request(row.id, key, advisor(), version=row.version, decision=DecisionGiven(reason))


def test_a_decision_needs_its_reason_and_nothing_is_asked_that_nobody_could_decide(session: Any) -> None:
    row = make_request_for_discretion(grounds="")
    with pytest.raises(DomainError, match="warum"):
        go(row, "stellen")
    save_request({"grounds": "Weil."}, advisor(), row.id, row.version)
    go(row, "stellen")
    assert (row.state, row.asked_on) == (DiscretionState.ASKED, clock.today())
    with pytest.raises(DomainError) as refused:
        go(row, "genehmigt", reason=" ")
    assert refused.value.field == "decision_reason"
    decision = DecisionGiven("Gut.", clock.today() + timedelta(days=1))
    with pytest.raises(DomainError) as too_early:
        move_request(row.id, "genehmigt", advisor(), version=row.version, decision=decision)
    assert too_early.value.field == "decided_on"


def test_what_is_public_tells_of_no_project_and_no_person(session: Any) -> None:
    project = make_project(name="Wandelgarten")
    row = make_request_for_discretion(project_id=project.id, lessons="Der Wandelgarten hat früh gefragt.")
    go(row, "stellen", "genehmigt")
    with pytest.raises(DomainError) as refused:
        go(row, "veroeffentlichen")
    assert refused.value.field == "lessons"
    save_request({"lessons": "Früh fragen."}, advisor(), row.id, row.version)
    go(row, "veroeffentlichen")
    assert public_requests() == [row]
    with pytest.raises(DomainError):
        save_request({"summary": "Rufen Sie an: 0351 1234567"}, advisor(), row.id, row.version)
    session.refresh(row)
    go(row, "wieder-offen")
    assert public_requests() == [], "what is open again teaches nothing yet"


def test_the_public_list_is_narrowed_by_rule_and_shows_nothing_else(client: CheckingClient) -> None:
    parking = make_request_for_discretion(rule="parking", summary="Weniger Stellplätze, dafür Räder.")
    hidden = make_request_for_discretion(title="Geheim", summary="Noch nicht öffentlich.")
    go(parking, "stellen", "teilweise", "veroeffentlichen")
    go(hidden, "stellen", "abgelehnt")
    page = text_of(client.get("/ermessen"))
    assert "Weniger Stellplätze, dafür Räder." in page
    assert "teilweise genehmigt" in page
    for secret in ("Geheim", "Noch nicht öffentlich", COMPLETE["title"], COMPLETE["grounds"], COMPLETE["authority"]):
        assert secret not in page
    assert "Dazu gibt es noch kein Beispiel" in text_of(client.get("/ermessen?regel=fire"))
    assert "1 Beispiel" in text_of(client.get("/ermessen?regel=parking&ausgang=partly"))


def test_the_office_enters_asks_and_decides(client: CheckingClient) -> None:
    office = make_entry("Bauaufsicht", kind="city_office")
    sign_in(client, make_user("advisor"))
    said = {name: text for name, text in COMPLETE.items() if name != "authority"}
    client.submit("/ermessen/antraege/neu", said | {"authority_id": office.id})
    row = db.session.scalars(select(DiscretionRequest)).one()
    here = f"/ermessen/antraege/{row.id}"
    assert "Bauaufsicht" in text_of(client.get(here))
    client.submit(here, {}, button="Antrag ist gestellt")
    refused = client.submit(here, {"decision_reason": ""}, button="Abgelehnt")
    assert refused.status_code == 400
    assert "begründet" in text_of(refused)
    client.submit(here, {"decision_reason": "Kein Spielraum."}, button="Abgelehnt")
    assert "Kein Spielraum." in text_of(client.get(here))
    assert len(trail(f"discretion_requests|{row.id}")) == 2


def test_what_is_late_waits_on_the_desk_and_nobody_else_sees_any(client: CheckingClient) -> None:
    row = make_request_for_discretion(
        asked_on=clock.today() - timedelta(days=40), due_on=clock.today() - timedelta(days=1)
    )
    go(row, "stellen")
    assert late_requests(advisor()) == [row]
    with pytest.raises(Forbidden):
        late_requests(provider_of(make_organisation()))
    with pytest.raises(Conflict):
        save_request({"title": "Anders"}, advisor(), row.id, 99)
    sign_in(client, make_user("advisor"))
    assert "Entscheidung überfällig (1)" in client.get("/heute").text
