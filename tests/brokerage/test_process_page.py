"""The page about the whole way of a match is the table of steps, and tells nobody a different story."""

from itertools import pairwise

import pytest

from wohnberatung.brokerage.services.process import whole_process
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.brokerage.states import MAIN_WAY, STAGES, MatchState


def test_every_state_is_drawn_once_and_the_main_way_holds_together():
    drawn = whole_process()
    states = [item.state for item in (*drawn.way, *drawn.beside)]
    assert sorted(states) == sorted(MatchState)
    for before, after in pairwise(MAIN_WAY):
        assert any(before in step.sources and step.target is after for step in STEPS), (before, after)
    assert [len(item.onward) for item in drawn.way] == [1] * (len(MAIN_WAY) - 1) + [0]


def test_every_step_that_leads_elsewhere_is_an_arrow():
    drawn = whole_process()
    arrows = {
        (item.stage.label, step.to.label) for item in (*drawn.way, *drawn.beside) for step in item.onward + item.aside
    }
    told = {
        (STAGES[source].label, STAGES[step.target].label)
        for step in STEPS
        if not step.stays
        for source in step.sources
        if source is not step.target
    }
    assert arrows == told


def test_a_provider_knows_nothing_before_the_presentation_and_no_name_before_the_release(client):
    drawn = whole_process()
    knows = {item.state: str(item.provider) for item in (*drawn.way, *drawn.beside)}
    assert knows[MatchState.INTERESTED] == knows[MatchState.UNDER_REVIEW] == "Nichts von Ihnen."
    assert "Keinen Namen" in knows[MatchState.PRESENTED]
    assert "Keinen Namen" in knows[MatchState.MUTUAL_INTEREST]
    assert "Ihren Namen" in knows[MatchState.CONTACT_RELEASED]


@pytest.mark.parametrize(
    ("language", "said"), [("de", "Wer ist dran?"), ("leicht", "Das kann auch passieren"), ("en", "Whose turn is it?")]
)
def test_everybody_reads_it_in_three_languages(client, language, said):
    page = client.get(f"/so-geht-vermittlung?sprache={language}")
    assert said in page.text
    assert page.text.count('class="way__stage"') == len(MatchState)
