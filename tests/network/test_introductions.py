"""Introductions from being asked for to what came of them: nobody knows who the others are before all have agreed."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from icalendar import Calendar
from sqlalchemy import select

from tests.brokerage.cases import mails
from tests.factories import advisor, make_organisation, make_project, make_request, provider_of
from tests.infrastructure.pages import Page, words
from tests.network.pairs import REASONS, WORDING, a_group, founders, offered_pair, seeking, side_of
from tests.people import make_user, sign_in
from tests.projects.leaflets import PDF
from tests.viewings.cases import in_days
from wohnberatung.cases.services.desk import desk_of
from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, DomainError, NotFound
from wohnberatung.extensions import db
from wohnberatung.network.models.introductions import Introduction, IntroductionMessage, IntroductionState, SideAnswer
from wohnberatung.network.services import consenting, introductions, meetings, outcomes, sheets, suggestions, thread
from wohnberatung.network.services.personal_data import erase_introduction
from wohnberatung.network.services.sides import SideStanding, at_desk, by_link
from wohnberatung.network.services.timers import end_unanswered, remind
from wohnberatung.pictures.received import ReceivedFile, ReceivedType
from wohnberatung.seekers.services.consents import withdraw_consent
from wohnberatung.seekers.services.data_export import stored_about

S = IntroductionState


def text_of(response: Any) -> str:
    return words(Page(response.text).root.find(".//main"))


def seen_by(row: Introduction, side: Any) -> str:
    """Everything that a side's sheet holds of the others."""
    sheet = sheets.sheet_of(SideStanding(row, side))
    return " ".join(
        [f"{shown.title} {shown.text} {shown.contact}" for shown in sheet.sides]
        + [message.plain_body for message in sheet.messages]
        + [f"{told.about} {told.to}" for told in sheet.told]
    )


def links_of(name: str) -> list[str]:
    """Secrets in the mails to that address, the newest last."""
    found = [mail.text for mail in mails() if mail.to == name and "/vermittlung/" in mail.text]
    return [re.search(r"/vermittlung/(\S+)", text)[1] for text in found]  # type: ignore[index]


def test_each_side_agrees_for_itself_and_only_then_they_know_each_other(session: Any) -> None:
    pair = offered_pair()
    assert pair.row.state == S.OFFERED
    pair.agree(pair.owner)
    assert pair.row.state == S.OFFERED
    for side in pair.row.sides:
        assert not re.search("Rico|Paula|Parkweg|Hausbesitz|@", seen_by(pair.row, side))
    with pytest.raises(Conflict):
        thread.write(pair.at(pair.owner), "Guten Tag")
    pair.agree(pair.group)
    assert pair.row.state == S.INTRODUCED
    owner, group = pair.row.sides
    assert "Paula" in seen_by(pair.row, owner)
    assert "Parkweg 3" in seen_by(pair.row, group)
    assert (owner.answered_through, owner.consent_version, owner.consent_text) == ("desk", "test", WORDING.text)
    assert [(told.about, told.what) for told in sheets.ledger_of(pair.row)] == [
        ("Villa am Park", "reasons"),
        ("Kinderhof", "reasons"),
        ("Villa am Park", "contact"),
        ("Kinderhof", "contact"),
    ]


def test_taking_it_back_ends_everything_at_once(session: Any) -> None:
    pair = offered_pair().agree()
    thread.write(pair.at(pair.owner), "Bis bald")
    meeting = meetings.propose_meeting(pair.at(pair.owner), [in_days(4)], "Parkweg 3", version=0)
    meetings.choose_meeting(pair.at(pair.group), in_days(4), version=meeting.version)
    consenting.take_back(pair.at(pair.group), version=pair.row.version)
    assert pair.row.state == S.WITHDRAWN
    for side in pair.row.sides:
        assert not re.search("Rico|Paula|Parkweg|Bis bald|@", seen_by(pair.row, side))
    assert b"STATUS:CANCELLED" in (meetings.meeting_calendar(pair.at(pair.owner)) or b"")
    assert b"Parkweg" not in (meetings.meeting_calendar(pair.at(pair.owner)) or b"")
    assert sheets.ledger_of(pair.row)[-1].what == "recalled"
    for deed in (
        lambda: thread.write(pair.at(pair.owner), "Hallo?"),
        lambda: meetings.propose_meeting(pair.at(pair.owner), [in_days(5)], "", version=meeting.version),
        lambda: outcomes.record_outcome(pair.at(pair.owner), "talking", version=pair.row.version),
    ):
        with pytest.raises(Conflict):
            deed()


