"""The whole way of a match on one page, drawn from the table of its states and steps, with what each side sees."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from flask_babel import lazy_gettext as _l

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.brokerage.states import (
    ACQUAINTED,
    MAIN_WAY,
    PROPOSED,
    STAGES,
    TAKES_PLACE,
    WITH_BOTH,
    MatchState,
    Stage,
)
from wohnberatung.core.steps import Party, Step

WHOSE = {
    Party.OFFICE: _l("die Wohnberatung"),
    Party.SEEKER: _l("die suchende Person"),
    Party.PROVIDER: _l("der Anbieter"),
    Party.GROUP: _l("die Gruppe"),
    Party.SYSTEM: _l("das Programm, zu seiner Zeit"),
}
_NOTHING = _l("Nichts von Ihnen.")
_NEEDS = _l("Was Ihre Wohnung können muss. Keinen Namen, keine Diagnose.")
_AS_BEFORE = _l("Nicht mehr als vorher.")
_CONTACT = _l("Ihren Namen und wie er Sie erreicht.")


@dataclass(frozen=True)
class DrawnStep:
    """An arrow: what is done, by whom, and the state it leads to."""

    done: Any
    by: tuple[Any, ...]
    to: Stage


@dataclass(frozen=True)
class DrawnStage:
    """A state with the arrow to the next on the main way and those that lead aside; `provider` is what those who offer
    know of the person by then."""

    state: MatchState
    stage: Stage
    turn: Any
    provider: Any
    onward: tuple[DrawnStep, ...]
    aside: tuple[DrawnStep, ...]

    @property
    def days(self) -> int | None:
        """How long it lasts at most; None where a named day or nothing says so."""
        return self.stage.lasts.days if self.stage.lasts else None


@dataclass(frozen=True)
class Process:
    """Main way and the states beside it."""

    way: tuple[DrawnStage, ...]
    beside: tuple[DrawnStage, ...]


def whole_process() -> Process:
    """As the table is now."""
    following = dict(pairwise(MAIN_WAY))
    way = tuple(_drawn(state, following.get(state)) for state in MAIN_WAY)
    return Process(way, tuple(_drawn(state, None) for state in STAGES if state not in MAIN_WAY))


def _drawn(state: MatchState, following: MatchState | None) -> DrawnStage:
    stage = STAGES[state]
    steps = tuple(_steps_from(state))
    return DrawnStage(
        state=state,
        stage=stage,
        turn=WHOSE[stage.turn] if stage.turn else "",
        provider=_known_to_provider(state),
        onward=tuple(_arrow(step, to) for step, to in steps if to is following),
        aside=tuple(_arrow(step, to) for step, to in steps if to is not following),
    )


def _steps_from(state: MatchState) -> Iterator[tuple[Step[BrokeredMatch], MatchState]]:
    """What leads out of it, each target once by the first step of the table; returning is told as what it is."""
    seen: set[MatchState] = set()
    for step in STEPS:
        if state in step.sources and not step.stays:
            target = MatchState(step.target)
            if target is not state and target not in seen:
                seen.add(target)
                yield step, target


def _arrow(step: Step[BrokeredMatch], to: MatchState) -> DrawnStep:
    return DrawnStep(step.done, tuple(WHOSE[party] for party in step.by), STAGES[to])


def _known_to_provider(state: MatchState) -> Any:
    """By the order of disclosure: nothing, needs alone, the contact that the person released."""
    if state in (*ACQUAINTED, *TAKES_PLACE, MatchState.COMPLETED):
        return _CONTACT
    if state in WITH_BOTH:
        return _NEEDS
    return _NOTHING if state in (*PROPOSED, MatchState.EXPIRED) else _AS_BEFORE
