"""A request that is blocked, or held by a blocked case of somebody else, is on no list of another case; and nobody can
tell by time that there is a blocked case."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.appointments.cases import advisor_with_hours, booked
from tests.brokerage.cases import asked, offered
from tests.cases.factories import actor_of, make_advisor, make_case
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.pictures.drawings import drawn
from tests.queries import sent_statements
from wohnberatung.accounts.models import User
from wohnberatung.appointments.services.booking import attach
from wohnberatung.brokerage.services.matches import matches_for_list
from wohnberatung.cases.models import Case
from wohnberatung.cases.services.desk import desk_of
from wohnberatung.cases.services.follow_ups import add_follow_up, understand
from wohnberatung.cases.services.handover import set_blocked
from wohnberatung.cases.services.personal_data import stored_about_case
from wohnberatung.cases.services.requests import link_request, requests_of
from wohnberatung.cases.services.timeline import timeline
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import db
from wohnberatung.letters.services.letters import draft, keep, suggested
from wohnberatung.letters.services.sections import sections
from wohnberatung.measures.services.measures import add_goal, add_measure
from wohnberatung.pictures.services import add_pictures
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.messages import add_message
from wohnberatung.seekers.services.reconfirmation import block_request
from wohnberatung.surveys.services.surveys import agree_to_pictures, begin_survey, load_survey


@pytest.fixture
def person(session: Any) -> User:
    return make_user("advisor", name="Anna Beraterin")


@pytest.fixture
def anna(person: User) -> Actor:
    return actor_of(person)


@pytest.fixture
def linked(anna: Actor) -> tuple[Case, HousingRequest]:
    """A case with a request, a message about it and a proposal for it."""
    submitted, case = asked(), make_case(anna)
    link_request(case, submitted.request.receipt_number, anna)
    add_message(submitted.request, "Das Haus liegt mir am Herzen.", None)
    offered(submitted)
    return case, submitted.request


def hold_elsewhere(request: HousingRequest) -> None:
    """The same person is advised by somebody else, whose case is blocked."""
    bert = make_advisor("Bert Berater")
    hidden = make_case(bert)
    link_request(hidden, request.receipt_number, bert)
    set_blocked(hidden, True, version=hidden.version, actor=bert)


WAYS = pytest.mark.parametrize("hide", [block_request, hold_elsewhere])
Hide = Callable[[HousingRequest], None]


def told(case: Case, actor: Actor) -> str:
    return "\n".join(f"{entry.title} {entry.text} {entry.endpoint}" for entry in timeline(case, actor))


@WAYS
def test_it_is_neither_among_the_requests_of_a_case_nor_in_its_timeline(
    anna: Actor, linked: tuple[Case, HousingRequest], hide: Hide
) -> None:
    case, request = linked
    assert requests_of(case, anna) == [request]
    before = told(case, anna)
    for expected in ("ist eingegangen", "am Herzen", "brokerage.show_match"):
        assert expected in before
    hide(request)
    assert requests_of(case, anna) == []
    after = told(case, anna)
    for hidden in ("ist eingegangen", "am Herzen", "brokerage.show_match"):
        assert hidden not in after


@WAYS
def test_its_needs_shape_no_survey_and_no_letter_of_the_case(
    anna: Actor, linked: tuple[Case, HousingRequest], hide: Hide
) -> None:
    case, request = linked
    survey = begin_survey(case, anna, surveyed_on=clock.today())
    assert load_survey(survey.id, anna).requirements()
    assert sections(case, anna, "")["wohnungen"]()
    hide(request)
    assert not load_survey(survey.id, anna).requirements()
    with pytest.raises(DomainError, match="kein Gesuch"):
        sections(case, anna, "")["wohnungen"]()


@WAYS
def test_it_is_on_no_list_of_proposals_and_not_on_the_desk(
    anna: Actor, linked: tuple[Case, HousingRequest], hide: Hide
) -> None:
    _case, request = linked
    assert matches_for_list(anna).total == 1
    hide(request)
    assert matches_for_list(anna).total == 0
    shown = [line for section in desk_of(anna) for line in section.found.lines]
    assert [line for line in shown if request.receipt_number in f"{line.title} {line.detail}"] == []


@WAYS
def test_no_page_of_the_case_names_it(
    client: Any, person: User, linked: tuple[Case, HousingRequest], hide: Hide
) -> None:
    case, request = linked
    sign_in(client, person)
    assert request.id in client.get(f"/faelle/{case.id}").text
    hide(request)
    assert request.id not in client.get(f"/faelle/{case.id}").text


@WAYS
def test_its_person_is_told_of_it_in_full_all_the_same(
    anna: Actor, linked: tuple[Case, HousingRequest], hide: Hide
) -> None:
    case, request = linked
    hide(request)
    assert stored_about_case(case, anna)["requests"] == [request.receipt_number]


def test_who_is_responsible_for_the_blocked_case_goes_on_with_it(
    anna: Actor, linked: tuple[Case, HousingRequest]
) -> None:
    case, request = linked
    set_blocked(case, True, version=case.version, actor=anna)
    assert requests_of(case, anna) == [request]
    assert "brokerage.show_match" in told(case, anna)
    assert requests_of(case, make_advisor("Bert Berater")) == []


def hidden_things(bert: Actor) -> dict[str, str]:
    """A blocked case with everything that has an address of its own: the address by what it leads to, and the id."""
    case = make_case(bert)
    survey = begin_survey(case, bert, surveyed_on=clock.today())
    agree_to_pictures(load_survey(survey.id, bert), True)
    pictures = add_pictures("survey", survey.id, [drawn((40, 30))], actor=bert)
    letter = keep(case, draft(case, "advice", suggested(case, bert), bert), bert)
    said = understand("in 3 Wochen anrufen")
    assert said is not None
    appointment = booked(advisor_with_hours()).appointment
    attach(appointment, case)
    things = {
        "/faelle/{}": case.id,
        "/faelle/{}/briefe": case.id,
        "/faelle/{}/oeffnen": case.id,
        "/bestandsaufnahmen/{}": survey.id,
        "/briefe/{}": letter.id,
        "/briefe/{}.pdf": letter.id,
        "/ziele/{}": add_goal(case, "Allein duschen").id,
        "/massnahmen/{}": add_measure(case, {"kind": "move", "title": "Umzug"}, bert).id,
        "/wiedervorlagen/{}": add_follow_up(case, said, bert).id,
        "/termine/{}": appointment.id,
        "/bilder/survey/{}": survey.id,
        "/bild/{}/large": pictures[0].id,
    }
    set_blocked(case, True, version=case.version, actor=bert)
    return things


def test_what_belongs_to_a_blocked_case_costs_what_is_not_there(
    app: Flask, client: CheckingClient, person: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time would tell what no page says. Told by what the database is asked, as a clock in a test would be a coin."""
    monkeypatch.setitem(app.config, "PICTURES_DIR", str(tmp_path))
    things = hidden_things(make_advisor("Bert Berater"))
    sign_in(client, person)
    client.get("/konto")
    for address, record_id in things.items():
        asked_of, pages = [], []
        for each in (record_id, new_id()):
            db.session.expire_all()
            with sent_statements() as statements:
                answer = client.get(address.format(each))
            asked_of.append(statements)
            pages.append((answer.status_code, words(Page(answer.text).root.find(".//main"))))
        assert pages[0] == pages[1], address
        assert pages[0][0] == 404, address
        assert asked_of[0] == asked_of[1], address
