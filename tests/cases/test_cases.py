"""Cases: opened from a call, a letter, a request; own ones first; a blocked one exists for one person only."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from tests.cases.factories import actor_of, make_advisor, make_case
from tests.committed import committed
from tests.factories import make_request, provider_of
from tests.people import make_user
from wohnberatung.advice.services.enquiries import set_legal_hold
from wohnberatung.cases.models import Case, CaseEvent, CasePerson, ConsentState
from wohnberatung.cases.services.cases import (
    cases_reached_by,
    list_cases,
    load_case,
    load_cases,
    load_known,
    take_case_step,
)
from wohnberatung.cases.services.content import content_of
from wohnberatung.cases.services.handover import (
    break_glass,
    plan_absence,
    set_blocked,
    set_stand_in,
    take_notice,
    transfer_all,
    transfer_case,
    unnoticed_accesses,
)
from wohnberatung.cases.services.people import people_of, save_person
from wohnberatung.cases.services.personal_data import erase_case, stored_about_case
from wohnberatung.cases.services.requests import link_request, open_case_from_request, requests_of
from wohnberatung.cases.services.rights import NotYours
from wohnberatung.cases.services.timeline import timeline
from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError, Forbidden, NotFound
from wohnberatung.extensions import db
from wohnberatung.privacy import retention
from wohnberatung.privacy.models import PersonKey

carry_out = committed(retention.carry_out)


@pytest.fixture(autouse=True)
def _stored(session: Any) -> None:
    """Every test here stores something."""


def told(case: Case, actor: Any) -> list[str]:
    return [str(entry.title) for entry in timeline(case, actor)]


def test_what_a_case_says_about_people_is_sealed() -> None:
    case = make_case(phone="0351 1234567", notes="hört schlecht")
    save_person(case, {"name": "Tochter Tanja"}, role="helper", consent="oral", actor=make_advisor())
    (row,) = db.session.scalars(select(CasePerson))
    for secret in (b"Erika", b"1234567", "hört".encode(), b"Tanja"):
        assert secret not in case.content + row.content
    assert content_of(case)["notes"] == "hört schlecht"
    assert [content["name"] for _, content in people_of(case)] == ["Tochter Tanja"]


def test_a_case_needs_a_name_and_somebody_of_the_office() -> None:
    with pytest.raises(DomainError) as error:
        make_case(name="  ")
    assert error.value.field == "name"
    with pytest.raises(Forbidden):
        make_case(provider_of())


def test_a_request_from_the_web_becomes_a_case_once() -> None:
    actor, request = make_advisor(), make_request().request
    case = open_case_from_request(request.id, actor)
    assert content_of(case)["name"] == "Erika Beispiel"
    assert (case.consent, case.origin) == (ConsentState.WRITTEN, "web_request")
    assert requests_of(case, actor) == [request]
    assert open_case_from_request(request.id, actor) is case
    assert any(request.receipt_number in title for title in told(case, actor))


def test_a_request_is_linked_by_its_number() -> None:
    actor = make_advisor()
    case, request = make_case(actor), make_request().request
    assert link_request(case, f" {request.receipt_number.lower()} ", actor) == request
    with pytest.raises(DomainError):
        link_request(case, "DD-2026-GIBTES", actor)


def test_own_cases_come_first() -> None:
    anna, bert = make_advisor(), make_advisor("Bert Berater")
    mine = make_case(anna, name="Alt")
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        theirs = make_case(bert, name="Neu")
    assert [case.id for case in list_cases(anna, only_own=False).items] == [mine.id, theirs.id]
    assert [case.id for case in list_cases(anna).items] == [mine.id]


def test_a_case_of_others_opens_with_a_reason_and_its_advisor_is_told() -> None:
    anna, bert = make_advisor(), make_advisor("Bert Berater")
    case = make_case(anna)
    with pytest.raises(NotYours):
        load_case(case.id, bert)
    break_glass(case, "Die Tochter ist am Telefon, Frau Rat ist krank.", bert)
    assert load_case(case.id, bert) is case
    ((access, reason),) = unnoticed_accesses(anna)
    assert (access.user.name, "Tochter" in reason) == ("Bert Berater", True)
    assert "Mit Begründung geöffnet" in told(case, anna)
    take_notice(access.id, anna)
    assert unnoticed_accesses(anna) == []
    with time_machine.travel(clock.now() + timedelta(hours=13), tick=False), pytest.raises(NotYours):
        load_case(case.id, bert)


def test_a_blocked_case_exists_for_nobody_else() -> None:
    anna, bert, boss = make_advisor(), make_advisor("Bert Berater"), make_advisor("Chefin", "admin")
    case = make_case(anna, phone="0351 999888")
    set_stand_in(case, bert.user_id, version=case.version, actor=anna)
    set_blocked(case, True, version=case.version, actor=anna)
    for other in (bert, boss):
        with pytest.raises(NotFound):
            load_known(case.id, other)
        assert list_cases(other, only_own=False).total == 0
    with pytest.raises(Forbidden):
        set_blocked(case, False, version=case.version, actor=bert)
    assert load_case(case.id, anna) is case


def test_a_reason_given_before_does_not_open_a_case_that_is_blocked_since() -> None:
    anna, bert = make_advisor(), make_advisor("Bert Berater")
    case = make_case(anna)
    break_glass(case, "Rückfrage der Pflegekasse", bert)
    assert load_cases([case.id], bert) == [case]
    set_blocked(case, True, version=case.version, actor=anna)
    assert load_cases([case.id], bert) == []
    assert load_cases([case.id], anna) == [case]


def test_requests_of_a_blocked_case_cannot_be_found_by_number() -> None:
    anna, bert = make_advisor(), make_advisor("Bert Berater")
    case, request = make_case(anna), make_request().request
    link_request(case, request.receipt_number, anna)
    set_blocked(case, True, version=case.version, actor=anna)
    with pytest.raises(DomainError, match="kein Gesuch"):
        link_request(make_case(bert), request.receipt_number, bert)


def test_who_stands_in_works_on_the_cases_during_the_absence_only() -> None:
    anna, bert = make_advisor(), make_advisor("Bert Berater")
    case, today = make_case(anna), clock.today()
    plan_absence(
        user_id=anna.user_id,
        stand_in_id=bert.user_id,
        first_day=today + timedelta(days=1),
        last_day=today + timedelta(days=7),
        actor=anna,
    )
    with pytest.raises(NotYours):
        load_case(case.id, bert)
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        assert load_case(case.id, bert) is case
        assert list_cases(bert).total == 1
    with time_machine.travel(clock.now() + timedelta(days=9), tick=False), pytest.raises(NotYours):
        load_case(case.id, bert)


def test_a_case_is_handed_over_with_a_note() -> None:
    anna, bert = make_advisor(), make_advisor("Bert Berater")
    case = make_case(anna)
    transfer_case(case, bert.user_id, version=case.version, actor=anna, note="Ruft wegen des Bades zurück.")
    assert load_case(case.id, bert).responsible_id == bert.user_id
    (entry, *_) = timeline(case, bert)
    assert (str(entry.title), entry.text) == ("Fall übergeben", "an Bert Berater: Ruft wegen des Bades zurück.")


def test_an_administrator_hands_over_all_cases_of_who_leaves_unseen_ones_too() -> None:
    anna, bert, boss = make_advisor(), make_advisor("Bert Berater"), actor_of(make_user("admin"))
    case = make_case(anna)
    set_blocked(case, True, version=case.version, actor=anna)
    make_case(anna)
    with pytest.raises(Forbidden):
        transfer_all(anna.user_id, bert.user_id, actor=bert)
    assert transfer_all(anna.user_id, bert.user_id, actor=boss) == 2
    assert load_case(case.id, bert) is case


def test_a_caller_is_found_by_the_number_without_opening_any_case() -> None:
    case = make_case(phone="+49 (0)351 / 12 34 567", email="Erika@Example.org")
    save_person(case, {"name": "Sohn", "phone": "0171 5550000"}, role="helper", consent="oral", actor=make_advisor())
    for written in ("0351 1234567", "0049 351 1234567", "erika@example.org", "0171/5550000"):
        assert cases_reached_by(written) == [case.id], written
    assert cases_reached_by("0351") == cases_reached_by("Erika") == []


@pytest.mark.parametrize(
    "written",
    [
        "0351 5550111 oder 0152 5550111",
        "0351/5550111, 0152/5550111",
        "0351 5550111 / 0152 5550111",
        "0351 5550111 ab 16 Uhr; mobil 0152 5550111",
        "0351 5550111 App. 12, 0152 5550111 (2. Stock, ab 17h)",
        "0351 5550111 0152 5550111",
        "5550111\n0152 5550111",
    ],
)
def test_each_of_several_numbers_in_one_field_finds_the_case(written):
    case = make_case(phone=written)
    for number in ("0351 5550111", "+49 152 5550111"):
        assert cases_reached_by(number) == [case.id], number


def test_a_closed_case_is_erased_three_years_after_the_end_of_its_year() -> None:
    actor, case = make_advisor(), make_case()
    make_case()
    take_case_step(case, "abschliessen", version=case.version, actor=actor)
    rule = next(rule for rule in retention.rules() if rule.key == "case_closed")
    year = clock.today().year
    for moment, gone in ((f"{year + 3}-12-20T12:00:00Z", 0), (f"{year + 4}-01-03T12:00:00Z", 1)):
        with time_machine.travel(moment, tick=False):
            assert carry_out(rule).count == gone, moment
    assert db.session.scalar(select(db.func.count()).select_from(Case)) == 1
    assert db.session.scalars(select(PersonKey).where(PersonKey.wrapped.is_(None))).all()


def test_a_case_is_told_in_full_and_erased_with_all_that_hangs_on_it() -> None:
    actor = make_advisor()
    case = make_case(actor, notes="mag Kaffee")
    save_person(case, {"name": "Sohn Sven"}, role="helper", consent="oral", actor=actor)
    break_glass(case, "Weil es brennt, wirklich.", make_advisor("Bert"))
    told_all = json.dumps(stored_about_case(case, actor), ensure_ascii=False)
    for said in ("mag Kaffee", "Sohn Sven", "Weil es brennt"):
        assert said in told_all
    set_legal_hold(case.number.lower(), True)
    with pytest.raises(Forbidden):
        erase_case(case)
    set_legal_hold(case.number, False)
    erase_case(case)
    for table in (Case, CasePerson, CaseEvent):
        assert db.session.scalars(select(table)).all() == []