def test_a_no_ends_it_neutrally_and_the_office_may_undo_or_ask_again(session: Any) -> None:
    pair = offered_pair().agree()
    other = offered_pair_of(pair)
    consenting.answer(at_desk(other.id, pair.group), agrees=False, wording=WORDING, version=other.version)
    assert other.state == S.DECLINED
    introductions.decide(other.id, "rueckgaengig", note="", version=other.version, actor=advisor())
    assert (other.state, [side.answer for side in other.sides]) == (S.OFFERED, [SideAnswer.WAITING] * 2)
    assert [event.step for event in other.events] == ["fragen", "nicht-zustimmen", "rueckgaengig"]
    consenting.take_back(pair.at(pair.owner), version=pair.row.version)
    with pytest.raises(Conflict):
        introductions.decide(pair.row.id, "rueckgaengig", note="", version=pair.row.version, actor=advisor())
    introductions.decide(pair.row.id, "noch-einmal-fragen", note="", version=pair.row.version, actor=advisor())
    assert (pair.row.state, pair.row.released_at) == (S.OFFERED, None)
    assert {side.answer for side in pair.row.sides} == {SideAnswer.WAITING}


def offered_pair_of(pair: Any) -> Introduction:
    """Two initiatives, the first being that of the pair."""
    own, other = pair.row.sides[1].project, make_project(a_group("Andere Gruppe"), name="Andere")
    return introductions.introduce_initiatives(own.id, other.id, "", pair.office, "Ähnliche Pläne.")


def test_reasons_that_tell_who_somebody_is_are_refused(session: Any) -> None:
    pair = offered_pair()
    own, other = pair.row.sides[1].project, make_project(make_organisation(kind="initiative"))
    with pytest.raises(DomainError) as refused:
        introductions.introduce_initiatives(own.id, other.id, "", pair.office, "Rufen Sie an: 0351 1234567")
    assert refused.value.field == "reasons"


def test_initiatives_are_listed_by_how_alike_their_words_are(session: Any) -> None:
    group = a_group()
    own = make_project(group, name="Garten")
    near, far = make_project(name="Beet"), make_project(name="Werft")
    own.summary, near.summary = "Wir gärtnern mit Kindern im Hof.", "Gärtnern mit Kindern, ein großer Hof."
    far.summary = "Wir bauen Boote aus Stahl."
    db.session.flush()
    found = suggestions.alike_projects(own.id, provider_of(group))
    assert [each.project.name for each in found] == ["Beet", "Werft"]
    row = introductions.introduce_initiatives(own.id, near.id, "Passt das?", provider_of(group))
    assert row.state == S.ASKED
    assert suggestions.alike_projects(own.id, provider_of(group))[0].introduction is row
    with pytest.raises(NotFound):
        suggestions.alike_projects(own.id, provider_of(make_organisation()))


def test_people_who_seek_are_asked_by_link_and_meet_without_an_account(app: Any, client: Any) -> None:
    row, _people = founders("Erika Beispiel", "Max Muster")
    erika, max_ = (links_of(f"{name}@example.org")[-1] for name in ("erika", "max"))
    assert all("Erika" not in mail.text and "Max" not in mail.text for mail in mails())
    page = text_of(client.get(f"/vermittlung/{erika}"))
    assert REASONS in page
    assert "Suchende Person 2" in page
    assert "Alle haben zugestimmt" not in page
    assert "Max" not in page
    db.session.refresh(row)
    assert [side.answer for side in row.sides] == [SideAnswer.WAITING] * 2, "looking is no answer"
    client.submit(f"/vermittlung/{erika}", {"answer": "ja"}, button="Antwort senden")
    other = app.test_client()
    other.submit(f"/vermittlung/{max_}", {"answer": "ja"}, button="Antwort senden")
    page = text_of(client.get(f"/vermittlung/{erika}"))
    assert "Max Muster" in page
    assert "max@example.org" in page
    client.submit(f"/vermittlung/{erika}", {"text": "Schön, dass es euch gibt."}, button="Nachricht senden")
    assert "Schön, dass es euch gibt." in text_of(other.get(f"/vermittlung/{max_}"))
    assert b"sch" not in db.session.scalars(select(IntroductionMessage)).one().body.lower()[:20]


def test_one_of_three_who_does_not_want_is_never_named(session: Any) -> None:
    row, people = founders()
    for each in people[:2]:
        consenting.answer(SideStanding(row, side_of(row, each)), agrees=True, wording=WORDING, version=row.version)
    assert row.state == S.OFFERED
    consenting.answer(SideStanding(row, side_of(row, people[2])), agrees=False, wording=WORDING, version=row.version)
    assert row.state == S.DECLINED
    for side in row.sides:
        assert not re.search("Erika|Max|Ayla|@", seen_by(row, side))


def test_who_is_not_matched_any_more_is_introduced_to_nobody(session: Any) -> None:
    row, people = founders("Erika Beispiel", "Max Muster")
    for each in people:
        consenting.answer(SideStanding(row, side_of(row, each)), agrees=True, wording=WORDING, version=row.version)
    assert row.is_acquainted
    assert stored_about(people[0].token)["introductions"][0]["answer"] == "agreed"
    withdraw_consent(people[0].request, "matching")
    assert (row.state, row.is_acquainted) == (S.WITHDRAWN, False)
    key = row.person_key
    erase_introduction(row)
    assert key is not None
    assert key.wrapped is None


