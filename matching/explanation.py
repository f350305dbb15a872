"""Why a row stands where it stands: contributions that add up and a sentence for each of three readers.

Everything is read from the terms that made the score. The advisor sees all; the seeker reads plain language;
the provider or initiative learns functional needs only, never what a household is or has.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np

from matching.constants import EPSILON
from matching.dictionary_encoding import AGREED
from matching.facts import NeighbourhoodCode
from matching.grading import Grade, RequirementBatch, adaptation_for
from matching.kinds import IDLE, Adaptation, Criterion
from matching.language import GERMAN, Language, mark
from matching.option_kinds import Resembles
from matching.requests import Evidence, Requirement
from matching.requirement_terms import Side, Term
from matching.scoring import must_contribution, wish_contribution, works_factor, works_shares
from matching.shares_in_words import LIKELY, in_a_word


class Reader(StrEnum):
    """Who reads a sentence."""

    ADVISOR = "advisor"
    SEEKER = "seeker"
    PROVIDER = "provider"


@dataclass(frozen=True)
class Reason:
    """One requirement's part in a match. `found` is the decoded value, None where unknown; `contribution` is
    ln p of a must with its share of what works cost (None where missed), or the weight share times satisfaction of a
    wish. What a household is,
    has or has written is `private`: its wanted and found values are not for the provider."""

    key: str
    side: Side
    importance: str
    grade: str
    wanted: Any
    found: Any
    evidence: str | None
    contribution: float | None
    sentences: "Sentences"
    private: bool = False

    @property
    def sentence(self) -> str:
        """The advisor's sentence."""
        return self.sentences[Reader.ADVISOR]


class ByThePiece:
    """Works of several `pieces`, with the cost range in euro of all of them together."""

    cost_eur: tuple[int, int]
    pieces: int

    @property
    def piece_eur(self) -> tuple[int, int]:
        """The cost range of one piece."""
        low, high = self.cost_eur
        return low // self.pieces, high // self.pieces


@dataclass(frozen=True)
class AdaptationAdvice(ByThePiece):
    """Works that would turn missed musts into met ones, with the cost range in euro of all `pieces` of them together:
    two doors are widened one by one, one ramp serves all that need it. `keys` are the criteria they put right; the
    owner has `agreed`, or must still be asked."""

    measure: str
    label: str
    cost_eur: tuple[int, int]
    consent: str
    funding: tuple[str, ...]
    keys: tuple[str, ...] = ()
    pieces: int = 1
    agreed: bool = False


@dataclass(frozen=True)
class WorksTotal:
    """All works of a match: cost range in euro, what of their middle the household must pay after its `means_eur`, and
    by how much (0 to 1) that lowers the score. `funding` names the programmes that may pay any of them."""

    cost_eur: tuple[int, int]
    means_eur: float
    own_eur: float
    lowers: float
    funding: tuple[str, ...]


def works_total(adaptations: Sequence[AdaptationAdvice], means_eur: float = 0.0) -> WorksTotal | None:
    """The sum of the works; None where none are needed."""
    if not adaptations:
        return None
    low, high = (sum(advice.cost_eur[end] for advice in adaptations) for end in (0, 1))
    own = max((low + high) / 2.0 - means_eur, 0.0)
    funding = tuple(dict.fromkeys(programme for advice in adaptations for programme in advice.funding))
    return WorksTotal((low, high), means_eur, own, 1.0 - float(works_factor(np.array(own))), funding)


def reasons_of(terms: list[Term], row: int, language: Language = GERMAN) -> tuple[Reason, ...]:
    """One reason per requirement that applies to the row, the seeker's first."""
    states = [(term, int(term.codes[row])) for term in terms]
    weight: dict[Side, float] = {"seeker": 0.0, "provider": 0.0}
    for term, state in states:
        weight[term.side] += 0.0 if term.must[state] else float(term.weight[state])
    shares = works_shares(terms, row)
    found = (
        _reason(term, row, state, weight[term.side], share, language)
        for (term, state), share in zip(states, shares, strict=True)
    )
    return tuple(reason for reason in found if reason is not None)


