"""What is shown once is nowhere afterwards: not in the answer to a form that comes twice, not in the database."""

import re
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.accounts.test_second_factor import with_factor
from tests.factories import make_organisation
from tests.infrastructure.client import CheckingClient, action_of, chosen_button, find_form, offered_values
from tests.infrastructure.pages import Page
from tests.people import PASSWORD, make_user, sign_in
from wohnberatung.accounts.models import RecoveryCode
from wohnberatung.accounts.services.organisations import add_member
from wohnberatung.appointments.models import CalendarFeed
from wohnberatung.core.models import IdempotencyKey
from wohnberatung.extensions import db
from wohnberatung.intake.models import UploadToken


def recovery_codes() -> Any:
    return with_factor("provider")[0]


def advisor() -> Any:
    return make_user("advisor")


def clerk() -> Any:
    user = make_user("provider")
    add_member(user.id, make_organisation().id, "manager")
    return user


def send_twice(client: CheckingClient, path: str, button: str, fields: dict[str, str]) -> list[TestResponse]:
    """As a double click does: both times the very same form."""
    form = find_form(Page(client.get(path).text), set(fields), button)
    data = dict(offered_values(form)) | chosen_button(form, button) | fields
    return [client.post(action_of(form, button) or path, data=data) for _twice in range(2)]


@pytest.mark.parametrize(
    ("person", "path", "button", "fields", "secret", "table"),
    [
        (
            recovery_codes,
            "/konto/zweiter-schritt",
            "Neue Ersatzcodes",
            {"proof": PASSWORD},
            r"<code>([^<]+)</code>",
            RecoveryCode,
        ),
        (advisor, "/termine/kalender", "Adresse geben lassen", {}, r"/kalender/(\w+)\.ics", CalendarFeed),
        (clerk, "/einlesen/zugaenge", "Zugang anlegen", {"label": "Nachtlauf"}, r"<code>([^<]+)</code>", UploadToken),
    ],
)
def test_a_second_click_does_nothing_more_and_shows_no_secret(
    client: CheckingClient, person: Any, path: str, button: str, fields: dict[str, str], secret: str, table: Any
) -> None:
    sign_in(client, person())
    before = db.session.scalar(select(func.count()).select_from(table))
    first, second = send_twice(client, path, button, fields)
    found = re.findall(secret, first.text)
    assert found
    assert (first.status_code, second.status_code) == (200, 409)
    assert "Das ist schon erledigt" in second.text
    leads_back = f'href="{path}' in second.text and "Formular neu öffnen" in second.text
    assert leads_back == (second.request.path == path), "to the form, where it is sent to the address of its own page"
    assert not [shown for shown in found if shown in second.text]
    made = len(found) if table is RecoveryCode else 1
    assert db.session.scalar(select(func.count()).select_from(table)) == (made if before else before + made)
    assert set(db.session.scalars(select(IdempotencyKey.answer))) == {None}
