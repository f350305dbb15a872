"""A group works on its own page: drafts, publication by trust, places, dates, downloads."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import icalendar
import pikepdf
import pytest
from sqlalchemy import func, select

from tests.factories import make_organisation, make_project
from tests.infrastructure.client import find_form, offered_values
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.projects.leaflets import PDF, with_attachment, with_field, with_program, with_source, written
from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError
from wohnberatung.core.received_pdfs import LARGEST, check_pdf
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.projects.models import Project, ProjectDate, ProjectFile

NEXT_WEEK = clock.today() + timedelta(days=7)


def text_of(response) -> str:
    return words(Page(response.text).root.find(".//main"))


@pytest.fixture
def group(client):
    """A trusted initiative with one signed-in member; `.client`-like use: the member's browser is `client`."""
    organisation = make_organisation("Initiative Gartenhof", kind="initiative")
    sign_in(client, make_user("provider", organisation_ids=[organisation.id], name="Paula Beispiel"))
    return organisation


def test_a_group_presents_itself_from_nothing_to_public(client, group):
    assert "Stellen Sie Ihr Projekt vor" in text_of(client.get("/projekte"))
    draft = client.submit("/projekte/neu", {"name": "Gartenhof"})
    assert "Noch sieht ihn nur Ihre Gruppe" in text_of(draft)
    project = db.session.scalars(select(Project)).one()
    here = f"/projekte/{project.id}"
    refused = client.submit(here, button="Veröffentlichen")
    assert "in einem Satz" in text_of(refused)
    told = {"summary": "Zwölf Menschen suchen ein Haus.", "costs": "8 Euro je Quadratmeter.", "sharing": "Werkstatt"}
    client.submit(f"{here}/texte", told)
    client.submit(f"{here}/angaben", {"stage": "founding", "group_size": "12"})
    shown = text_of(client.submit(here, button="Veröffentlichen"))
    assert "für alle zu sehen" in shown
    assert "2 von" in shown
    page = text_of(client.get(f"/wohnprojekte/{project.id}"))
    for said in ("Zwölf Menschen", "8 Euro je Quadratmeter", "Werkstatt", "Gründung"):
        assert said in page
    assert "wieder ein Entwurf" in text_of(client.submit(here, button="Zurück zum Entwurf"))


def test_three_like_places_are_entered_at_once_and_are_offers(client, group):
    project = make_project(group)
    here = f"/projekte/{project.id}"
    said = {"title": "Zimmer", "count": "3", "rent_warm_eur": "420,50", "tenure": "rent"}
    assert "3 Plätze sind angelegt" in text_of(client.submit(f"{here}/plaetze/neu", said))
    offers = db.session.scalars(select(Offer).order_by(Offer.title)).all()
    assert [(offer.title, offer.status, offer.rent_warm_eur) for offer in offers] == [
        (f"Zimmer, Platz {number}", "published", 420.5) for number in (1, 2, 3)
    ]
    page = text_of(client.get(f"/wohnprojekte/{project.id}"))
    assert "Zimmer, Platz 3" in page
    client.submit(f"{here}/plaetze/{offers[0].id}", {"rent_warm_eur": "450"})
    assert db.session.get(Offer, offers[0].id).rent_warm_eur == 450
    client.post(f"{here}/plaetze/{offers[0].id}/vergeben", data=keys(client, here))
    assert db.session.get(Offer, offers[0].id).status == "let"
    assert client.submit(f"{here}/plaetze/neu", {"title": "Zimmer", "count": "99"}).status_code == 400


def keys(client, path):
    form = find_form(Page(client.get(path).text), set(), "Vergeben")
    return dict(offered_values(form))


def test_places_of_a_draft_wait_with_it(client, group):
    project = make_project(group, published=False)
    client.submit(f"/projekte/{project.id}/plaetze/neu", {"title": "Zimmer"})
    assert db.session.scalars(select(Offer.status)).all() == ["draft"]
    client.submit(f"/projekte/{project.id}/texte", {"summary": "Ein Haus für alle."})
    client.submit(f"/projekte/{project.id}", button="Veröffentlichen")
    assert db.session.scalars(select(Offer.status)).all() == ["published"]


def test_the_office_looks_first_at_what_a_new_group_publishes_and_changes(client):
    organisation = make_organisation("Neue Gruppe", kind="initiative", trust="reviewed")
    project = make_project(organisation, name="Neuhof", published=False)
    project.summary = "Wir fangen an."
    member, office = make_user("provider", organisation_ids=[organisation.id]), make_user("advisor")
    here = f"/projekte/{project.id}"
    sign_in(client, member)
    assert "sieht sich die Seite an" in text_of(client.submit(here, button="Prüfen lassen und veröffentlichen"))
    assert not db.session.get(Project, project.id).published
    sign_in(client, office)
    assert "wird geprüft" in text_of(client.get("/projekte"))
    client.submit(here, button="Veröffentlichen")
    assert db.session.get(Project, project.id).published
    sign_in(client, member)
    client.submit(f"{here}/texte", {"summary": "Anders."})
    sign_in(client, office)
    assert "hat sich etwas geändert" in text_of(client.get(here))
    client.submit(here, button="Ich habe es angesehen")
    assert db.session.get(Project, project.id).review_asked_at is None


