"""Which unknown facts to ask about first: those whose answers would help most people.

An answer helps a request where the offer misses nothing, the fact is graded unknown for a must or a wish, and
with a good answer the offer stands on the list of the request's best `top`: the list may then change. The gain
is what a good answer adds to the score, times its likelihood: the score counts an unknown at its likelihood
already, and at that of works where they could mend it, so a bad answer takes about as much away, and only the ups
tell how much an answer is worth.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Floats, Positions
from matching.frame import Frame
from matching.grading import Grade
from matching.language import GERMAN, Language, mark
from matching.requests import Request
from matching.requirement_terms import Term, terms_of
from matching.scoring import passing_rows, scores_of
from matching.text_similarity import TextIndex
from matching.tie_breaking import bar_of

MOST = 50


@dataclass(frozen=True)
class Question:
    """One unknown fact of one offer: how many requests the answer would help, the expected gain in score over all
    of them, whom to ask (`provider`, `project` or `owner`) and what."""

    offer: str
    key: str
    helps: int
    gain: float
    whom: str
    question: str
    sentence: str


class _AnswerTally:
    """Helped requests and gain per row, both of shape (rows,)."""

    def __init__(self, size: int) -> None:
        self.helps: NDArray[np.int64] = np.zeros(size, dtype=np.int64)
        self.gain: Floats = np.zeros(size)


def best_questions(
    frame: Frame,
    requests: Sequence[Request],
    top: int = 20,
    most: int = MOST,
    language: Language = GERMAN,
    texts: TextIndex | None = None,
) -> tuple[Question, ...]:
    """The `most` helpful questions, best first; `top` is how long the requests' lists are."""
    texts = texts or TextIndex(frame.texts)
    tallies: dict[str, _AnswerTally] = defaultdict(lambda: _AnswerTally(len(frame)))
    for request in requests:
        _ask_for(terms_of(request, frame, texts), len(frame), top, tallies)
    tallied = [
        (-int(tally.helps[row]), -float(tally.gain[row]), frame.ids[row], key)
        for key, tally in tallies.items()
        for row in _leaders(tally, most).tolist()
    ]
    return tuple(
        _question(frame, offer, key, -helps, -gain, language) for helps, gain, offer, key in sorted(tallied)[:most]
    )


def _ask_for(terms: list[Term], size: int, top: int, tallies: dict[str, _AnswerTally]) -> None:
    """Add what one request would gain from every answer."""
    rows = passing_rows(terms, size)
    scores = scores_of(terms, rows)
    bar = bar_of(scores, top) if len(rows) > top else 0.0
    near = np.flatnonzero(scores_of(terms, rows, "for") >= bar)
    rows, scores = rows[near], scores[near]
    for key in dict.fromkeys(term.criterion.key for term in terms if term.side == "seeker"):
        positions, likelihood = _open(terms, key, rows)
        if len(positions):
            unknown = rows[positions]
            good = scores_of([_answered(term, key) for term in terms], unknown)
            helped = good >= bar
            tallies[key].helps[unknown[helped]] += 1
            tallies[key].gain[unknown[helped]] += (likelihood * (good - scores[positions]))[helped]


def _open(terms: list[Term], key: str, rows: Positions) -> tuple[Positions, Floats]:
    """Indices into `rows` where the fact is unknown to at least one requirement, and how likely all turn out well:
    requirements of one fact stand or fall together, so the least likely decides."""
    likelihood = np.full(len(rows), np.inf)
    for term in terms:
        if _asks(term, key):
            unknown = np.where(term.grade == Grade.UNKNOWN, term.satisfaction, np.inf)
            likelihood = np.minimum(likelihood, np.take(unknown, np.take(term.codes, rows)))
    positions = np.flatnonzero(np.isfinite(likelihood))
    return positions, likelihood[positions]


def _answered(term: Term, key: str) -> Term:
    """The term with its unknowns settled for, if it is about the fact in question."""
    if not _asks(term, key):
        return term
    unknown = term.grade == Grade.UNKNOWN
    return replace(term, p=np.where(unknown, 1.0, term.p), satisfaction=np.where(unknown, 1.0, term.satisfaction))


def _asks(term: Term, key: str) -> bool:
    return term.side == "seeker" and term.criterion.key == key


def _leaders(tally: _AnswerTally, most: int) -> Positions:
    """The rows that could be among the `most` helpful questions of all."""
    rows = np.flatnonzero(tally.helps)
    return rows[np.lexsort((-tally.gain[rows], -tally.helps[rows]))][:most]


def _question(frame: Frame, offer: str, key: str, helps: int, gain: float, language: Language) -> Question:
    criterion = frame.market.criterion(key)
    question = language.say(criterion.fact.question or criterion.label)
    whom = WHOM.get(criterion.fact.owner, "provider")
    sentence = language.say(SENTENCES[whom], offer=offer, question=question, count=language.number(helps))
    return Question(offer, key, helps, gain, whom, question, sentence)


WHOM = {"project": "project", "site": "owner"}
"""Who knows a fact, by who it belongs to; anybody else is asked through the provider of the offer."""

SENTENCES = {
    "provider": mark(
        "Bitte fragen Sie den Anbieter von %(offer)s: %(question)s"
        " Die Antwort kann so vielen Gesuchen helfen: %(count)s."
    ),
    "project": mark(
        "Bitte fragen Sie das Projekt %(offer)s: %(question)s Die Antwort kann so vielen Gesuchen helfen: %(count)s."
    ),
    "owner": mark(
        "Bitte fragen Sie die Eigentümerin oder den Eigentümer von %(offer)s: %(question)s"
        " Die Antwort kann so vielen Gesuchen helfen: %(count)s."
    ),
}
