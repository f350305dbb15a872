"""Why a home was not proposed in March has an answer: the list of every day, with the values that were used."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import delete, func, select

from tests.brokerage.cases import asked, home
from tests.factories import advisor, make_offer, make_project
from tests.people import make_user, sign_in
from wohnberatung.bridge.frames import published_supply
from wohnberatung.core import clock
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.dwellings.services.offers import save_offer
from wohnberatung.lists.models import KeptHome, KeptListMark
from wohnberatung.lists.services import asked_about, keeping
from wohnberatung.lists.services.answers import history_for_office
from wohnberatung.lists.services.keeping import keep_lists
from wohnberatung.lists.services.looking_back import row_at, standings_of
from wohnberatung.seekers.models import RequestState
from wohnberatung.seekers.services.consents import withdraw_consent
from wohnberatung.seekers.services.data_export import stored_about
from wohnberatung.seekers.services.self_service import erase_my_request

MARCH, MAY, JUNE = date(2027, 3, 10), date(2027, 5, 4), date(2027, 6, 1)


def titles(homes):
    return [each.offer.title for each in homes]


def kept(session):
    return session.scalar(select(func.count()).select_from(KeptHome))


@pytest.fixture
def spring(session):
    """A wheelchair user in March; one home suits, of another the door is too narrow until it is widened in May."""
    with time_machine.travel(clock.start_of_day(MARCH) + timedelta(hours=9), tick=False) as traveller:
        submitted, good, narrow = asked(), home("Gut", width=95, balcony=False), home("Schmal", width=60)
        session.commit()
        assert keep_lists() == 1
        traveller.move_to(clock.start_of_day(MAY) + timedelta(hours=9))
        facts = {"inner_door_clear_width_cm": 98, "balcony": True}
        record_facts(narrow.dwelling, facts, "measured", observed_on=MAY, source="Umbau")
        session.commit()
        assert keep_lists() == 1
        traveller.move_to(clock.start_of_day(JUNE) + timedelta(hours=9))
        yield submitted, good, narrow


def test_the_list_of_march_is_told_in_june_with_what_was_missing(session, spring):
    submitted, _good, narrow = spring
    then = history_for_office(submitted.request.id, advisor(), str(MARCH), narrow.id)
    assert titles(then.listed) == ["Gut"]
    assert titles(then.missing) == ["Schmal"]
    (missed,) = then.missing[0].missed
    assert missed.found == "60 cm"
    assert "90 cm" in missed.wanted
    now = history_for_office(submitted.request.id, advisor(), str(JUNE))
    assert titles(now.listed) == ["Schmal", "Gut"], "its balcony is wished for"
    assert [each.rank for each in now.listed] == [1, 2]


def test_entering_leaving_and_new_ranks_are_told_day_by_day(session, spring):
    submitted, good, _narrow = spring
    save_offer(good, status="withdrawn")
    session.commit()
    keep_lists()
    june, may, march = history_for_office(submitted.request.id, advisor(), "").changes
    assert (june.day, may.day, march.day) == (JUNE, MAY, MARCH)
    assert (titles(march.entered), march.left, march.moved) == (["Gut"], (), ())
    assert titles(may.entered) == ["Schmal"]
    assert [(each.offer.title, before, after) for each, before, after in may.moved] == [("Gut", 1, 2)]
    assert titles(june.left) == ["Gut"]
    gone, there = history_for_office(submitted.request.id, advisor(), "", good.id).stays
    assert gone.home is None
    assert (there.home.rank, there.until) == (1, clock.now())


def test_what_has_not_changed_is_kept_once(session, spring):
    before = kept(session)
    assert before == 3, "the good one once, the other before and after"
    assert keep_lists() == 0, "another day, the same homes"
    assert keep_lists() == 0, "nothing at all"
    assert kept(session) == before


def test_a_request_that_rests_has_no_list_from_then_on(session, spring):
    submitted, _good, _narrow = spring
    submitted.request.state = RequestState.PAUSED
    session.commit()
    keep_lists()
    assert history_for_office(submitted.request.id, advisor(), str(JUNE)).listed == ()
    assert titles(history_for_office(submitted.request.id, advisor(), str(MAY)).listed) == ["Schmal", "Gut"]
    assert session.scalar(select(func.count()).select_from(KeptListMark)) == 0


@pytest.mark.parametrize("purpose", ["matching", "health"])
def test_with_the_consent_goes_what_was_kept(session, spring, purpose):
    withdraw_consent(spring[0].request, purpose)
    assert kept(session) == 0


def test_it_is_told_to_the_person_and_erased_with_them(session, spring):
    submitted = spring[0]
    told = stored_about(submitted.token)["kept_lists"]
    assert sorted(each["offer"] for each in told) == ["Gut", "Schmal", "Schmal"]
    assert {value["key"] for value in told[0]["judged"]["values"]} >= {"inner_door_clear_width_cm"}
    erase_my_request(submitted.token)
    assert kept(session) == 0


@pytest.mark.parametrize(
    ("language", "said"), [("de", "Das fehlte:"), ("leicht", "Das hat gefehlt:"), ("en", "What was missing:")]
)
def test_the_person_reads_why_in_plain_words(spring, client, language, said):
    page = client.get(f"/mein-gesuch/{spring[0].token}/liste?tag={MARCH}&sprache={language}").text
    assert said in page
    assert "60 cm" in page
    assert client.get("/mein-gesuch/falsch/liste").status_code == 404


def test_an_advisor_reads_the_list_of_a_day_and_the_way_of_one_home(spring, client):
    submitted, _good, narrow = spring
    sign_in(client, make_user("advisor"))
    page = client.get(f"/gesuche/{submitted.request.id}/verlauf?tag={MARCH}&angebot={narrow.id}").text
    assert "Am 10.03.2027 stand 1 Wohnung auf der Liste" in page
    assert "Diese Wohnung: Schmal" in page
    assert "von Platz 1 auf 2: Gut" in page
    assert "Verlauf der Liste" in client.get(f"/gesuche/{submitted.request.id}").text
    assert client.get(f"/gesuche/{submitted.request.id}/verlauf?tag=nie").status_code == 200


def test_a_home_that_came_and_went_between_two_runs_is_told_as_it_was(session, spring, client):
    submitted, good, _narrow = spring
    with time_machine.travel(clock.now(), tick=False) as traveller:
        keep_lists()
        traveller.shift(timedelta(minutes=5))
        guest, came = home("Kurz da", width=95, balcony=True), clock.now()
        session.commit()
        traveller.shift(timedelta(minutes=5))
        save_offer(guest, status="reserved")
        record_facts(good.dwelling, {"inner_door_clear_width_cm": 50}, "measured")
        session.commit()
        traveller.shift(timedelta(minutes=30))
        assert keep_lists() == 1
        history = history_for_office(submitted.request.id, advisor(), "", guest.number)
        change = history.changes[0]
        assert (titles(change.passed), titles(change.left)) == (["Kurz da"], ["Gut"])
        (passed,) = change.passed
        assert (passed.kept.since, passed.kept.until) == (came, came + timedelta(minutes=5))
        assert good.id in [each.kept.offer_id for each in history.missing if each.kept.since == passed.kept.until]
        assert (history.answer.why, history.answer.rank, history.answer.since) == ("listed", passed.rank, came)


def test_why_a_home_on_no_kept_list_was_not_proposed_has_an_answer(session, spring, client, monkeypatch):
    submitted, _good, narrow = spring
    monkeypatch.setattr(asked_about, "LISTED", 1)

    def answer(offer, day):
        return history_for_office(submitted.request.id, advisor(), str(day), offer.number).answer

    unkept = delete(KeptHome).where(KeptHome.offer_id == narrow.id)
    session.execute(unkept)
    then = answer(narrow, MARCH)
    assert (then.why, then.is_recomputed, then.missed[0].found) == ("missed", True, "60 cm")
    now = answer(narrow, JUNE)
    assert (now.why, now.rank, now.judged["values"][0]["found"]) == ("in_between", 1, 98)
    record_facts(narrow.dwelling, {"balcony": False}, "measured")
    save_offer(home("Gut wie keine", width=110, balcony=True))
    session.commit()
    keep_lists()
    session.execute(unkept)
    behind = answer(narrow, JUNE)
    assert (behind.why, behind.others) == ("ahead", 2)
    assert behind.last > behind.judged["score"]
    assert [value.label for value in behind.lacking] == ["Balkon oder Terrasse"]
    assert answer(narrow, date(2027, 3, 9)).why == "not_yet"
    record_facts(narrow.dwelling, {"balcony": True}, "measured")
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        save_offer(narrow, status="let")
        session.commit()
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        assert (answer(narrow, clock.today()).why, answer(narrow, clock.today()).status) == ("not_offered", "let")
    page = client.get(f"/mein-gesuch/{submitted.token}/liste?tag={MARCH}&angebot={narrow.number}&sprache=leicht").text
    assert "60 cm" in page
    assert "K7PM-3QXA" in client.get(f"/mein-gesuch/{submitted.token}/liste?angebot=AAAA-AAAA").text


def test_what_is_kept_of_a_home_gives_what_the_engine_is_told_of_it_today(session, spring):
    """The history is the whole truth: judged again from it, a home stands as it stands."""
    _submitted, *homes = spring
    project = make_offer(project=make_project(children_in_group=True), title="Platz", rent_warm_eur=500)
    for offer in (*homes, project):
        known = standings_of([offer.id])[offer.id][-1]
        (now,) = [row for row in published_supply()[0] if row.id == offer.id]
        assert row_at(offer.id, known.spell, clock.now()) == now


def test_base_rates_that_drift_keep_nothing_new_while_the_order_is_the_same(session, monkeypatch):
    submitted, _first, _second = asked(), home("Erste", width=95, balcony=True), home("Zweite", width=95)
    session.commit()
    keep_lists()
    judged = keeping.judged_home

    def drifted(by):
        monkeypatch.setattr(
            keeping, "judged_home", lambda match: {**judged(match), "score": judged(match)["score"] - by}
        )
        session.delete(session.get(KeptListMark, submitted.request.id))
        session.commit()
        return keep_lists()

    assert drifted(0.004) == 0
    assert drifted(0.2) == 1
    assert kept(session) == 4
