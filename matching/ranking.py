"""Ranked matches of one request: the best rows found exactly, with score, interval, outlook and reasons."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Floats, Positions
from matching.explanation import AdaptationAdvice, Reason, WorksTotal, adaptations_of, reasons_of, works_total
from matching.frame import Frame
from matching.grading import UNKNOWN, Grade
from matching.language import GERMAN, Language
from matching.outlook import Outlook, count_musts, outlooks_of, with_outlook
from matching.pruning import LossBounds
from matching.requests import Request, Requirement
from matching.requirement_terms import Settled, Term, demands_of, requirements_of, terms_of, text_term
from matching.score_tables import LateWish, PartialScores, ScoreTable, score_table
from matching.scoring import intervals_of, means_at, passing_rows, scores_of
from matching.text_similarity import TextIndex
from matching.tie_breaking import bar_of, best_first

FIRST_CHUNK = 1 << 10
LARGEST_CHUNK = 1 << 14
GROWTH = 4
CROWD = 8
"""The first band holds at least so many rows for each that is listed."""

NO_ROWS: Positions = np.zeros(0, dtype=np.intp)


class TopKSearch:
    """One request in front of the supply as it is now; nothing may change the frame while it is in use."""

    def __init__(self, request: Request, frame: Frame, texts: TextIndex | None = None) -> None:
        self.request, self.frame = request, frame
        self._texts = texts or TextIndex(frame.texts)
        requirements = requirements_of(request, frame)
        compares = frame.market.text_criterion
        self._late = [item for item in requirements if compares and item.key == compares.key and not item.must]
        self._scores = PartialScores(
            [
                self._text_table(item) if compares and item.key == compares.key else score_table(item, frame)
                for item in requirements
                if item not in self._late
            ],
            demands_of(request, frame),
            [self._late_wish(item) for item in self._late],
            float(request.works_means_eur),
        )

    def terms(self, rows: Positions) -> list[Term]:
        """The request taken apart, good for the given rows."""
        return terms_of(self.request, self.frame, self._texts, rows)

    def best(self, top: int, seed: int = 0) -> tuple[Positions, Floats]:
        """The `top` best rows that miss no must, in order, with their scores; ties by best case, then by the
        seeded hash of the id."""
        found = self._found(top) if len(self.frame) and top > 0 else BestSoFar(top)
        order = best_first(
            found.scores,
            top,
            best_cases=lambda some: self._scores.best_cases(found.rows[some]),
            ties=lambda some: self.frame.tie_breaks(found.rows[some], seed),
        )
        return found.rows[order], found.scores[order]

    def _found(self, top: int) -> "BestSoFar":
        found = BestSoFar(top)
        bounds = LossBounds.of(self._scores.musts, len(self.frame))
        low, high = 0, bounds.within(0.0)
        while low <= high:
            band = bounds.reaching(low, high, CROWD * top)
            rows = bounds.between(low, band)
            size = LARGEST_CHUNK if found.bar else FIRST_CHUNK
            while len(rows):
                found.add(*self._scores.scores(rows[:size], found.bar, certain=bounds.complete and band == 0))
                rows, size = rows[size:], min(GROWTH * size, LARGEST_CHUNK)
            low, high = band + 1, bounds.within(found.bar)
        return found

    def _text_table(self, requirement: Requirement) -> ScoreTable:
        term = text_term(requirement, self.frame, self._texts)
        return ScoreTable(True, 0.0, term.p, term.grade == UNKNOWN, term.codes)

    def _late_wish(self, requirement: Requirement) -> LateWish:
        def merits(rows: Positions, settled: Settled) -> Floats:
            term = text_term(requirement, self.frame, self._texts, rows)
            result: Floats = term.merits(settled).take(term.codes.take(rows))
            return result

        return LateWish(float(requirement.weight), merits)


@dataclass
class BestSoFar:
    """The best rows so far with their scores; `bar` is what a further one must reach, 0 while the list is not full."""

    top: int
    bar: float = 0.0
    rows: Positions = field(default_factory=lambda: NO_ROWS)
    scores: Floats = field(default_factory=lambda: np.zeros(0))

    def add(self, rows: Positions, scores: Floats) -> None:
        """Take in what reaches the bar, and raise it."""
        keep = (scores >= self.bar).nonzero()[0]
        self.rows = np.concatenate([self.rows, rows.take(keep)])
        self.scores = np.concatenate([self.scores, scores.take(keep)])
        if len(self.scores) > self.top:
            self.bar = bar_of(self.scores, self.top)
            keep = (self.scores >= self.bar).nonzero()[0]
            self.rows, self.scores = self.rows.take(keep), self.scores.take(keep)


@dataclass(frozen=True)
class Match:
    """One request and one offer, judged. `rank` counts from 1 on the list that it comes from, of offers for the request
    or of requests for the offer. `worst` and `best` are the score with every unknown settled against and for; `reasons`
    and `adaptations` come from the very grades that made the score, and `works` is the sum of these."""

    request: str
    offer: str
    rank: int
    outlook: Outlook
    score: float
    worst: float
    best: float
    reasons: tuple[Reason, ...]
    adaptations: tuple[AdaptationAdvice, ...]
    means_eur: float = 0.0

    @property
    def works(self) -> WorksTotal | None:
        """All works together; None where none are needed."""
        return works_total(self.adaptations, self.means_eur)


@dataclass(frozen=True)
class Ranking:
    """`considered` rows of supply were looked at; `matches` are the best of them."""

    request: str
    considered: int
    matches: tuple[Match, ...]


def rank(
    request: Request,
    frame: Frame,
    top: int | None = 20,
    seed: int = 0,
    include_misses: bool = False,
    language: Language = GERMAN,
    texts: TextIndex | None = None,
    first: int = 0,
) -> Ranking:
    """The best `top` rows (all for None) behind the `first` ones, in order of score, best case and the run's
    tie-break."""
    last = None if top is None else first + top
    if include_misses or last is None:
        terms = terms_of(request, frame, texts)
        rows = np.arange(len(frame)) if include_misses else passing_rows(terms, len(frame))
        rows = best_rows(terms, frame, rows, last, seed)[0][first:]
    else:
        search = TopKSearch(request, frame, texts)
        rows = search.best(last, seed)[0][first:]
        terms = search.terms(rows)
    return _ranking(request, terms, frame, rows, language, first)


def rank_offers(
    request: Request,
    frame: Frame,
    offers: Collection[str],
    top: int = 20,
    seed: int = 0,
    language: Language = GERMAN,
    texts: TextIndex | None = None,
    first: int = 0,
) -> Ranking:
    """Some offers alone, whatever they miss, in the order of a whole ranking and numbered anew; those that miss a must
    stand behind the others."""
    rows = np.array([frame.position[offer] for offer in offers if offer in frame.position], dtype=np.intp)
    terms = terms_of(request, frame, texts, compared=rows)
    missed = count_musts(terms, rows, Grade.MISSED)
    listed, _ = best_rows(terms, frame, rows[missed == 0], None, seed)
    behind = _fewest_missed(frame, rows[missed > 0], missed[missed > 0], seed)
    rows = np.concatenate([listed, behind])[first : first + top]
    return replace(_ranking(request, terms, frame, rows, language, first), considered=len(offers))


def order_of(request: Request, frame: Frame, seed: int = 0, texts: TextIndex | None = None) -> list[str]:
    """The ids of all offers that miss nothing, in the order of a ranking."""
    terms = terms_of(request, frame, texts)
    rows, _ = best_rows(terms, frame, passing_rows(terms, len(frame)), None, seed)
    return [frame.ids[row] for row in rows.tolist()]


def rank_outlook(
    request: Request,
    frame: Frame,
    outlook: Outlook,
    top: int = 20,
    seed: int = 0,
    language: Language = GERMAN,
    texts: TextIndex | None = None,
    first: int = 0,
) -> Ranking:
    """The best `top` rows of that outlook behind the `first` ones, in the order of a whole ranking and numbered anew.
    Those that miss a must are ordered by the fewest missed."""
    terms = terms_of(request, frame, texts)
    passing = passing_rows(terms, len(frame))
    if outlook is Outlook.MISSES:
        rows = np.setdiff1d(np.arange(len(frame)), passing, assume_unique=True)
        rows = _fewest_missed(frame, rows, count_musts(terms, rows, Grade.MISSED), seed)[first : first + top]
    else:
        rows = best_rows(terms, frame, with_outlook(terms, passing, outlook), first + top, seed)[0][first:]
    return _ranking(request, terms, frame, rows, language, first)


def _fewest_missed(frame: Frame, rows: Positions, missed: NDArray[np.uint16], seed: int) -> Positions:
    found: Positions = rows[np.lexsort((frame.tie_breaks(rows, seed), missed))]
    return found


def match_of(
    request: Request, frame: Frame, offer: str, language: Language = GERMAN, texts: TextIndex | None = None
) -> Match:
    """One pair alone, judged as in a ranking, as rank 1; KeyError where there is no such offer."""
    row = np.array([frame.position[offer]])
    terms = terms_of(request, frame, texts, compared=row)
    return matches_of(terms, [(request.id, offer)], row, language)[0]


def best_rows(
    terms: Sequence[Term], frame: Frame, rows: Positions, top: int | None, seed: int
) -> tuple[Positions, Floats]:
    """The `top` best of the rows (all for None) in order, with their scores."""
    scores = scores_of(terms, rows)
    order = best_first(
        scores,
        top,
        best_cases=lambda some: scores_of(terms, rows[some], "for"),
        ties=lambda some: frame.tie_breaks(rows[some], seed),
    )
    return rows[order], scores[order]


def matches_of(
    terms: list[Term], pairs: Sequence[tuple[str, str]], rows: Positions, language: Language, first: int = 0
) -> tuple[Match, ...]:
    """The rows, in their order, as matches of rank 1, 2, … behind the `first` ones; `pairs` names the request and the
    offer of each."""
    worst, scores, best = intervals_of(terms, rows).tolist()
    outlooks = outlooks_of(terms, rows)
    return tuple(
        Match(
            request=request,
            offer=offer,
            rank=first + number + 1,
            outlook=outlooks[number],
            score=scores[number],
            worst=worst[number],
            best=best[number],
            reasons=reasons_of(terms, row, language),
            adaptations=adaptations_of(terms, row),
            means_eur=means_at(terms, row),
        )
        for number, ((request, offer), row) in enumerate(zip(pairs, rows.tolist(), strict=True))
    )


def _ranking(
    request: Request, terms: list[Term], frame: Frame, rows: Positions, language: Language, first: int
) -> Ranking:
    pairs = [(request.id, frame.ids[row]) for row in rows.tolist()]
    return Ranking(request.id, len(frame), matches_of(terms, pairs, rows, language, first))
