"""The demo has one case with everything that advice does."""

from sqlalchemy import func, select

from wohnberatung.appointments.models import Appointment
from wohnberatung.letters.models import Letter
from wohnberatung.measures.models import CaseMeasure
from wohnberatung.seeding.cases import open_office
from wohnberatung.seeding.homes import fill
from wohnberatung.seeding.worked_case import work_on_case
from wohnberatung.surveys.models import Survey


def test_a_case_is_worked_on_from_the_first_call_to_the_letter(session):
    fill(session, 0.05)
    open_office(session)
    session.commit()
    assert work_on_case(session)
    assert sorted(session.scalars(select(Survey.state))) == ["finished", "open"]
    assert set(session.scalars(select(CaseMeasure.status))) == {"applied", "done", "suggested", "dropped"}
    assert session.scalar(select(func.count()).where(Appointment.case_id.is_not(None))) == 1
    assert session.scalar(select(func.count()).select_from(Letter)) == 1
    assert not work_on_case(session)
