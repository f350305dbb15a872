"""A consultation is recorded while telephoning, nothing that was typed is lost, and the case comes up again in time."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask_babel import format_date

from tests.cases.factories import actor_of, make_advisor, make_case
from tests.infrastructure.client import CheckingClient, find_form, offered_values
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.appointments.models import Appointment
from wohnberatung.cases.models import BriefEnquiry, CodeEntry, Consultation, FollowUp
from wohnberatung.cases.services.code_tables import add_entry, change_entry, choices, labels
from wohnberatung.cases.services.consultations import Talk, record_consultation, talk_of
from wohnberatung.cases.services.drafts import load_draft, my_drafts
from wohnberatung.cases.services.follow_ups import add_follow_up, due_follow_ups, follow_ups_of, understand
from wohnberatung.cases.services.handover import plan_absence
from wohnberatung.cases.services.personal_data import stored_about_case
from wohnberatung.cases.services.timeline import timeline
from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError, Forbidden
from wohnberatung.extensions import db

SAID = {
    "note": "Kommt kaum noch in die Wanne.",
    "channel": "phone",
    "minutes": "12",
    "reason": "fall",
    "person_group": "older",
    "topics": ["bathroom", "funding"],
    "result": "open",
}


def text_of(response: Any) -> str:
    return words(Page(response.text).root.find(".//main"))


@pytest.fixture
def anna(client: CheckingClient) -> Any:
    user = make_user("advisor", name="Anna Beraterin")
    sign_in(client, user)
    return actor_of(user)


def only(table: Any) -> Any:
    return db.session.scalars(db.select(table)).one()


def agreed(client: CheckingClient, path: str, page: Any, **chosen: str) -> Any:
    """Save the form that came back with how its lines were understood, as it is or with another choice."""
    form = find_form(Page(page.text), set(chosen), "")
    return client.post(path, data={**dict(offered_values(form)), **chosen}, follow_redirects=True)


def test_a_call_is_recorded_with_what_is_to_be_done_once_the_days_were_seen(client: CheckingClient, anna: Any) -> None:
    case = make_case(anna)
    path = f"/faelle/{case.id}/beratung"
    due = date(2030, 1, 10)
    lines = {"follow_up": "am 10.1.2030 anrufen wegen Bad", "appointment": "am 12.1.2027 um 14 Uhr Hausbesuch"}
    seen = client.submit(path, {**SAID, **lines}, button="Speichern")
    assert db.session.scalars(db.select(Consultation)).all() == follow_ups_of(case) == []
    for shown in ("Noch ist nichts gespeichert", f"{format_date(due, 'full')}: anrufen"):
        assert shown in text_of(seen)
    page = agreed(client, path, seen, appointment_day="2027-01-12T14:00")
    stored = only(Consultation)
    assert (stored.minutes, stored.reason, stored.topics) == (12, "fall", ["bathroom", "funding"])
    assert b"Wanne" not in stored.note
    for said in ("anrufen wegen Bad", "Kommt kaum noch in die Wanne.", "Bad, Finanzierung", "14:00 Uhr"):
        assert said in text_of(page)
    ((call, text),) = follow_ups_of(case)
    assert (call.due_on, text) == (due, "anrufen wegen Bad")
    visit = only(Appointment)
    assert (visit.way, visit.case_id, visit.user_id) == ("home", case.id, anna.user_id)
    seen = client.submit(path, {**SAID, "appointment": "am 12.1.2027 um 15 Uhr anrufen"}, button="Speichern")
    again = agreed(client, path, seen, appointment_day="2027-01-12T15:00")
    assert "schon ein Termin: Hausbesuch von 14:00 bis 15:30 Uhr" in text_of(again)
    assert "Kommt kaum noch in die Wanne." in again.text
    assert only(Consultation) is stored, "nothing of a refused talk is stored"


def test_a_talk_has_its_day(client: CheckingClient, anna: Any) -> None:
    case, yesterday = make_case(anna), clock.today() - timedelta(days=1)
    path = f"/faelle/{case.id}/beratung"
    late = client.submit(path, {**SAID, "held_on": (clock.today() + timedelta(days=1)).isoformat()}, button="Speichern")
    assert "liegt in der Zukunft" in text_of(late)
    client.submit(path, {**SAID, "held_on": yesterday.isoformat()}, button="Speichern")
    row = only(Consultation)
    assert clock.to_berlin(row.held_at).date() == yesterday
    moment = row.held_at
    client.submit(f"{path}/{row.id}", {"note": "Nachtrag"}, button="Speichern")
    assert only(Consultation).held_at == moment, "the same day is the same moment"
    client.submit(f"{path}/{row.id}", {"held_on": clock.today().isoformat()}, button="Speichern")
    assert clock.to_berlin(only(Consultation).held_at).date() == clock.today()
    client.submit(path, {"note": "angefangen", "held_on": yesterday.isoformat()}, button="Entwurf sichern")
    kept = dict(offered_values(find_form(Page(client.get(path).text), {"note"}, "Speichern")))
    assert kept["held_on"] == yesterday.isoformat()


def test_a_day_nobody_understands_keeps_everything(client: CheckingClient, anna: Any) -> None:
    case = make_case(anna)
    refused = client.submit(f"/faelle/{case.id}/beratung", {**SAID, "follow_up": "irgendwann"}, button="Speichern")
    assert refused.status_code == 400
    for kept in ("irgendwann", "Kommt kaum noch in die Wanne.", "Wir verstehen den Tag nicht"):
        assert kept in refused.text
    assert db.session.scalars(db.select(Consultation)).all() == db.session.scalars(db.select(FollowUp)).all() == []
    untimed = client.submit(f"/faelle/{case.id}/beratung", {**SAID, "appointment": "morgen"}, button="Speichern")
    assert "Ein Termin braucht eine Uhrzeit" in text_of(untimed)


@pytest.fixture
def wednesday(client: CheckingClient) -> Any:
    """2 December 2026, with an advisor signed in."""
    with time_machine.travel(datetime(2026, 12, 2, 9, tzinfo=UTC), tick=False):
        user = make_user("advisor")
        sign_in(client, user)
        yield actor_of(user)


def test_where_two_days_are_possible_a_person_says_which(client: CheckingClient, wednesday: Any) -> None:
    case = make_case(wednesday)
    path, line = f"/faelle/{case.id}/beratung", "nächsten Freitag Frau Do anrufen"
    asked = client.submit(path, {**SAID, "follow_up": line}, button="Speichern")
    for said in ("Welcher Tag ist gemeint?", "Freitag, 4. Dezember 2026: Frau Do", "Freitag, 11. Dezember 2026"):
        assert said in text_of(asked)
    other = agreed(client, path, asked, follow_up="am Montag Frau Do anrufen", follow_up_day="2026-12-11")
    assert "Montag, 7. Dezember 2026" in text_of(other)
    assert follow_ups_of(case) == []
    agreed(client, path, asked, follow_up_day="2026-12-11")
    ((row, text),) = follow_ups_of(case)
    assert (row.due_on, text) == (date(2026, 12, 11), "Frau Do anrufen")


def test_a_day_that_is_over_is_named_and_never_rolled_on_unasked(client: CheckingClient, wednesday: Any) -> None:
    path = f"/faelle/{make_case(wednesday).id}/beratung"
    over = client.submit(path, {**SAID, "follow_up": "am 1.1.2020 anrufen"}, button="Speichern")
    assert "Der 01.01.2020 ist vorbei" in text_of(over)
    rolled = client.submit(path, {**SAID, "follow_up": "am 12.11. anrufen"}, button="Speichern")
    assert rolled.status_code == 400
    assert "Freitag, 12. November 2027: anrufen" in text_of(rolled)


def test_what_is_being_typed_comes_back(client: CheckingClient, anna: Any) -> None:
    case = make_case(anna)
    path = f"/faelle/{case.id}/beratung"
    form = dict(offered_values(find_form(Page(client.get(path).text), {"note"}, "Speichern")))
    del form["idempotency_key"]
    for typed in ("Frau", "Frau Beispiel erz"):
        saved = client.post(f"/faelle/{case.id}/entwurf/consultation", data={**form, "note": typed, "topics": "aids"})
        assert saved.status_code == 200
    page = client.get(path)
    assert "Frau Beispiel erz" in page.text
    assert "Ihr Entwurf ist wieder da" in page.text
    assert dict(offered_values(find_form(Page(page.text), {"note"}, "Speichern")))["topics"] == "aids"
    assert len(my_drafts(anna)) == 1
    client.submit(path, {"minutes": "5"}, button="Speichern")
    assert talk_of(case, only(Consultation)).note == "Frau Beispiel erz"
    assert my_drafts(anna) == []


def test_while_somebody_types_the_page_is_told_how_the_lines_are_understood(
    client: CheckingClient, wednesday: Any
) -> None:
    case = make_case(wednesday)
    address = f"/faelle/{case.id}/entwurf/consultation"
    form = dict(offered_values(find_form(Page(client.get(f"/faelle/{case.id}/beratung").text), {"note"}, "Speichern")))
    del form["idempotency_key"]
    typed = {"follow_up": "nächsten Freitag anrufen", "appointment": "Montag halb drei"}
    readings = client.post(address, data=form | typed).json["readings"]
    assert "Freitag, 4. Dezember 2026" in readings["follow_up_day"]
    assert "Freitag, 11. Dezember 2026" in readings["follow_up_day"]
    assert "checked" not in readings["follow_up_day"]
    assert "checked" in readings["appointment_day"]
    assert "Montag, 7. Dezember 2026, 14:30 Uhr" in readings["appointment_day"]
    unread = client.post(address, data=form | {"follow_up": "irgendw"}).json["readings"]
    assert "Wir verstehen den Tag nicht." in unread["follow_up_day"]
    assert unread["appointment_day"].strip() == "", "nothing is said of an empty line"


def test_without_a_script_a_draft_is_kept_by_a_button_and_thrown_away_by_another(
    client: CheckingClient, anna: Any
) -> None:
    case = make_case(anna)
    path = f"/faelle/{case.id}/beratung"
    assert "halber Satz" in client.submit(path, {"note": "halber Satz", "minutes": ""}, button="Entwurf sichern").text
    client.submit(path, button="Entwurf verwerfen")
    assert load_draft(case, "consultation", anna) is None
    assert client.get(f"/faelle/{case.id}/entwurf/consultation").json.keys() == {"csrf_token"}


def test_a_draft_is_for_its_writer_only(client: CheckingClient, anna: Any) -> None:
    case, bert = make_case(anna), make_advisor("Bert Berater")
    client.submit(f"/faelle/{case.id}/beratung", {"note": "nur für Anna"}, button="Entwurf sichern")
    assert load_draft(case, "consultation", bert) is None
    assert "nur für Anna" in str(stored_about_case(case, anna))


def test_two_advisors_editing_one_record_see_both_texts_and_lose_nothing(client: CheckingClient, anna: Any) -> None:
    case = make_case(anna)
    row = record_consultation(case, Talk("phone", 10, note="alt"), anna)
    path = f"/faelle/{case.id}/beratung/{row.id}"
    seen = dict(offered_values(find_form(Page(client.get(path).text), {"note"}, "Speichern")))
    client.submit(path, {"note": "von Bert", "minutes": "20"}, button="Speichern")
    conflict = client.post(path, data={**seen, "note": "von Anna"})
    assert conflict.status_code == 409
    for said in ("von Bert", "von Anna", "Jemand anderes war schneller"):
        assert said in text_of(conflict)
    assert talk_of(case, row).note == "von Bert"
    again = dict(offered_values(find_form(Page(conflict.text), {"note"}, "Speichern")))
    client.post(path, data={**again, "note": "von Bert und von Anna"})
    assert talk_of(case, row).note == "von Bert und von Anna"


def test_who_stands_in_records_on_behalf(session: Any) -> None:
    anna, bert = make_advisor(), make_advisor("Bert Berater")
    case, today = make_case(anna), clock.today()
    plan_absence(user_id=anna.user_id, stand_in_id=bert.user_id, first_day=today, last_day=today, actor=anna)
    row = record_consultation(case, Talk("phone", 5), bert)
    assert row.on_behalf_of_id == anna.user_id
    assert "Bert Berater in Vertretung für Anna Beraterin" in [entry.who for entry in timeline(case, anna)]


def test_a_follow_up_is_done_or_put_off(client: CheckingClient, anna: Any) -> None:
    case = make_case(anna)
    row = add_follow_up(case, understand("heute anrufen"), anna)
    path = f"/wiedervorlagen/{row.id}"
    assert client.submit(path, {"when": "bald"}).status_code == 400
    later = (clock.today() + timedelta(weeks=2)).isoformat()
    seen = client.submit(path, {"when": "in 2 Wochen"})
    assert row.due_on == clock.today()
    agreed(client, path, seen, when_day=later)
    assert (row.due_on, follow_ups_of(case)[0][1]) == (clock.today() + timedelta(weeks=2), "anrufen")
    assert due_follow_ups(anna, clock.today()) == []
    client.submit(f"/faelle/{case.id}", button="Erledigt")
    assert follow_ups_of(case) == []
    other = add_follow_up(make_case(make_advisor("Bert")), understand("heute"), anna)
    assert client.get(f"/wiedervorlagen/{other.id}").status_code == 404


def test_follow_ups_of_days_before_stay_due(session: Any) -> None:
    anna = make_advisor()
    add_follow_up(make_case(anna), understand("morgen anrufen"), anna)
    assert due_follow_ups(anna, clock.today()) == []
    with time_machine.travel(clock.now() + timedelta(days=3), tick=False):
        ((row, _),) = due_follow_ups(anna, clock.today())
        assert row.is_overdue


def test_a_short_question_is_counted_without_anybody_in_it(client: CheckingClient, anna: Any) -> None:
    page = client.submit("/kurzanfrage", {"topic": "funding", "channel": "phone"})
    assert "Gezählt: heute 1 kurze Anfrage." in text_of(page)
    assert {column.name for column in BriefEnquiry.__table__.columns} == {
        "id",
        "asked_at",
        "channel",
        "topic",
        "person_group",
        "advisor_id",
    }
    assert client.submit("/kurzanfrage", {"topic": "nirgends"}).status_code == 400


def test_code_tables_grow_and_shrink_but_records_keep_their_words(client: CheckingClient) -> None:
    boss = actor_of(make_user("admin", "advisor", name="Chefin"))
    sign_in(client, db.session.get(type(make_user()), boss.user_id))
    case = make_case(boss)
    assert "Anlass" in text_of(client.get("/verwaltung/listen"))
    client.submit("/verwaltung/listen/topic", {"label": "Garten"})
    assert client.submit("/verwaltung/listen/topic", {"label": "garten"}).status_code == 400
    entry = db.session.scalars(db.select(CodeEntry).filter_by(label="Garten")).one()
    row = record_consultation(case, Talk("phone", 5, topics=(entry.code,)), boss)
    client.submit(f"/verwaltung/listen/eintrag/{entry.id}", {"label": "Garten und Hof", "active": None})
    assert "Garten und Hof" in labels()["topic"].values()
    assert entry.code not in dict(choices("topic"))
    assert entry.code in dict(choices("topic", *row.topics))
    assert "Garten und Hof" in text_of(client.get(f"/faelle/{case.id}"))
    assert client.get("/verwaltung/listen/nichts").status_code == 404


def test_only_administrators_change_code_tables(session: Any) -> None:
    with pytest.raises(Forbidden):
        add_entry("topic", "Garten", make_advisor())
    entry = db.session.scalars(db.select(CodeEntry).filter_by(table="topic", code="aids")).one()
    with pytest.raises(Forbidden):
        change_entry(entry.id, label="x", position=1, active=False, version=1, actor=make_advisor())


def test_a_record_takes_only_what_the_tables_hold(session: Any) -> None:
    anna = make_advisor()
    case = make_case(anna)
    for talk in (Talk("funk", 5), Talk("phone", 0), Talk("phone", 5, topics=("nichts",)), Talk("", 5)):
        with pytest.raises(DomainError):
            record_consultation(case, talk, anna)


def test_days_are_those_of_dresden() -> None:
    with time_machine.travel("2026-11-30T23:30:00Z", tick=False):
        said = understand("morgen")
        assert said is not None
        assert said.day == date(2026, 12, 2)
