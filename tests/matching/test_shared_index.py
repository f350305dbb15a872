"""One index of requests serves many threads, each with its own supply or all with one."""

import sys
from threading import Event, Thread, get_ident

import numpy as np
import pytest

from matching.catalogue import HOMES
from matching.dictionary_encoding import LevelColumn
from matching.frame import Frame
from matching.offer_against_requests import judge_offer
from matching.request_index import RequestIndex
from matching.request_ranking import rank_requests
from matching.requests import Request, Requirement, SupplyRow
from matching.whatif.scarcity import scarcity

DOOR = "inner_door_clear_width_cm"
WIDE_DOORS = [Request("wheelchair", (Requirement(DOOR, 90),))]


def offering(*widths):
    """One organisation's supply; `mine` is the first of its offers."""
    names = ["mine", *(f"other-{number}" for number in range(len(widths) - 1))]
    rows = [
        SupplyRow(name, {} if width is None else {DOOR: width}, {} if width is None else {DOOR: "measured"})
        for name, width in zip(names, widths, strict=True)
    ]
    return Frame(HOMES, rows)


def while_paused(monkeypatch, owner, step, first, second):
    """What `first` answers where its thread stands still after each time it has called `owner.step`, until `second`
    has answered, and the answer of `second`."""
    paused, resumed, answers = Event(), Event(), {}
    original = getattr(owner, step)

    def pausing(self, *arguments):
        result = original(self, *arguments)
        if get_ident() == slow.ident and not resumed.is_set():
            paused.set()
            assert resumed.wait(10)
        return result

    monkeypatch.setattr(owner, step, pausing)
    slow = Thread(target=lambda: answers.update(first=first()))
    slow.start()
    assert paused.wait(10)
    answers["second"] = second()
    resumed.set()
    slow.join()
    return answers["first"], answers["second"]


def who_fits(index, frame):
    return [(match.request, match.outlook, match.score) for match in rank_requests("mine", frame, index).matches]


@pytest.mark.parametrize("step", ["level_column", "sources"])
def test_each_organisation_gets_its_own_answer(monkeypatch, step):
    index = RequestIndex(HOMES, WIDE_DOORS)
    narrow, wide = offering(50), offering(100)
    answers = while_paused(monkeypatch, Frame, step, lambda: who_fits(index, narrow), lambda: who_fits(index, wide))
    assert answers == ([], [("wheelchair", "fits", 1.0)])
    assert who_fits(index, narrow) == []


@pytest.mark.parametrize("step", ["level_column", "sources"])
def test_an_unknown_is_as_likely_as_in_the_supply_it_stands_in(monkeypatch, step):
    index = RequestIndex(HOMES, WIDE_DOORS)
    likely, unlikely = offering(None, *[100] * 9), offering(None, *[50] * 9)
    alone = [who_fits(RequestIndex(HOMES, WIDE_DOORS), frame) for frame in (likely, unlikely)]
    found = while_paused(monkeypatch, Frame, step, lambda: who_fits(index, likely), lambda: who_fits(index, unlikely))
    assert list(found) == alone
    assert found[0][0][2] > found[1][0][2]


def test_scarce_is_what_is_scarce_in_ones_own_supply(monkeypatch):
    index = RequestIndex(HOMES, WIDE_DOORS)
    rare, common = offering(100, *[50] * 19), offering(*[100] * 20)

    def homes_with_it(frame):
        return [(feature.key, feature.homes) for feature in scarcity("mine", frame, index).features]

    found = while_paused(monkeypatch, Frame, "level_column", lambda: homes_with_it(rare), lambda: homes_with_it(common))
    assert found == ([(DOOR, 1)], [])


def test_two_threads_that_count_the_same_supply_at_once_count_it_once(monkeypatch):
    index = RequestIndex(HOMES, WIDE_DOORS)
    frame = offering(None, *[100] * 9)
    alone = who_fits(RequestIndex(HOMES, WIDE_DOORS), offering(None, *[100] * 9))
    both = while_paused(
        monkeypatch, LevelColumn, "levels", lambda: who_fits(index, frame), lambda: who_fits(index, frame)
    )
    assert both == (alone, alone)


def test_many_threads_at_once_answer_as_one_after_another():
    requests = [Request(f"r{width}", (Requirement(DOOR, width),)) for width in range(60, 110)]
    frames = [offering(width, *[80] * 5) for width in range(55, 115, 4)]
    expected = [who_fits(RequestIndex(HOMES, requests), frame) for frame in frames]
    index, found = RequestIndex(HOMES, requests), [None] * len(frames)

    def answer(number):
        for _ in range(5):
            found[number] = who_fits(index, frames[number])

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [Thread(target=answer, args=(number,)) for number in range(len(frames))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert found == expected


def test_what_was_remembered_of_a_supply_goes_with_it():
    index = RequestIndex(HOMES, WIDE_DOORS)
    for width in range(50, 100):
        frame = offering(width)
        judge_offer(index, frame, 0)
    (column,) = index.columns
    assert len(column._judgements) == 1
    assert np.array_equal(column.homes(frame), [1])
