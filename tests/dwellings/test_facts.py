"""The one way in for facts."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.factories import advisor, make_dwelling, make_offer, make_organisation, provider_of
from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError, Forbidden
from wohnberatung.dwellings.models import FactRecord
from wohnberatung.dwellings.services.facts import FactsRefused, record_facts

DOOR = "inner_door_clear_width_cm"
SPRING, SUMMER = date(2026, 4, 1), date(2026, 7, 1)


def history(session, subject):
    query = select(FactRecord).where(FactRecord.subject_id == subject.id).order_by(FactRecord.id)
    return [(row.key, row.value, row.level, row.current) for row in session.scalars(query)]


def test_a_fact_is_known_with_its_evidence(session):
    dwelling = make_dwelling()
    report = record_facts(dwelling, {DOOR: "88,5 cm"}, "stated", observed_on=SPRING, source="Anruf")
    session.refresh(dwelling)
    assert report.stored == (DOOR,)
    assert dwelling.known_facts() == {DOOR: 88.5}
    assert dwelling.evidence == {DOOR: {"level": "stated", "date": "2026-04-01", "source": "Anruf"}}
    assert history(session, dwelling) == [(DOOR, 88.5, "stated", True)]


@pytest.mark.parametrize(("known", "offered"), [("measured", "stated"), ("measured", "claimed"), ("stated", "claimed")])
def test_weaker_evidence_never_overwrites_stronger(session, known, offered):
    dwelling = make_dwelling()
    record_facts(dwelling, {DOOR: 80}, known, observed_on=SPRING)
    report = record_facts(dwelling, {DOOR: 93}, offered, observed_on=SUMMER)
    assert (report.stored, report.kept_stronger) == ((), (DOOR,))
    assert dwelling.inner_door_clear_width_cm == 80
    assert dwelling.evidence[DOOR]["level"] == known
    assert history(session, dwelling)[-1] == (DOOR, 93, offered, False)


def test_stronger_evidence_overwrites_whatever_its_date(session):
    dwelling = make_dwelling()
    record_facts(dwelling, {DOOR: 93}, "stated", observed_on=SUMMER)
    assert record_facts(dwelling, {DOOR: 80}, "measured", observed_on=SPRING).stored == (DOOR,)
    assert dwelling.evidence[DOOR]["level"] == "measured"


def test_of_equal_evidence_the_newer_wins(session):
    dwelling = make_dwelling()
    record_facts(dwelling, {DOOR: 80}, "stated", observed_on=SUMMER)
    assert record_facts(dwelling, {DOOR: 90}, "stated", observed_on=SPRING).kept_stronger == (DOOR,)
    assert record_facts(dwelling, {DOOR: 91}, "stated", observed_on=SUMMER).stored == (DOOR,)
    assert dwelling.inner_door_clear_width_cm == 91


def test_the_same_word_twice_changes_nothing(session):
    dwelling = make_dwelling()
    record_facts(dwelling, {DOOR: 80}, "measured", observed_on=SPRING, source="Aufmaß")
    for day in (SPRING, SUMMER):
        record_facts(dwelling, {DOOR: 93}, "claimed", observed_on=day, source="Anzeige")
    before = history(session, dwelling)
    record_facts(dwelling, {DOOR: 80}, "stated", observed_on=SUMMER, source="Anzeige")
    assert history(session, dwelling) == before == [(DOOR, 80, "measured", True), (DOOR, 93, "claimed", False)]


def test_a_better_informed_person_confirms_a_value(session):
    dwelling = make_dwelling()
    record_facts(dwelling, {DOOR: 93}, "claimed", observed_on=SPRING)
    assert record_facts(dwelling, {DOOR: 93}, "stated", observed_on=SPRING).stored == (DOOR,)
    assert record_facts(dwelling, {DOOR: 93}, "stated", observed_on=SUMMER).unchanged == (DOOR,)
    assert record_facts(dwelling, {DOOR: 93}, "measured", observed_on=SPRING).stored == (DOOR,)
    assert record_facts(dwelling, {DOOR: 93}, "measured", observed_on=SUMMER).stored == (DOOR,)
    assert dwelling.evidence[DOOR]["date"] == SUMMER.isoformat()


def test_a_statement_can_be_taken_back_but_not_by_a_weaker_one(session):
    dwelling = make_dwelling()
    record_facts(dwelling, {DOOR: 80}, "stated")
    assert record_facts(dwelling, {DOOR: "unbekannt"}, "claimed").kept_stronger == (DOOR,)
    assert record_facts(dwelling, {DOOR: None}, "stated").stored == (DOOR,)
    assert (dwelling.known_facts(), dwelling.evidence) == ({}, {})
    assert history(session, dwelling)[-1] == (DOOR, None, "stated", True)


def test_one_bad_value_stores_none_and_every_fault_is_named(session):
    dwelling = make_dwelling()
    raw = {"has_lift": "ja", DOOR: "schmal", "floor": 400, "swimming_pool": True}
    with pytest.raises(FactsRefused) as refused:
        record_facts(dwelling, raw, "stated")
    assert set(refused.value.faults) == {DOOR, "floor", "swimming_pool"}
    assert refused.value.field == DOOR
    session.refresh(dwelling)
    assert dwelling.known_facts() == {}
    assert history(session, dwelling) == []


def test_an_offer_does_not_take_the_facts_of_its_dwelling(session):
    with pytest.raises(FactsRefused):
        record_facts(make_offer(), {DOOR: 90}, "stated")


def test_nothing_is_observed_in_the_future(session):
    with pytest.raises(DomainError, match="Zukunft"):
        record_facts(make_dwelling(), {DOOR: 90}, "stated", observed_on=clock.today() + timedelta(days=1))


def test_levels_and_sentences_go_by_key(session):
    dwelling = make_dwelling()
    record_facts(
        dwelling,
        {"has_lift": True, DOOR: 90},
        {"has_lift": "claimed", DOOR: "stated"},
        sentences={"has_lift": "Aufzug im Haus."},
    )
    assert {key: known["level"] for key, known in dwelling.evidence.items()} == {"has_lift": "claimed", DOOR: "stated"}
    sentences = dict(session.execute(select(FactRecord.key, FactRecord.sentence)).all())
    assert sentences == {"has_lift": "Aufzug im Haus.", DOOR: ""}


def test_providers_state_facts_of_their_own_dwellings_only_and_measure_none(session):
    mine, other = make_organisation(), make_organisation()
    dwelling = make_dwelling(mine)
    record_facts(dwelling, {DOOR: 85}, "stated", actor=provider_of(mine))
    with pytest.raises(Forbidden):
        record_facts(dwelling, {DOOR: 86}, "stated", actor=provider_of(other))
    with pytest.raises(Forbidden):
        record_facts(dwelling, {DOOR: 86}, "measured", actor=provider_of(mine))
    surveyor = advisor()
    record_facts(dwelling, {DOOR: 86}, "measured", actor=surveyor)
    latest = session.scalars(select(FactRecord).order_by(FactRecord.id.desc()).limit(1)).one()
    assert (latest.value, latest.recorded_by) == (86, surveyor.user_id)


@pytest.mark.parametrize("statement", ["UPDATE fact_records SET level = 'measured'", "DELETE FROM fact_records"])
def test_the_history_is_append_only(session, statement):
    make_dwelling(has_lift=True)
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text(statement))


def test_the_database_itself_refuses_what_is_implausible(session):
    make_dwelling(has_lift=True)
    with pytest.raises(DBAPIError, match="ck_dwellings_inner_door_clear_width_cm_plausible"):
        session.execute(text(f"UPDATE dwellings SET {DOOR} = 5"))