def test_wording_that_may_exclude_people_is_pointed_out_and_read_by_the_office(client, group):
    project = make_project(group, published=False)
    here = f"/projekte/{project.id}"
    client.submit(f"{here}/texte", {"summary": "Wir suchen nur deutsche Mieter."})
    assert "Vorschlag:" in text_of(client.get(here))
    assert "sieht sich die Seite an" in text_of(client.submit(here, button="Prüfen lassen und veröffentlichen"))
    assert not db.session.get(Project, project.id).published


def test_an_unconfirmed_group_prepares_and_publishes_nothing(client):
    organisation = make_organisation("Unbekannt", kind="initiative", confirmed=False)
    project = make_project(organisation, published=False)
    project.summary = "Wir sind neu."
    sign_in(client, make_user("provider", organisation_ids=[organisation.id]))
    page = client.get(f"/projekte/{project.id}")
    assert "sobald die Wohnberatung Ihre Gruppe bestätigt hat" in text_of(page)
    sent = dict(offered_values(find_form(Page(client.get(f"/projekte/{project.id}/texte").text), {"story"}, "")))
    client.post(f"/projekte/{project.id}/stand/zeigen", data={"csrf_token": sent["csrf_token"]})
    assert not db.session.get(Project, project.id).published


def test_two_members_do_not_write_over_each_other(client, group):
    project = make_project(group)
    path = f"/projekte/{project.id}/texte"
    seen = dict(offered_values(find_form(Page(client.get(path).text), {"story"}, "")))
    client.submit(path, {"story": "Erste Fassung."})
    second = client.post(path, data={**seen, "story": "Zweite Fassung."})
    assert second.status_code == 409
    assert "Erste Fassung." in second.text
    assert "Zweite Fassung." in second.text


def test_dates_are_shown_and_come_as_a_calendar(client, group):
    project = make_project(group, name="Gartenhof")
    said = {"title": "Offener Abend", "day": "2027-07-01", "begins": "19:00", "ends": "00:30", "place": "Hechtstraße 1"}
    client.submit(f"/projekte/{project.id}/termine/neu", said)
    assert "01.07.2027, 19:00 Uhr bis 00:30 Uhr" in text_of(client.get(f"/wohnprojekte/{project.id}"))
    assert "Offener Abend" in text_of(client.get("/wohnprojekte/termine"))
    feed = client.get(f"/wohnprojekte/{project.id}/termine.ics")
    assert feed.mimetype == "text/calendar"
    calendar = icalendar.Calendar.from_ical(feed.data)
    (event,) = calendar.walk("VEVENT")
    meeting = db.session.scalars(select(ProjectDate)).one()
    assert event["UID"].startswith(meeting.id)
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert event["DTSTART"].dt.astimezone(UTC) == datetime(2027, 7, 1, 17, tzinfo=UTC)
    assert event["DTEND"].dt.astimezone(UTC) == datetime(2027, 7, 1, 22, 30, tzinfo=UTC)
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    again = client.get(f"/wohnprojekte/{project.id}/termine.ics", headers={"If-None-Match": feed.headers["ETag"]})
    assert again.status_code == 304


def test_a_date_called_off_keeps_its_id_and_says_so(client, group):
    project = make_project(group)
    path = f"/projekte/{project.id}/termine/neu"
    client.submit(path, {"title": "Abend", "day": NEXT_WEEK.isoformat(), "begins": "19:00", "ends": "21:00"})
    before = next(iter(icalendar.Calendar.from_ical(client.get("/wohnprojekte/termine.ics").data).walk("VEVENT")))
    client.submit(f"/projekte/{project.id}", button="Absagen")
    after = next(iter(icalendar.Calendar.from_ical(client.get("/wohnprojekte/termine.ics").data).walk("VEVENT")))
    assert (after["UID"], after["STATUS"], int(after["SEQUENCE"])) == (before["UID"], "CANCELLED", 1)
    assert (after["SUMMARY"], before["SUMMARY"][:5]) == (f"Abgesagt: {before['SUMMARY']}", "Abend")
    assert "Im Moment ist nichts angekündigt" in text_of(client.get("/wohnprojekte/termine"))


def test_a_date_in_the_past_is_refused(client, group):
    project = make_project(group)
    path = f"/projekte/{project.id}/termine/neu"
    refused = client.submit(path, {"title": "Abend", "day": "2020-01-01", "begins": "19:00", "ends": "21:00"})
    assert refused.status_code == 400
    assert "der noch kommt" in text_of(refused)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ\x90", "keine vollständige PDF-Datei"),
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /JavaScript (x) >>"), "Programme"),
        (b"", "keine vollständige PDF-Datei"),
    ],
)
def test_only_harmless_pdf_files_are_taken(client, group, content, said):
    assert said in text_of(upload(client, make_project(group), content))
    assert db.session.scalars(select(ProjectFile)).all() == []


PACKED, PLAIN = pikepdf.ObjectStreamMode.generate, pikepdf.ObjectStreamMode.disable
OPEN_TO_ALL = pikepdf.Encryption(owner="geheim", user="")


