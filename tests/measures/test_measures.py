"""Goals and measures: options from the engine, dated hints, the order of steps, what came of it."""

import pytest
from sqlalchemy import select

from tests.cases.factories import make_advisor, make_case
from tests.people import make_user, sign_in
from wohnberatung.cases.services.personal_data import erase_case, stored_about_case
from wohnberatung.cases.services.rights import NotYours
from wohnberatung.cases.services.timeline import timeline
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import Conflict, DomainError, NotFound
from wohnberatung.measures.models import CaseMeasure, Goal
from wohnberatung.measures.services.funding import all_programs, cost_hint, funding_hints, option, options
from wohnberatung.measures.services.measures import (
    add_goal,
    add_measure,
    change_goal,
    change_measure,
    goals_of,
    load_measure,
    measures_of,
    sheet_of,
)
from wohnberatung.seeding.homes import fill_tables

SHOWER = {
    "title": "Dusche",
    "kind": "adaptation",
    "option": "level_shower",
    "programs": ["sgb11_40_4"],
    "consents": ["landlord"],
}


@pytest.fixture
def tables(session):
    fill_tables()
    return session


@pytest.mark.usefixtures("tables")
def test_every_option_has_a_programme_that_exists_and_its_cost_a_dated_amount():
    known = {hint.program.key for hint in all_programs()}
    for each in options().values():
        assert set(each.programs) <= known, each.key
        assert bool(cost_hint(each)) == bool(each.cost), each.key
    assert "level_shower" in options()
    assert option("level_shower").programs[0] == "sgb11_40_4"


@pytest.mark.usefixtures("tables")
def test_a_hint_tells_its_steps_in_order_its_source_and_its_mark():
    (care, state) = funding_hints(["sab_home_adaptation", "sgb11_40_4"])
    assert care.steps[0] == "Pflegegrad liegt vor oder ist beantragt."
    assert care.steps[-1] == "Erst nach der Zusage beauftragen."
    assert care.before_works
    assert state.program.to_verify
    assert state.program.checked_on
    assert [hint.steps for hint in all_programs() if not hint.steps] == []


@pytest.mark.usefixtures("tables")
def test_a_measure_shows_what_comes_next_and_warns_of_works_too_early():
    me = make_advisor()
    row = add_measure(make_case(me), SHOWER, me)
    sheet = sheet_of(row)
    assert (sheet.next_step.key, sheet.warnings) == ("consent", [])
    assert [hint.program.key for hint in sheet.rules] == ["bgb_554"]
    assert sheet.usual_cost.value == 3000
    early = {**SHOWER, "status": "begun", "steps": {"application": "2026-10-01", "works": "2026-10-05"}}
    change_measure(row, early, version=row.version, actor=me)
    assert len(sheet_of(row).warnings) == 2
    right = {"consent": "2026-10-01", "approval": "2026-10-20", "works": "2026-10-21"}
    change_measure(row, {**early, "steps": right}, version=row.version, actor=me)
    assert sheet_of(row).warnings == []


@pytest.mark.usefixtures("session")
def test_a_dropped_measure_says_why(session):
    me = make_advisor()
    row = add_measure(make_case(me), SHOWER, me)
    with pytest.raises(DomainError) as refused:
        change_measure(row, {**SHOWER, "status": "dropped"}, version=row.version, actor=me)
    assert refused.value.field == "drop_reason"
    change_measure(row, {**SHOWER, "status": "dropped", "drop_reason": "landlord"}, version=row.version, actor=me)
    assert sheet_of(row).drop_reason == "Vermieter lehnt ab"
    change_measure(row, {**SHOWER, "status": "applied", "drop_reason": "landlord"}, version=row.version, actor=me)
    assert row.drop_reason is None


@pytest.mark.usefixtures("session")
def test_two_advisors_do_not_write_over_each_other(session):
    me = make_advisor()
    case = make_case(me)
    row, goal = add_measure(case, SHOWER, me), add_goal(case, "Allein duschen")
    with pytest.raises(Conflict) as conflict:
        change_measure(row, {**SHOWER, "note": "neu"}, version=99, actor=me)
    assert conflict.value.submitted["Notiz"] == "neu"
    with pytest.raises(Conflict):
        change_goal(goal, "Anders", "open", version=99)


