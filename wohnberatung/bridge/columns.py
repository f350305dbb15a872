"""Facts as database columns: one typed, nullable column each, NULL where unknown, with a named CHECK.

The database is the last line of validation; `Fact.parse` is the first and speaks in sentences.
"""

from collections.abc import Mapping
from datetime import date
from functools import singledispatch
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Boolean, CheckConstraint, Date, Dialect, Double, Integer, String, Text
from sqlalchemy.orm import MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from matching import facts as kinds
from matching.catalogue import HOMES, Market

LONGEST_OPTION = 40
FlatJson = JSON(none_as_null=True)
"""JSON whose missing value is NULL, not the JSON word null."""
LongId = BigInteger().with_variant(Integer, "sqlite")
"""A running number of the database's own; SQLite counts only plain INTEGER keys."""


class IsoDay(TypeDecorator[str]):
    """A calendar day that Python sees as ISO text, as the engine does."""

    impl = Date
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)

    def process_result_value(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()


class FactColumnsMixin:
    """What every table with facts has beside the columns themselves.

    `evidence` maps the key of a known fact to `{"level", "date", "source"}` as it stands today; the history
    is in `fact_records`. Never written directly: `dwellings.services.facts.record_facts` is the one way in.
    """

    fact_market: ClassVar[Market]
    fact_owner: ClassVar[str]
    evidence: Any

    @classmethod
    def own_facts(cls) -> tuple[kinds.Fact, ...]:
        """The facts this table holds, in declared order."""
        return cls.fact_market.facts_of(cls.fact_owner)

    def known_facts(self) -> dict[str, Any]:
        """Values by key, unknown ones left out."""
        values = {fact.key: getattr(self, fact.key) for fact in self.own_facts()}
        return {key: value for key, value in values.items() if value is not None}


def fact_columns(market: Market, owner: str) -> type[FactColumnsMixin]:
    """A mixin with one column per fact of that owner, and `evidence`."""
    members: dict[str, Any] = {
        fact.key: fact_column(fact, position) for position, fact in enumerate(market.facts_of(owner), start=100)
    }
    members["evidence"] = mapped_column(JSON, default=dict, nullable=False, sort_order=800)
    members |= {"fact_market": market, "fact_owner": owner}
    return type(f"{owner.capitalize()}FactColumnsMixin", (FactColumnsMixin,), members)


def home_columns(owner: str) -> type[FactColumnsMixin]:
    """The columns that the homes market gives a dwelling, an offer or a project."""
    return fact_columns(HOMES, owner)


def fact_column(fact: kinds.Fact, position: int = 0) -> MappedColumn[Any]:
    """The nullable column of one fact; `position` orders it within its table."""
    rule = column_rule(fact)
    checks = [CheckConstraint(rule, name=f"{fact.key}_plausible")] if rule else []
    return mapped_column(fact.key, column_type(fact), *checks, nullable=True, sort_order=position)


@singledispatch
def column_type(fact: kinds.Fact) -> TypeEngine[Any]:
    """The column type for a kind of fact."""
    raise TypeError(f"no column type for {type(fact).__name__}")


@singledispatch
def column_rule(fact: kinds.Fact) -> str | None:
    """The SQL condition that known values fulfil on both databases; None where the type says it all."""
    return None


@column_type.register
def _(fact: kinds.Measure) -> TypeEngine[Any]:
    return Double()


@column_rule.register
def _(fact: kinds.Measure) -> str:
    return f"{fact.key} BETWEEN {fact.low:g} AND {fact.high:g}"


@column_type.register
def _(fact: kinds.Flag) -> TypeEngine[Any]:
    return Boolean()


@column_type.register
def _(fact: kinds.Choice) -> TypeEngine[Any]:
    return String(LONGEST_OPTION)


@column_rule.register
def _(fact: kinds.Choice) -> str:
    return f"{fact.key} IN ({_quoted(fact.options)})"


@column_type.register
def _(fact: kinds.Choices) -> TypeEngine[Any]:
    return FlatJson


@column_rule.register
def _(fact: kinds.Choices) -> None:
    return None


@column_type.register
def _(fact: kinds.Day) -> TypeEngine[Any]:
    return IsoDay()


@column_type.register
def _(fact: kinds.NeighbourhoodCode) -> TypeEngine[Any]:
    # No CHECK: which neighbourhoods there are is data of the city, not part of the declaration.
    return String(LONGEST_OPTION)


@column_type.register
def _(fact: kinds.Text) -> TypeEngine[Any]:
    return Text()


@column_rule.register
def _(fact: kinds.Text) -> str:
    return f"length({fact.key}) <= {fact.longest}"


def _quoted(options: Mapping[str, str]) -> str:
    return ", ".join("'" + option.replace("'", "''") + "'" for option in options)
