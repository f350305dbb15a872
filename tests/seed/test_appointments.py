"""The invented office can be met and has appointments, made once."""

from sqlalchemy import func, select

from wohnberatung.appointments.models import Appointment
from wohnberatung.appointments.services.slots import next_free
from wohnberatung.seeding.cases import open_office
from wohnberatung.seeding.homes import fill


def test_the_demo_has_hours_and_appointments_of_every_kind(session):
    fill(session, 0)
    assert open_office(session) == session.scalar(select(func.count()).select_from(Appointment)) == 5
    assert set(session.scalars(select(Appointment.way))) == {"phone", "home", "office", "video"}
    assert all(next_free().values())
    assert open_office(session) == 0


def test_without_people_nobody_can_be_met(session):
    assert open_office(session) == 0