def adaptations_of(terms: list[Term], row: int) -> tuple[AdaptationAdvice, ...]:
    """The works that the adaptable musts of the row need, each once, those that are done piece by piece for each of the
    criteria that need them."""
    needed: dict[str, tuple[Adaptation, bool, list[str]]] = {}
    for term in terms:
        state = int(term.codes[row])
        if term.must[state] and term.grade[state] == Grade.ADAPTABLE and (works := _works(term, state)):
            agreed = int(term.levels.consent[term.level(state)]) == AGREED
            keys = needed.setdefault(works.measure, (works, agreed, []))[2]
            keys += [term.criterion.key] if term.criterion.key not in keys else []
    return tuple(advice_of(works, agreed, keys) for works, agreed, keys in needed.values())


def advice_of(works: Adaptation, agreed: bool, keys: Sequence[str]) -> AdaptationAdvice:
    """The works that put the criteria of those keys right."""
    pieces = len(keys) if works.each else 1
    low, high = works.cost_eur
    return AdaptationAdvice(
        measure=works.measure,
        label=works.label,
        cost_eur=(pieces * low, pieces * high),
        consent=works.consent,
        funding=works.funding,
        keys=tuple(keys),
        pieces=pieces,
        agreed=agreed,
    )


def _works(term: Term, state: int) -> Adaptation | None:
    return adaptation_for(term.criterion, float(term.levels.basis[term.level(state)]))


def _reason(term: Term, row: int, state: int, weight: float, works_share: float, language: Language) -> Reason | None:
    requirement = term.requirement(state)
    if requirement is None:
        return None
    level = term.level(state)
    grade = Grade(int(term.grade[state]))
    value = float(term.levels.value[level])
    told = Sentences(
        side=term.side,
        criterion=term.criterion,
        requirement=requirement,
        grade=grade,
        value=None if math.isnan(value) else value,
        evidence=term.evidence(row),
        chance=float(term.satisfaction[state]),
        consent=int(term.levels.consent[level]),
        works=_works(term, state) if grade is Grade.ADAPTABLE else None,
        language=language,
    )
    return Reason(
        key=requirement.key,
        side=term.side,
        importance=requirement.importance,
        grade=grade.name.lower(),
        wanted=requirement.wanted,
        found=term.criterion.found(value),
        evidence=None if math.isnan(value) else told.evidence.name.lower(),
        contribution=_contribution(term, state, requirement, weight, works_share),
        sentences=told,
        private=term.side == "provider" or isinstance(term.criterion, Resembles),
    )


def _contribution(term: Term, state: int, requirement: Requirement, weight: float, works_share: float) -> float | None:
    if requirement.must:
        return must_contribution(float(term.p[state]), works_share)
    return wish_contribution(float(term.satisfaction[state]), float(term.weight[state]), weight)


