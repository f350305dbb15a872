"""Supply beside demand, and what is missing: per criterion, needs profile, living form and Stadtteil.

For every group of requests:

* **demand**: the requests that have the criterion as a must, began with the profile, or want the value (a request
  that wants one of n values counts as 1/n in each);
* **supply**: the offers that are known to have what is asked: for a criterion on average over its requests, for a
  profile by the musts it presets, for a value by the value itself;
* **possible**, **fit**: the requests for which at least one offer misses nothing, or fits without works and
  questions; for a value at least one offer with that value;
* **shortage**: the requests that go empty at least, however well the homes are given: demand less the fitting
  requests, or less the places in homes that fit any of them if these are fewer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from matching.bids import places_of
from matching.frame import Frame
from matching.grading import Grade
from matching.kinds import Criterion
from matching.language import GERMAN, Language, mark
from matching.profiles import profiles_of
from matching.ranking import passing_rows
from matching.requests import Request, Requirement
from matching.terms import Term, terms_of
from matching.text import TextIndex
from matching.whatif.outlooks import falls_short

ALL, CRITERION, PROFILE = "all", "criterion", "profile"


@dataclass(frozen=True)
class GapLine:
    """One group: `kind` is all, criterion, profile or the key of a compared fact; `key` names it within its kind."""

    kind: str
    key: str
    label: str
    demand: float
    supply: float
    possible: float
    fit: float
    shortage: float
    sentence: str


@dataclass(frozen=True)
class Gap:
    """Lines by kind, in each the greatest shortage first."""

    requests: int
    offers: int
    lines: tuple[GapLine, ...]


@dataclass
class _Group:
    """What is added up for one group; `homes`, shape (rows,), are the offers that fit at least one request."""

    label: str
    homes: NDArray[np.bool_]
    demand: float = 0.0
    supplies: list[int] = field(default_factory=list)
    possible: float = 0.0
    fit: float = 0.0

    def add(self, share: float, listed: NDArray[np.intp], fitting: NDArray[np.intp]) -> None:
        """One request, or its share, with the rows that are listed for it and those that fit."""
        self.demand += share
        self.possible += share * bool(len(listed))
        self.fit += share * bool(len(fitting))
        self.homes[fitting] = True


def gap(frame: Frame, requests: Sequence[Request], language: Language = GERMAN, texts: TextIndex | None = None) -> Gap:
    """Supply and demand of every group that a request belongs to or, for values, an offer; KeyError for a request
    with a profile that the market does not know."""
    counted = _Count(frame, language, texts or TextIndex(frame.texts))
    for request in requests:
        counted.add(request)
    lines = sorted(counted.lines(), key=lambda line: (counted.kinds.index(line.kind), -line.shortage, -line.demand))
    return Gap(len(requests), len(frame), tuple(lines))


class _Count:
    """Goes through the requests once and adds every one to its groups."""

    def __init__(self, frame: Frame, language: Language, texts: TextIndex) -> None:
        self.frame, self.language, self.texts = frame, language, texts
        self.kinds = [ALL, CRITERION, PROFILE, *(fact.key for fact in frame.market.compared)]
        self.groups: dict[tuple[str, str], _Group] = {}
        self.places = np.bincount(places_of(frame), minlength=len(frame))
        self.profiles = {profile.key: profile for profile in profiles_of(frame.market)}
        self._group(ALL, ALL, language.say(EVERYTHING)).supplies = [len(frame)]
        for fact in frame.market.compared:
            codes, counts = np.unique(frame.values(fact), return_counts=True)
            for code, count in zip(codes.tolist(), counts.tolist(), strict=True):
                if not np.isnan(code):
                    value = fact.decode(code)
                    self._group(fact.key, value, fact.format(value, language)).supplies = [count]

    def add(self, request: Request) -> None:
        musts = tuple(requirement for requirement in request.requirements if requirement.must)
        terms = terms_of(replace(request, requirements=musts, text=""), self.frame, self.texts)
        listed = passing_rows(terms, len(self.frame))
        open_ends = falls_short(terms, Grade.ADAPTABLE, listed) | falls_short(terms, Grade.UNKNOWN, listed)
        fitting = listed[~open_ends]
        self.groups[ALL, ALL].add(1.0, listed, fitting)
        for key, held in known_to_meet(terms, len(self.frame)).items():
            group = self._group(CRITERION, key, self.language.say(self._criterion(key).label))
            group.supplies.append(int(np.count_nonzero(held)))
            group.add(1.0, listed, fitting)
        for key in request.profiles:
            self._profile(key).add(1.0, listed, fitting)
        self._add_values(request, listed, fitting)

    def _profile(self, key: str) -> _Group:
        if (PROFILE, key) not in self.groups:
            presets = [preset for preset in self.profiles[key].requirements if preset.importance == "must"]
            musts = [
                Requirement(preset.key, self._criterion(preset.key).read_wanted(preset.wanted)) for preset in presets
            ]
            held = known_to_meet(terms_of(Request(key, tuple(musts)), self.frame), len(self.frame))
            meets = np.all(list(held.values()), axis=0) if held else np.ones(len(self.frame), dtype=bool)
            group = self._group(PROFILE, key, self.language.say(self.profiles[key].label))
            group.supplies = [int(np.count_nonzero(meets))]
        return self.groups[PROFILE, key]

    def _add_values(self, request: Request, listed: NDArray[np.intp], fitting: NDArray[np.intp]) -> None:
        for fact in self.frame.market.compared:
            wanted = {value for asked in request.requirements if asked.key == fact.key for value in asked.wanted}
            codes = self.frame.values(fact)
            for value in wanted:
                code = fact.encode(value)
                group = self._group(fact.key, value, fact.format(value, self.language))
                group.add(1.0 / len(wanted), listed[codes[listed] == code], fitting[codes[fitting] == code])

    def _criterion(self, key: str) -> Criterion:
        return self.frame.market.criterion(key)

    def _group(self, kind: str, key: str, label: str) -> _Group:
        if (kind, key) not in self.groups:
            self.groups[kind, key] = _Group(label, np.zeros(len(self.frame), dtype=bool))
        return self.groups[kind, key]

    def lines(self) -> Iterator[GapLine]:
        for (kind, key), group in self.groups.items():
            served = min(group.fit, float(self.places[group.homes].sum()))
            supply = float(np.mean(group.supplies)) if group.supplies else 0.0
            shortage = max(group.demand - served, 0.0)
            numbers = {"demand": group.demand, "supply": supply, "fit": group.fit, "shortage": shortage}
            words = {name: self.language.number(round(number, 1)) for name, number in numbers.items()}
            sentence = self.language.say(LINE, label=group.label, **words)
            yield GapLine(kind, key, group.label, group.demand, supply, group.possible, group.fit, shortage, sentence)


def known_to_meet(terms: list[Term], size: int) -> dict[str, NDArray[np.bool_]]:
    """Shape (rows,) by criterion key: the row is known to meet all that the seeker asks by that criterion."""
    held: dict[str, NDArray[np.bool_]] = {}
    for term in terms:
        if term.side == "seeker":
            met = np.take(term.grade >= Grade.NEARLY, term.codes)
            held[term.criterion.key] = met & held.get(term.criterion.key, np.ones(size, dtype=bool))
    return held


EVERYTHING = mark("Alle Gesuche")
LINE = mark(
    "%(label)s – Gesuche: %(demand)s, Angebote: %(supply)s, Gesuche mit passendem Angebot: %(fit)s,"
    " es fehlen mindestens: %(shortage)s."
)
