"""The pages of imports, for clerks and for the office, and the interface for programs."""

import io

import pytest
from sqlalchemy import select

from tests.factories import make_organisation
from tests.infrastructure.client import find_form, offered_values
from tests.infrastructure.pages import Page
from tests.intake.deliveries import full, openimmo, provider
from tests.intake.eighty import archive
from tests.intake.test_promotion import flat
from tests.people import make_user, sign_in
from wohnberatung.accounts.services.organisations import add_member
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportRun, UploadToken
from wohnberatung.intake.services import jobs
from wohnberatung.jobs import services, worker


@pytest.fixture
def owner(session):
    owner = make_organisation("Wohnhof Genossenschaft (erfunden)")
    owner.trust, owner.confirmed_at = "live", owner.created_at
    return owner


@pytest.fixture
def clerk(client, owner):
    """Of somebody who leads the organisation."""
    user = make_user("provider")
    add_member(user.id, owner.id, "manager")
    sign_in(client, user)
    return client


def upload(clerk, content, name="lieferung", **fields):
    data = content if isinstance(content, bytes) else content.encode()
    sent = clerk.submit("/einlesen", {"file": (io.BytesIO(data), name), **fields})
    return sent.request.path


def opened(clerk, path):
    """The form to take a delivery back, as a page holds it that is still open in another tab."""
    page = Page(clerk.get(f"{path}/zuruecknehmen").text)
    return dict(offered_values(find_form(page, set(), "Lieferung zurücknehmen")))


def worked(clerk, path):
    worker.do_due()
    return clerk.get(path)


def test_a_clerk_sends_looks_applies_and_takes_back(clerk):
    assert "Noch keine Lieferung" in clerk.get("/einlesen").text
    path = upload(clerk, archive())
    waiting = clerk.get(path)
    assert (waiting.headers["Refresh"], "sieht alle paar Sekunden" in waiting.text) == ("3", True)
    assert "Refresh" not in clerk.get(f"{path}?ruhig=1").headers
    page = worked(clerk, path).text
    assert "Mit Fehlern (5)" in page
    assert "9.000 m² ist nicht plausibel" in clerk.get(f"{path}?zeigen=fehler").text
    clerk.submit(path, button="Übernehmen")
    page = worked(clerk, path).text
    assert "Was die Lieferung getan hat" in page
    assert "Wer sucht, was wir haben?" in page
    report = clerk.get(f"{path}/fehler/csv")
    assert report.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "9000" in report.text
    asked = clerk.get(f"{path}/zuruecknehmen").text
    assert ("zurückgezogen werden: 78" in asked, "wieder werden, wie sie waren" in asked) == (True, False)
    second, third = opened(clerk, path), opened(clerk, path)
    clerk.submit(f"{path}/zuruecknehmen", button="Lieferung zurücknehmen")
    again = clerk.post(f"{path}/zuruecknehmen", data=second, follow_redirects=True)
    assert (again.status_code, "wird zurückgenommen" in again.text) == (200, True)
    assert "Das alles ist zurückgenommen." in worked(clerk, path).text
    again = clerk.post(f"{path}/zuruecknehmen", data=third, follow_redirects=True)
    assert (again.status_code, "schon zurückgenommen" in again.text) == (200, True)
    assert "schon zurückgenommen" in clerk.get(f"{path}/zuruecknehmen").text
    assert set(db.session.scalars(select(Offer.status))) == {"withdrawn"}


def test_a_delivery_that_cannot_be_taken_back_any_more_says_why(clerk):
    paths, forms = [], []
    for rent in (600, 610):
        table = f"Objektnummer;Straße;Hausnummer;PLZ;Warmmiete\n1;Musterweg;4;01307;{rent}\n"
        paths.append(upload(clerk, table, f"miete-{rent}.csv"))
        worked(clerk, paths[-1])
        clerk.submit(paths[-1], button="Übernehmen")
        worked(clerk, paths[-1])
        forms.append(opened(clerk, paths[-1]))
    first, last = (clerk.get(path).text for path in paths)
    assert "Nach dieser kam „miete-610.csv“" in first
    assert "Nur die letzte" not in last
    assert "Nach dieser kam „miete-610.csv“" in clerk.get(f"{paths[0]}/zuruecknehmen").text
    refused = clerk.post(f"{paths[0]}/zuruecknehmen", data=forms[0], follow_redirects=True)
    assert "Nach dieser kam „miete-610.csv“" in refused.text
    waiting = upload(clerk, "Objektnummer;Straße;Hausnummer;PLZ;Warmmiete\n2;Musterweg;5;01307;500\n", "neu.csv")
    assert "nicht übernommen. Es gibt nichts" in clerk.get(f"{waiting}/zuruecknehmen").text


