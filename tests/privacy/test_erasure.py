"""Who is erased is nowhere any more: no row names them, no file of theirs is left, no mail is under way."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.appointments.cases import advisor_with_hours, booked
from tests.brokerage.cases import asked, offered
from tests.cases.factories import make_advisor, make_case
from tests.factories import make_project
from tests.pictures.drawings import drawn
from wohnberatung.advice.services.enquiries import erase_enquiry, submit_enquiry
from wohnberatung.appointments.models import Appointment
from wohnberatung.appointments.services import booking
from wohnberatung.cases.models import Case
from wohnberatung.cases.services.follow_ups import add_follow_up, understand
from wohnberatung.cases.services.personal_data import erase_case
from wohnberatung.cases.services.requests import link_request, unlink_request
from wohnberatung.core.actors import VISITOR, Actor
from wohnberatung.core.ids import new_id
from wohnberatung.doubles.models import DoubleKind, LikelyDouble, Merge
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.pictures.models import Picture
from wohnberatung.pictures.services import add_pictures
from wohnberatung.projects.services.joining import ask_to_join
from wohnberatung.projects.services.my_enquiry import erase_enquiry as erase_joining
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.messages import add_message
from wohnberatung.seekers.services.reconfirmation import erase_request
from wohnberatung.surveys.services.surveys import agree_to_pictures, begin_survey, load_survey

# Followers of the search read there for a week what they have to forget: ids, nothing else.
FOLLOWED = "search_changes"
QUESTION = {"question": "Wer bezahlt?", "email": "erika@example.org"}


@pytest.fixture
def folder(app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, session: Any) -> Path:
    monkeypatch.setitem(app.config, "PICTURES_DIR", str(tmp_path))
    return tmp_path


def everything_stored() -> str:
    """Every value of every table, but what the search has to forget."""
    tables = (table for table in db.metadata.sorted_tables if table.name != FOLLOWED)
    return "\n".join(f"{table.name} {tuple(row)}" for table in tables for row in db.session.execute(select(table)))


def pair(kind: DoubleKind, one: str, other: str, **before: Any) -> None:
    """Two records that somebody took for one."""
    double = LikelyDouble(id=new_id(), kind=kind, a_id=min(one, other), b_id=max(one, other), probability=0.9)
    double.fields = {}
    db.session.add_all([double, Merge(id=new_id(), double=double, kept_id=one, gone_id=other, before=before)])
    db.session.flush()


def case_with_all(anna: Actor) -> Case:
    """A case with a survey and its pictures, a follow-up, an appointment and its mail, taken for another case."""
    case = make_case(anna)
    survey = begin_survey(case, anna, surveyed_on=case.created_at.date())
    agree_to_pictures(load_survey(survey.id, anna), True)
    add_pictures("survey", survey.id, [drawn(), drawn()], actor=anna)
    said = understand("in 3 Wochen anrufen")
    assert said is not None
    add_follow_up(case, said, anna)
    booking.attach(booked(advisor_with_hours()).appointment, case)
    pair(DoubleKind.CASE, case.id, make_case(anna).id)
    return case


def test_the_pictures_of_a_case_go_with_it(folder: Path) -> None:
    """At once, not in the night: files that nobody can open are still files about somebody."""
    case = case_with_all(make_advisor())
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 4
    erase_case(case)
    db.session.commit()
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert db.session.scalar(select(func.count()).select_from(Picture)) == 0


def test_nothing_names_a_case_that_is_erased(folder: Path) -> None:
    case = case_with_all(make_advisor())
    case_id, number = case.id, case.number
    erase_case(case)
    left = everything_stored()
    assert case_id not in left
    assert number not in left
    assert db.session.scalars(select(LikelyDouble)).all() == []


def test_nothing_names_a_request_that_is_erased(session: Any) -> None:
    """Not even the history of a case to which it once belonged."""
    anna, submitted = make_advisor(), asked()
    request, (first, second) = submitted.request, (make_case(anna), make_case(anna))
    for case in (first, second):
        link_request(case, request.receipt_number, anna)
    unlink_request(first, request.id, anna)
    add_message(request, "Das Haus liegt mir am Herzen.", None)
    offered(submitted)
    pair(DoubleKind.REQUEST, request.id, asked().request.id)
    pair(DoubleKind.CASE, first.id, second.id, requests=[request.id])
    request_id, number = request.id, request.receipt_number
    erase_request(request)
    left = everything_stored()
    assert request_id not in left
    assert number not in left


def an_enquiry() -> tuple[Any, Callable[[], None]]:
    enquiry = submit_enquiry("question", QUESTION, consent=("2026-11", "Ja"))
    return enquiry, lambda: erase_enquiry(enquiry)


def an_appointment() -> tuple[Any, Callable[[], None]]:
    row = booked(advisor_with_hours()).appointment
    return row, lambda: booking.erase(row)


def a_question_to_a_group() -> tuple[Any, Callable[[], None]]:
    project = make_project()
    said = {"called": "Erika", "text": "Ich komme gern.", "email": "erika@example.org"}
    enquiry, _token = ask_to_join(project.id, said, consent=("2026-11", "Ja"), actor=VISITOR)
    return enquiry, lambda: erase_joining(enquiry)


@pytest.mark.parametrize("stored", [an_enquiry, an_appointment, a_question_to_a_group])
def test_nothing_names_what_else_is_erased(session: Any, stored: Any) -> None:
    row, erase = stored()
    row_id, number = row.id, row.receipt_number
    erase()
    left = everything_stored()
    assert row_id not in left
    assert number not in left
    assert set(db.session.scalars(select(OutgoingMail.content))) <= {None}


def test_an_appointment_of_a_case_takes_nothing_of_the_case_along(folder: Path) -> None:
    """They share one key."""
    case = case_with_all(make_advisor())
    booking.erase(db.session.scalars(select(Appointment).where(Appointment.case_id == case.id)).one())
    assert db.session.scalar(select(func.count()).select_from(Picture)) == 2
    assert db.session.scalar(select(func.count()).select_from(HousingRequest)) == 0
    assert case.plain_content["name"] == "Erika Beispiel"
