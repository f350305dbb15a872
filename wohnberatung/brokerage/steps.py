"""The steps between the states of a match, as a table. Nothing else changes a state."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from wohnberatung.brokerage.states import ANSWERABLE, OPEN, OVER, MatchState, Party

S = MatchState


@dataclass(frozen=True)
class Step:
    """A way from one state to another: who may go it, how its button and its line in the history read, which
    guards (services/guards.py) must let it pass. `reason`: one must be given; `mail`: the template by which the
    one who seeks is told."""

    key: str
    by: Party
    sources: tuple[MatchState, ...]
    target: MatchState
    label: Any
    done: Any
    guards: tuple[str, ...] = ()
    mail: str = ""
    reason: bool = False


MAY_OFFER = ("consent", "request", "place", "seeker_limit", "place_limit")
STEPS: dict[str, Step] = {
    step.key: step
    for step in (
        Step(
            "review",
            Party.OFFICE,
            OVER,
            S.UNDER_REVIEW,
            _l("Noch einmal prüfen"),
            _l("Zur Prüfung ausgewählt"),
            guards=("consent", "request", "place", "pair"),
        ),
        Step(
            "offer",
            Party.OFFICE,
            (S.UNDER_REVIEW,),
            S.OFFERED,
            _l("Vorschlagen"),
            _l("Vorgeschlagen"),
            guards=MAY_OFFER,
            mail="proposal",
        ),
        Step(
            "interested",
            Party.SEEKER,
            ANSWERABLE,
            S.INTERESTED,
            _l("Das interessiert mich"),
            _l("Antwort: Interesse"),
            guards=MAY_OFFER,
        ),
        Step(
            "declined",
            Party.SEEKER,
            ANSWERABLE,
            S.DECLINED,
            _l("Das passt nicht"),
            _l("Antwort: passt nicht"),
            guards=("consent",),
            reason=True,
        ),
        Step(
            "later",
            Party.SEEKER,
            ANSWERABLE,
            S.LATER,
            _l("Fragen Sie mich später noch einmal"),
            _l("Antwort: später noch einmal"),
            guards=("consent", "place"),
        ),
        Step(
            "help_wanted",
            Party.SEEKER,
            ANSWERABLE,
            S.HELP_WANTED,
            _l("Ich brauche Hilfe"),
            _l("Antwort: braucht Hilfe"),
            guards=MAY_OFFER,
        ),
        Step("confirm", Party.OFFICE, (S.DECLINED,), S.CLOSED, _l("Ablehnung bestätigen"), _l("Ablehnung bestätigt")),
        Step(
            "withdraw",
            Party.OFFICE,
            OPEN,
            S.CANCELLED,
            _l("Zurückziehen"),
            _l("Zurückgezogen"),
            mail="proposal_ended",
            reason=True,
        ),
        Step(
            "remind",
            Party.SYSTEM,
            (S.OFFERED,),
            S.OFFERED,
            "",
            _l("An die Antwort erinnert"),
            guards=("consent",),
            mail="proposal_reminder",
        ),
        Step("expire", Party.SYSTEM, (S.OFFERED,), S.EXPIRED, "", _l("Ohne Antwort abgelaufen")),
        Step("wake", Party.SYSTEM, (S.LATER,), S.UNDER_REVIEW, "", _l("Wieder vorgelegt")),
        Step("preempt", Party.SYSTEM, OPEN, S.PREEMPTED, "", _l("Nicht mehr zu haben"), mail="proposal_ended"),
        Step("end", Party.SYSTEM, (*OPEN, S.DECLINED), S.CANCELLED, "", _l("Beendet")),
    )
}
ANSWERS = tuple(step for step in STEPS.values() if step.by is Party.SEEKER)
REMINDED_BEFORE = timedelta(hours=48)


def steps_from(state: MatchState, by: Party) -> Iterator[Step]:
    """The steps that this party may take from there, guards aside."""
    return (step for step in STEPS.values() if step.by is by and state in step.sources and step.target is not state)