def test_a_useless_file_says_so_at_the_field_or_on_its_page(clerk):
    empty = clerk.submit("/einlesen", {"full": "y"})
    assert (empty.status_code, "Bitte wählen Sie eine Datei aus." in empty.text) == (400, True)
    damaged = clerk.submit("/einlesen", {"file": (io.BytesIO(b"PK\x03\x04..."), "x.zip")})
    assert (damaged.status_code, "beschädigt" in damaged.text) == (400, True)
    path = upload(clerk, "Guten Tag,\nanbei die Liste\n", "brief.txt")
    assert "keine Überschriften" in worked(clerk, path).text
    assert db.session.scalar(select(ImportRun.state)) == "refused"


def test_strange_columns_are_assigned_on_a_page_and_what_was_chosen_stays(clerk):
    path = upload(clerk, "Kennziffer;PLZ;Bezahlung;Laune\nW1;01307;640;gut\n", "liste.csv")
    page = worked(clerk, path).text
    assert ("fragt nach Spalten" in page, "Spalten zuordnen" in page) == (True, True)
    form = clerk.get(f"{path}/spalten").text
    assert ("Zum Beispiel: 640" in form, "Spalten, die wir schon verstehen (1)" in form) == (True, True)
    refused = clerk.submit(f"{path}/spalten", {"spalte_1": "rent_warm_eur"})
    assert (refused.status_code, "Welche Spalte ist die Objektnummer" in refused.text) == (400, True)
    assert 'selected value="rent_warm_eur"' in refused.text
    clerk.submit(f"{path}/spalten", {"spalte_0": "external_id", "spalte_1": "rent_warm_eur"})
    page = worked(clerk, path).text
    assert ("Neu (1)" in page, "Spalten anders zuordnen" in page) == (True, True)
    assert clerk.get("/einlesen/" + "a" * 26 + "/spalten").status_code == 404


def test_many_removals_are_asked_about_on_a_page_of_their_own(clerk):
    path = upload(clerk, full(provider(*map(flat, range(7)))))
    worker.do_due()
    clerk.submit(path, button="Übernehmen")
    worker.do_due()
    path = upload(clerk, full(provider(flat(1))))
    worker.do_due()
    asked = clerk.submit(path, button="Übernehmen")
    assert "Sollen so viele Angebote enden?" in asked.text
    unsure = clerk.submit(f"{path}/uebernehmen", {"sure": None})
    assert (unsure.status_code, "Bitte bestätigen Sie" in unsure.text) == (400, True)
    clerk.submit(f"{path}/uebernehmen", {"sure": "y"})
    worker.do_due()
    assert sorted(db.session.scalars(select(Offer.status))) == ["published", *["withdrawn"] * 6]


def test_a_double_is_decided_on_the_page(clerk):
    headings = "Objektnummer;Straße;Hausnummer;PLZ;Etage;Wohnfläche;Warmmiete\n"
    path = upload(clerk, headings + "W1;Müllerstraße;4b;01307;2;62;640\n", "a.csv")
    worker.do_due()
    clerk.submit(path, button="Übernehmen")
    worker.do_due()
    path = upload(clerk, headings + "X9;Muellerstr.;4 b;01307;2;62;650\n", "b.csv")
    page = worked(clerk, path).text
    assert "Vielleicht doppelt (1)" in page
    assert "Vergleich mit Müllerstraße 4b" in page
    clerk.submit(path, button="Ja, Müllerstraße 4b, 01307")
    assert "Vielleicht doppelt" not in worked(clerk, path).text


def test_the_office_releases_what_it_wants_to_see_first(client, clerk, owner):
    owner.trust = "reviewed"
    path = upload(clerk, openimmo(provider(flat(1))))
    worker.do_due()
    page = clerk.submit(path, button="Übernehmen").text
    assert "wartet auf die Wohnberatung" in page
    assert "Freigeben" not in page
    sign_in(client, make_user("advisor"))
    assert "Lieferungen warten auf Sie" in client.get("/einlesen").text
    client.submit(path, button="Freigeben und übernehmen")
    assert "übernommen" in worked(client, path).text
    assert db.session.scalar(select(Offer.status)) == "published"


