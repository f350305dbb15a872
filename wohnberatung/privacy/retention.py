"""How long things are kept. Every area declares its rules in its ``AREA``; here they are run.

A rule finds the rows whose time is over and does one thing to each: ask, block, delete. Doing it again finds
nothing left, so the job may run as often as one likes and be killed at any point.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import ColumnElement, Select, func, inspect, select

from wohnberatung.core import clock
from wohnberatung.core.languages import Words
from wohnberatung.core.manifests import Declared, areas
from wohnberatung.core.settings import setting
from wohnberatung.core.transactions import LeftUndone, each_in_its_own_transaction
from wohnberatung.extensions import db

# Days of a mean year and of its months.
YEAR, MONTH = 365.25, 365.25 / 12
HALF_A_YEAR = 6


@dataclass(frozen=True)
class RetentionRule(Declared):
    """What happens to a class of rows after so many days.

    `due` gets the moment that lies `days` back and gives the select of the rows whose time is over; `carry_out`
    is called with each of them, inside a transaction. `label` and `action` are German, for the administrators'
    report; `promise` is the sentence of the privacy notice with what `promised` fills in, empty where others say it.
    """

    key: str
    label: Words
    action: Any
    days: int
    due: Callable[[datetime], Select[Any]]
    carry_out: Callable[[Any], object]
    promise: Words = ""


def ended_links(key: str, label: Words, links: Any) -> RetentionRule:
    """Of a table of `links`: those that are no longer valid go at once."""
    return RetentionRule(
        key, label, _l("löschen"), 0, lambda now: select(links).where(links.valid_until < now), db.session.delete
    )


@dataclass(frozen=True)
class RetentionCount:
    """One class in the report: the rule, the days as configured, how many rows are due or were dealt with."""

    rule: RetentionRule
    days: int
    count: int

    @property
    def span(self) -> str:
        """The days as people say them; the rule's own end where there are none."""
        return period_words(self.days)[0] if self.days else _("eigene Frist")


def rules() -> Iterator[RetentionRule]:
    """The rules of all areas in the order of the areas."""
    for area in areas():
        yield from area.retention


def days_of(rule: RetentionRule) -> int:
    """As the operator has set it (`RETENTION_DAYS`), else as declared."""
    return int(setting("RETENTION_DAYS").get(rule.key, rule.days))


def promised(rule: RetentionRule) -> str:
    """The sentence of the privacy notice, with %(span)s as "3 Jahre" and %(after)s as "nach 3 Jahren"."""
    span, after = period_words(days_of(rule))
    return str(rule.promise) % {"span": span, "after": after}


def period_words(days: int) -> tuple[str, str]:
    """How long, and after how long, as people say it: in years and months where the days come to some.

    Nobody counts 1,096 days. A leap day and the unequal lengths of months are no reason to."""
    years, months = round(days / YEAR), round(days / MONTH)
    if years and abs(days - years * YEAR) <= 1:
        return (
            ngettext("%(num)s Jahr", "%(num)s Jahre", years),
            ngettext("nach %(num)s Jahr", "nach %(num)s Jahren", years),
        )
    if months == HALF_A_YEAR and abs(days - months * MONTH) <= 2:
        return _("ein halbes Jahr"), _("nach einem halben Jahr")
    if months and abs(days - months * MONTH) <= 2:
        return (
            ngettext("%(num)s Monat", "%(num)s Monate", months),
            ngettext("nach %(num)s Monat", "nach %(num)s Monaten", months),
        )
    return (
        ngettext("%(num)s Tag", "%(num)s Tage", days),
        ngettext("nach %(num)s Tag", "nach %(num)s Tagen", days),
    )


def report() -> list[RetentionCount]:
    """What would happen now; changes nothing."""
    check_settings()
    return [RetentionCount(rule, days_of(rule), _count(rule)) for rule in rules()]


def carry_out(rule: RetentionRule) -> RetentionCount:
    """Do it, row by row: what is done stays done. Raises LeftUndone for rows where it failed."""
    due = rule.due(_limit(rule))

    def do(identity: tuple[Any, ...]) -> int:
        row = db.session.scalar(due.where(*_has(due, identity)))
        if row is None:
            return 0
        rule.carry_out(row)
        db.session.flush()
        return 1

    rows = [inspect(row).identity for row in db.session.scalars(due)]
    return RetentionCount(rule, days_of(rule), sum(each_in_its_own_transaction(rows, do)))


def carry_out_all(rules_to_keep: Iterable[RetentionRule]) -> Iterator[RetentionCount]:
    """One line after the other as it is done; what fails in one rule stops no other. Raises LeftUndone at the end."""
    failed = 0
    for rule in rules_to_keep:
        try:
            yield carry_out(rule)
        except LeftUndone as left:
            failed += left.count
    if failed:
        raise LeftUndone(failed)


def _has(due: Select[Any], identity: tuple[Any, ...]) -> list[ColumnElement[bool]]:
    """That it is this row and no other."""
    key = inspect(due.column_descriptions[0]["entity"]).primary_key
    return [column == value for column, value in zip(key, identity, strict=True)]


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
