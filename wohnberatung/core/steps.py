"""Steps from one state of a thing to another, written down as one table per thing; nothing else changes its state.

The table says which buttons a page shows, which wishes are refused with which sentence, how the line in a history
reads, how long the state may last and who is told. `docs/steps.md` draws every table.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar

from flask_babel import gettext as _

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.languages import Words

T = TypeVar("T")


class Party(StrEnum):
    """Who takes a step, or whose turn it is. `group` lives together, `system` is a timer or another thing's step."""

    OFFICE = "office"
    SEEKER = "seeker"
    PROVIDER = "provider"
    GROUP = "group"
    SYSTEM = "system"


def party_of(actor: Actor, otherwise: Party) -> Party:
    """The office where the person works for it, else the party whose things these are."""
    return Party.OFFICE if actor.is_staff else otherwise


@dataclass(frozen=True)
class RequiredReason:
    """That a step must say why: the form field it is given in, and what is said where it is missing."""

    field: str
    missing: Words


@dataclass(frozen=True)
class Deadline:
    """How long the state that a step leads to may last: so many whole days in Berlin after today. Whoever is at turn
    is reminded `reminder` before its end."""

    days: int
    reminder: timedelta | None = None

    def end(self, counted_from: date | None = None) -> datetime:
        """Midnight in Berlin after the last day, counted from today or that day."""
        return clock.start_of_day((counted_from or clock.today()) + timedelta(days=self.days + 1))


@dataclass(frozen=True)
class Step(Generic[T]):
    """A way from some states to another.

    `by` may take it. `label` is what its button says, `done` the line in the history or what is said afterwards.
    `guards` raise a DomainError that says what stands in the way. `instead` are states it may lead to where the
    service finds so, `told` is the template of the mail that tells of it. A step that `asks` has a page of its own. One
    that `stays` does something in whichever of its sources the thing is, and leaves it there. One that `returns` leads
    to where the thing was before: the service finds the state, among `target` and `instead`. `also_told` is the mail to
    the other side. `button` says whether a step with a label has its button now for that party, always without it.
    """

    key: str
    by: tuple[Party, ...]
    sources: tuple[StrEnum, ...]
    target: StrEnum
    label: Words = ""
    done: Words = ""
    guards: tuple[Callable[[T], None], ...] = ()
    instead: tuple[StrEnum, ...] = ()
    deadline: Deadline | None = None
    reason: RequiredReason | None = None
    told: str = ""
    asks: bool = False
    stays: bool = False
    returns: bool = False
    also_told: str = ""
    button: Callable[[T, Party], bool] | None = None

    @property
    def targets(self) -> tuple[StrEnum, ...]:
        return self.sources if self.stays else (self.target, *self.instead)


class StepTable(Generic[T]):
    """All steps of one kind of thing, whose state is the attribute `field`.

    A new thing is in one of the states `begins`; from those that are `final` nothing leads on. `refused` makes the
    error for a step that does not lead from where the thing is now. `enter` sets the state where more than the
    attribute changes with it.
    """

    def __init__(
        self,
        *steps: Step[T],
        begins: tuple[StrEnum, ...],
        refused: Callable[[T], DomainError],
        final: tuple[StrEnum, ...] = (),
        field: str = "state",
        enter: Callable[[T, StrEnum], None] | None = None,
    ) -> None:
        self._steps = {step.key: step for step in steps}
        self.states = type(begins[0])
        self.begins, self.final, self.field = begins, final, field
        self.refused, self._enter = refused, enter

    def __iter__(self) -> Iterator[Step[T]]:
        return iter(self._steps.values())

    def __getitem__(self, key: str) -> Step[T]:
        """Raises NotFound where the table has no such step."""
        if key not in self._steps:
            raise NotFound(_("Diesen Schritt gibt es nicht."))
        return self._steps[key]

    def state_of(self, thing: T) -> StrEnum:
        return self.states(getattr(thing, self.field))

    def offered(self, thing: T, by: Party) -> tuple[Step[T], ...]:
        """The steps that this party may take now, guards aside: those that have a button."""
        steps = self.offered_from(self.state_of(thing), by)
        return tuple(step for step in steps if step.button is None or step.button(thing, by))

    def offered_from(self, state: StrEnum, by: Party) -> tuple[Step[T], ...]:
        return tuple(step for step in self if by in step.by and state in step.sources and step.label)

    def is_done(self, thing: T, key: str, by: Party) -> bool:
        """Whether it is where the step leads: the same step twice is one. Raises NotFound where this party has no such
        step. One that stays may be taken again."""
        step = self._of(key, by)
        return not (step.stays or step.returns) and self.state_of(thing) in step.targets

    def check(self, thing: T, key: str, *, by: Party, why: str | None = None) -> Step[T]:
        """The step, where it may be taken.

        Raises NotFound where this party has no such step, what `refused` makes where it does not lead from here,
        DomainError at the field of the reason where there is none, and whatever a guard raises.
        """
        step = self._of(key, by)
        if self.state_of(thing) not in step.sources:
            raise self.refused(thing)
        if step.reason is not None and not (why or "").strip():
            raise DomainError(str(step.reason.missing), step.reason.field)
        for guard in step.guards:
            guard(thing)
        return step

    def _of(self, key: str, by: Party) -> Step[T]:
        step = self[key]
        if by not in step.by:
            raise NotFound(_("Diesen Schritt gibt es nicht."))
        return step

    def take(self, thing: T, key: str, *, by: Party, why: str | None = None, target: StrEnum | None = None) -> Step[T]:
        """Go the step, to `target` where it may lead to several states. Raises as `check` does; stores nothing."""
        step = self.check(thing, key, by=by, why=why)
        self.enter(thing, step, target)
        return step

    def enter(self, thing: T, step: Step[T], target: StrEnum | None = None) -> None:
        """Be where the step leads, once it was checked. Raises ValueError where it does not lead to `target`."""
        if step.stays:
            return
        reached = step.target if target is None else target
        if reached not in step.targets:
            raise ValueError(f"{step.key} does not lead to {reached}")
        self.put(thing, reached)

    def put(self, thing: T, state: StrEnum) -> None:
        """Be in a state, whatever led there: for the table itself, and for trying it."""
        if self._enter is not None:
            self._enter(thing, state)
        else:
            setattr(thing, self.field, state)

    def faults(self) -> list[str]:
        """What is wrong with the table: states nothing leads to, or out of, although they are not final."""
        reached = {*self.begins, *(state for step in self for state in step.targets)}
        left = {state for step in self for state in step.sources if set(step.targets) - {state}}
        return [
            *(f"nothing leads to {state}" for state in self.states if state not in reached),
            *(f"nothing leads out of {state}" for state in self.states if state not in left | set(self.final)),
            *(f"{state} is no end" for state in self.final if state in left),
        ]

    def diagram(self) -> str:
        """The table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", *(f"    [*] --> {state}" for state in self.begins)]
        lines += [f"    {line}" for step in self for line in _arrows(step)]
        return "\n".join([*lines, *(f"    {state} --> [*]" for state in self.final)])


def _arrows(step: Step[Any]) -> Iterable[str]:
    who = ", ".join(step.by)
    if step.stays or step.returns:
        for source in step.sources:
            yield f"{source} --> {source if step.stays else 'before'}: {step.key} ({who})"
        return
    for target in step.targets:
        for source in step.sources:
            yield f"{source} --> {target}: {step.key} ({who})"