SENTENCES: dict[Reader, dict[Grade, str]] = {
    Reader.ADVISOR: {
        Grade.MET: mark("%(label)s: %(found)s (%(evidence)s), %(asked)s %(wanted)s. Erfüllt."),
        Grade.NEARLY: mark("%(label)s: %(found)s (%(evidence)s), %(asked)s %(wanted)s. Knapp daneben, noch annehmbar."),
        Grade.ADAPTABLE: mark(
            "%(label)s: %(found)s (%(evidence)s), %(asked)s %(wanted)s. Anpassbar: %(works)s, %(cost)s, %(consent)s."
        ),
        Grade.UNKNOWN: mark("%(label)s: noch unbekannt, %(asked)s %(wanted)s. Dass das zutrifft, ist %(likely)s."),
        Grade.MISSED: mark("%(label)s: %(found)s (%(evidence)s), %(asked)s %(wanted)s. Nicht erfüllt."),
    },
    Reader.SEEKER: {
        Grade.MET: mark("Das passt: %(label)s – %(found)s."),
        Grade.NEARLY: mark("Das passt fast: %(label)s – %(found)s. Sie möchten: %(wanted)s."),
        Grade.ADAPTABLE: mark(
            "Das lässt sich ändern: %(label)s – jetzt %(found)s. Möglich ist: %(works)s. Das kostet %(cost)s."
        ),
        Grade.UNKNOWN: mark("Das wissen wir noch nicht: %(label)s. Wir fragen für Sie nach."),
        Grade.MISSED: mark("Das passt nicht: %(label)s – %(found)s. Sie möchten: %(wanted)s."),
    },
    Reader.PROVIDER: {
        Grade.MET: mark("Gesucht wird: %(label)s – %(wanted)s. Ihr Angebot erfüllt das."),
        Grade.NEARLY: mark("Gesucht wird: %(label)s – %(wanted)s. Ihr Angebot kommt dem nahe (%(found)s)."),
        Grade.ADAPTABLE: mark(
            "Gesucht wird: %(label)s – %(wanted)s. Ihr Angebot (%(found)s) ließe sich anpassen: %(works)s, %(cost)s."
        ),
        Grade.UNKNOWN: mark("Gesucht wird: %(label)s – %(wanted)s. Bitte teilen Sie uns diese Angabe mit."),
        Grade.MISSED: mark("Gesucht wird: %(label)s – %(wanted)s. Ihr Angebot (%(found)s) erfüllt das nicht."),
    },
}
IDLE_SENTENCES: dict[Reader, str] = {
    Reader.ADVISOR: mark("%(label)s: hier nicht nötig, %(asked)s %(wanted)s."),
    Reader.SEEKER: mark("Das ist hier nicht nötig: %(label)s."),
    Reader.PROVIDER: mark("Gesucht wird: %(label)s – %(wanted)s. Bei Ihrem Angebot ist das nicht nötig."),
}
DENIED = mark(
    "Laut Anzeige passt das nicht: %(label)s – %(found)s. Das ist noch nicht geprüft. Wir fragen für Sie nach."
)
CLAIMED_SENTENCES: dict[Reader, str] = {
    Reader.ADVISOR: mark(
        "%(label)s: laut Anzeige %(found)s, nicht geprüft, %(asked)s %(wanted)s. Dass das zutrifft, ist %(likely)s."
    ),
    Reader.SEEKER: mark("Laut Anzeige: %(label)s – %(found)s. Das ist noch nicht geprüft. Wir fragen für Sie nach."),
    Reader.PROVIDER: mark(
        "Gesucht wird: %(label)s – %(wanted)s. Laut Anzeige %(found)s. Bitte bestätigen Sie diese Angabe."
    ),
}
DEMAND_SENTENCES: dict[Reader, dict[Grade, str]] = {
    Reader.ADVISOR: {
        grade: mark("Das Angebot fragt: %(label)s – %(wanted)s. Der Haushalt: %(found)s.") for grade in Grade
    },
    Reader.SEEKER: {
        Grade.MET: mark("Das fragt das Angebot: %(label)s – %(wanted)s. Das trifft auf Sie zu."),
        Grade.NEARLY: mark("Das fragt das Angebot: %(label)s – %(wanted)s. Das trifft fast auf Sie zu."),
        Grade.UNKNOWN: mark("Das fragt das Angebot: %(label)s – %(wanted)s. Dazu haben Sie noch nichts angegeben."),
        Grade.MISSED: mark("Das fragt das Angebot: %(label)s – %(wanted)s. Das trifft auf Sie nicht zu."),
    },
    Reader.PROVIDER: {
        Grade.MET: mark("Sie fragen: %(label)s – %(wanted)s. Das trifft zu."),
        Grade.NEARLY: mark("Sie fragen: %(label)s – %(wanted)s. Das trifft annähernd zu."),
        Grade.UNKNOWN: mark("Sie fragen: %(label)s – %(wanted)s. Das klärt die Wohnberatung."),
        Grade.MISSED: mark("Sie fragen: %(label)s – %(wanted)s. Das trifft nicht zu."),
    },
}
EVIDENCE_WORDS = {
    Evidence.NONE: mark("ohne Angabe"),
    Evidence.CLAIMED: mark("laut Anzeige"),
    Evidence.STATED: mark("laut Anbieter"),
    Evidence.MEASURED: mark("gemessen"),
}
GUESSED = mark("vermutlich %(place)s")
GUESSED_FROM = mark("aus der Adresse geschlossen")
ASKED_WORDS = {"must": mark("gefordert"), "wish": mark("gewünscht")}
CONSENT_WORDS = {
    0: mark("die Eigentümerin oder der Eigentümer lehnt ab"),
    1: mark("Zustimmung noch offen"),
    2: mark("Zustimmung liegt vor"),
}


