"""What the home cannot do of what the person needs, as the engine judges it, and which works would help."""

from collections.abc import Iterator
from dataclasses import dataclass

from matching.catalogue import HOMES
from matching.explanation import Reader, Reason
from matching.frame import Frame
from matching.kinds import Adaptation
from matching.ranking import match_of
from matching.requests import Request, SupplyRow
from wohnberatung.advice.models import Parameter
from wohnberatung.bridge.needs import requirements_of
from wohnberatung.bridge.wording import spoken
from wohnberatung.measures.services.funding import cost_hint, option
from wohnberatung.surveys.services.surveys import SurveySheet


@dataclass(frozen=True)
class Barrier:
    """One thing the person needs and the home does not give, or of which nobody knows yet (`grade` unknown). `cost` is
    what `works` usually cost as the dated tables say today."""

    grade: str
    must: bool
    label: str
    found: str
    sentence: str
    works: Adaptation | None
    cost: Parameter | None = None


@dataclass(frozen=True)
class Barriers:
    """Everything that stands in the way, what must be before what would be nice; and what suits already."""

    found: tuple[Barrier, ...]
    unknown: tuple[Barrier, ...]
    suiting: int

    @property
    def works(self) -> list[Adaptation]:
        """Works that would help, each once."""
        return list({barrier.works.measure: barrier.works for barrier in self.found if barrier.works}.values())


def barriers_of(sheet: SurveySheet) -> Barriers:
    """What was measured counts as measured; what else is known of one of our dwellings, as well as it is known."""
    requirements = requirements_of(sheet.requirements())
    if not requirements:
        return Barriers((), (), 0)
    frame = Frame(HOMES, [_home(sheet)])
    match = match_of(Request(sheet.survey.id, requirements), frame, sheet.survey.id, spoken())
    judged = [(reason, _barrier(reason)) for reason in match.reasons if reason.side == "seeker"]
    return Barriers(
        found=tuple(_of(judged, "missed", "adaptable")),
        unknown=tuple(_of(judged, "unknown")),
        suiting=sum(reason.grade in ("met", "nearly") for reason, _barrier in judged),
    )


def _of(judged: list[tuple[Reason, Barrier]], *grades: str) -> Iterator[Barrier]:
    """Of these grades, musts first."""
    found = (barrier for reason, barrier in judged if reason.grade in grades)
    return iter(sorted(found, key=lambda barrier: not barrier.must))


def _home(sheet: SurveySheet) -> SupplyRow:
    dwelling = sheet.survey.dwelling
    known = dwelling.known_facts() if dwelling is not None else {}
    evidence = {key: entry["level"] for key, entry in (dwelling.evidence if dwelling is not None else {}).items()}
    measured = sheet.facts
    return SupplyRow(sheet.survey.id, {**known, **measured}, {**evidence, **dict.fromkeys(measured, "measured")})


def _barrier(reason: Reason) -> Barrier:
    told = reason.sentences
    found = told.found if reason.found is not None else ""
    cost = cost_hint(option(told.works.measure)) if told.works else None
    must = reason.importance == "must"
    return Barrier(reason.grade, must, told.label, found, told[Reader.SEEKER], told.works, cost)
