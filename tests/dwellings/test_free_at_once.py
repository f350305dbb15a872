"""From when a home is free: a day that has come is told as "at once", and kept as the day that was named."""

from datetime import timedelta

import pytest

from matching.catalogue import HOMES
from matching.kinds import Criterion
from tests.dwellings.test_browsing import a_home
from tests.infrastructure.pages import Page, words
from wohnberatung.bridge.wording import spoken
from wohnberatung.core import clock
from wohnberatung.extensions import db

FREE = "available_from"
FACT = HOMES.fact(FREE)


def free_in(days: int):
    return a_home("Wohnung", offered={FREE: (clock.today() + timedelta(days)).isoformat()})


def told(client, address: str, language: str) -> str:
    """What the page says behind the label of the fact."""
    told = [words(one) for one in Page(client.get(address, query_string={"sprache": language}).text).all("dt", "dd")]
    return told[told.index("Available from" if language == "en" else "Frei ab") + 1]


@pytest.mark.parametrize(("language", "at_once"), [("de", "sofort"), ("leicht", "sofort"), ("en", "now")])
def test_lists_and_sheets_never_name_a_day_that_has_come_as_one_to_wait_for(client, language: str, at_once: str):
    for days, is_to_come in ((-400, False), (0, False), (1, True)):
        offer = free_in(days)
        for address in ("/angebote", f"/angebote/{offer.id}"):
            said = told(client, address, language)
            assert said.startswith(at_once) != is_to_come
            assert any(char.isdigit() for char in said) == is_to_come


def test_the_reason_in_a_ranking_says_the_same_and_what_is_asked_for_stays_a_day():
    criterion: Criterion = HOMES.criterion(FREE)
    past, future = "2026-03-01", (clock.today() + timedelta(30)).isoformat()
    assert criterion.found_words(FACT.encode(past), spoken()) == "sofort"
    assert criterion.found_words(FACT.encode(future), spoken()) == FACT.format(future)
    assert criterion.wanted_words(past, spoken()) == "spätestens 01.03.2026"
    # The engine alone knows no day on which anything is read.
    assert criterion.found_words(FACT.encode(past)) == "01.03.2026"


def test_the_day_itself_stays_where_it_is_written_and_worked_with(client):
    offer = free_in(-30)
    named = (clock.today() - timedelta(30)).isoformat()
    db.session.expire_all()
    assert offer.available_from == named
    assert FACT.format(named, spoken()) == FACT.format(named)