@dataclass(frozen=True)
class Sentences(Mapping[Reader, str]):
    """One reason in words for each reader, put into words when somebody reads it. `value` is None where unknown;
    `chance` is the likelihood that an unknown turns out well, works apart."""

    side: Side
    criterion: Criterion = field(compare=False)
    requirement: Requirement
    grade: Grade
    value: float | None
    evidence: Evidence
    chance: float
    consent: int
    works: Adaptation | None
    language: Language

    def __iter__(self) -> Iterator[Reader]:
        return iter(Reader)

    def __len__(self) -> int:
        return len(Reader)

    @property
    def label(self) -> str:
        """What it is about."""
        return self.language.say(self.criterion.label)

    @property
    def guessed(self) -> bool:
        """A place that was worked out of an address: no advert has claimed it."""
        return self.evidence is Evidence.CLAIMED and isinstance(self.criterion.fact, NeighbourhoodCode)

    @property
    def found(self) -> str:
        """What was found, as a phrase that says of a guess that it is one."""
        words = self.criterion.found_words(math.nan if self.value is None else self.value, self.language)
        return self.language.say(GUESSED, place=words) if self.guessed else words

    @property
    def wanted(self) -> str:
        """What was asked for, as a phrase."""
        return self.criterion.wanted_words(self.requirement.wanted, self.language)

    @property
    def denied(self) -> bool:
        """Whether an advert that nobody has checked says no to what must be: still unknown, and more than a blank."""
        if self.grade is not Grade.UNKNOWN or self.value is None or self.guessed:
            return False
        asked = RequirementBatch.of(self.criterion, [self.requirement])
        short = self.criterion.shortfall(asked.parameters, np.array([self.value]))
        return bool(np.any(short > asked.tolerance + EPSILON))

    def __getitem__(self, reader: Reader) -> str:
        say = self.language.say
        low, high = self.works.cost_eur if self.works else (0, 0)
        return say(
            self._template(Reader(reader)),
            label=self.label,
            found=self.found,
            wanted=self.wanted,
            evidence=say(GUESSED_FROM if self.guessed else EVIDENCE_WORDS[self.evidence]),
            asked=say(ASKED_WORDS[self.requirement.importance]),
            likely=say(in_a_word(self.chance, LIKELY)) if self.grade is Grade.UNKNOWN else "",
            works=say(self.works.label) if self.works else "",
            cost=self.language.cost_range(low, high),
            consent=say(CONSENT_WORDS[self.consent]),
        )

    def _template(self, reader: Reader) -> str:
        if self.side == "provider":
            return DEMAND_SENTENCES[reader][self.grade]
        if self.value == IDLE:
            return IDLE_SENTENCES[reader]
        if self.grade is Grade.UNKNOWN and self.value is not None:
            return DENIED if reader is Reader.SEEKER and self.denied else CLAIMED_SENTENCES[reader]
        return SENTENCES[reader][self.grade]
