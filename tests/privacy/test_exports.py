"""What leaves the office: so many a day for each person, more with four eyes, and the officer is told."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cases.factories import make_case
from tests.infrastructure.client import CheckingClient
from tests.people import make_user, sign_in
from wohnberatung.accounts.services.people import actor_of
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.privacy.models import AuditEntry

OFFICER = "datenschutz@example.org"


@pytest.fixture(autouse=True)
def few(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "EXPORTS_PER_DAY", {"case": 2, "stock": 1})
    monkeypatch.setitem(app.config, "DATA_PROTECTION_EMAIL", OFFICER)


def told() -> list[dict[str, str]]:
    rows = db.session.scalars(select(OutgoingMail).where(OutgoingMail.template == "officer"))
    return [row.plain_content or {} for row in rows]


def test_beyond_so_many_a_day_somebody_else_has_to_agree(client: CheckingClient, session: Any) -> None:
    admin, advisor = make_user("admin"), make_user("advisor", name="Berta Beratung")
    case = make_case(actor_of(advisor), name="Kanarienvogel")
    page = f"/faelle/{case.id}/daten"

    def export() -> Any:
        return client.submit(page, button="Datei herunterladen")

    sign_in(client, advisor)
    assert [export().status_code for _each in range(3)] == [200, 200, 429]
    assert "Jemand anderes aus der Verwaltung" in export().text
    assert len(told()) == 2, "nothing is told of what was refused"
    sign_in(client, admin)
    person = f"/verwaltung/personen/{advisor.id}"
    assert "noch einmal so viele" in client.submit(person, button="Mehr Ausgaben für heute freigeben").text
    assert "Mehr Ausgaben für heute" not in client.get(f"/verwaltung/personen/{admin.id}").text
    sign_in(client, advisor)
    assert [export().status_code for _each in range(3)] == [200, 200, 429]
    exported = [mail for mail in told() if mail["subject"] == "Datenschutz: Auskunft aus einem Fall"]
    assert len(exported) == 4
    assert all("Berta Beratung" in mail["text"] for mail in exported)
    assert [mail["subject"] for mail in told() if mail not in exported] == [
        "Datenschutz: Mehr Ausgaben für heute freigegeben"
    ]
    for mail in told():
        assert mail["to"] == OFFICER
        assert not any(word in str(mail) for word in ("Kanarienvogel", case.number, case.id))


def test_the_stock_is_counted_for_the_office_alone(client: CheckingClient, session: Any) -> None:
    advisor = make_user("advisor")
    sign_in(client, advisor)
    assert [client.get("/einlesen/ausgabe/csv").status_code for _each in range(2)] == [200, 429]
    assert db.session.scalars(select(AuditEntry.action)).all() == ["stock_export"]
    sign_in(client, make_user("provider"))
    assert client.get("/einlesen/ausgabe/csv").status_code != 429


def test_the_officer_is_told_of_a_case_that_is_opened_with_a_reason(client: CheckingClient, session: Any) -> None:
    case = make_case(actor_of(make_user("advisor")), name="Kanarienvogel")
    sign_in(client, make_user("advisor", name="Nora Nachbarin"))
    client.submit(f"/faelle/{case.id}/oeffnen", {"reason": "Frau Kanarienvogel rief mich an"})
    (mail,) = told()
    assert "mit Begründung geöffnet" in mail["subject"]
    assert "Nora Nachbarin" in mail["text"]
    assert "Kanarienvogel" not in str(mail)
