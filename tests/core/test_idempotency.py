"""A form that is sent twice is one deed and gets one answer."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.core.probe import SECRET, add_routes, keys, stored
from tests.infrastructure.application import reused_app
from tests.people import make_user, sign_in
from wohnberatung.core.models import IdempotencyKey
from wohnberatung.core.sealing import EncryptionError, open_for_house
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db


@pytest.fixture
def own_app(own_database_url: str) -> Iterator[Flask]:
    with reused_app(own_database_url, add_routes) as app:
        yield app


@pytest.fixture
def visitor(own_app: Flask) -> FlaskClient:
    return own_app.test_client()


def test_a_double_click_makes_one_record_and_two_equal_answers(own_app: Flask, visitor: FlaskClient) -> None:
    form = keys(visitor) | {"name": "Elbhaus"}
    first, second = visitor.post("/probe/create", data=form), visitor.post("/probe/create", data=form)
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert stored(own_app) == 1


def test_twenty_at_once_make_one_record(own_app: Flask, visitor: FlaskClient) -> None:
    form = keys(visitor) | {"name": "Elbhaus"}
    cookie = visitor.get_cookie("session")
    assert cookie is not None

    def send(_: int) -> tuple[int, str | None]:
        another = own_app.test_client()
        another.set_cookie("session", cookie.value)
        answer = another.post("/probe/create", data=form)
        return answer.status_code, answer.headers.get("Location")

    with ThreadPoolExecutor(20) as pool:
        answers = set(pool.map(send, range(20)))
    assert len(answers) == 1
    assert answers.pop()[0] == 302
    assert stored(own_app) == 1


def test_other_content_under_the_same_key_is_refused_and_leads_to_the_first(
    own_app: Flask, visitor: FlaskClient
) -> None:
    form = keys(visitor)
    first = visitor.post("/probe/create", data=form | {"name": "Elbhaus"})
    second = visitor.post("/probe/create", data=form | {"name": "Elbhaus Nord"})
    assert second.status_code == 409
    assert f'href="{first.headers["Location"]}"' in second.text
    assert "Elbhaus Nord" in second.text, "what was written is still there"
    secret = visitor.post("/probe/create", data=form | {"name": "Elbe", "password": "ein langer Satz"})
    assert "ein langer Satz" not in secret.text
    assert stored(own_app) == 1


def test_a_step_may_be_sent_again_with_other_content(own_app: Flask, visitor: FlaskClient) -> None:
    form = keys(visitor)
    for name in ("Elbhaus", "Elbhaus Nord", "Elbhaus Nord"):
        assert visitor.post("/probe/replace", data=form | {"name": name}).status_code == 302
    assert stored(own_app) == 2


def test_after_a_refusal_the_corrected_form_is_done_under_the_same_key(own_app: Flask, visitor: FlaskClient) -> None:
    form = keys(visitor)
    assert visitor.post("/probe/create", data=form | {"name": "Elbhaus", "then": "refuse"}).status_code == 400
    assert visitor.post("/probe/create", data=form | {"name": "Elbhaus"}).status_code == 302
    assert stored(own_app) == 1


def test_nobody_gets_the_answer_to_somebody_elses_form(own_app: Flask, visitor: FlaskClient) -> None:
    form = keys(visitor) | {"name": "Elbhaus"}
    visitor.post("/probe/create", data=form)
    other = own_app.test_client()
    with own_app.app_context():
        with transaction():
            user = make_user("advisor")
        sign_in(other, user)
    own_token = keys(other)["csrf_token"]
    answer = other.post("/probe/create", data=form | {"csrf_token": own_token})
    assert answer.status_code == 400, "the name is taken: it was done anew, not answered from the store"


def answers_kept(app: Flask) -> list[IdempotencyKey]:
    with app.app_context():
        return list(db.session.scalars(select(IdempotencyKey)))


def test_neither_the_database_nor_the_keys_of_the_house_open_a_stored_answer(
    own_app: Flask, visitor: FlaskClient
) -> None:
    location = visitor.post("/probe/create", data=keys(visitor) | {"name": "Elbhaus"}).headers["Location"]
    (row,) = answers_kept(own_app)
    assert row.answer is not None
    assert location.encode() not in row.answer
    with own_app.app_context(), pytest.raises(EncryptionError):
        open_for_house(row.answer, f"idempotency_keys|answer|{row.key}")


def test_a_page_is_never_stored_and_what_it_tells_of_is_done_once(own_app: Flask, visitor: FlaskClient) -> None:
    form = keys(visitor) | {"name": "Elbhaus", "then": "show"}
    first, second = visitor.post("/probe/create", data=form), visitor.post("/probe/create", data=form)
    assert (first.status_code, SECRET in first.text) == (200, True)
    assert (second.status_code, SECRET in second.text) == (409, False)
    assert "Das ist schon erledigt" in second.text
    assert stored(own_app) == 1
    assert [row.answer for row in answers_kept(own_app)] == [None]


def test_a_step_that_only_shows_something_shows_it_again(own_app: Flask, visitor: FlaskClient) -> None:
    form = keys(visitor) | {"name": "Elbhaus", "then": "preview"}
    answers = [visitor.post("/probe/replace", data=form) for _twice in range(2)]
    assert [(answer.status_code, SECRET in answer.text) for answer in answers] == [(200, True)] * 2
    assert (stored(own_app), answers_kept(own_app)) == (0, [])


def test_a_program_gets_its_short_answer_again(own_app: Flask, visitor: FlaskClient) -> None:
    form = keys(visitor) | {"name": "Elbhaus", "then": "tell"}
    first, second = visitor.post("/probe/create", data=form), visitor.post("/probe/create", data=form)
    assert (first.status_code, first.json) == (second.status_code, second.json) == (202, {"state": "waiting"})
    assert stored(own_app) == 1
