"""Filling an empty database with the invented city, on both databases."""

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from seed_data.files import read_lines, read_toml
from wohnberatung.accounts.models import Organisation, User
from wohnberatung.accounts.services.people import authenticate
from wohnberatung.dwellings.models import Dwelling, FactRecord, Offer
from wohnberatung.dwellings.services.listings import find_offer
from wohnberatung.projects.models import Project
from wohnberatung.seeding.homes import SOURCE, fill
from wohnberatung.seekers.models import HousingRequest, Purpose
from wohnberatung.seekers.services.consents import has_consent
from wohnberatung.seekers.services.requests import contact_of, matching_request, needs_of

PART = 0.05


@pytest.fixture
def city(session: scoped_session[Any]) -> scoped_session[Any]:
    assert fill(session, PART)
    return session


def count(session: scoped_session[Any], table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_filling_stores_everything_once(city: scoped_session[Any]) -> None:
    assert count(city, Organisation) == len(read_toml("organisations.toml")["organisation"])
    assert count(city, User) == len(read_toml("accounts.toml")["account"])
    assert count(city, Project) == 12
    assert count(city, Dwelling) == round(PART * 338) + 12
    assert count(city, Offer) == round(PART * 338) + 15
    assert count(city, HousingRequest) == round(PART * 140)
    assert fill(city) is False
    assert count(city, Project) == 12


def test_facts_carry_their_evidence_and_offers_their_date(city: scoped_session[Any]) -> None:
    records = read_lines("dwellings.jsonl")[: round(PART * 338)]
    for record in records:
        offer = find_offer(SOURCE, record["id"])
        assert offer is not None
        assert offer.status == record["offer"]["status"]
        assert offer.status == "draft" or offer.published_at.date().isoformat() == record["offer"]["facts"][0]["date"]
    surveyed = next(record for record in records if record["facts"][-1]["level"] == "measured")
    check_survey(city, find_offer(SOURCE, surveyed["id"]).dwelling, surveyed["facts"][-1])


def check_survey(city: scoped_session[Any], dwelling: Dwelling, survey: dict[str, Any]) -> None:
    for key, value in survey["facts"].items():
        assert getattr(dwelling, key) == value
        assert dwelling.evidence[key]["level"] == "measured"
        assert dwelling.evidence[key]["date"] == survey["date"]
    history = city.scalars(select(FactRecord).where(FactRecord.subject_id == dwelling.id)).all()
    surveyors = {row.recorded_by for row in history if row.level == "measured"}
    assert len(surveyors) == 1
    assert None not in surveyors


def test_requests_are_sealed_and_the_demo_password_opens_the_office(city: scoped_session[Any]) -> None:
    stored = {row.created_at.date().isoformat(): row for row in city.scalars(select(HousingRequest))}
    for record in read_lines("requests.jsonl")[: round(PART * 140)]:
        request = stored[record["submitted"]]
        assert contact_of(request)["name"].encode() not in request.contact
        assert needs_of(request)["household"]["persons"] >= 1
        assert matching_request(request).requirements
        assert [purpose for purpose in Purpose if has_consent(request, purpose)] == sorted(
            record["consents"], key=list(Purpose).index
        )
    table = read_toml("accounts.toml")
    actor = authenticate(table["account"][0]["email"], table["password"])
    assert actor is not None
    assert actor.roles == frozenset(table["account"][0]["roles"])
