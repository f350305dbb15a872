"""What an advert says no to is still unknown, and stands apart from what nobody has said anything about."""

from typing import Any

import pytest

from tests.factories import advisor, make_dwelling, make_offer, make_request
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.brokerage.services.rankings import ranked_list
from wohnberatung.letters.services.homes import told_home

STEP_FREE = {"key": "step_free", "wanted": True, "importance": "must"}


@pytest.fixture
def adverts(session: Any) -> Any:
    """One advert says no, one yes, one nothing."""
    submitted = make_request(STEP_FREE)
    for title, facts in (("Nein", {"step_free": False}), ("Ja", {"step_free": True}), ("Leer", {})):
        make_offer(make_dwelling(level="claimed", **facts), title=title)
    session.commit()
    return submitted


def test_a_no_of_an_advert_is_told_apart_and_stays_unknown(adverts: Any) -> None:
    listed = {each.offer.title: each for each in ranked_list(adverts.request.id, advisor()).matches}
    grades = {title: [reason.grade for reason in each.match.reasons] for title, each in listed.items()}
    assert grades["Nein"] == grades["Leer"] == ["unknown"]
    assert {title: len(each.denied) for title, each in listed.items()} == {"Nein": 1, "Ja": 0, "Leer": 0}
    assert {title: len(each.unclear) for title, each in listed.items()} == {"Nein": 0, "Ja": 1, "Leer": 1}
    sentence = listed["Nein"].match.reasons[0].sentences["seeker"]
    assert sentence.startswith("Laut Anzeige passt das nicht: ")


def test_the_letter_and_the_pages_say_so(client: CheckingClient, adverts: Any) -> None:
    listed = {each.offer.title: each for each in ranked_list(adverts.request.id, advisor()).matches}
    told = {title: str(told_home(each, {})) for title, each in listed.items()}
    denied, open_still = "laut Anzeige ist es nicht so. Wir prüfen das:", "wir wissen es noch nicht. Wir fragen nach:"
    assert [(denied in told[title], open_still in told[title]) for title in ("Nein", "Ja", "Leer")] == [
        (True, False),
        (False, True),
        (False, True),
    ]
    assert "Nichts spricht dagegen" not in told["Nein"]
    assert "Laut Anzeige passt etwas nicht, das sein muss." in told["Nein"]
    sign_in(client, make_user("advisor"))
    assert "Laut Anzeige nicht, zu prüfen (1)" in words(Page(client.get(f"/gesuche/{adverts.request.id}").text).root)