@pytest.mark.usefixtures("session")
def test_what_is_written_is_sealed_told_in_the_timeline_and_erased_with_the_case(session):
    me = make_advisor()
    case = make_case(me)
    goal = add_goal(case, "Allein duschen")
    row = add_measure(case, {**SHOWER, "goal_id": goal.id}, me)
    assert b"Dusche" not in row.content
    assert b"duschen" not in goal.text
    titles = [(str(entry.title), entry.text) for entry in timeline(case, me)]
    assert ("Maßnahme vorgeschlagen", "Dusche") in titles
    assert ("Ziel vereinbart", "Allein duschen") in titles
    told = stored_about_case(case, me)
    assert told["goals"][0]["text"] == "Allein duschen"
    assert told["measures"][0]["history"][0]["status"] == "suggested"
    erase_case(case)
    assert session.scalars(select(CaseMeasure.id)).all() == session.scalars(select(Goal.id)).all() == []


@pytest.mark.usefixtures("session")
def test_a_goal_of_another_case_and_a_case_of_somebody_else_are_out_of_reach(session):
    me = make_advisor()
    case, other = make_case(me), make_case(me)
    with pytest.raises(NotFound):
        add_measure(case, {**SHOWER, "goal_id": add_goal(other, "Fremd").id}, me)
    row = add_measure(case, SHOWER, me)
    with pytest.raises(NotYours):
        load_measure(row.id, make_advisor("Andere"))
    with pytest.raises(NotFound):
        load_measure("gibtesnicht", me)
    assert [sheet.title for sheet in measures_of(case)] == ["Dusche"]


@pytest.mark.usefixtures("session")
def test_a_goal_says_something():
    case = make_case(make_advisor())
    with pytest.raises(DomainError) as refused:
        add_goal(case, "  ")
    assert (refused.value.field, goals_of(case)) == ("text", [])


def test_an_advisor_takes_up_a_measure_and_follows_it(client, tables):
    user = make_user("advisor")
    case = make_case(Actor(user.id, user.name, user.email, user.roles))
    sign_in(client, user)
    overview = f"/faelle/{case.id}/massnahmen"
    client.submit(overview, {"text": "Wieder allein duschen"})
    assert "Bodengleiche Dusche einbauen" in client.get(f"{overview}/auswahl").text
    new = f"{overview}/neu?art=level_shower"
    shown = client.get(new).text
    assert "3.000 bis 10.000 €" in shown
    assert "zu prüfen" in shown
    assert "Zustimmung der Vermieterin" in shown
    assert client.submit(new, {"title": ""}).status_code == 400
    assert client.submit(new, {"cost_low": "6.000", "cost_high": "5.000"}).status_code == 400
    client.submit(new, {"cost_low": "5 000 €", "cost_high": "6.500,50"})
    measure = tables.scalars(select(CaseMeasure)).one()
    own = f"/massnahmen/{measure.id}"
    assert "6.500,50" in client.get(own).text
    client.submit(own, {"status": "applied", "step_application": "2026-11-20", "outcome": "Antrag liegt bei der Kasse"})
    assert "Antrag liegt bei der Kasse" in client.get(own).text
    assert "beantragt" in client.get(overview).text
    goal = tables.scalars(select(Goal)).one()
    client.submit(f"/ziele/{goal.id}", {"state": "reached"})
    assert goal.state == "reached"
    assert "Ziele und Maßnahmen" in client.get(f"/faelle/{case.id}").text


def test_all_hints_stand_on_one_page_for_the_office_only(client, tables):
    sign_in(client, make_user("advisor"))
    page = client.get("/foerderung").text
    assert page.count("Nachgesehen am") == len(all_programs())
    sign_in(client, make_user("provider"))
    assert client.get("/foerderung").status_code == 403
