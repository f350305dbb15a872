"""The mailbox page of the demo, and the way out of the house that the settings choose."""

import pytest

from tests.core.test_config import production
from tests.infrastructure.pages import Page, words
from tests.mail.letters import queue_for_good
from wohnberatung.config import settings
from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError
from wohnberatung.core.selfcheck import UnsafeStart, refuse_unsafe_start
from wohnberatung.mail.smtp import Mailbox, transport_for
from wohnberatung.mail.worker import send_due
from wohnberatung.privacy.encryption import destroy, new_person_key


@pytest.fixture
def demo(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "MODE", "demo")
    return client


def test_the_demo_shows_every_mail_before_and_after_it_went_out(demo):
    queue_for_good("erika@example.org", person_key=new_person_key())
    assert "unterwegs" in demo.get("/postfach").text
    assert send_due(Mailbox()) == 1
    page = demo.get("/postfach")
    assert "zugestellt" in page.text
    assert "erika@example.org" in page.text


def test_a_mail_of_the_demo_is_read_as_text_and_as_a_page(demo):
    mail = queue_for_good()
    shown = Page(demo.get(f"/postfach/{mail.id}").text)
    links = [link.attrib["href"] for link in shown.all("a")]
    assert f"http://127.0.0.1:8000/mein-gesuch/{'x' * 26}" in links
    rich = demo.get(f"/postfach/{mail.id}/html")
    assert words(next(Page(rich.text).all("h1"))) == "Wir haben Ihre Nachricht: DD-2026-ABC234"


def test_an_empty_mailbox_says_how_to_get_a_mail(demo):
    assert "Noch keine E-Mails" in demo.get("/postfach").text
    assert demo.get("/postfach/aaaaaaaaaaaaaaaaaaaaaaaaaa").status_code == 404


def test_the_mails_of_an_erased_person_are_gone(demo):
    key = new_person_key()
    mail = queue_for_good("erika@example.org", person_key=key)
    destroy(key)
    assert "Noch keine E-Mails" in demo.get("/postfach").text
    assert demo.get(f"/postfach/{mail.id}").status_code == 404


def test_a_mail_whose_key_is_gone_cannot_be_read(demo):
    """One that was left while its key went, as from a copy of the database."""
    key = new_person_key()
    mail = queue_for_good("erika@example.org", person_key=key)
    key.wrapped, key.destroyed_at = None, clock.now()
    for page in (demo.get("/postfach"), demo.get(f"/postfach/{mail.id}")):
        assert "erika" not in page.text
        assert "Diese E-Mail ist gelöscht" in page.text


def test_a_real_office_has_no_mailbox_page(client):
    mail = queue_for_good()
    for path in ("/postfach", f"/postfach/{mail.id}", f"/postfach/{mail.id}/html"):
        assert client.get(path).status_code == 404


def test_without_a_mail_server_mails_wait_and_the_worker_says_so(tmp_path):
    config = settings(production(tmp_path))
    refuse_unsafe_start(config, debug=False)
    with pytest.raises(DomainError, match="SMTP_HOST"):
        transport_for(config)


def test_the_settings_of_the_mail_server_arrive(tmp_path):
    given = {"SMTP_HOST": "mail.example", "SMTP_TLS": "implicit", "SMTP_USER": "office", "OFFICE_EMAIL": "a@b.example"}
    server = transport_for(settings(production(tmp_path, **given)))
    assert (server.host, server.port, server.tls, server.user) == ("mail.example", 465, "implicit", "office")
    assert (server.sender.address, server.sender.host) == ("a@b.example", "wohnen.example")
    assert isinstance(transport_for(settings({"INSTANCE_DIR": str(tmp_path)})), Mailbox)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"PUBLIC_URL": "http://wohnen.example"}, "secret links"),
        ({"SMTP_HOST": "mail.example", "SMTP_TLS": "none"}, "in the clear"),
    ],
)
def test_secrets_are_not_mailed_in_the_clear(tmp_path, changes, complaint):
    with pytest.raises(UnsafeStart, match=complaint):
        refuse_unsafe_start(settings(production(tmp_path, **changes)), debug=False)


def test_an_unknown_kind_of_encryption_is_refused():
    with pytest.raises(ValueError, match="SMTP_TLS"):
        settings({"APP_ENV": "test", "SMTP_TLS": "ssl3"})
