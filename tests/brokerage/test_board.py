"""The board of open matches: columns, what it is narrowed to, and cards that are moved on without a script."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from tests.brokerage.cases import asked, home, mails, offered, reviewed, steps_of
from tests.brokerage.ways import TO_RESERVED, on_the_way
from tests.cases.factories import actor_of, make_case
from tests.factories import advisor
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.queries import sent_statements
from wohnberatung.brokerage.services.board import COLUMNS, MINE, SHOWN, MatchFilter, board_of, matches_listed
from wohnberatung.brokerage.services.staleness import AT_TURN, STALLED_AFTER, is_stalled
from wohnberatung.brokerage.states import STAGES, MatchState
from wohnberatung.cases.services.requests import link_request
from wohnberatung.core import clock
from wohnberatung.core.clock import BERLIN
from wohnberatung.core.errors import Forbidden


@pytest.fixture
def office(client):
    sign_in(client, make_user("advisor", name="Anna Beraterin"))
    return client


def numbers(filled):
    return {
        each.column.key: [card.match.request.receipt_number for card in each.cards] for each in filled if each.cards
    }


def text_of(response):
    return words(Page(response.text).root.find(".//main"))


def test_every_state_in_which_something_may_still_happen_has_one_column():
    placed = [state for column in COLUMNS for state in column.states]
    assert len(placed) == len(set(placed))
    assert set(placed) == {state for state in MatchState if STAGES[state].turn is not None}


def test_only_the_office_sees_the_board(session):
    with pytest.raises(Forbidden):
        board_of(actor_of(make_user("provider")))


def test_matches_stand_in_the_column_of_their_state_with_their_next_steps_only(session):
    in_review, waiting, reserved = reviewed(), offered(), on_the_way(*TO_RESERVED)
    filled = board_of(advisor())
    assert numbers(filled) == {
        "pruefung": [in_review.request.receipt_number],
        "antwort": [waiting.request.receipt_number],
        "klaerung": [reserved.request.receipt_number],
    }
    cards = {card.match.id: card for each in filled for card in each.cards}
    leads = {next.step.key: next.column for next in cards[in_review.id].steps}
    assert leads == {"offer": "antwort", "withdraw": ""}
    assert {next.step.key for next in cards[reserved.id].steps} >= {"contract", "extend", "unreserve"}
    assert (cards[in_review.id].has_answers, cards[waiting.id].has_answers) == (False, True)


def test_a_column_shows_the_most_urgent_and_the_list_all_of_them(session):
    made = []
    for day in range(SHOWN + 3, 0, -1):
        with time_machine.travel(datetime(2026, 11, day, 12, tzinfo=BERLIN), tick=False):
            made.append(reviewed())
    column = board_of(advisor())[0]
    assert (column.total, len(column.cards)) == (SHOWN + 3, SHOWN)
    assert [card.match.id for card in column.cards] == [match.id for match in reversed(made)][:SHOWN]
    listed = matches_listed(advisor(), MatchFilter(column="pruefung"))
    assert listed.total == SHOWN + 3
    assert matches_listed(advisor(), MatchFilter(column="antwort")).total == 0


def test_many_matches_take_no_more_queries_than_few(session):
    def sent():
        session.flush()
        session.expire_all()
        with sent_statements() as statements:
            board_of(advisor())
        return len(statements)

    for _number in range(2):
        reviewed()
    few = sent()
    for _number in range(6):
        offered()
    assert sent() == few


def test_the_board_is_narrowed_by_deadline(session):
    with time_machine.travel(datetime(2026, 11, 2, 12, tzinfo=BERLIN), tick=False):
        first = reviewed()
    with time_machine.travel(datetime(2026, 11, 15, 12, tzinfo=BERLIN), tick=False):
        second = reviewed()

    def found(due):
        return [card.match.id for card in matches_listed(advisor(), MatchFilter(due=due)).items]

    with time_machine.travel(datetime(2026, 11, 21, 12, tzinfo=BERLIN), tick=False):
        assert found("ueberfaellig") == found("noch-aktuell") == [first.id]
        assert found("3-tage") == found("7-tage") == [second.id]
        assert found("") == found("unsinn") == [first.id, second.id]


def test_a_match_is_of_whoever_is_responsible_for_its_case_or_picked_it(session):
    anna, bert = (actor_of(make_user("advisor")) for _who in range(2))
    picked, in_case = reviewed(actor=anna), reviewed(actor=anna)
    link_request(make_case(bert), in_case.request.receipt_number, bert)

    def found(actor, advisor_id):
        return [card.match.id for card in matches_listed(actor, MatchFilter(advisor=advisor_id)).items]

    assert found(anna, MINE) == found(bert, anna.user_id) == [picked.id]
    assert found(bert, MINE) == found(anna, bert.user_id) == [in_case.id]


def test_the_board_is_narrowed_by_stadtbezirk(session):
    near, _far, _unknown = (reviewed(offer=home(district=code)) for code in ("01", "81", None))
    listed = matches_listed(advisor(), MatchFilter(borough="Altstadt"))
    assert [card.match.id for card in listed.items] == [near.id]


@pytest.mark.parametrize("state", AT_TURN)
def test_a_match_stalls_a_week_after_its_time_and_both_ways_to_ask_agree(session, state):
    match = reviewed()
    match.state = state
    # The clocks change in between.
    over = date(2026, 10, 23)
    match.due_at, stalls_at = (clock.start_of_day(day) for day in (over, over + STALLED_AFTER))
    session.flush()
    for moment, stalled in (
        (stalls_at - timedelta(seconds=1), False),
        (stalls_at, True),
    ):
        with time_machine.travel(moment, tick=False):
            assert is_stalled(match) is stalled
            assert matches_listed(advisor(), MatchFilter(due="noch-aktuell")).total == stalled


def test_who_waits_behind_a_reservation_has_not_stalled(session):
    offer = home()
    match = offered(offer=offer)
    match.due_at = datetime(2026, 1, 1, tzinfo=BERLIN)
    on_the_way(*TO_RESERVED, offer=offer)
    session.flush()
    assert not is_stalled(match)
    assert matches_listed(advisor(), MatchFilter(due="noch-aktuell")).total == 0


def test_a_card_is_moved_on_without_a_script(office):
    match = reviewed()
    board = "/vorschlaege/tafel?bezirk=&frist="
    done = office.submit(board, {"step": "offer"}, button="Ausführen")
    assert "Vorgeschlagen" in text_of(done)
    assert (match.state, steps_of(match), len(mails())) == ("offered", ["review", "offer"], 1)


def test_a_step_that_asks_something_asks_it_from_the_board_too(office):
    match = offered()
    asked_for = office.submit("/vorschlaege/tafel", {"step": "withdraw"}, button="Ausführen")
    assert asked_for.request.path == f"/vorschlaege/{match.id}/angaben/withdraw"
    spoken = office.submit("/vorschlaege/tafel", {"step": "am-telefon"}, button="Ausführen")
    assert spoken.request.path == f"/vorschlaege/{match.id}/am-telefon"
    assert match.state == "offered"


def test_the_board_skips_no_guard(office):
    submitted = asked()
    for _ in range(3):
        offered(submitted)
    match = reviewed(submitted)
    path = f"/vorschlaege/{match.id}/weiter"
    token = next(
        f.attrib["value"]
        for f in Page(office.get("/vorschlaege/tafel").text).all("input")
        if f.attrib.get("name") == "csrf_token"
    )
    sent = {"csrf_token": token, "version": str(match.version), "idempotency_key": "k" * 26, "step": "offer"}
    refused = office.post(path, data=sent, follow_redirects=True)
    assert "schon 3 Vorschläge offen" in refused.text
    for key, status in (("reserve", 409), ("unsinn", 404), ("expire", 404)):
        assert (
            office.post(path, data={**sent, "step": key, "idempotency_key": key.ljust(26, "k")}).status_code == status
        )
    old = {**sent, "version": "0", "idempotency_key": "v" * 26}
    assert office.post(path, data=old).status_code == 409
    assert match.state == "under_review"


def test_an_unknown_advisor_in_the_address_is_no_page(office):
    assert office.get("/vorschlaege/tafel?beratung=niemand").status_code == 404
    assert office.get("/vorschlaege?beratung=ich").status_code == 200
