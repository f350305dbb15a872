"""One declaration of what is new tells it everywhere: in feeds, calendars, forms and mails."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.directory.entries import JOHANNSTADT
from tests.infrastructure.client import CheckingClient
from tests.subscriptions.asking import mails, subscribed
from wohnberatung.areas import AREAS
from wohnberatung.core import clock, manifests
from wohnberatung.core.place_news import NewsItem, PlaceNews, news_page
from wohnberatung.subscriptions.services.telling import tell_news

HERE = "/stadtteile/johannstadt-nord"


def sing(code: str | None) -> list[NewsItem]:
    """Somebody sings tomorrow in Johannstadt."""
    if code not in (None, JOHANNSTADT):
        return []
    begins = clock.now() + timedelta(days=1)
    page = news_page("places.show_place", slug="johannstadt-nord")
    moments = {"changed_at": clock.now(), "starts_at": begins, "ends_at": begins + timedelta(hours=2)}
    return [NewsItem("1", "Singen im Hof", page, where="Hof", **moments)]


@pytest.fixture
def songs(session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = PlaceNews("lieder", "Lieder", sing)
    more = tuple(replace(area, place_news=(kind,)) if area.key == "network" else area for area in AREAS)
    monkeypatch.setitem(manifests.current_app.extensions, manifests.EXTENSION, more)


def test_it_is_in_feeds_calendars_and_forms(client: CheckingClient, songs: None) -> None:
    assert "Singen im Hof" in client.get(f"{HERE}/neues.atom").text
    assert "SUMMARY:Singen im Hof" in client.get(f"{HERE}/termine.ics").text
    assert "Singen im Hof" not in client.get("/stadtteile/pieschen-sued/neues.atom").text
    assert "Lieder" in client.get("/neues").text


def test_it_is_told_to_those_who_want_it(songs: None) -> None:
    subscribed(kinds=["lieder"])
    subscribed("andere@example.org", kinds=["angebote"])
    with time_machine.travel(clock.now() + timedelta(hours=2), tick=False):
        assert tell_news() == 1
        (mail,) = mails()
        assert mail["to"] == "erika@example.org"
        assert "Singen im Hof: " in mail["text"]
