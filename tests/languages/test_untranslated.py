"""Nothing that the public sees is left in German: every letter went through the catalogues."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from flask import Flask

from tests.appointments.cases import MONDAY, advisor_with_hours, at, booked
from tests.brokerage.cases import home, mails, offered
from tests.factories import make_dwelling, make_offer, make_project, make_request
from tests.infrastructure.client import CheckingClient
from tests.languages.masking import Masked, untranslated_in
from tests.papers.reading import words_of
from tests.seekers.walking import ANSWERS, begin
from wohnberatung import translations
from wohnberatung.bridge import wording
from wohnberatung.core.languages import EASY, ENGLISH
from wohnberatung.mail.writing import write
from wohnberatung.translations.extraction import ROOT
from wohnberatung.translations.readers import is_for_everybody
from wohnberatung.web.access import ACCESS, ANYBODY
from wohnberatung.web.languages import GERMAN_ONLY

NO_PAGES = {"static", "pages.show_health", "watch.show_live", "watch.show_ready", "watch.show_metrics"}
WISH = {"key": "balcony", "wanted": True, "importance": "wish"}
# What people and the operator have written is shown as they wrote it.
DATA = (
    "Zentrale Wohnberatung Dresden",
    "Landesbeauftragter für Inklusion der Menschen mit Behinderungen, Sächsische Staatskanzlei, Archivstraße 1, 01097",
    "Sächsische Datenschutz- und Transparenzbeauftragte",
    "Dresden",
    "Erika Beispiel",
    "Genossenschaft Beispiel",
    "Wohnprojekt Beispiel",
    "Wohnung am Park",
    "Angebot Beispiel",
    "Beispielstraße",
    "Frau Rat",
    "Johanstadt",
    *(f"Ich willige ein: {purpose}." for purpose in ("advice", "matching", "health", "contact")),
    ANSWERS["gemeinschaft"]["self_description"],
    ANSWERS["einzug"]["note"],
)


@pytest.fixture
def reader(client: CheckingClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[CheckingClient]:
    """Somebody who reads dots."""
    for module in (translations, wording):
        monkeypatch.setattr(module, "translations_of", lambda locale: Masked())
    wording.engine_language.cache_clear()
    client.get("/", query_string={"sprache": ENGLISH.code})
    yield client
    wording.engine_language.cache_clear()


def left_in(reader: CheckingClient, *paths: str) -> dict[str, list[str]]:
    pages = {path: reader.get(path, follow_redirects=True) for path in paths}
    found = {path: untranslated_in(page.text, *DATA) for path, page in pages.items() if page.mimetype == "text/html"}
    return {path: texts for path, texts in found.items() if texts}


def plain_pages(app: Flask) -> list[str]:
    """Addresses of all pages for everybody that need no record."""
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if ACCESS[rule.endpoint] == ANYBODY and rule.endpoint not in NO_PAGES
        if "GET" in (rule.methods or ())
        and not rule.arguments
        and not GERMAN_ONLY & {rule.endpoint, rule.endpoint.split(".")[0]}
    )


def test_pages_for_everybody(app: Flask, reader: CheckingClient) -> None:
    assert left_in(reader, *plain_pages(app), "/gibt-es-nicht") == {}


def test_pages_for_everybody_can_be_drawn_in_easy_german(app: Flask, client: CheckingClient) -> None:
    for path in plain_pages(app):
        assert client.get(path, query_string={"sprache": EASY.code}, follow_redirects=True).status_code == 200, path


def test_every_step_of_the_request_form(reader: CheckingClient) -> None:
    begin(reader)
    assert left_in(reader, "/suche/pruefen", *(f"/suche/{step}" for step in ANSWERS)) == {}


MAILS = sorted(
    file.stem
    for file in (ROOT / "templates/mail").glob("*.txt")
    if file.stem != "base" and is_for_everybody(f"templates/mail/{file.name}")
)
REFUSED: dict[str, dict[str, Any]] = {
    "haushalt": {"household_persons": "viele", "household_children": "2"},
    "alltag": {"profiles": ["wheelchair"]},
    "wohnung": {"rooms_low": "5", "rooms_high": "2", "living_area_sqm_low": "-3"},
    "ort": {"search": "Nirgendwo" * 20},
    "kosten": {"rent_warm_eur": "12 Kaltmieten"},
    "einzug": {"available_from": "bald"},
    "kontakt": {"reach": "email", "email": "nicht"},
    "einwilligung": {},
}


@pytest.mark.parametrize("step", REFUSED)
def test_what_a_step_of_the_request_form_objects_to(reader: CheckingClient, step: str) -> None:
    begin(reader, before=step)
    page = reader.post(f"/suche/{step}", data=REFUSED[step] | {"aktion": "weiter"})
    assert page.status_code == 400
    assert untranslated_in(page.text, *DATA, "viele", "Nirgendwo", "12 Kaltmieten", "bald") == []


@pytest.mark.parametrize("path", ["/anfrage", "/barrierefreiheit/rueckmeldung"])
def test_what_other_forms_object_to(reader: CheckingClient, path: str) -> None:
    assert untranslated_in(reader.post(path, data={"email": "nicht", "phone": "1"}).text, *DATA) == []


def test_offers_and_projects(reader: CheckingClient) -> None:
    claimed = make_offer(make_dwelling(level="claimed", step_free=True, has_lift=True, rooms=3), rent_warm_eur=700)
    facts = {"district": "06", "rooms": 2, "floor": 1, "threshold_height_cm": 1, "steps_to_flat": 0}
    known = make_offer(
        make_dwelling(level="measured", inner_door_clear_width_cm=78, shower_level=False, **facts),
        rent_warm_eur=612.5,
        available_from="2027-01-01",
        demands=[{"key": "persons", "wanted": [1, 2]}],
    )
    project = make_project(living_form="housing_project", languages=["de", "dgs"], community_hours_month=6)
    place = make_offer(project=project, rent_warm_eur=400)
    asked = "?profil=wheelchair&rent_warm_eur=650&rooms_low=2&haushalt_persons=3&ort=Johanstadt"
    sheets = [f"/angebote/{offer.id}{query}" for offer in (claimed, known, place) for query in ("", asked)]
    pages = ("/angebote", f"/angebote{asked}", f"/angebote/karte{asked}", "/angebote?rent_warm_eur=1", "/wohnprojekte")
    assert left_in(reader, *pages, *sheets, f"/wohnprojekte/{project.id}", "/wohnprojekte?suche=nichts") == {}


def test_ones_own_request(reader: CheckingClient) -> None:
    mine = make_request(WISH, profiles=("walker",), household={"persons": 2, "pets": True}, language=ENGLISH.code)
    rests = ("", "/zurueckziehen", "/loeschen", "/link", "/einwilligung/health", "/einwilligung/matching", "/eingang")
    assert left_in(reader, *(f"/mein-gesuch/{mine.token}{rest}" for rest in rests), "/mein-gesuch/falsch") == {}


def test_messages_to_the_office(reader: CheckingClient) -> None:
    page = f"/mein-gesuch/{make_request(language=ENGLISH.code).token}/nachrichten"
    assert untranslated_in(reader.submit(page, {"text": "Geht das?"}).text, *DATA, "Geht das?") == []
    assert untranslated_in(reader.submit(page, {"text": ""}).text, *DATA, "Geht das?") == []


def test_asking_to_join_a_project(reader: CheckingClient) -> None:
    form = f"/wohnprojekte/{make_project().id}/mitmachen"
    said = {"called": "Erika Beispiel", "text": "Geht das?", "email": "erika@example.org"}
    assert untranslated_in(reader.submit(form, said).text, *DATA, "Geht das?") == []
    mine = reader.submit(form, said | {"consent": "y"}).request.path
    assert mine.startswith("/mitmachen/")
    data = (*DATA, "Geht das?", "Ich willige ein")
    pages = {path: reader.get(path).text for path in (mine, f"{mine}/zurueckziehen", f"{mine}/loeschen")}
    assert {path: found for path, page in pages.items() if (found := untranslated_in(page, *data))} == {}


def test_a_proposal_its_answers_and_its_mail(reader: CheckingClient) -> None:
    match = offered(offer=home(width=78, has_lift=True))
    page = f"/vorschlag/{mails()[-1].text.split('/vorschlag/')[1].split()[0].split('?')[0]}"
    answers = [f"{page}/{word}" for word in ("passt-nicht", "spaeter", "hilfe")]
    assert match.state == "offered"
    assert left_in(reader, page, *answers) == {}


def test_booking_an_appointment(reader: CheckingClient) -> None:
    with time_machine.travel(at(8, day=MONDAY), tick=False):
        user = advisor_with_hours(name="Frau Rat")
        free = "/termin/telefon/20270112T0800Z"
        mine = f"/mein-termin/{booked(user, 10).token}"
        rests = ("", "/verschieben", "/verschieben/20270112T0800Z", "/absagen", "/loeschen")
        visit = free.replace("telefon", "zuhause")
        assert left_in(reader, "/termin", "/termin/telefon", free, visit, *(mine + rest for rest in rests)) == {}
        refused = reader.post(visit, data={"phone": "1", "email": "nicht"})
        assert untranslated_in(refused.text, *DATA) == []


@pytest.mark.parametrize("template", MAILS)
def test_mails(reader: CheckingClient, template: str) -> None:
    moment = at(9)
    values = {"receipt_number": "DD-2026-ABCDEF", "token": "a" * 26, "match_id": "b" * 26, "last_day": moment}
    mail = write(template, ENGLISH.code, values | {"starts_at": moment, "number": "1"})
    assert untranslated_in(mail.html, *DATA) == []
    assert [line for line in (mail.subject, *mail.text.splitlines()) if untranslated_in(f"<p>{line}", *DATA)] == []


def test_papers(reader: CheckingClient) -> None:
    mine = make_request(WISH, profiles=("walker",), household={"persons": 2}, language=ENGLISH.code)
    for paper in ("eingang.pdf", "daten.pdf"):
        said = words_of(reader.get(f"/mein-gesuch/{mine.token}/{paper}").data)
        assert untranslated_in(f"<p>{said}", *DATA, "•") == []
