"""What the database refuses reaches the person as a sentence at the right field."""

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from wohnberatung.accounts.models import Organisation, UserRole
from wohnberatung.accounts.services import organisations
from wohnberatung.core.constraints import MESSAGES, constraint_name, explained
from wohnberatung.core.errors import DomainError
from wohnberatung.extensions import db


def test_a_taken_name_is_an_error_at_the_field_and_the_page_can_go_on(session: Any) -> None:
    organisations.create_organisation(name="Elbhaus", kind="company")
    with pytest.raises(DomainError) as caught:
        organisations.create_organisation(name="Elbhaus", kind="cooperative")
    assert caught.value.field == "name"
    assert session.query(Organisation).count() == 1


def test_checks_are_known_by_name_on_both_databases(session: Any) -> None:
    with pytest.raises(IntegrityError) as caught, explained():
        session.add(UserRole(user_id="x" * 26, role="king"))
    assert constraint_name(caught.value) == "ck_user_roles_known_role"


def test_every_explained_constraint_exists(session: Any) -> None:
    named = {constraint.name for table in db.metadata.tables.values() for constraint in table.constraints}
    named |= {index.name for table in db.metadata.tables.values() for index in table.indexes}
    assert MESSAGES.keys() <= named
