"""What is new in a neighbourhood, as programs read it: valid Atom and iCalendar, ids that stay, nothing sent twice."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
import time_machine
from icalendar import Calendar
from lxml import etree

from tests.directory.entries import JOHANNSTADT, PIESCHEN, make_entry
from tests.factories import make_dwelling, make_offer, make_organisation, make_project, provider_of
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page
from wohnberatung.areas import AREAS
from wohnberatung.core import clock
from wohnberatung.core.place_news import NEW_FOR, kinds_of_news
from wohnberatung.extensions import db
from wohnberatung.projects.services.meetings import call_off, save_date

HERE = "/stadtteile/johannstadt-nord"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
RULES = etree.RelaxNG(etree.parse(str(Path(__file__).with_name("atom.rng"))))
HOUR = timedelta(hours=1)


def feed_at(client: CheckingClient, address: str) -> Any:
    """The feed, once it keeps the rules of RFC 4287: also those that its grammar cannot say."""
    answer = client.get(address)
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(answer.data)
    assert RULES.validate(feed), RULES.error_log
    assert feed.xpath("a:author/a:name/text()", namespaces=ATOM)
    entries = feed.xpath("a:entry", namespaces=ATOM)
    assert all(entry.xpath("a:link[@rel='alternate']", namespaces=ATOM) for entry in entries)
    ids = feed.xpath("//a:id/text()", namespaces=ATOM)
    assert len(ids) == len(set(ids))
    return feed


def titles(feed: Any) -> list[str]:
    return [str(title) for title in feed.xpath("a:entry/a:title/text()", namespaces=ATOM)]


def calendar_at(client: CheckingClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.content_type == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.data)


def group_here() -> Any:
    """A public group with a place in Johannstadt."""
    owner = make_organisation()
    project = make_project(owner, "Kinderhof")
    make_offer(make_dwelling(owner, district=JOHANNSTADT), project)
    return project, provider_of(owner)


@pytest.fixture
def news(session: Any) -> None:
    """Something of every kind here, something elsewhere, and something that is not public."""
    project, member = group_here()
    begins = clock.now() + timedelta(days=9)
    said = {"title": "Kennenlernen; mit Kuchen", "place": "Hof", "note": "Bitte klingeln."}
    save_date(project.id, starts_at=begins, ends_at=begins + HOUR, actor=member, **said)
    make_offer(make_dwelling(make_organisation(), district=JOHANNSTADT, rooms=3), title="Zwei & mehr <Zimmer>")
    make_offer(make_dwelling(make_organisation(), district=PIESCHEN), title="Anderswo frei")
    make_offer(make_dwelling(make_organisation(), district=JOHANNSTADT), title="Noch ein Entwurf", status="draft")
    make_entry("Beirat am Fluss", kind="residents_council")
    make_entry("Entwurf", public=False)
    db.session.commit()


def test_the_feed_of_a_place_is_valid_and_tells_what_is_public_there(client: CheckingClient, news: None) -> None:
    feed = feed_at(client, f"{HERE}/neues.atom")
    told = titles(feed)
    assert {"Kinderhof", "Zwei & mehr <Zimmer>", "Beirat am Fluss", "Kennenlernen; mit Kuchen (Kinderhof)"} <= set(told)
    assert not {"Anderswo frei", "Noch ein Entwurf", "Entwurf"} & set(told)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    moments = feed.xpath("a:entry/a:updated/text()", namespaces=ATOM)
    assert moments == sorted(moments, reverse=True), "the newest first"
    assert "Anderswo frei" in titles(feed_at(client, "/stadtteile/neues.atom"))
    assert client.get("/stadtteile/atlantis/neues.atom").status_code == 404


def test_a_reader_of_feeds_understands_it(client: CheckingClient, news: None) -> None:
    """The library that most readers in Python stand on."""
    read = feedparser.parse(io.BytesIO(client.get(f"{HERE}/neues.atom").data))
    assert not read.bozo, read.get("bozo_exception")
    assert (read.version, read.feed.title) == ("atom10", "Neues aus Johannstadt-Nord")
    assert read.feed.link.endswith(HERE)
    entry = next(entry for entry in read.entries if entry.title == "Zwei & mehr <Zimmer>")
    assert "/angebote/" in entry.link
    assert entry.updated_parsed is not None
    assert entry.tags[0].label == "Freie Wohnungen und Plätze"


def test_ids_stay_and_are_others_in_another_language(client: CheckingClient, news: None) -> None:
    def ids(language: str) -> set[str]:
        found = feed_at(client, f"{HERE}/neues.atom?sprache={language}").xpath("//a:id/text()", namespaces=ATOM)
        return {str(each) for each in found}

    german = ids("de")
    assert all(each.startswith("tag:") and ",2026:" in each for each in german)
    with time_machine.travel(clock.now() + timedelta(days=2)):
        assert ids("de") == german
    assert not ids("en") & german
    assert "News from Johannstadt-Nord" in client.get(f"{HERE}/neues.atom?sprache=en").text
    assert "Neues aus Johannstadt-Nord" in client.get(f"{HERE}/neues.atom?sprache=leicht").text


def test_an_empty_feed_and_what_xml_forbids_are_valid(client: CheckingClient) -> None:
    assert titles(feed_at(client, f"{HERE}/neues.atom")) == []
    make_entry("Name\x08mit\ufffeZeichen")
    assert titles(feed_at(client, f"{HERE}/neues.atom")) == ["NamemitZeichen"]


def test_what_is_old_is_no_news(client: CheckingClient) -> None:
    make_entry("Beirat")
    db.session.commit()
    with time_machine.travel(clock.now() + NEW_FOR + HOUR):
        assert titles(feed_at(client, f"{HERE}/neues.atom")) == []


@pytest.mark.parametrize("address", [f"{HERE}/neues.atom", f"{HERE}/termine.ics", "/stadtteile/neues.atom"])
def test_a_program_that_has_it_already_gets_no_second_copy(client: CheckingClient, news: None, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    make_entry("Kommt dazu", citywide=False)
    project, member = group_here()
    begins = clock.now() + HOUR
    save_date(project.id, title="Neu", starts_at=begins, ends_at=begins + HOUR, actor=member)
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_dates_are_a_calendar_that_programs_fetch_again(client: CheckingClient, news: None) -> None:
    calendar = calendar_at(client, f"{HERE}/termine.ics")
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    assert calendar["refresh-interval"].dt == timedelta(hours=6)
    assert calendar["x-published-ttl"] == "PT6H"
    (event,) = calendar.walk("VEVENT")
    assert event["summary"] == "Kennenlernen; mit Kuchen (Kinderhof)"
    assert (event["location"], event["status"]) == ("Hof", "CONFIRMED")
    assert event["dtstart"].dt.utcoffset() == timedelta()
    assert "@" in event["uid"]
    assert not calendar_at(client, "/stadtteile/pieschen-sued/termine.ics").walk("VEVENT")
    assert len(calendar_at(client, "/stadtteile/termine.ics").walk("VEVENT")) == 1


def test_a_date_that_is_called_off_says_so_under_its_id(client: CheckingClient) -> None:
    project, member = group_here()
    begins = clock.now() + timedelta(days=2)
    meeting = save_date(project.id, title="Treffen", starts_at=begins, ends_at=begins + HOUR, actor=member)
    (before,) = calendar_at(client, f"{HERE}/termine.ics").walk("VEVENT")
    call_off(project.id, meeting.id, called_off=True, actor=member)
    (after,) = calendar_at(client, f"{HERE}/termine.ics").walk("VEVENT")
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert (after["status"], after["summary"]) == ("CANCELLED", "Abgesagt: Treffen (Kinderhof)")


def test_the_pages_lead_to_both(client: CheckingClient) -> None:
    for address in (HERE, "/stadtteile"):
        page = Page(client.get(address).text)
        found = {link.get("type"): link.get("href") for link in page.all("link") if link.get("rel") == "alternate"}
        assert found["application/atom+xml"].endswith("neues.atom")
        assert found["text/calendar"].endswith("termine.ics")
        shown = {link.get("href") for link in page.all("a")}
        assert set(found.values()) <= shown
    easy = client.get(f"{HERE}?sprache=leicht").text
    assert "neues.atom?sprache=leicht" in easy


def test_every_kind_of_news_has_a_key_of_its_own(session: Any) -> None:
    declared = [kind for area in AREAS for kind in area.place_news]
    assert [kind.key for kind in kinds_of_news()] == [kind.key for kind in declared]
    assert {"angebote", "projekte", "treffen", "wegweiser"} <= {kind.key for kind in declared}
