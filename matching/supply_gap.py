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
from dataclasses import dataclass, field

import numpy as np

from matching.arrays import Mask, Positions
from matching.frame import Frame
from matching.grading import Grade
from matching.kinds import Criterion
from matching.language import GERMAN, Language, mark
from matching.outlook import Outlook, musts_alone, with_outlook
from matching.profiles import profiles_of
from matching.proposals.assignment_values import places_of
from matching.requests import Request, Requirement
from matching.requirement_terms import Term, terms_of
from matching.scoring import passing_rows
from matching.text_similarity import TextIndex

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
class _Tallied:
    """What is added up for one group; `homes`, shape (rows,), are the offers that fit at least one request."""

    label: str
    homes: Mask
    demand: float = 0.0
    supplies: list[int] = field(default_factory=list)
    possible: float = 0.0
    fit: float = 0.0

    def add(self, share: float, listed: Positions, fitting: Positions) -> None:
        """One request, or its share, with the rows that are listed for it and those that fit."""
        self.demand += share
        self.possible += share * bool(len(listed))
        self.fit += share * bool(len(fitting))
        self.homes[fitting] = True


def gap(frame: Frame, requests: Sequence[Request], language: Language = GERMAN, texts: TextIndex | None = None) -> Gap:
    """Supply and demand of every group that a request belongs to or, for values, an offer; KeyError for a request
    with a profile that the market does not know."""
    counted = _GapCount(frame, language, texts or TextIndex(frame.texts))
    for request in requests:
        counted.add(request)
    lines = sorted(counted.lines(), key=lambda line: (counted.kinds.index(line.kind), -line.shortage, -line.demand))
    return Gap(len(requests), len(frame), tuple(lines))


class _GapCount:
    """Goes through the requests once and adds every one to its groups."""

    def __init__(self, frame: Frame, language: Language, texts: TextIndex) -> None:
        self.frame, self.language, self.texts = frame, language, texts
        self.kinds = [ALL, CRITERION, PROFILE, *(fact.key for fact in frame.market.compared)]
        self.groups: dict[tuple[str, str], _Tallied] = {}
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
        terms = terms_of(musts_alone(request), self.frame, self.texts)
        found = _found(terms, len(self.frame))
        listed, fitting = found.listed, found.fitting
        self.groups[ALL, ALL].add(1.0, listed, fitting)
        for key, held in known_to_meet(terms, len(self.frame)).items():
            group = self._group(CRITERION, key, self.language.say(self._criterion(key).label))
            group.supplies.append(int(np.count_nonzero(held)))
            group.add(1.0, listed, fitting)
        for key in request.profiles:
            self._profile(key).add(1.0, listed, fitting)
        self._add_values(request, listed, fitting)

    def _profile(self, key: str) -> _Tallied:
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

    def _add_values(self, request: Request, listed: Positions, fitting: Positions) -> None:
        for fact in self.frame.market.compared:
            wanted = {value for item in request.requirements if item.key == fact.key for value in item.wanted}
            codes = self.frame.values(fact)
            for value in wanted:
                code = fact.encode(value)
                group = self._group(fact.key, value, fact.format(value, self.language))
                group.add(1.0 / len(wanted), listed[codes[listed] == code], fitting[codes[fitting] == code])

    def _criterion(self, key: str) -> Criterion:
        return self.frame.market.criterion(key)

    def _group(self, kind: str, key: str, label: str) -> _Tallied:
        if (kind, key) not in self.groups:
            self.groups[kind, key] = _Tallied(label, np.zeros(len(self.frame), dtype=bool))
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


@dataclass(frozen=True)
class RequestFinding:
    """For one request the positions of the offers that miss nothing, and of those among them that fit without works
    and questions."""

    listed: Positions
    fitting: Positions


def found_for(request: Request, frame: Frame, texts: TextIndex | None = None) -> RequestFinding:
    """What there is for one request, as every line of the gap counts it."""
    return _found(terms_of(musts_alone(request), frame, texts), len(frame))


def _found(terms: list[Term], size: int) -> RequestFinding:
    listed = passing_rows(terms, size)
    return RequestFinding(listed, with_outlook(terms, listed, Outlook.FITS))


def known_to_meet(terms: list[Term], size: int) -> dict[str, Mask]:
    """Shape (rows,) by criterion key: the row is known to meet all that the seeker asks by that criterion."""
    held: dict[str, Mask] = {}
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
