"""The desk: what waits for this person today, on one page, for everybody else nothing of it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.brokerage.cases import asked, offered
from tests.cases.factories import actor_of, make_advisor, make_case
from tests.factories import make_offer, make_request
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.queries import sent_statements
from wohnberatung.advice.services.enquiries import submit_enquiry
from wohnberatung.brokerage.services.history import locked, take
from wohnberatung.cases.services.desk import desk_of
from wohnberatung.cases.services.follow_ups import add_follow_up, understand
from wohnberatung.cases.services.handover import break_glass, handed_over, set_blocked, set_stand_in, transfer_case
from wohnberatung.cases.services.requests import link_request
from wohnberatung.core import clock
from wohnberatung.core.steps import Party


def text_of(response: Any) -> str:
    return words(Page(response.text).root.find(".//main"))


@pytest.fixture
def anna(client: CheckingClient) -> Any:
    user = make_user("advisor", name="Anna Beraterin")
    sign_in(client, user)
    return actor_of(user)


def counts(actor: Any) -> dict[str, int]:
    return {section.key: section.found.count for section in desk_of(actor) if section.found.count}


def test_an_empty_desk_says_so(client: CheckingClient, anna: Any) -> None:
    page = text_of(client.get("/heute"))
    assert "Für heute ist nichts vorgemerkt." in page
    assert "Nichts offen bei: Termine heute" in page


def test_what_is_handed_over_waits_on_the_desk_until_it_is_taken_note_of(client: CheckingClient, anna: Any) -> None:
    bert = make_advisor("Bert Berater")
    given, helped, back = (make_case(bert, name=name) for name in ("Ilse Meier", "Paul Kurz", "Kurt Lang"))
    transfer_case(given, anna.user_id, version=given.version, actor=bert, note="Bitte bis Freitag beim Amt anrufen.")
    set_stand_in(helped, anna.user_id, version=helped.version, actor=bert)
    transfer_case(back, anna.user_id, version=back.version, actor=bert)
    transfer_case(back, bert.user_id, version=back.version, actor=anna)
    page = text_of(client.get("/heute"))
    assert "An Sie übergeben (2)" in page
    for said in ("Ilse Meier", "Paul Kurz", "von Bert Berater", "Bitte bis Freitag beim Amt anrufen."):
        assert said in page, said
    assert [given.case for given in handed_over(bert)] == [back]
    client.submit("/heute", button="Zur Kenntnis genommen")
    assert [each.case for each in handed_over(anna)] == [helped]
    set_blocked(helped, True, version=helped.version, actor=bert)
    assert handed_over(anna) == [], "a blocked case is nobody's but its own advisor's"
    assert "Übergabe zur Kenntnis genommen" in text_of(client.get(f"/faelle/{given.id}"))


def test_the_desk_shows_what_waits(client: CheckingClient, anna: Any) -> None:
    case = make_case(anna, name="Ilse Meier")
    add_follow_up(case, understand("heute anrufen wegen Bad"), anna)
    add_follow_up(make_case(make_advisor("Bert")), understand("heute geheim"), anna)
    make_request(contact={"name": "Paula Neu"})
    submit_enquiry("question", {"question": "Wer zahlt?", "name": "Frager"})
    make_offer(status="review", title="Zu prüfen")
    match = offered(asked())
    take(locked(match.id), "interested", by=Party.SEEKER)
    break_glass(case, "Die Tochter ruft gerade an.", make_advisor("Bert Berater"))
    page = text_of(client.get("/heute"))
    for said in ("Ilse Meier", "anrufen wegen Bad", "Paula Neu", "Frager", "Zu prüfen", "Die Tochter ruft gerade an."):
        assert said in page, said
    assert "geheim" not in page
    assert counts(anna)["answers"] == 1
    client.submit("/heute", button="Erledigt")
    client.submit("/heute", button="Zur Kenntnis genommen")
    page = text_of(client.get("/heute"))
    assert "anrufen wegen Bad" not in page
    assert "Tochter" not in page
    client.submit("/heute", {"topic": "funding"})
    assert "Gezählt: heute 1" not in text_of(client.get("/heute")), "a message is shown once"


def test_matches_near_their_end_and_long_past_it_are_told_apart(session: Any) -> None:
    anna, match = make_advisor(), offered(asked())
    assert "deadlines" not in counts(anna)
    with time_machine.travel(match.due_at - timedelta(days=1), tick=False):
        assert counts(anna)["deadlines"] == 1
    with time_machine.travel(match.due_at + timedelta(days=1), tick=False):
        assert (counts(anna)["deadlines"], "stalled" in counts(anna)) == (1, False)
    with time_machine.travel(match.due_at + timedelta(days=8), tick=False):
        assert (counts(anna)["stalled"], "deadlines" in counts(anna)) == (1, False)


def test_what_belongs_to_a_blocked_case_counts_for_nobody_else(client: CheckingClient, anna: Any) -> None:
    bert, submitted = make_advisor("Bert Berater"), asked()
    offered(submitted)
    with time_machine.travel(clock.now() + timedelta(days=30), tick=False):
        before = counts(bert)
        case = make_case(bert)
        link_request(case, submitted.request.receipt_number, bert)
        set_blocked(case, True, version=case.version, actor=bert)
        assert counts(bert) == before
        assert "stalled" in before
        assert "stalled" not in counts(anna)
    for path in ("/gesuche", "/vorschlaege", f"/suchen?q={submitted.request.receipt_number}"):
        assert submitted.request.receipt_number not in [words(link) for link in Page(client.get(path).text).all("a")]
    assert client.get(f"/gesuche/{submitted.request.id}").status_code == 404


def test_signing_in_leads_to_the_desk_and_no_page_costs_more_with_more_follow_ups(
    client: CheckingClient, anna: Any, session: Any
) -> None:
    def cost() -> int:
        session.commit()
        with sent_statements() as statements:
            client.get("/heute")
        return len(statements)

    cases = [make_case(anna, name=f"Person {number}") for number in range(3)]
    add_follow_up(cases[0], understand("heute"), anna)
    cost()
    one = cost()
    for case in cases:
        add_follow_up(case, understand("heute"), anna)
    assert cost() == one


def test_the_office_has_a_short_navigation_from_which_all_is_in_reach(client: CheckingClient, anna: Any) -> None:
    page = Page(client.get("/heute").text)
    nav = next(nav for nav in page.all("nav") if nav.attrib.get("aria-label") == "Hauptmenü")
    top = [words(item) for item in nav[0] if item[0].tag == "a"]
    assert top == ["Heute", "Fälle", "Gesuche", "Vorschläge", "Termine"]
    hrefs = {link.attrib["href"] for link in nav.iter("a")}
    assert {"/anfragen", "/bestand", "/vertretung", "/angebote"} <= hrefs
    assert "/verwaltung/listen" not in hrefs
