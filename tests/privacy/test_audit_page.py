"""Administrators read the audit chain: narrowed, without names of people who are advised, and not unseen."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from tests.cases.factories import actor_of, make_case
from tests.factories import make_request
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.privacy.trails import trail
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.privacy.audit import ACTIONS, pseudonyms, record, verify

PATH = "/verwaltung/protokoll"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def chief(client: CheckingClient) -> Actor:
    user = make_user("admin", name="Werner Verwaltung")
    sign_in(client, user)
    return actor_of(user)


@pytest.fixture
def anna(session: Any) -> Actor:
    return actor_of(make_user("advisor", name="Anna Beraterin"))


def rows(client: CheckingClient, query: str = "") -> list[list[str]]:
    """Who, what, which record of each row."""
    page = Page(client.get(f"{PATH}?{query}").text)
    cells = [[words(cell) for cell in row if cell.tag in ("th", "td")] for row in page.all("tr")]
    return [row[1:4] for row in cells[1:]]


def test_who_did_what_is_read_and_reading_it_is_noted(client: CheckingClient, chief: Actor, anna: Actor) -> None:
    case = make_case(anna, name="Erika Geheim")
    record("read", f"cases|{case.id}", anna)
    ((who, action, mark),) = rows(client)
    assert (who, action) == ("Anna Beraterin", "gelesen")
    assert "Geheim" not in client.get(PATH).text
    assert case.id not in mark
    assert [row[:2] for row in rows(client)][:2] == [["Werner Verwaltung", "Protokoll gelesen"]] * 2
    assert verify().broken == ()


def test_the_list_is_narrowed_to_an_action_a_person_a_record_and_days(
    client: CheckingClient, chief: Actor, anna: Actor
) -> None:
    bert = actor_of(make_user("advisor", name="Bert Berater"))
    case, request = make_case(anna), make_request().request
    with time_machine.travel(clock.now() - timedelta(days=9)):
        record("transfer", f"cases|{case.id}", bert)
    record("read", f"cases|{case.id}", anna)
    record("read", f"housing_requests|{request.id}", bert)
    week_ago = (clock.today() - timedelta(days=7)).isoformat()
    mark = next(iter(pseudonyms(f"users|{bert.user_id}")))
    for query, expected in (
        ("was=transfer", [["Bert Berater", "übergeben"]]),
        (f"wer={mark}", [["Bert Berater", "gelesen"], ["Bert Berater", "übergeben"]]),
        (f"vorgang={case.number.lower()}", [["Anna Beraterin", "gelesen"], ["Bert Berater", "übergeben"]]),
        (f"vorgang=http://localhost/gesuche/{request.id}", [["Bert Berater", "gelesen"]]),
        (f"vorgang={request.receipt_number}", [["Bert Berater", "gelesen"]]),
        (f"bis={week_ago}", [["Bert Berater", "übergeben"]]),
        ("vorgang=FA-2020-NICHTS", []),
    ):
        # What the reading itself has left is looked at in the other test.
        found = [row[:2] for row in rows(client, query) if row[1] != "Protokoll gelesen"]
        assert found == expected, query
    assert "was=&" not in client.get(f"{PATH}?was=&von=unsinn").text


def test_whoever_asks_for_one_record_leaves_a_row_in_its_trail(
    client: CheckingClient, chief: Actor, anna: Actor
) -> None:
    case = make_case(anna)
    record("read", f"cases|{case.id}", anna)
    rows(client, f"vorgang={case.number}")
    assert [entry.action for entry in trail(f"cases|{case.id}")] == ["read", "audit_read"]


def test_a_long_chain_comes_in_pages_that_keep_the_choice(client: CheckingClient, chief: Actor, anna: Actor) -> None:
    for _number in range(30):
        record("export", "cases|x", anna)
    assert len(rows(client, "was=export")) == 25
    assert len(rows(client, "was=export&seite=2")) == 5
    assert "was=export" in next(
        link.attrib["href"] for link in Page(client.get(f"{PATH}?was=export").text).all("a") if "Nächste" in words(link)
    )


@pytest.mark.parametrize("role", ["advisor", "provider"])
def test_nobody_but_administrators_reads_it(client: CheckingClient, session: Any, role: str) -> None:
    sign_in(client, make_user(role))
    assert client.get(PATH).status_code == 403
    assert verify().rows == 0, "what was refused was not read"


def test_every_action_has_words() -> None:
    calls = re.compile(r'(?:audit\.record|@audited|\brecord_access)\(\s*"(\w+)"(?: if \w+ else "(\w+)")?')
    sources = (file.read_text() for file in (ROOT / "wohnberatung").rglob("*.py"))
    actions = {action for source in sources for found in calls.findall(source) for action in found if action}
    assert actions
    assert actions <= ACTIONS.keys()
