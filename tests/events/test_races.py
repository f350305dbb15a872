"""Twenty people want the last seat at the same moment: exactly one gets it, and all others wait in a row."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import select

from tests.events.happenings import make_event, sign_up
from wohnberatung.core.transactions import transaction
from wohnberatung.events.models import EventDate, EventRegistration, RegistrationState
from wohnberatung.events.services.my_registration import move_my_registration
from wohnberatung.extensions import db

MANY = 20


def prepared(app: Flask) -> str:
    with app.app_context(), transaction():
        _event, date = make_event(capacity=1)
        return date.id


def states() -> Counter[RegistrationState]:
    return Counter(db.session.scalars(select(EventRegistration.state)))


def test_of_twenty_who_register_at_once_one_gets_the_last_seat(own_app: Flask) -> None:
    date_id, start = prepared(own_app), Barrier(MANY)

    def come(number: int) -> None:
        with own_app.app_context():
            start.wait()
            with transaction():
                sign_up(db.session.get_one(EventDate, date_id), f"Gast {number}")

    with ThreadPoolExecutor(MANY) as pool:
        list(pool.map(come, range(MANY)))
    with own_app.app_context():
        assert states() == {RegistrationState.TAKEN: 1, RegistrationState.WAITING: MANY - 1}


def test_of_twenty_who_confirm_at_once_one_gets_the_last_seat(own_app: Flask) -> None:
    date_id, start = prepared(own_app), Barrier(MANY)
    with own_app.app_context(), transaction():
        date = db.session.get_one(EventDate, date_id)
        tokens = [sign_up(date, email=f"gast{number}@example.org")[1] for number in range(MANY)]

    def confirm(token: str) -> None:
        with own_app.app_context():
            start.wait()
            with transaction():
                move_my_registration(token, "bestaetigen")

    with ThreadPoolExecutor(MANY) as pool:
        list(pool.map(confirm, tokens))
    with own_app.app_context():
        assert states() == {RegistrationState.TAKEN: 1, RegistrationState.WAITING: MANY - 1}
