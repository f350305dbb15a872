"""The vectorised engine agrees with the slow oracle on every random case, both sides included."""

import itertools

import pytest
from hypothesis import given, settings

from matching.catalogue import HOMES
from matching.frame import Frame
from matching.ranking import rank
from tests.matching.cases import markets
from tests.matching.oracle import expected_grades, expected_score


@settings(max_examples=350, deadline=None)
@given(markets(most_requests=4))
def test_scores_intervals_and_grades_of_thousands_of_pairs_equal_the_oracle(case):
    requests, rows = case
    frame, by_id = Frame(HOMES, rows), {row.id: row for row in rows}
    for request in requests:
        ranking = rank(request, frame, top=None, include_misses=True)
        assert {match.offer for match in ranking.matches} == by_id.keys()
        for match in ranking.matches:
            row = by_id[match.offer]
            assert match.score == pytest.approx(expected_score(HOMES, request, row, rows), abs=1e-12)
            assert match.worst == pytest.approx(expected_score(HOMES, request, row, rows, settled=0.0), abs=1e-12)
            assert match.best == pytest.approx(expected_score(HOMES, request, row, rows, settled=1.0), abs=1e-12)
            judged = {reason.key: reason.grade for reason in match.reasons if reason.side == "seeker"}
            expected = expected_grades(HOMES, request, row, rows)
            assert {key: grade for key, grade in judged.items() if key in expected} == expected


@settings(max_examples=200, deadline=None)
@given(markets(most_rows=8))
def test_the_list_holds_every_offer_without_a_miss_in_order_of_score(case):
    (request,), rows = case
    frame = Frame(HOMES, rows)
    ranking = rank(request, frame, top=None)
    scores = {row.id: expected_score(HOMES, request, row, rows) for row in rows}
    assert {match.offer for match in ranking.matches} == {key for key, score in scores.items() if score > 0}
    found = [match.score for match in ranking.matches]
    assert all(first >= second - 1e-12 for first, second in itertools.pairwise(found))
    assert all(match.worst - 1e-12 <= match.score <= match.best + 1e-12 for match in ranking.matches)
    for top in (1, 3):
        assert rank(request, frame, top=top).matches == ranking.matches[:top]


@settings(max_examples=120, deadline=None)
@given(markets())
def test_the_order_of_the_file_does_not_change_the_list(case):
    (request,), rows = case
    forward = rank(request, Frame(HOMES, rows), seed=7)
    backward = rank(request, Frame(HOMES, rows[::-1]), seed=7)
    assert [match.offer for match in forward.matches] == [match.offer for match in backward.matches]


@settings(max_examples=120, deadline=None)
@given(markets())
def test_contributions_of_a_one_sided_match_add_up_to_its_score(case):
    (request,), rows = case
    rows = [row.__class__(row.id, row.facts, row.evidence) for row in rows]
    for match in rank(request, Frame(HOMES, rows), top=None).matches:
        seeker = [reason for reason in match.reasons if reason.side == "seeker"]
        if len(seeker) < len(match.reasons):
            continue  # an occupancy restriction made the match two-sided
        musts = sum(reason.contribution for reason in seeker if reason.importance == "must")
        wishes = [reason.contribution for reason in seeker if reason.importance == "wish"]
        wish = sum(wishes) if wishes else 1.0
        assert match.score == pytest.approx(2.718281828459045**musts * (0.5 + 0.5 * wish), abs=1e-9)


@settings(max_examples=120, deadline=None)
@given(markets(most_rows=8), markets(most_rows=5))
def test_a_frame_changed_in_place_ranks_like_one_made_anew(case, change):
    (request,), rows = case
    _, changed = change
    frame = Frame(HOMES, rows)
    rank(request, frame)  # codes exist before the change
    dropped = [row.id for row in rows[::3]]
    frame.drop(dropped)
    frame.replace(changed)
    anew = {row.id: row for row in rows if row.id not in dropped} | {row.id: row for row in changed}
    left, right = rank(request, frame, top=None), rank(request, Frame(HOMES, anew.values()), top=None)
    assert left.considered == right.considered == len(anew)
    assert [(match.offer, [reason.grade for reason in match.reasons]) for match in left.matches] == [
        (match.offer, [reason.grade for reason in match.reasons]) for match in right.matches
    ]
    assert [match.score for match in left.matches] == pytest.approx([match.score for match in right.matches])
