"""Answers of those who offer: on their page and by a link from a mail, until the deadline, once."""

from datetime import timedelta

import pytest
import time_machine

from tests.brokerage.cases import steps_of
from tests.brokerage.ways import go
from tests.cases.factories import make_advisor, make_case
from tests.committed import committed
from tests.factories import advisor, make_organisation
from tests.infrastructure.client import CheckingClient
from tests.people import make_user, sign_in
from tests.providers.cases import letters_to, paths_in, presented
from wohnberatung.brokerage.services.history import Given
from wohnberatung.brokerage.services.matches import advance
from wohnberatung.cases.services.requests import link_request
from wohnberatung.core import clock
from wohnberatung.providers.services import answering

remind_providers = committed(answering.remind_providers)


def test_a_landlord_says_yes_on_the_page(client: CheckingClient, session) -> None:
    match, landlord = presented()
    sign_in(client, landlord)
    assert "wartet auf Ihre Antwort" in client.get("/anbieten").text
    here = f"/anbieten/menschen/{match.id}"
    page = client.get(here).text
    assert "Lichte Breite der Innentüren: mindestens 90 cm" in page
    assert match.last_day.strftime("%d.%m.%Y") in page
    answer = client.submit(f"{here}/ja", button="Antwort senden")
    assert "Ihre Antwort ist bei uns" in answer.text
    assert (match.state, match.events[-1].party, match.events[-1].actor_id) == (
        "mutual_interest",
        "provider",
        landlord.id,
    )
    assert "Erika" not in client.get(here).text


def test_no_has_a_reason_of_theirs_and_later_a_day(client: CheckingClient, session) -> None:
    match, landlord = presented()
    sign_in(client, landlord)
    here = f"/anbieten/menschen/{match.id}"
    until = clock.today() + timedelta(days=10)
    assert client.submit(f"{here}/spaeter", {"until": "2020-01-01"}).status_code == 400
    assert client.submit(f"{here}/spaeter", {"until": (until + timedelta(days=99)).isoformat()}).status_code == 400
    page = client.submit(f"{here}/spaeter", {"until": until.isoformat()}).text
    assert until.strftime("%d.%m.%Y") in page
    assert (match.state, match.last_day) == ("presented", until + timedelta(days=7))
    assert client.submit(f"{here}/nein", {"note": "Ohne Grund"}).status_code == 400
    assert "group_no" not in client.get(f"{here}/nein").text, "a landlord has no vote to speak of"
    client.submit(f"{here}/nein", {"reason": "let_otherwise"})
    assert (match.state, match.reason) == ("refused", "let_otherwise")


def test_a_question_waits_on_the_desk_of_the_office_until_it_is_settled(client: CheckingClient, session) -> None:
    match, landlord = presented()
    sign_in(client, landlord)
    page = client.submit(f"/anbieten/menschen/{match.id}/frage", {"note": "Darf ein Hund mit?"}).text
    assert "Ihre Frage liegt bei der Wohnberatung" in page
    sign_in(client, make_user("advisor"))
    assert "Fragen von Anbietern zu Vorschlägen (1)" in client.get("/heute").text
    there = f"/vorschlaege/{match.id}"
    assert "Darf ein Hund mit?" in client.get(there).text
    client.submit(there, button="Frage des Anbieters ist geklärt")
    assert "Fragen von Anbietern zu Vorschlägen (1)" not in client.get("/heute").text
    assert (match.state, steps_of(match)[-2:]) == ("presented", ["ask_office", "settle_question"])


def test_a_link_in_the_mail_shows_with_get_and_acts_with_post(client: CheckingClient, session) -> None:
    match, landlord = presented()
    assert len(letters_to(landlord)) == 1
    assert match.events[-1].told == ["provider"]
    show, *answers = paths_in(landlord, "/vorgestellt/")
    assert [path.rpartition("/")[2] for path in answers] == ["ja", "nein", "spaeter", "frage"]
    for path in (show, *answers):  # as a mail scanner does
        assert client.get(path).status_code == 200
    assert match.state == "presented"
    assert "Ihre Antwort ist bei uns" in client.submit(answers[0], button="Antwort senden").text
    assert match.state == "mutual_interest"
    assert match.events[-1].actor_id is None
    # The second use says what was answered, and changes nothing.
    for path in answers:
        assert "Ihre Antwort: Ja" in client.get(path, follow_redirects=True).text
    count = len(match.events)
    assert client.post(answers[0], data={}).status_code in (400, 302)
    assert len(match.events) == count


def test_links_die_at_the_deadline_and_when_it_is_taken_back(client: CheckingClient, session) -> None:
    match, landlord = presented()
    show, *_answers = paths_in(landlord, "/vorgestellt/")
    with time_machine.travel(match.due_at, tick=False):
        assert client.get(show).status_code == 404
    assert client.get(show).status_code == 200
    advance(match.id, "withdraw", advisor(), given=Given("mistake"))
    assert client.get(show).status_code == 404
    assert client.get("/vorgestellt/falsch").status_code == 404


def test_who_does_not_answer_is_reminded_once_and_asked_again_on_the_named_day(session) -> None:
    match, _landlord = presented()
    session.commit()
    assert remind_providers() == 0
    with time_machine.travel(match.due_at - timedelta(hours=47), tick=False):
        assert (remind_providers(), remind_providers()) == (1, 0)
    day = clock.today() + timedelta(days=20)
    advance(match.id, "postpone", advisor(), given=Given(until=day))
    session.commit()
    with time_machine.travel(clock.start_of_day(day) - timedelta(hours=1), tick=False):
        assert remind_providers() == 0
    with time_machine.travel(clock.start_of_day(day), tick=False):
        assert (remind_providers(), remind_providers()) == (1, 0)
    assert steps_of(match)[-1] == "remind_provider"
    assert match.last_day == day + timedelta(days=7)


def test_strangers_and_blocked_cases_show_nothing(client: CheckingClient, session) -> None:
    match, landlord = presented()
    show, *_answers = paths_in(landlord, "/vorgestellt/")
    sign_in(client, make_user("provider", organisation_ids=[make_organisation().id]))
    assert client.get(f"/anbieten/menschen/{match.id}").status_code == 404
    assert client.get(f"/anbieten/menschen/{match.id}/ja").status_code == 404
    case = make_case(make_advisor())
    link_request(case, match.request.receipt_number, advisor())
    case.blocked = True
    sign_in(client, landlord)
    assert client.get(f"/anbieten/menschen/{match.id}").status_code == 404
    assert "Noch niemand" in client.get("/anbieten/menschen").text
    assert client.get(show).status_code == 404


@pytest.mark.parametrize("step", ["hold", "declined"])
def test_who_waits_hears_that_there_is_nothing_to_answer_any_more(session, step) -> None:
    match, landlord = presented()
    go(match, step)
    assert letters_to(landlord)[-1].subject == "Ein Vorschlag hat sich erledigt"
    if step == "hold":
        go(match, "resume")
        assert "/vorgestellt/" in letters_to(landlord)[-1].text
