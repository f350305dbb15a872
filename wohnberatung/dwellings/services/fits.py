"""How a home suits somebody who looks around, in plain sentences. Nobody asks for them, so nothing is promised."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from matching.catalogue import HOMES
from matching.explanation import AdaptationAdvice, Reader, Reason
from matching.kinds import IDLE
from matching.listing import Fit
from matching.ranking import Match
from wohnberatung.bridge.wording import decision_of, spoken

GRADES = ("missed", "adaptable", "unknown", "nearly", "met")
"""As the engine names them, in the order in which a person wants to read them."""


@dataclass(frozen=True)
class FitLine:
    """One thing that is asked: `grade` as the engine names it; what it is about, what was found, and a sentence.

    `found` is empty where nothing is known; `idle` where there is nothing to know; `denied` where an advert, unchecked,
    says no to what must be."""

    grade: str
    must: bool
    label: str
    found: str
    text: str
    idle: bool = False
    denied: bool = False

    @property
    def words(self) -> str:
        """For a line of many: what it is about, and what was found."""
        return _("%(label)s: %(value)s", label=self.label, value=self.found) if self.found else self.label


@dataclass(frozen=True)
class ShownFit:
    """What is asked of the home, line by line; what the offer asks in return, in sentences, and about what of it the
    household has not told anything (`untold`); works that would help; how many answers about what must be are `open`,
    on either side."""

    outlook: str
    lines: tuple[FitLine, ...]
    demands: tuple[str, ...]
    untold: tuple[str, ...]
    works: tuple[AdaptationAdvice, ...]
    open: int

    @property
    def musts(self) -> "FitPart":
        return FitPart([line for line in self.lines if line.must])

    @property
    def wishes(self) -> "FitPart":
        return FitPart([line for line in self.lines if not line.must])


class FitPart(list[FitLine]):
    """Some of the lines, what does not suit first."""

    def __init__(self, lines: Iterable[FitLine]) -> None:
        super().__init__(sorted(lines, key=lambda line: GRADES.index(line.grade)))

    @property
    def suits(self) -> list[FitLine]:
        return self._graded("met", "nearly")

    @property
    def changeable(self) -> list[FitLine]:
        return self._graded("adaptable")

    @property
    def unknown(self) -> list[FitLine]:
        """Also what an advert says no to."""
        return self._graded("unknown")

    @property
    def denied(self) -> list[FitLine]:
        return [line for line in self if line.denied]

    @property
    def blank(self) -> list[FitLine]:
        """Unknown, and nothing speaks against it."""
        return [line for line in self.unknown if not line.denied]

    @property
    def missed(self) -> list[FitLine]:
        return self._graded("missed")

    def _graded(self, *grades: str) -> list[FitLine]:
        return [line for line in self if line.grade in grades]


def shown_fit(fit: Fit | Match) -> ShownFit:
    """The engine's reasons for the person who seeks."""
    return ShownFit(
        outlook=fit.outlook.value,
        lines=tuple(_line(reason) for reason in fit.reasons if reason.side == "seeker"),
        demands=tuple(reason.sentences[Reader.SEEKER] for reason in fit.reasons if reason.side == "provider"),
        untold=tuple(
            _(HOMES.demand_criterion(reason.key).label)
            for reason in fit.reasons
            if reason.side == "provider" and reason.importance == "must" and reason.grade == "unknown"
        ),
        works=fit.adaptations,
        open=decision_of(fit.reasons).open,
    )


def _line(reason: Reason) -> FitLine:
    criterion = HOMES.criterion(reason.key)
    label = _(criterion.label)
    found = "" if reason.found is None else reason.sentences.found
    idle = reason.found is None and reason.grade == "met"
    if idle:
        found = criterion.found_words(IDLE, spoken())
    denied = reason.sentences.denied
    text = _unknown(label, found, denied) if reason.grade == "unknown" else reason.sentences[Reader.SEEKER]
    return FitLine(reason.grade, reason.importance == "must", label, found, text, idle, denied)


def _unknown(label: str, found: str, denied: bool) -> str:
    if not found:
        return _("%(label)s: noch nicht bekannt.", label=label)
    if denied:
        return _("%(label)s: laut Anzeige nicht erfüllt (%(found)s), noch nicht geprüft.", label=label, found=found)
    return _("%(label)s: laut Anzeige %(found)s, noch nicht geprüft.", label=label, found=found)
