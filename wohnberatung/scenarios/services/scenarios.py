"""Scenarios are asked for, listed, looked at and deleted by those who may see exact figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_administration
from wohnberatung.core.errors import NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.extensions import db
from wohnberatung.jobs.models import Job, JobState
from wohnberatung.jobs.services import enqueue
from wohnberatung.planning import cubes
from wohnberatung.planning.services.categories import categories_of
from wohnberatung.scenarios.kinds import ScenarioChange, ScenarioKind
from wohnberatung.scenarios.models import Counts, GapThen, PlanningScenario
from wohnberatung.scenarios.services.changes import words_for

COMPUTE = "planning_scenario"
SHOWN = (cubes.PROFILE, cubes.QUARTER, cubes.PERSONS, cubes.RENT, cubes.LIVING_FORM)


@dataclass(frozen=True)
class ScenarioTable:
    """Households of one dimension: (value in words, counts), in the order of planning's tables."""

    heading: str
    rows: tuple[tuple[str, Counts], ...]

    @property
    def changed(self) -> list[tuple[str, Counts]]:
        """Those for which anything is other than today."""
        return [(label, counts) for label, counts in self.rows if is_other(counts)]

    @property
    def unchanged(self) -> list[str]:
        """The words of all others."""
        return [label for label, counts in self.rows if not is_other(counts)]


@dataclass(frozen=True)
class ScenarioSheet:
    """A scenario as its page shows it, and the job that works it out while it waits."""

    scenario: PlanningScenario
    title: str
    job: Job | None
    tables: tuple[ScenarioTable, ...] = ()
    gap: tuple[GapThen, ...] = ()

    @property
    def waits(self) -> bool:
        """For a worker."""
        return self.job is not None and self.job.state in (JobState.WAITING, JobState.RUNNING)


def is_other(counts: Counts) -> bool:
    """Whether anything is other than today."""
    now, then = (counts["possible"], counts["fits"]), (counts["possible_then"], counts["fits_then"])
    return now != then or bool(counts["newly"])


def ask(kind: ScenarioKind, change: ScenarioChange, actor: Actor) -> PlanningScenario:
    """A new one, worked out by a worker. Forbidden for anybody but the administration."""
    only_administration(actor)
    asked: ScenarioChange = {**change}
    if kind is ScenarioKind.HOMES:
        asked.setdefault("free_from", clock.today().isoformat())
    scenario = PlanningScenario(id=new_id(), kind=kind, change=asked, asked_by=actor.user_id)
    db.session.add(scenario)
    db.session.flush()
    scenario.job_id = enqueue(COMPUTE, {"scenario": scenario.id}, key=f"{COMPUTE}:{scenario.id}").id
    return scenario


def ask_again(scenario_id: str, actor: Actor) -> PlanningScenario:
    """The same change once more, of what there is now. Forbidden as `ask`, NotFound where there is none."""
    asked = get_scenario(scenario_id)
    return ask(asked.kind, asked.change, actor)


def delete(scenario_id: str, actor: Actor) -> None:
    """Forbidden for anybody but the administration, NotFound where there is none."""
    only_administration(actor)
    db.session.delete(get_scenario(scenario_id))
    db.session.flush()


def get_scenario(scenario_id: str) -> PlanningScenario:
    """NotFound where there is none."""
    scenario = db.session.get(PlanningScenario, scenario_id, populate_existing=True)
    if scenario is None:
        raise NotFound(_("Dieses Szenario gibt es nicht."))
    return scenario


def listed(actor: Actor, number: int = 1) -> Page[tuple[PlanningScenario, str]]:
    """The newest first, each in words. Forbidden for anybody but the administration."""
    only_administration(actor)
    query = select(PlanningScenario).order_by(PlanningScenario.asked_at.desc(), PlanningScenario.id.desc())
    page = paginate(db.session, query, number)
    lines = [(each, words_for(each.kind, each.change)) for each in page.items]
    return Page(lines, page.number, page.size, page.total)


def sheet_of(scenario_id: str, actor: Actor) -> ScenarioSheet:
    """Forbidden for anybody but the administration, NotFound where there is none."""
    only_administration(actor)
    scenario = get_scenario(scenario_id)
    job = db.session.get(Job, scenario.job_id) if scenario.job_id else None
    gap = tuple(scenario.findings["gap"]) if scenario.findings else ()
    return ScenarioSheet(scenario, words_for(scenario.kind, scenario.change), job, tuple(_tables(scenario)), gap)


def _tables(scenario: PlanningScenario) -> Iterator[ScenarioTable]:
    for dimension in SHOWN:
        found = (scenario.findings or {"cells": {}})["cells"].get(dimension.key, {})
        rows = tuple((label, found[value]) for value, label in categories_of(dimension) if value in found)
        if rows:
            yield ScenarioTable(str(dimension.label), rows)


def flat_headings() -> list[str]:
    """Of the file."""
    return [
        _("Wonach"),
        _("Wert"),
        _("Haushalte"),
        _("etwas kommt infrage: heute"),
        _("etwas kommt infrage: dann"),
        _("etwas passt: heute"),
        _("etwas passt: dann"),
        _("neu infrage, wo heute nichts passt"),
    ]


def flat_rows(sheet: ScenarioSheet) -> Iterator[list[str | int]]:
    """A row for each cell, the whole first."""
    if sheet.scenario.findings is not None:
        yield [_("Alle"), "", *_numbers(sheet.scenario.findings["total"])]
    for table in sheet.tables:
        for label, counts in table.rows:
            yield [table.heading, label, *_numbers(counts)]


def _numbers(counts: Counts) -> list[int]:
    """In the order of the headings."""
    return [cast(dict[str, int], counts)[key] for key in Counts.__annotations__]
