"""What accounts leave behind goes in time."""

from datetime import timedelta
from typing import Any

import time_machine
from sqlalchemy import func, select

from tests.committed import committed
from tests.factories import advisor, make_organisation
from tests.infrastructure.client import CheckingClient
from tests.people import make_user
from wohnberatung.accounts import passwords
from wohnberatung.accounts.area import RETENTION
from wohnberatung.accounts.models import FailedSignIn, MailedLink, Membership
from wohnberatung.accounts.services import administration, people, sign_in_by_mail
from wohnberatung.core import clock
from wohnberatung.extensions import db
from wohnberatung.privacy import retention

carry_out = committed(retention.carry_out)


def count(table: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def run_after(days: float) -> dict[str, int]:
    with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
        done = [carry_out(rule) for rule in RETENTION]
    return {line.rule.key: line.count for line in done if line.count}


def test_links_and_attempts_go_when_they_are_over(client: CheckingClient) -> None:
    sign_in_by_mail.mail_sign_in_link(make_user().email)
    passwords.note_failure("anna@example.org", "192.0.2.1")
    assert run_after(0) == {}
    assert run_after(0.5) == {"mailed_links": 1, "failed_sign_ins": 1}
    assert (count(MailedLink), count(FailedSignIn)) == (0, 0)


def test_a_disabled_account_loses_its_person_after_a_year(session: Any) -> None:
    user = make_user("provider", email="anna@example.org", organisation_ids=[make_organisation().id])
    people.disable_user(user.id)
    assert run_after(300) == {}
    assert run_after(367) == {"disabled_accounts": 1}
    session.expire_all()
    assert ("anna" in user.email, user.name) == (False, "Gelöschtes Konto")
    assert count(Membership) == 0
    assert people.authenticate(user.email, "") is None
    assert run_after(367) == {}, "once"


def test_who_was_declined_is_forgotten(session: Any) -> None:
    organisation = make_organisation("Haus Geheim", confirmed=False)
    make_user("provider", organisation_ids=[organisation.id])
    administration.decline_organisation(organisation.id, advisor())
    assert run_after(91) == {"declined_providers": 1}
    assert "Geheim" not in organisation.name
    assert count(Membership) == 0
