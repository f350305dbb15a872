"""Facts as database columns: one typed, nullable column each, NULL where unknown, with a named CHECK.

The database is the last line of validation; `Fact.parse` is the first and speaks in sentences.
"""

from collections.abc import Mapping
from functools import singledispatch
from typing import TYPE_CHECKING, Any, ClassVar, TypedDict

from sqlalchemy import JSON, Boolean, CheckConstraint, Double, String, Text
from sqlalchemy.orm import Mapped, MappedColumn, mapped_column
from sqlalchemy.types import TypeEngine

from matching import facts as kinds
from matching.catalogue import HOMES, SITES, Market
from wohnberatung.core.database import FlatJson, IsoDay

LONGEST_OPTION = 40
MARKET_OF = {fact.owner: market for market in (HOMES, SITES) for fact in market.facts}
"""By what is ranked there: each kind of thing belongs to one market."""


class KnownBy(TypedDict):
    """How a fact is known as it stands: claimed, stated or measured, on which day (ISO 8601), and by whom."""

    level: str
    date: str
    source: str


class FactColumnsMixin:
    """A table with facts: `class Offer(FactColumnsMixin, Model, facts_of="offer")` has one column for each.

    `evidence` maps the key of a known fact to how it is known today; the history
    is in `fact_records`. Never written directly: `dwellings.services.facts.record_facts` is the one way in.
    """

    fact_market: ClassVar[Market]
    fact_owner: ClassVar[str]
    if TYPE_CHECKING:  # each table declares its own
        id: Mapped[str]
        organisation_id: Mapped[str]
    evidence: Mapped[dict[str, KnownBy]] = mapped_column(JSON, default=dict, sort_order=800)

    def __init_subclass__(cls, *, facts_of: str = "", **kwargs: Any) -> None:
        if facts_of:
            cls.fact_market, cls.fact_owner = MARKET_OF[facts_of], facts_of
            for position, fact in enumerate(cls.own_facts(), start=100):
                setattr(cls, fact.key, fact_column(fact, position))
        super().__init_subclass__(**kwargs)

    @classmethod
    def own_facts(cls) -> tuple[kinds.Fact, ...]:
        """The facts this table holds, in declared order."""
        return cls.fact_market.facts_of(cls.fact_owner)

    def known_facts(self) -> dict[str, object]:
        """Values by key, unknown ones left out."""
        values = {fact.key: getattr(self, fact.key) for fact in self.own_facts()}
        return {key: value for key, value in values.items() if value is not None}


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
