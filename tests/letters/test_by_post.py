"""Whoever wants post gets letters where others get mails: written by the step, and waiting until they are posted."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from tests.brokerage.cases import asked, home, mails, offered, reviewed
from tests.committed import committed
from tests.factories import advisor, make_request
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.papers.reading import words_of
from tests.people import make_user, sign_in
from tests.seekers.walking import ANSWERS, begin, send, token_in
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services import deadlines
from wohnberatung.brokerage.services.history import Given
from wohnberatung.brokerage.services.matches import advance, record_answer
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError
from wohnberatung.core.languages import LANGUAGES
from wohnberatung.core.manifests import areas
from wohnberatung.extensions import db
from wohnberatung.letters.services.by_post import post_letter
from wohnberatung.seekers.models import HousingRequest, PostalLetter, Purpose
from wohnberatung.seekers.services.consents import withdraw_consent
from wohnberatung.seekers.services.contacts import send_receipt
from wohnberatung.seekers.services.data_export import stored_about
from wohnberatung.seekers.services.messages import answer_message
from wohnberatung.seekers.services.post import pdf_of_postal
from wohnberatung.seekers.services.reconfirmation import ask_to_keep, release_request
from wohnberatung.seekers.services.requests import Submitted
from wohnberatung.seekers.services.told_by_post import write_instead_of_link

keep_deadlines = committed(deadlines.keep_deadlines)
BY_POST = {"name": "Erika Beispiel", "reach": "post", "address": "Elbweg 1\n01307 Dresden"}


def on(day: int, month: int = 11, year: int = 2026) -> Any:
    return time_machine.travel(datetime(year, month, day, 12, tzinfo=clock.BERLIN), tick=False)


def wants_post(**options: Any) -> Submitted:
    return asked(**{"contact": BY_POST, **options})


def letters() -> list[PostalLetter]:
    return db.session.query(PostalLetter).order_by(PostalLetter.written_at).all()


def text_of(response: Any) -> str:
    return words(Page(response.text).root.find(".//main"))


def test_a_proposal_becomes_a_letter_and_waits_on_the_desk_until_it_is_posted(
    client: CheckingClient, session: Any
) -> None:
    sign_in(client, make_user("advisor"))
    match = reviewed(wants_post(), home("Wohnung am Park", living_area_sqm=52.0))
    client.submit(f"/vorschlaege/{match.id}", {}, button="Vorschlagen")
    assert mails() == []
    (letter,) = letters()
    desk = client.get("/heute")
    assert f"/post/{letter.id}" in desk.text
    printed = words_of(client.get(f"/post/{letter.id}.pdf").data)
    for told in (
        "Erika Beispiel Elbweg 1 01307 Dresden",
        "Guten Tag, Erika Beispiel,",
        "Wohnung am Park",
        "52",
        "Das muss sein, und das passt:",
        "Sie haben 10 Tage Zeit.",
        match.request.receipt_number,
        "Das interessiert mich",
    ):
        assert told in printed, told
    assert "/vorschlag/" not in printed
    assert "Brief an die suchende Person." in text_of(client.get(f"/vorschlaege/{match.id}"))
    done = client.submit(f"/post/{letter.id}", {}, button="Der Brief ist eingeworfen")
    until = clock.today() + timedelta(days=14)
    assert f"kann bis zum {until:%d.%m.%Y} antworten" in done.text
    assert match.last_day == until
    assert f"/post/{letter.id}" not in client.get("/heute").text
    assert "eingeworfen am" in text_of(client.get(f"/vorschlaege/{match.id}"))


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_a_letter_is_in_the_language_that_its_person_reads(session: Any, language: Any) -> None:
    offered(wants_post(language=language.code))
    printed = words_of(pdf_of_postal(letters()[0]))
    assert {"de": "Unser Vorschlag für Sie", "leicht": "Unser Vorschlag für Sie", "en": "Our proposal for you"}[
        language.code
    ] in printed
    assert {"de": "Das muss sein, und das passt:", "leicht": "Das muss sein. Das passt:", "en": "Your answer"}[
        language.code
    ] in printed


def test_no_time_runs_out_while_the_letter_still_lies_in_the_office(session: Any) -> None:
    with on(22):
        match = offered(wants_post())
    with on(22, month=12):
        assert sum(keep_deadlines().values()) == 0
        post_letter(letters()[0].id, advisor())
        assert match.last_day == date(2027, 1, 5)
    with on(4, month=1, year=2027):
        assert keep_deadlines()["remind"] == 1
        assert [letter.template for letter in letters()] == ["proposal", "proposal_reminder"]
    with on(8, month=1, year=2027):
        assert keep_deadlines()["expire"] == 0
        post_letter(letters()[-1].id, advisor())
    with on(23, month=1, year=2027):
        assert keep_deadlines()["expire"] == 1
        assert match.state == "expired"


def test_what_was_not_posted_is_overtaken_by_what_came_after(session: Any) -> None:
    """Whoever has heard nothing is not told that it is over; whoever has is told."""
    unheard, heard = offered(wants_post()), offered(wants_post())
    post_letter(next(letter.id for letter in letters() if letter.about_id == heard.id), advisor())
    for match in (unheard, heard):
        advance(match.id, "withdraw", advisor(), given=Given("office_other", "Irrtum."))
    assert [(letter.about_id, letter.template) for letter in letters()] == [
        (heard.id, "proposal"),
        (heard.id, "proposal_ended"),
    ]
    assert "Wir haben den Vorschlag zurückgezogen." in words_of(pdf_of_postal(letters()[-1]))


def test_an_answer_on_the_telephone_overtakes_no_letter_and_gives_no_time(session: Any) -> None:
    match = offered(wants_post())
    record_answer(match.id, "interested", advisor(), version=match.version, given=Given())
    due = match.due_at
    post_letter(letters()[0].id, advisor())
    assert match.due_at == due


def test_every_mail_to_those_who_seek_has_a_letter(session: Any) -> None:
    known = {template for area in areas() for template in area.by_post}
    assert {step.told for step in STEPS if step.told} | {
        "new_message",
        "still_looking",
        "request_received",
        "new_link",
        "introduction_news",
        "joint_asked",
    } == known


def test_messages_and_questions_go_by_post_too(session: Any) -> None:
    submitted = wants_post()
    assert answer_message(submitted.request.id, "Wir haben etwas gefunden.", advisor()) == "post"
    assert ask_to_keep(submitted.request) == "post"
    answer, question = letters()
    assert "Wir haben etwas gefunden." in words_of(pdf_of_postal(answer))
    assert "Brauchen Sie uns noch?" in words_of(pdf_of_postal(question))


@pytest.mark.parametrize(
    "options",
    [
        {"contact": {**BY_POST, "address": ""}},
        {"purposes": ("matching",)},
        {"contact": {**BY_POST, "reach": "phone", "phone": "0351 1234567"}},
    ],
    ids=["no address", "no consent", "the telephone"],
)
def test_nobody_else_gets_letters(session: Any, options: dict[str, Any]) -> None:
    offered(wants_post(**options))
    assert letters() == []


@pytest.mark.parametrize("purpose", [Purpose.HEALTH, Purpose.CONTACT])
def test_letters_go_with_the_consent(session: Any, purpose: Purpose) -> None:
    submitted = wants_post(purposes=("matching", "contact", "health"))
    offered(submitted)
    told = stored_about(submitted.token)["postal_letters"]
    assert "Elbweg 1" in str(told)
    withdraw_consent(submitted.request, purpose)
    assert letters() == []


def test_a_letter_goes_to_where_the_person_lives_when_it_is_posted(session: Any) -> None:
    submitted = wants_post()
    offered(submitted)
    submitted.request.plain_contact = {**BY_POST, "address": "Neue Straße 5, 01099 Dresden"}
    assert "Neue Straße 5" in words_of(pdf_of_postal(letters()[0]))
    post_letter(letters()[0].id, advisor())
    submitted.request.plain_contact = {**BY_POST, "address": "Woanders 7, 01099 Dresden"}
    assert "Neue Straße 5" in words_of(pdf_of_postal(letters()[0]))


def test_a_letter_of_a_blocked_request_is_not_to_be_known_of(client: CheckingClient, session: Any) -> None:
    offered(wants_post())
    letter = letters()[0]
    db.session.get_one(HousingRequest, letter.request_id).blocked_at = clock.now()
    sign_in(client, make_user("advisor"))
    assert client.get(f"/post/{letter.id}").status_code == 404
    assert client.get(f"/post/{letter.id}.pdf").status_code == 404
    assert f"/post/{letter.id}" not in client.get("/post").text


def test_all_that_a_wheelchair_user_must_know_stands_in_the_letter(session: Any) -> None:
    """A miss and an open wish, as the letter about homes tells them."""
    offered(wants_post(), home("Wohnung am Park", width=95))
    printed = words_of(pdf_of_postal(letters()[0]))
    assert "Das wünschen Sie sich, und wir wissen es noch nicht:" in printed


def test_matches_are_not_left_behind(session: Any) -> None:
    match = offered(wants_post())
    assert db.session.get_one(BrokeredMatch, match.id).events[-1].told == ["post"]


def test_whoever_wants_post_gets_the_receipt_as_a_letter_without_the_link(client: CheckingClient, session: Any) -> None:
    kontakt = ANSWERS["kontakt"] | {"reach": "post", "email": "", "address": "Elbweg 1\n01307 Dresden"}
    begin(client, kontakt=kontakt)
    receipt = send(client)
    token = token_in(receipt)
    assert "Die Nummer schicken wir auch mit der Post." in text_of(receipt)
    assert mails() == []
    (letter,) = letters()
    printed = words_of(pdf_of_postal(letter))
    for told in (
        "Ihr Gesuch ist angekommen",
        letter.request.receipt_number,
        "bekommen Sie einen Brief von uns",
        "Was Sie suchen",
    ):
        assert told in printed, told
    assert (token in printed, "/mein-gesuch/" in printed) == (False, False)


def test_a_held_request_gets_its_letter_once_it_is_released(session: Any) -> None:
    held = make_request(contact=BY_POST)
    held.request.held_for = "honeypot"
    session.flush()
    assert (send_receipt(held), letters()) == (None, [])
    release_request(held.request.id, advisor())
    assert [letter.template for letter in letters()] == ["request_received"]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_for_a_lost_link_the_office_prints_what_its_page_says(
    client: CheckingClient, session: Any, language: Any
) -> None:
    submitted = wants_post(language=language.code)
    sign_in(client, make_user("advisor"))
    page = f"/gesuche/{submitted.request.id}"
    for _again in range(2):
        shown = client.submit(page, {}, button="Link verloren: Brief mit dem Stand schreiben")
    (letter,) = letters()
    assert f"/post/{letter.id}" in shown.request.path
    assert f"/post/{letter.id}" in client.get("/heute").text
    printed = words_of(pdf_of_postal(letter))
    assert submitted.request.receipt_number in printed
    assert submitted.token not in printed
    told = {
        "de": (
            "Einen neuen Link schicken wir nicht mit der Post.",
            "Wir ändern, was nicht mehr stimmt.",
            "mindestens 90",
        ),
        "leicht": ("Auch wir sollen ihn nicht kennen.", "Wir löschen alles.", "mindestens 90"),
        "en": ("We do not send a new link by post.", "We delete everything.", "at least 90"),
    }[language.code]
    assert [words for words in told if words not in printed] == []


def test_nobody_who_wants_no_post_gets_any(client: CheckingClient, session: Any) -> None:
    submitted = asked()
    sign_in(client, make_user("advisor"))
    assert "Link verloren" not in client.get(f"/gesuche/{submitted.request.id}").text
    with pytest.raises(DomainError):
        write_instead_of_link(submitted.request.id, advisor())
    assert letters() == []
