"""The office with a record of everything, whose pages are all open, for every test of refusals."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from flask import Flask

from tests.infrastructure.application import rolled_back
from tests.refusals.browsers import Person, people_with_everything
from wohnberatung.extensions import db
from wohnberatung.web.limits import LIMITS

Office = tuple[list[Person], Mapping[str, str]]


@pytest.fixture(scope="package")
def office(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A provider, somebody of the office and a stranger, with a record of everything and all forms they are offered.

    To open every page takes longer than most of what is done with them: they are opened once for all tests here.
    """
    with pytest.MonkeyPatch.context() as patch, rolled_back(app):
        patch.setitem(app.config, "PICTURES_DIR", str(tmp_path_factory.mktemp("pictures")))
        patch.setitem(app.config, "LIMITS", dict.fromkeys(LIMITS, (1_000_000, 60)))
        yield people_with_everything(app)


@pytest.fixture
def session(office: Office) -> Iterator[Any]:
    """Each test begins with the rows of that office and its browsers; what it stores itself does not stay."""
    db.session.commit()
    before = db.session.get_bind().begin_nested()
    cookies = [dict(person.browser._cookies) for person in office[0]]
    yield db.session
    db.session.remove()
    before.rollback()
    for person, kept in zip(office[0], cookies, strict=True):
        person.browser._cookies = kept


@pytest.fixture
def people(office: Office, session: object) -> Office:
    return office
