"""The tables of states, steps and reasons are whole: nothing leads nowhere, nothing hurts anybody."""

import re

import pytest

from wohnberatung.brokerage.reasons import REASONS
from wohnberatung.brokerage.services.deadlines import keep_deadlines
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.brokerage.states import ANSWERABLE, LOCKING, OPEN, OVER, STAGES, WITH_BOTH, MatchState
from wohnberatung.brokerage.views.matches import ADDRESSES
from wohnberatung.commands import WORDS
from wohnberatung.core.steps import Party

FORBIDDEN = r"herkunft|ausländ|religion|glaube|sexu|diagnose|krank|alter\b|passt nicht zu uns"


def test_every_state_has_words_and_can_be_reached():
    assert STAGES.keys() == set(MatchState)
    assert {step.target for step in STEPS} == set(MatchState)
    assert set(OPEN) | set(OVER) == set(MatchState)


@pytest.mark.parametrize("state", MatchState)
def test_what_a_person_can_see_is_said_in_their_words(state):
    stage = STAGES[state]
    assert stage.label
    assert bool(stage.said) == bool(stage.meaning) == (state is not MatchState.UNDER_REVIEW)


@pytest.mark.parametrize("state", MatchState)
def test_whoever_is_at_turn_has_a_step_and_a_deadline(state):
    turn = STAGES[state].turn
    entering = [
        step for step in STEPS if step.target is state and not (step.stays or step.returns or state in step.sources)
    ]
    if turn is None:
        assert not any(step.deadline for step in entering)
    else:
        assert any(turn in step.by and state in step.sources for step in STEPS)
        assert all(step.deadline for step in entering) or state in (MatchState.LATER, MatchState.ON_HOLD)


def test_only_what_was_answered_or_waits_can_be_answered():
    for state in MatchState:
        assert bool(STEPS.offered_from(state, Party.SEEKER)) == (state in (*ANSWERABLE, *WITH_BOTH))
    assert set(LOCKING) <= {*ANSWERABLE, *WITH_BOTH}


@pytest.mark.parametrize("step", list(STEPS), ids=lambda step: step.key)
def test_every_step_is_written_down_in_words(step):
    assert step.done
    assert bool(step.label) == (step.by != (Party.SYSTEM,))


def test_every_answer_has_its_page():
    assert ADDRESSES.keys() == {step.key for step in STEPS if Party.SEEKER in step.by} - {
        "view",
        "call_off",
        "missed",
        "viewed",
    }


def test_the_command_has_words_for_every_step_by_itself(session):
    assert WORDS.keys() == keep_deadlines().keys()


def test_reasons_are_grouped_and_name_nothing_that_must_not_decide():
    for reason in REASONS.values():
        assert reason.group
        assert not re.search(FORBIDDEN, str(reason.wording), re.IGNORECASE), reason.code


def test_nobody_has_to_say_why():
    assert REASONS["not_said"].side is Party.SEEKER
    assert not REASONS["not_said"].needs_text
