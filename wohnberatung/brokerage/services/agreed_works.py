"""What came out of checking works: what they cost, who pays how much of it, whether the owner agrees."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from wohnberatung.brokerage.models import AgreedWorks, MatchTask
from wohnberatung.brokerage.services.history import locked
from wohnberatung.brokerage.services.matches import MatchSheet, match_sheet
from wohnberatung.brokerage.services.tasks import load_task, move
from wohnberatung.brokerage.task_kinds import OwnerSays, TaskKind, TaskState
from wohnberatung.core.actors import Actor
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.steps import Party
from wohnberatung.extensions import db

# What somebody pays, by the field that says it.
PAYERS = ("provider_eur", "seeker_eur", "funding_eur")
MOST_EUR = 1_000_000


@dataclass(frozen=True)
class WorksSheet:
    """A task about works with its match, and what is stored of the result."""

    task: MatchTask
    sheet: MatchSheet
    stored: dict[str, Any]


def works_sheet(task_id: str, actor: Actor) -> WorksSheet:
    """For the office. NotFound for a task that is not about works, or not to be known of."""
    task = _load(task_id, actor)
    stored = {**(task.plain_content.get("works") or {}), "version": task.version}
    return WorksSheet(task, match_sheet(task.match_id, actor), stored)


def keep_result(
    task_id: str, amounts: Mapping[str, int | None], consent: str, actor: Actor, *, version: int | None
) -> MatchTask:
    """Keep what was agreed on, and be done with the task. Raises as `works_sheet` does, Conflict where it was changed
    meanwhile, DomainError at a field where an amount cannot be or nothing costs anything."""
    task = _load(task_id, actor)
    match = locked(task.match_id)
    check_version(task, version)
    said = OwnerSays(consent)
    paid = {name: amounts.get(name) or 0 for name in PAYERS}
    for name, amount in paid.items():
        if not 0 <= amount <= MOST_EUR:
            raise DomainError(_("Bitte geben Sie einen Betrag zwischen 0 und 1.000.000 € an."), name)
    if said is not OwnerSays.REFUSED and not sum(paid.values()):
        raise DomainError(_("Bitte geben Sie an, wer wie viel zahlt."), PAYERS[0])
    works: AgreedWorks = {
        "provider_eur": paid["provider_eur"],
        "seeker_eur": paid["seeker_eur"],
        "funding_eur": paid["funding_eur"],
        "consent": said.value,
    }
    task.plain_content = {**task.plain_content, "works": works}
    task.changed_by = actor.user_id
    db.session.flush()
    if task.state == TaskState.OPEN:
        move(match, task, "tick", Party.OFFICE, actor)
    return task


def _load(task_id: str, actor: Actor) -> MatchTask:
    task = load_task(task_id, actor)
    if task.kind != TaskKind.ADAPTATION:
        raise NotFound(_("Diese Aufgabe gibt es nicht."))
    return task
