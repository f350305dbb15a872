"""Contact persons: named on every page of a place, stood in for while away; a question has a day and an answer."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from tests.cases.factories import actor_of
from tests.contacts.persons import ADMINISTRATION, make_contact
from tests.directory.entries import JOHANNSTADT, make_entry
from tests.factories import advisor, make_dwelling, make_offer, make_organisation, make_project
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.cases.services.desk import desk_of
from wohnberatung.cases.services.handover import plan_absence
from wohnberatung.contacts.models import ContactQuestion
from wohnberatung.contacts.services.persons import add_contact, contacts_near
from wohnberatung.contacts.services.questions import waiting_questions
from wohnberatung.contacts.topics import answer_due
from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError, Forbidden
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import open_content


def text_of(answer: Any) -> str:
    return words(Page(answer.text).root.find(".//main"))


def test_a_day_is_counted_in_working_days() -> None:
    assert answer_due(date(2026, 11, 30)) == date(2026, 12, 7), "over a weekend"
    assert answer_due(date(2026, 12, 24)) == date(2027, 1, 4), "over Christmas and New Year"


def test_those_of_the_stadtbezirk_come_before_those_of_the_whole_city(session: Any) -> None:
    everywhere, here, elsewhere = make_contact(), make_contact(quarters=["Altstadt"]), make_contact(quarters=["Cotta"])
    make_contact(active=False)
    assert [each.contact.id for each in contacts_near(JOHANNSTADT)] == [here.id, everywhere.id]
    assert elsewhere.id not in [each.contact.id for each in contacts_near(JOHANNSTADT)]
    assert [each.contact.id for each in contacts_near(None)] == [everywhere.id], "where no place is known"


def test_every_public_page_of_a_place_names_them(client: CheckingClient) -> None:
    name = make_contact(quarters=["Altstadt"]).user.name
    owner = make_organisation()
    offer, project = make_offer(make_dwelling(owner, district=JOHANNSTADT)), make_project(owner)
    make_offer(make_dwelling(owner, district=JOHANNSTADT), project)
    entry = make_entry()
    db.session.commit()
    pages = (
        f"/angebote/{offer.id}",
        f"/wohnprojekte/{project.id}",
        f"/wegweiser/{entry.id}",
        "/wegweiser?stadtteil=johannstadt-nord",
        "/wegweiser/drucken/johannstadt-nord",
    )
    assert {path: name in text_of(client.get(path)) for path in pages} == dict.fromkeys(pages, True)


def test_while_somebody_is_away_the_stand_in_is_named_and_has_the_question(client: CheckingClient) -> None:
    away, stand_in, other = make_user("advisor"), make_user("advisor", name="Vera Vertretung"), make_user("advisor")
    contact = make_contact(away.id, quarters=["Altstadt"])
    today = clock.today()
    plan_absence(
        user_id=away.id,
        stand_in_id=stand_in.id,
        first_day=today,
        last_day=today + timedelta(days=3),
        actor=actor_of(away),
    )
    page = f"/ansprechpersonen/{contact.id}/frage?stadtteil=johannstadt-nord"
    assert "Es antwortet: Vera Vertretung." in text_of(client.get(page))
    client.submit(page, {"topic": "adapting", "question": "Wer bezahlt eine Rampe?"}, button="Frage absenden")
    found = {user.name: len(waiting_questions(actor_of(user))) for user in (away, stand_in, other)}
    assert list(found.values()) == [1, 1, 0]


def test_a_question_is_a_task_with_a_day_and_its_answer_can_be_traced(client: CheckingClient) -> None:
    user = make_user("advisor")
    contact = make_contact(user.id)
    page = f"/ansprechpersonen/{contact.id}/frage?stadtteil=pieschen-sued"
    asked = {"topic": "shared", "question": "Wer hilft uns?", "email": "erika@example.org", "consent": "y"}
    receipt = client.submit(page, asked, button="Frage absenden")
    link = re.search(r"/antwort/[\w-]+", receipt.text)
    assert link
    assert "DF-" in text_of(receipt)
    assert link[0] in open_content(db.session.query(OutgoingMail).one())["text"], "the link comes by mail as well"
    question = db.session.query(ContactQuestion).one()
    assert (question.place, question.due_on) == ("21", answer_due(clock.today()))
    waits = text_of(client.get(link[0]))
    assert f"Ihre Frage liegt bei {user.name}" in waits
    actor = actor_of(user)
    section = next(each for each in desk_of(actor) if each.key == "contact_questions")
    assert section.found.count == 1
    assert not section.found.lines[0].urgent
    with time_machine.travel(clock.now() + timedelta(days=20)):
        late = next(each for each in desk_of(actor) if each.key == "contact_questions")
        assert late.found.lines[0].urgent
    sign_in(client, user)
    office = f"/anfragen/{question.enquiry_id}"
    assert "Pieschen-Süd" in text_of(client.get(office))
    said = {"note": "Beantwortet.", "answer": "Kommen Sie am Montag vorbei."}
    client.submit(office, said, button="Als beantwortet kennzeichnen")
    assert "Kommen Sie am Montag vorbei." in text_of(client.get(link[0]))
    mails = [open_content(mail) for mail in db.session.query(OutgoingMail).order_by(OutgoingMail.created_at)]
    assert [mail["to"] for mail in mails] == ["erika@example.org"] * 2
    assert "Montag" not in mails[1]["text"], "a mail never says what was written"
    assert waiting_questions(actor) == []


def test_a_question_needs_a_topic_and_nobody_hears_of_those_who_are_gone(client: CheckingClient) -> None:
    contact = make_contact()
    page = f"/ansprechpersonen/{contact.id}/frage"
    assert client.submit(page, {"question": "Hallo?"}, button="Frage absenden").status_code == 400
    contact.active = False
    db.session.commit()
    assert client.get(page).status_code == 404


def test_only_the_administration_says_who_they_are(client: CheckingClient) -> None:
    values: Any = {"user_id": "x", "duty": "", "quarters": [], "topics": [], "phone": "", "email": "", "hours": ""}
    with pytest.raises(Forbidden):
        add_contact(values | {"active": True}, advisor())
    with pytest.raises(DomainError):
        add_contact(values | {"active": True}, ADMINISTRATION)
    colleague = make_user("advisor", name="Berta Beispiel")
    sign_in(client, make_user("admin"))
    typed = {"user_id": colleague.id, "duty": "Westen", "quarters": ["Cotta"], "active": "y"}
    client.submit("/verwaltung/ansprechpersonen/neu", typed, button="Speichern")
    assert "Berta Beispiel" in text_of(client.get("/verwaltung/ansprechpersonen"))
    assert "Westen" in text_of(client.get("/ansprechpersonen"))