def test_a_delivery_that_nobody_can_read_for_now_can_be_discarded(clerk, monkeypatch):
    monkeypatch.setattr(jobs, "read_delivery", lambda *_arguments: 1 / 0)
    monkeypatch.setattr(services, "MOST_ATTEMPTS", 1)
    path = upload(clerk, openimmo(provider(flat(1))))
    page = worked(clerk, path)
    assert ("Das hat nicht geklappt" in page.text, "Refresh" in page.headers) == (True, False)
    clerk.submit(path, button="Lieferung verwerfen")
    assert db.session.scalar(select(ImportRun.state)) == "discarded"


def test_foreign_deliveries_do_not_exist(client, clerk):
    path = upload(clerk, openimmo(provider(flat(1))))
    worker.do_due()
    user = make_user("provider")
    add_member(user.id, make_organisation().id, "manager")
    sign_in(client, user)
    token = client.get("/einlesen").text.split('name="csrf_token" value="')[1].split('"')[0]
    for tail in ("", "/uebernehmen", "/zuruecknehmen", "/fehler/csv"):
        assert client.get(path + tail).status_code == 404
    for tail in ("/uebernehmen", "/verwerfen", "/zuruecknehmen", "/doppelt/1"):
        assert client.post(path + tail, data={"csrf_token": token}).status_code == 404
    assert client.get("/einlesen/zugaenge?organisation=" + "a" * 26).status_code == 404


@pytest.mark.parametrize(("form", "start"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("openimmo", b"<?xml")])
def test_stock_and_templates_can_be_taken_away(clerk, form, start):
    assert clerk.get(f"/einlesen/ausgabe/{form}").data.startswith(start)
    expected = 404 if form == "openimmo" else 200
    assert clerk.get(f"/einlesen/vorlage/{form}").status_code == expected


def token_of(clerk, **fields):
    page = clerk.submit("/einlesen/zugaenge", {"label": "Nachtlauf", **fields}, button="Zugang anlegen").text
    return page.split("<code>")[1].split("</code>")[0]


def call(client, secret, content=None, **fields):
    headers = {"Authorization": f"Bearer {secret}"}
    data = {"file": (io.BytesIO(content), "nacht.zip"), **fields} if content is not None else fields
    return client.post("/api/v1/imports", data=data, headers=headers)


def test_a_program_sends_by_night_and_reads_the_state(app, clerk):
    secret = token_of(clerk, applies="y")
    assert secret not in clerk.get("/einlesen/zugaenge").text
    program = app.test_client()
    answer = call(program, secret, archive())
    assert (answer.status_code, answer.json["state"], "Set-Cookie" in answer.headers) == (202, "reading", False)
    headers = {"Authorization": f"Bearer {secret}"}
    worker.do_due()
    state = program.get(answer.headers["Location"], headers=headers).json
    assert (state["state"], state["objects"]["new"], state["objects"]["with_faults"]) == ("promoted", 78, 5)
    assert db.session.scalar(select(UploadToken.last_used_at)) is not None
    assert "Programm „Nachtlauf“" in clerk.get(f"/einlesen/{state['id']}").text


def test_a_program_without_leave_to_apply_makes_a_preview_only(app, clerk):
    program = app.test_client()
    run = call(program, token_of(clerk), archive()).json["id"]
    worker.do_due()
    assert db.session.get(ImportRun, run).state == "staged"


def test_programs_are_refused_in_json(app, clerk, owner):
    program, secret = app.test_client(), token_of(clerk)
    for wrong in ("", "wbd_" + "a" * 26, "x"):
        answer = call(program, wrong, archive())
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert call(program, secret).json["error"] == "refused"
    assert "leer" in call(program, secret, b"").json["message"]
    assert program.get("/api/v1/imports/unknown", headers={"Authorization": f"Bearer {secret}"}).status_code == 404
    assert program.get("/api/v1/imports/unknown").status_code == 401
    token_id = db.session.scalar(select(UploadToken.id))
    clerk.submit(f"/einlesen/zugaenge/{token_id}", button="Widerrufen")
    assert call(program, secret, archive()).status_code == 401


def test_only_who_leads_an_organisation_makes_accesses(client, owner, session):
    user = make_user("provider")
    add_member(user.id, owner.id, "editor")
    sign_in(client, user)
    assert client.get("/einlesen/zugaenge").status_code == 403
    assert "Zugänge für Programme" not in client.get("/einlesen").text
