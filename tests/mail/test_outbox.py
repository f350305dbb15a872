"""Putting mails into the outbox: with the deed, sealed, within limits."""

from datetime import datetime
from functools import partial

import pytest
import time_machine
from sqlalchemy import text

from tests.mail.letters import queue, states
from wohnberatung.core.clock import BERLIN
from wohnberatung.core.errors import DomainError
from wohnberatung.core.transactions import transaction
from wohnberatung.mail.services.delivery import retry
from wohnberatung.mail.services.outbox import read_mail
from wohnberatung.mail.writing import write
from wohnberatung.privacy.encryption import new_person_key

at = partial(time_machine.travel, tick=False)


def test_a_deed_that_fails_takes_its_mail_along(own_app):
    def write_and_fail():
        with transaction():
            queue()
            raise KeyError("power cut")

    with own_app.app_context():
        with pytest.raises(KeyError):
            write_and_fail()
        assert states() == []


@pytest.mark.parametrize("for_person", [True, False])
def test_nobody_reads_the_outbox_in_a_stolen_database(session, for_person):
    mail = queue("erika@example.org", person_key=new_person_key() if for_person else None)
    shown = read_mail(mail.id)
    assert (shown.to, shown.subject) == ("erika@example.org", "Wir haben Ihre Nachricht: DD-2026-ABC234")
    row = session.execute(text("SELECT * FROM outgoing_mails")).mappings().one()
    for secret in (b"erika", b"example.org", b"ABC234", b"x" * 26):
        assert not any(secret in bytes(value) for value in row.values() if isinstance(value, bytes | memoryview))
        assert not any(secret.decode() in value for value in row.values() if isinstance(value, str))


@pytest.mark.parametrize(
    "address",
    [
        "erika@example.org\nBcc: all@example.org",
        "erika@example.org\r\n\r\nBuy now",
        "erika@example.org, otto@example.org",
        "Erika <erika@example.org>",
        "erika",
        "",
    ],
)
def test_what_is_not_one_address_gets_no_mail(session, address):
    with pytest.raises(DomainError) as refused:
        queue(address)
    assert refused.value.field == "email"
    assert states() == []


def test_a_subject_stays_one_line(session):
    mail = queue(receipt_number="DD\r\nBcc: all@example.org")
    assert read_mail(mail.id).subject == "Wir haben Ihre Nachricht: DD Bcc: all@example.org"


def test_a_domain_with_umlauts_is_written_as_mail_servers_know_it(session):
    assert read_mail(queue("erika@müller-example.org").id).to == "erika@xn--mller-example-wob.org"


def test_beyond_three_mails_a_day_a_stranger_cannot_flood_anybody(session):
    with at(datetime(2026, 11, 22, 10, tzinfo=BERLIN)):
        assert [queue("Erika@example.org").state for _ in range(3)] == ["queued"] * 3
        held = queue("erika@EXAMPLE.org")
        assert held.state == "held"
        assert queue("otto@example.org").state == "queued"
        assert queue("erika@example.org", in_dialogue=True).state == "queued"
    with at(datetime(2026, 11, 23, 0, 1, tzinfo=BERLIN)):
        assert queue("erika@example.org").state == "queued"
    assert retry() == 1
    session.expire_all()
    assert held.state == "queued"


def test_the_counters_know_no_address(session):
    queue("erika@example.org")
    rows = session.execute(text("SELECT * FROM rate_counters")).mappings().all()
    assert rows
    assert "erika" not in str(rows)


def test_links_lead_to_our_own_address_whatever_a_request_claims(app, session, monkeypatch):
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://wohnen.example/office")
    with app.test_request_context("/", base_url="http://evil.example"):
        written = write("request_received", "de", {"receipt_number": "1", "token": "abc"})
    assert "https://wohnen.example/office/mein-gesuch/abc" in written.text
    assert 'href="https://wohnen.example/office/mein-gesuch/abc"' in written.html
    assert "evil" not in written.text + written.html


def test_values_cannot_write_html(session):
    html = read_mail(queue(receipt_number="<b>1</b>").id).html
    assert "<b>" not in html
    assert "&lt;b&gt;" in html


def test_every_mail_has_a_subject_a_text_and_a_page(app):
    env = app.jinja_env
    names = {name.removeprefix("mail/").rsplit(".", 1)[0] for name in env.list_templates() if name.startswith("mail/")}
    mails = {name for name in names if f"mail/{name}.txt" in env.list_templates()} - {"base"}
    assert "request_received" in mails
    for name in mails:
        assert "subject" in env.get_template(f"mail/{name}.txt").blocks
        assert f"mail/{name}.html" in env.list_templates()
