"""The whole way of a match, the ways out and back, and what must not happen on it."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy.exc import IntegrityError

from tests.brokerage.cases import home, mails, steps_of
from tests.brokerage.ways import TO_COMPLETED, TO_RESERVED, clarified, go, on_the_way, sharing
from tests.committed import committed
from tests.factories import advisor, make_offer, make_project
from wohnberatung.brokerage.services import deadlines
from wohnberatung.brokerage.services.history import Given, locked, take
from wohnberatung.brokerage.services.matches import advance
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.brokerage.states import MatchState
from wohnberatung.core import clock
from wohnberatung.core.clock import BERLIN
from wohnberatung.core.errors import Conflict, DomainError, Forbidden
from wohnberatung.core.steps import Party
from wohnberatung.seekers.services.consents import withdraw_consent

keep_deadlines = committed(deadlines.keep_deadlines)


def due_now():
    """What the timers did, without what they did not."""
    return {step: count for step, count in keep_deadlines().items() if count}


def test_the_way_leads_from_the_proposal_to_the_end_and_the_offer_goes_with_it(session):
    match = on_the_way(*TO_RESERVED)
    assert (match.state, match.offer.status) == ("reserved", "reserved")
    go(match, "contract")
    assert (match.state, match.offer.status) == ("contract", "let")
    go(match, *TO_COMPLETED[11:])
    assert (match.state, match.due_at) == ("completed", None)
    assert steps_of(match) == ["review", *TO_COMPLETED]
    assert {event.state_after for event in match.events} <= set(MatchState)


def test_nobody_is_presented_who_has_not_agreed_to_it_in_this_case(session):
    match = on_the_way("offer", "interested")
    assert "present" not in {step.key for step in STEPS.offered(match, Party.OFFICE)}
    with pytest.raises(DomainError, match="noch nicht zugestimmt"):
        go(match, "present")
    go(match, "share")
    assert "share" not in {step.key for step in STEPS.offered(match, Party.SEEKER)}
    assert "present" in {step.key for step in STEPS.offered(match, Party.OFFICE)}
    with pytest.raises(Conflict):
        go(match, "share")
    go(match, "present")
    assert match.released_at is None


def test_without_the_consent_to_sharing_the_single_yes_counts_for_nothing(session):
    submitted = sharing()
    match = on_the_way("offer", "interested", "share", "present", "welcome", submitted=submitted)
    withdraw_consent(submitted.request, "sharing")
    assert (match.state, match.shared_at, match.events[-1].step) == ("interested", None, "unshare")
    with pytest.raises(Forbidden):
        go(match, "share")


@pytest.mark.parametrize("aside", ["hold", "refuse", "declined"])
def test_what_was_put_aside_does_not_come_back_further_than_the_consent_reaches(session, aside):
    submitted = sharing()
    match = on_the_way("offer", "interested", "share", "present", aside, submitted=submitted)
    withdraw_consent(submitted.request, "sharing")
    go(match, "resume" if aside == "hold" else "ask_back")
    assert match.state == "interested"


@pytest.mark.parametrize("by", ["declined", "refuse"])
@pytest.mark.parametrize("way", [4, 5, 6, 7, 8, 9, 10], ids=lambda way: TO_RESERVED[way - 1])
def test_a_no_of_either_side_is_looked_at_and_can_be_handed_back(session, by, way):
    match = on_the_way(*TO_RESERVED[:way])
    before, place = match.state, match.offer.status
    go(match, by)
    assert match.state_before == before
    assert match.offer.status == place, "the place is kept until the office has looked"
    go(match, "ask_back")
    assert (match.state, match.state_before, match.offer.status) == (before, None, place)
    go(match, by, "confirm" if by == "declined" else "confirm_refusal")
    assert (match.state, match.offer.status) == ("closed", "published")


def test_on_hold_until_a_day_and_back_where_it_was(session):
    match = on_the_way(*TO_RESERVED[:6])
    with pytest.raises(DomainError) as refused:
        advance(match.id, "hold", advisor(), given=Given("hospital"))
    assert refused.value.field == "until"
    day = clock.today() + timedelta(days=20)
    advance(match.id, "hold", advisor(), given=Given("hospital", until=day))
    with time_machine.travel(clock.start_of_day(day) - timedelta(seconds=1), tick=False):
        assert due_now() == {}
    with time_machine.travel(clock.start_of_day(day), tick=False):
        assert due_now() == {"resume": 1}
        assert due_now() == {}
    assert match.state == "contact_released"


def test_others_wait_behind_a_reservation_and_hear_of_it_and_of_its_end(session):
    offer = home()
    first, second = clarified(offer=offer), on_the_way("offer", "interested", offer=offer)
    go(first, "reserve")
    session.commit()
    assert second.is_waiting_behind
    assert due_now() == {"wait": 1}
    assert due_now() == {}
    assert (second.state, second.events[-1].told) == ("interested", ["seeker"])
    go(first, "unreserve")
    session.commit()
    assert due_now() == {"free_again": 1}
    go(first, "reserve", "contract")
    session.commit()
    assert due_now() == {"preempt": 1}
    assert second.state == "preempted"
    assert first.state == "contract"


def test_a_project_counts_down_who_has_got_a_place_and_up_again_who_has_left(session):
    project = make_project(free_places=3)
    offers = [make_offer(project=project, title=f"Zimmer {number}") for number in (1, 2)]
    first = clarified(submitted=sharing(household={"persons": 2}), offer=offers[0])
    left = [project.free_places]
    for step in ("reserve", "unreserve", "reserve", "contract", "move_in", "follow_up", "complete", "end_living"):
        go(first, step)
        left.append(project.free_places)
    assert left == [3, 1, 3, 1, 1, 1, 1, 1, 3]
    go(clarified(offer=offers[1]), "reserve")
    assert (project.free_places, offers[1].status) == (2, "reserved")
    assert project.evidence["free_places"]["source"] == "Vermittlung eines Platzes"
    project.free_places = None
    go(clarified(offer=make_offer(project=project, title="Zimmer 3")), "reserve")
    assert project.free_places is None


def test_an_offer_that_stands_for_several_places_is_to_be_had_until_the_last_is_given(session):
    offer = make_offer(project=make_project(free_places=2), title="Platz in der Gruppe")
    first, second, third = (clarified(offer=offer) for _ in range(3))
    go(first, "reserve")
    session.commit()
    assert (offer.status, due_now(), second.is_waiting_behind) == ("published", {}, False)
    go(first, "contract")
    assert offer.status == "published"
    go(second, "reserve")
    session.commit()
    assert (offer.status, first.place, second.place, offer.project.free_places) == ("reserved", 1, 2, 0)
    assert due_now() == {"wait": 1}
    with pytest.raises(DomainError):
        go(third, "reserve")
    go(second, "unreserve")
    session.commit()
    assert (offer.status, due_now()) == ("published", {"free_again": 1})
    go(third, "reserve", "contract")
    assert (offer.status, third.place) == ("let", 2)
    go(first, "works", "move_in", "follow_up", "complete")
    assert offer.project.free_places == 0


def test_the_time_to_answer_does_not_run_while_somebody_waits(session):
    offer = home()
    first, second = clarified(offer=offer), on_the_way("offer", offer=offer)
    go(first, "reserve")
    session.commit()
    with time_machine.travel(second.due_at + timedelta(days=1), tick=False):
        assert "expire" not in due_now()
        assert second.state == "offered"


def test_a_place_is_reserved_once_and_the_database_says_so_too(session):
    offer = home()
    first, second = clarified(offer=offer), clarified(offer=offer)
    go(first, "reserve")
    with pytest.raises(Conflict, match="schon für jemand anderen"):
        go(second, "reserve")
    # Put aside it is still theirs.
    go(first, "hold")
    with pytest.raises(Conflict, match="schon für jemand anderen"):
        go(second, "reserve")
    STEPS.put(second, MatchState.RESERVED)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.flush()


def test_funding_is_applied_for_before_works_are_ordered(session):
    match = on_the_way(*TO_RESERVED, "contract", "works", "order")
    ordered = match.works_ordered_on
    with time_machine.travel(clock.now() + timedelta(days=3), tick=False), pytest.raises(DomainError) as refused:
        advance(match.id, "apply", advisor(), given=Given(until=clock.today()))
    assert (refused.value.field, "Erst der Antrag" in refused.value.message) == ("until", True)
    advance(match.id, "apply", advisor(), given=Given(until=ordered - timedelta(days=2)))
    with pytest.raises(DomainError, match="Erst der Antrag"):
        advance(match.id, "order", advisor(), given=Given(until=ordered - timedelta(days=3)))


@pytest.mark.parametrize(("way", "back"), [(8, "viewing"), (9, "feedback"), (13, "contract"), (15, "works")])
def test_the_last_step_is_undone_by_another_one(session, way, back):
    match = on_the_way(*TO_COMPLETED[:way])
    if TO_COMPLETED[way - 1] not in ("viewed", "clarify", "works", "move_in"):
        pytest.fail("not a step that can be undone")
    count = len(match.events)
    go(match, "undo")
    assert (match.state, len(match.events), match.events[-1].step) == (back, count + 1, "undo")
    assert "undo" not in {step.key for step in STEPS.offered(match, Party.OFFICE)}
    with pytest.raises(Conflict):
        go(match, "undo")


def test_what_reached_others_cannot_be_undone(session):
    match = on_the_way(*TO_RESERVED, "contract", "works")
    go(match, "undo")
    assert match.moved_in_on is None
    with pytest.raises(Conflict):
        go(match, "undo")
    assert match.state == "contract"


def test_a_year_of_deadlines_from_the_viewing_on(session):
    """Every end is a midnight in Berlin, in summer and in winter."""
    with time_machine.travel(datetime(2026, 10, 1, 12, tzinfo=BERLIN), tick=False):
        match = on_the_way(*TO_RESERVED[:6])
        advance(match.id, "view", advisor(), given=Given(until=date(2026, 10, 24)))
        assert match.due_at == datetime(2026, 10, 28, tzinfo=BERLIN)
        with pytest.raises(DomainError, match="noch nicht"):
            advance(match.id, "viewed", advisor())
    with time_machine.travel(datetime(2026, 10, 26, 9, tzinfo=BERLIN), tick=False):
        go(match, "viewed", "clarify", "reserve")
        assert match.last_day == date(2026, 11, 9)
        advance(match.id, "extend", advisor(), given=Given("deposit", until=date(2026, 11, 20)))
        assert match.last_day == date(2026, 11, 20)
    with time_machine.travel(datetime(2026, 12, 1, 9, tzinfo=BERLIN), tick=False):
        assert due_now() == {}, "a reservation past its day is the office's to decide"
        assert match.is_overdue
        go(match, "contract")
        with pytest.raises(DomainError, match="Fragen Sie vor dem Abschluss"):
            go(match, "move_in", "complete")
        assert match.last_day == date(2027, 3, 2)
    with time_machine.travel(datetime(2027, 3, 2, 9, tzinfo=BERLIN), tick=False):
        go(match, "follow_up")
        assert match.last_day == date(2027, 12, 1)
    with time_machine.travel(datetime(2027, 12, 1, 9, tzinfo=BERLIN), tick=False):
        go(match, "follow_up")
        assert match.due_at is None
        assert due_now() == {}
        go(match, "complete")


def test_a_provider_who_does_not_answer_is_asked_by_the_office(session):
    match = on_the_way("offer", "interested", "share", "present")
    with time_machine.travel(match.due_at, tick=False):
        assert due_now() == {"unanswered": 1}
        assert (match.state, match.state_before) == ("refused", "presented")


def test_a_contract_outlives_the_request(session):
    submitted = sharing()
    match = on_the_way(*TO_RESERVED, "contract", submitted=submitted)
    withdraw_consent(submitted.request, "matching")
    assert match.state == "contract"


def test_after_moving_out_there_is_a_conversation(session):
    match = on_the_way(*TO_COMPLETED[:-2], "end_living")
    assert (match.state, match.reason) == ("ended_after_move_in", "trial_ended")
    go(match, "talked")
    assert match.state == "ended_after_move_in", "what comes of it is a step of its own"
    go(match, "rematch")
    assert (match.state, match.reason) == ("closed", "trial_ended")


def test_who_offers_takes_steps_of_its_own(session):
    match = on_the_way("offer", "interested", "share", "present")
    take(locked(match.id), "welcome", by=Party.GROUP)
    go(match, "release")
    take(locked(match.id), "refuse", by=Party.PROVIDER, given=Given("let_otherwise"))
    assert [event.party for event in match.events[-3:]] == ["group", "seeker", "provider"]
    assert len(mails()) == 2, "the proposal, and that the provider would like to meet"
