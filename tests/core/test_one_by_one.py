"""One row that fails stops no other, is told in the end, and nothing of it is kept."""

from threading import Event
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from wohnberatung.accounts.models import Organisation
from wohnberatung.accounts.services import organisations
from wohnberatung.core.errors import DomainError
from wohnberatung.core.stopping import Stopped, heeding
from wohnberatung.core.transactions import LeftUndone, each_in_its_own_transaction, transaction
from wohnberatung.extensions import db

NAMES = ["Elbhaus", "Frau Geheim", "Heidehaus"]


def create(name: str) -> str:
    organisations.create_organisation(name=name, kind="company")
    db.session.flush()
    if name == "Frau Geheim":
        raise DomainError(f"{name} will nicht.")
    return name


def stored() -> list[str]:
    with db.engine.connect() as another:
        return list(another.scalars(select(Organisation.name).order_by(Organisation.name)))


def test_the_others_are_kept_at_once_and_the_failed_one_is_told(own_app: Flask, caplog: Any) -> None:
    seen = []

    def create_and_look(name: str) -> str:
        seen.append(len(stored()))
        return create(name)

    with own_app.app_context():
        with pytest.raises(LeftUndone) as left:
            each_in_its_own_transaction(NAMES, create_and_look)
        assert (left.value.count, stored()) == (1, ["Elbhaus", "Heidehaus"])
    assert seen == [0, 1, 1], "each is committed before the next begins"
    assert "will nicht" not in caplog.text


def test_who_is_told_to_stop_ends_between_two(own_app: Flask) -> None:
    stop = Event()

    def create_and_stop(name: str) -> str:
        stop.set()
        return create(name)

    with own_app.app_context(), heeding(stop):
        with pytest.raises(Stopped):
            each_in_its_own_transaction(NAMES, create_and_stop)
        assert stored() == ["Elbhaus"]


def test_within_somebody_elses_transaction_each_is_a_savepoint(own_app: Flask) -> None:
    with own_app.app_context():
        with transaction():
            organisations.create_organisation(name="Anfang", kind="company")
            with pytest.raises(LeftUndone):
                each_in_its_own_transaction(NAMES, create)
            assert stored() == [], "theirs is not over"
        assert stored() == ["Anfang", "Elbhaus", "Heidehaus"]
