"""Twenty people want the same half hour, on databases where commits are real."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from tests.appointments.cases import advisor_with_hours, at
from wohnberatung.appointments.models import Appointment, TakenQuarter
from wohnberatung.appointments.services.booking import Taken, book
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db

AT_ONCE = 20


def test_of_twenty_bookings_at_once_exactly_one_is_made(own_app):
    with own_app.app_context():
        with transaction():
            user_id = advisor_with_hours().id

        def try_it(_number):
            try:
                with own_app.app_context(), transaction():
                    return book("phone", at(9), (user_id,), {"name": "Erika"}).appointment.id
            except Taken:
                return None

        with ThreadPoolExecutor(AT_ONCE) as pool:
            made = [found for found in pool.map(try_it, range(AT_ONCE)) if found]
        assert len(made) == 1
        assert db.session.scalars(select(Appointment.id)).all() == made
        assert db.session.scalar(select(func.count()).select_from(TakenQuarter)) == 2
