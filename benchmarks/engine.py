"""The engine as one of the contestants, and the check that exact contestants agree with it."""

from collections.abc import Sequence

from benchmarks.peers import Answer
from benchmarks.rules import SLACK
from matching.frame import Frame
from matching.ranking import TopKSearch, rank
from matching.requests import Request

NAME = "engine"
EXPLAINED = "engine, with reasons in sentences"


class Disagreement(Exception):
    """Two exact contestants gave different lists: one of them is wrong, and no figure counts."""


def top(frame: Frame, request: Request, number: int) -> Answer:
    """Rows and scores, which is what the peers deliver too."""
    rows, scores = TopKSearch(request, frame).best(number)
    return list(zip(rows.tolist(), scores.tolist(), strict=True))


def explained(frame: Frame, request: Request, number: int) -> None:
    """The list as an advisor reads it."""
    rank(request, frame, number)


def compare(name: str, ours: Answer, theirs: Sequence[tuple[int, float]]) -> None:
    """The same scores in order and the same rows, but for rows that tie with the last one listed."""
    if len(ours) != len(theirs):
        raise Disagreement(f"{name}: {len(theirs)} rows instead of {len(ours)}")
    for place, ((_, our_score), (_, their_score)) in enumerate(zip(ours, theirs, strict=True)):
        if abs(our_score - their_score) > SLACK:
            raise Disagreement(f"{name}: place {place + 1} has {their_score} instead of {our_score}")
    bar = ours[-1][1] + SLACK if ours else 0.0
    if {row for row, score in ours if score > bar} != {row for row, score in theirs if score > bar}:
        raise Disagreement(f"{name}: other offers with the same scores")


def overlap(ours: Answer, theirs: Answer) -> float:
    """Share of our list that an inexact contestant found too."""
    return len({row for row, _ in ours} & {row for row, _ in theirs}) / max(len(ours), 1)