@pytest.mark.parametrize("encryption", [None, OPEN_TO_ALL])
@pytest.mark.parametrize("mode", [PACKED, PLAIN])
def test_a_program_is_found_where_objects_are_packed_or_encrypted_too(app, mode, encryption):
    with app.app_context(), pytest.raises(DomainError, match="enthält Programme"):
        check_pdf(written(with_program, object_stream_mode=mode, encryption=encryption))


@pytest.mark.parametrize("name", [b"/JavaScript", b"/J#61vaScript", b"/#4a#61#76#61Script"])
def test_a_program_is_found_in_whatever_spelling_of_its_name(app, name):
    plain = written(lambda file: setattr(file.Root, "OpenAction", pikepdf.Dictionary(S=pikepdf.Name.XXXXXXXXXX)))
    with app.app_context(), pytest.raises(DomainError, match="enthält Programme"):
        check_pdf(plain.replace(b"/XXXXXXXXXX", name))


@pytest.mark.parametrize(
    ("change", "options", "said"),
    [
        (with_field, {}, "Formular zum Ausfüllen"),
        (with_field, {"object_stream_mode": PACKED}, "Formular zum Ausfüllen"),
        (with_source, {}, "steckt noch ein anderes Dokument"),
        (with_attachment, {"object_stream_mode": PACKED}, "steckt noch ein anderes Dokument"),
        (with_program, {"encryption": pikepdf.Encryption(owner="a", user="b")}, "mit einem Kennwort geschützt"),
    ],
)
def test_what_a_leaflet_needs_none_of_is_named(app, change, options, said):
    with app.app_context(), pytest.raises(DomainError, match=said):
        check_pdf(written(change, **options))


def test_what_only_surrounds_a_file_or_looks_like_a_program_refuses_nothing(app):
    plain = written()
    signed = written(lambda file: with_field(file, "/Sig"))
    chance = written(
        lambda file: setattr(file.pages[0], "Contents", file.make_stream(b"/JS (x)")), compress_streams=False
    )
    for content in (
        b"\xef\xbb\xbf" + plain,
        b"\r\n\n" + plain,
        plain + b"\0" * 5000,
        plain + b"\r\n" * 2000,
        chance,
        written(encryption=OPEN_TO_ALL),
        signed,
    ):
        with app.app_context():
            check_pdf(content)


def test_a_large_file_is_refused(app):
    with app.app_context(), pytest.raises(DomainError, match="höchstens 5 MB"):
        check_pdf(PDF[:8] + b"0" * LARGEST + PDF[8:])


def test_a_download_is_saved_and_never_opened_as_our_page(client, group):
    project = make_project(group)
    assert "Faltblatt" in text_of(upload(client, project, PDF))
    assert "Faltblatt (PDF, 1 KB)" in text_of(client.get(f"/wohnprojekte/{project.id}"))
    address = f"/wohnprojekte/{project.id}/dateien/{db.session.scalars(select(ProjectFile.id)).one()}"
    fetched = client.get(address)
    assert (fetched.data, fetched.mimetype) == (PDF, "application/pdf")
    assert fetched.headers["Content-Disposition"] == "attachment; filename=Faltblatt.pdf"
    stored = address.rsplit("/", 1)[1]
    client.submit(f"/projekte/{project.id}/dateien/{stored}/loeschen", button="Ja, löschen")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("file", [None, "kein Anhang", (b"", ""), (b"", "leer.pdf")])
def test_whoever_chooses_no_file_is_told_so_and_keeps_the_title(client, group, file):
    sent = (BytesIO(file[0]), file[1]) if isinstance(file, tuple) else file
    page = send(client, make_project(group), sent)
    assert page.status_code == 400
    assert "PDF" in text_of(page)
    assert 'value="Faltblatt"' in page.text
    assert db.session.scalar(select(func.count()).select_from(ProjectFile)) == 0


def upload(client, project, content):
    return send(client, project, (BytesIO(content), "faltblatt.pdf"))


def send(client, project, file):
    path = f"/projekte/{project.id}/dateien"
    hidden = dict(offered_values(find_form(Page(client.get(path).text), {"title", "file"}, "")))
    data = {**hidden, "title": "Faltblatt"} | ({} if file is None else {"file": file})
    return client.post(path, data=data, content_type="multipart/form-data", follow_redirects=True)


def test_strangers_find_nothing_of_a_group_s_desk(client, group):
    other = make_project(make_organisation("Fremde", kind="initiative"), name="Fremdes")
    meeting = ProjectDate(
        project_id=other.id, title="x", starts_at=clock.now(), ends_at=clock.now() + timedelta(hours=1)
    )
    db.session.add(meeting)
    db.session.flush()
    own = make_project(group)
    for path in ("", "/texte", "/angaben", "/plaetze/neu", "/termine/neu", "/dateien", "/anfragen"):
        assert client.get(f"/projekte/{other.id}{path}").status_code == 404, path
    assert client.get(f"/projekte/{own.id}/termine/{meeting.id}").status_code == 404
    assert "Fremdes" not in text_of(client.get("/projekte"))