def test_only_who_would_found_is_suggested_and_who_is_kept_apart_is_not(session: Any) -> None:
    erika, max_ = seeking("Erika Beispiel"), seeking("Max Muster")
    alone = make_request({"key": "living_form", "wanted": ["self_contained"], "importance": "must"})
    found = {each.request.id for each in suggestions.possible_founders(advisor())}
    assert {erika.request.id, max_.request.id} <= found
    assert alone.request.id not in found
    around = suggestions.possible_founders(advisor(), erika.request.id)
    assert [each.request.id for each in around[:2]] == [erika.request.id, max_.request.id]


def test_who_does_not_answer_is_reminded_once_and_then_it_ends(session: Any) -> None:
    pair = offered_pair().agree()
    row = offered_pair_of(pair)
    db.session.commit()
    with time_machine.travel(clock.now() + timedelta(days=11)):
        assert (remind(), remind()) == (2, 0)
        assert end_unanswered() == 0
    with time_machine.travel(clock.now() + timedelta(days=16)):
        assert end_unanswered() == 1
        assert row.state == S.LAPSED


def test_a_date_is_proposed_by_one_and_chosen_by_the_other(session: Any) -> None:
    pair = offered_pair().agree()
    owner, group = pair.at(pair.owner), pair.at(pair.group)
    meeting = meetings.propose_meeting(owner, [in_days(4), in_days(6)], "Nachbarschaftshaus", version=0)
    with pytest.raises(Conflict):
        meetings.choose_meeting(owner, in_days(4), version=meeting.version)
    meetings.choose_meeting(group, in_days(6), version=meeting.version)
    first = Calendar.from_ical(meetings.meeting_calendar(owner) or b"").walk("VEVENT")[0]
    meetings.call_off_meeting(group, version=meeting.version)
    last = Calendar.from_ical(meetings.meeting_calendar(owner) or b"").walk("VEVENT")[0]
    assert (first["UID"], str(first["STATUS"]), str(last["STATUS"])) == (last["UID"], "CONFIRMED", "CANCELLED")
    assert last["SEQUENCE"] > first["SEQUENCE"]
    assert "Kinderhof" not in first.to_ical().decode()


def test_what_came_of_it_is_followed_up_after_three_months_and_a_year(session: Any) -> None:
    pair = offered_pair().agree()
    with pytest.raises(DomainError) as refused:
        outcomes.record_outcome(pair.at(pair.owner), "not_fitting", version=pair.row.version)
    assert refused.value.field == "reason"
    outcomes.record_outcome(pair.at(pair.group), "talking", version=pair.row.version)
    assert pair.row.state == S.INTRODUCED
    outcomes.record_outcome(pair.at(pair.owner), "house_found", note="Mietvertrag ab Mai", version=pair.row.version)
    assert pair.row.state == S.SUCCEEDED
    assert outcomes.follow_ups_due(advisor()) == []
    with time_machine.travel(clock.now() + timedelta(days=92)):
        assert outcomes.follow_ups_due(advisor()) == [pair.row]
        introductions.decide(pair.row.id, "nachgefragt", note="Läuft", version=pair.row.version, actor=advisor())
        assert outcomes.follow_ups_due(advisor()) == []
    with time_machine.travel(clock.now() + timedelta(days=366)):
        assert outcomes.follow_ups_due(advisor()) == [pair.row]
        introductions.decide(pair.row.id, "nachgefragt", note="", version=pair.row.version, actor=advisor())
        assert pair.row.follow_up_on is None
    assert "Mietvertrag" not in " ".join(seen_by(pair.row, side) for side in pair.row.sides)


def test_a_file_is_for_those_in_the_thread(session: Any) -> None:
    pair = offered_pair().agree()
    file = ReceivedFile(ReceivedType.PDF, PDF, "Grundriss.pdf")
    message = thread.write(pair.at(pair.owner), "Anbei der Grundriss.", [file])
    assert thread.file_for(pair.at(pair.group), message.files[0].id).plain_file == PDF
    consenting.take_back(pair.at(pair.group), version=pair.row.version)
    with pytest.raises(NotFound):
        thread.file_for(pair.at(pair.group), message.files[0].id)


def test_a_link_ends_with_its_day(session: Any) -> None:
    founders("Erika Beispiel", "Max Muster")
    secret = links_of("erika@example.org")[-1]
    assert by_link(secret).side is not None
    with time_machine.travel(clock.now() + timedelta(days=90)), pytest.raises(NotFound):
        by_link(secret)


def test_what_waits_stands_on_the_desk(client: Any) -> None:
    pair = offered_pair()
    own, other = pair.row.sides[1].project, make_project(name="Andere")
    introductions.introduce_initiatives(own.id, other.id, "Passt das?", pair.group)
    shown = {section.key: section for section in desk_of(advisor())}
    assert shown["introductions"].found.count == 1
    sign_in(client, make_user("advisor"))
    assert "Um Vermittlung gebeten (1)" in client.get("/heute").text
