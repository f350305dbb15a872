"""How long things are kept. Every area declares its rules in its ``AREA``; here they are run.

A rule finds the rows whose time is over and does one thing to each: ask, block, delete. Doing it again finds
nothing left, so the job may run as often as one likes and be killed at any point.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from wohnberatung.core import clock
from wohnberatung.core.manifests import Declared, areas
from wohnberatung.core.settings import setting
from wohnberatung.extensions import db


@dataclass(frozen=True)
class RetentionRule(Declared):
    """What happens to a class of rows after so many days.

    `due` gets the moment that lies `days` back and gives the select of the rows whose time is over; `carry_out`
    is called with each of them, inside a transaction. `label` and `deed` are German, for the administrators'
    report; `promise` is the sentence of the privacy notice with %(days)s in it, empty where others say it.
    """

    key: str
    label: Any
    deed: Any
    days: int
    due: Callable[[datetime], Select[Any]]
    carry_out: Callable[[Any], None]
    promise: Any = ""


@dataclass(frozen=True)
class RetentionCount:
    """One class in the report: the rule, the days as configured, how many rows are due or were dealt with."""

    rule: RetentionRule
    days: int
    count: int


def rules() -> Iterator[RetentionRule]:
    """The rules of all areas in the order of the areas."""
    for area in areas():
        yield from area.retention


def days_of(rule: RetentionRule) -> int:
    """As the operator has set it (`RETENTION_DAYS`), else as declared."""
    return int(setting("RETENTION_DAYS").get(rule.key, rule.days))


def report() -> list[RetentionCount]:
    """What would happen now; changes nothing."""
    check_settings()
    return [RetentionCount(rule, days_of(rule), _count(rule)) for rule in rules()]


def carry_out(rule: RetentionRule) -> RetentionCount:
    """Do it, in the caller's transaction."""
    rows = db.session.scalars(rule.due(_limit(rule))).all()
    for row in rows:
        rule.carry_out(row)
    db.session.flush()
    return RetentionCount(rule, days_of(rule), len(rows))


def check_settings() -> None:
    """ValueError for a configured period that belongs to no rule."""
    unknown = set(setting("RETENTION_DAYS")) - {rule.key for rule in rules()}
    if unknown:
        raise ValueError(f"RETENTION_DAYS: {', '.join(sorted(unknown))} gibt es nicht")


def _count(rule: RetentionRule) -> int:
    due = rule.due(_limit(rule)).order_by(None).subquery()
    return db.session.scalar(select(func.count()).select_from(due)) or 0


def _limit(rule: RetentionRule) -> datetime:
    """Whole days end at midnight in Berlin; what has an end of its own (0 days) ends at that moment."""
    days = days_of(rule)
    return clock.start_of_day(clock.today() - timedelta(days=days)) if days else clock.now()
