"""Why an offer does not fit a request, and the smallest change under which it would.

The smallest change of a single must, in this order: **ask** where the fact is unknown (it costs nothing and may
change nothing), **adapt** where works would do (the need stays a need), **loosen** where the found value is
known to miss: the wanted value moves no further than the offer needs. Below what a body can do with nothing is
loosened (**keep**). Of several musts each has its own smallest change; those that exclude the offer today come first,
then works, then questions, and the first says what stays open after it.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from matching.bodily_needs import bearable
from matching.explanation import adaptations_of, reasons_of
from matching.frame import Frame
from matching.grading import Grade
from matching.language import GERMAN, Language, mark
from matching.outlook import Outlook, outlooks_of
from matching.requests import Request, Requirement
from matching.requirement_terms import Side, Term, terms_of
from matching.text_similarity import TextIndex
from matching.whatif.loosening import admitting

ChangeKind = Literal["adapt", "loosen", "ask", "keep"]
KINDS: dict[Grade, ChangeKind] = {Grade.MISSED: "loosen", Grade.ADAPTABLE: "adapt", Grade.UNKNOWN: "ask"}
"""What to do about a must of that grade, the most pressing first."""


@dataclass(frozen=True)
class MissedMust:
    """A must that excludes the offer today, with what was wanted and what was found."""

    key: str
    side: Side
    wanted: Any
    found: Any
    sentence: str


@dataclass(frozen=True)
class Change:
    """One change. `to` is the wanted value that would do, None where only giving the must up helps, for questions, and
    for what is to keep because people cannot do with less; works lead to the wanted value itself and carry their cost
    range in euro."""

    kind: ChangeKind
    key: str
    side: Side
    to: Any
    cost_eur: tuple[int, int] | None
    sentence: str


@dataclass(frozen=True)
class WhyNot:
    """One pair: the missed musts of both sides and every change it takes; both empty where the offer fits."""

    request: str
    offer: str
    outlook: Outlook
    missed: tuple[MissedMust, ...]
    changes: tuple[Change, ...]

    @property
    def smallest_change(self) -> Change | None:
        """The change to begin with; the only one where a single must stands in the way."""
        return self.changes[0] if self.changes else None


def why_not(
    request: Request, frame: Frame, offer: str, language: Language = GERMAN, texts: TextIndex | None = None
) -> WhyNot:
    """What stands between the request and the offer of that id; KeyError where there is no such offer."""
    return explain_row(request, frame, terms_of(request, frame, texts), frame.position[offer], language)


def explain_row(request: Request, frame: Frame, terms: list[Term], row: int, language: Language = GERMAN) -> WhyNot:
    """The same for a request that is taken apart already."""
    musts = [(term, int(term.codes[row])) for term in terms if term.must[int(term.codes[row])]]
    pressing = [(grade, term, state) for grade in KINDS for term, state in musts if term.grade[state] == grade]
    missed = [term for grade, term, _ in pressing if grade is Grade.MISSED]
    changes = [_change(grade, term, state, row, request.profiles, language) for grade, term, state in pressing]
    return WhyNot(
        request=request.id,
        offer=frame.ids[row],
        outlook=outlooks_of(terms, np.array([row]))[0],
        missed=tuple(
            MissedMust(reason.key, reason.side, reason.wanted, reason.found, reason.sentence)
            for reason in reasons_of(missed, row, language)
        ),
        changes=_in_order(changes, {term.criterion.key: term.criterion.label for _, term, _ in pressing}, language),
    )


def _in_order(changes: list[Change], labels: dict[str, str], language: Language) -> tuple[Change, ...]:
    """What is to keep first; the first that can be changed says what follows from it. `labels` are German, by key."""
    ordered = sorted(changes, key=lambda change: change.kind != "keep")
    if not ordered or ordered[0].kind == "keep":
        return tuple(ordered)
    first, *rest = ordered
    if rest:
        left = "; ".join(dict.fromkeys(language.say(labels[change.key]) for change in rest))
        said = language.say(THEN_OPEN, sentence=first.sentence, left=left)
    elif first.kind == "adapt" or (first.kind == "loosen" and first.side == "seeker" and first.to is not None):
        said = language.say(THEN_FITS, sentence=first.sentence)
    else:
        return (first,)
    return (replace(first, sentence=said), *rest)


def _change(grade: Grade, term: Term, state: int, row: int, profiles: Collection[str], language: Language) -> Change:
    requirement = term.requirement(state)
    assert requirement is not None  # a row that asks nothing misses nothing
    if grade is Grade.MISSED:
        value = float(term.levels.value[term.level(state)])
        if term.side == "seeker" and not bearable(term.criterion, value, profiles):
            sentence = _in_words(KEEP, term, requirement, value, None, language)
            return Change("keep", requirement.key, term.side, None, None, sentence)
        to = admitting(term.criterion, requirement.wanted, value, requirement.tolerance)
        sentence = _in_words(_loosening(term.side, requirement, to), term, requirement, value, to, language)
        return Change("loosen", requirement.key, term.side, to, None, sentence)
    if grade is Grade.ADAPTABLE:
        (works,) = adaptations_of([term], row)
        sentence = language.say(
            ADAPT,
            label=language.say(term.criterion.label),
            works=language.say(works.label),
            cost=language.cost_range(*works.cost_eur),
        )
        return Change("adapt", requirement.key, term.side, requirement.wanted, works.cost_eur, sentence)
    return Change("ask", requirement.key, term.side, None, None, _question(term, requirement, language))


THEN_FITS = mark("%(sentence)s Dann passt das Angebot.")
THEN_OPEN = mark("%(sentence)s Dann bleibt noch offen: %(left)s.")
KEEP = mark(
    "%(label)s: gefunden %(found)s, nötig ist „%(wanted)s“. So kommt niemand zurecht, der das braucht. Daran lässt sich"
    " nichts lockern."
)
ADAPT = mark("%(label)s: anpassbar – %(works)s, %(cost)s.")
LOOSEN: dict[Side, str] = {
    "seeker": mark("%(label)s: gefunden %(found)s. Das reicht mit „%(to)s“ statt „%(wanted)s“."),
    "provider": mark("%(label)s: Das Angebot verlangt „%(wanted)s“. Bitte fragen Sie, ob auch „%(to)s“ möglich ist."),
}
LOOSEN_BESIDE_TOLERANCE = mark(
    "%(label)s: gefunden %(found)s. Das reicht mit „%(to)s“ statt „%(wanted)s“; der Spielraum kommt dazu."
)
GIVE_UP: dict[Side, str] = {
    "seeker": mark("%(label)s: Das Angebot passt nur, wenn „%(wanted)s“ kein Muss mehr ist."),
    "provider": mark(
        "%(label)s: Das Angebot verlangt „%(wanted)s“. Bitte klären Sie, ob das noch erfüllt werden kann oder entfällt."
    ),
}
ASK: dict[Side, str] = {
    "seeker": mark("%(label)s: noch nicht gesichert. Bitte fragen Sie beim Angebot nach: %(question)s"),
    "provider": mark("%(label)s: Das Angebot verlangt „%(wanted)s“. Der Haushalt hat dazu noch nichts angegeben."),
}
PLAIN_QUESTION = mark("Trifft „%(wanted)s“ zu?")


def _loosening(side: Side, requirement: Requirement, to: Any) -> str:
    """The sentence of a wanted value that gives way."""
    if to is None:
        return GIVE_UP[side]
    return LOOSEN_BESIDE_TOLERANCE if side == "seeker" and requirement.tolerance > 0 else LOOSEN[side]


def _in_words(message: str, term: Term, requirement: Requirement, value: float, to: Any, language: Language) -> str:
    words = term.criterion.wanted_words
    return language.say(
        message,
        label=language.say(term.criterion.label),
        found=term.criterion.found_words(value, language),
        wanted=words(requirement.wanted, language),
        to="" if to is None else words(to, language),
    )


def _question(term: Term, requirement: Requirement, language: Language) -> str:
    wanted = term.criterion.wanted_words(requirement.wanted, language)
    open_question = term.criterion.fact.question
    question = language.say(open_question) if open_question else language.say(PLAIN_QUESTION, wanted=wanted)
    return language.say(ASK[term.side], label=language.say(term.criterion.label), wanted=wanted, question=question)
