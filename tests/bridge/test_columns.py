"""Facts as database columns."""

import pytest
from sqlalchemy import Integer, create_engine, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, mapped_column

from matching.catalogue import HOMES, SITES
from wohnberatung.bridge.columns import FactColumnsMixin
from wohnberatung.core.database import NAMING_CONVENTION

EXAMPLES = {"Measure": None, "Flag": True, "Choice": None, "Choices": None, "Day": "2027-02-28", "Text": "Garten"}


def table_for(owner: str):
    class Base(DeclarativeBase):
        pass

    Base.metadata.naming_convention = NAMING_CONVENTION
    columns = {"__tablename__": "things", "id": mapped_column(Integer, primary_key=True)}
    return type("Thing", (FactColumnsMixin, Base), columns, facts_of=owner).__table__


def example_of(fact):
    kind = type(fact).__name__
    if kind == "Measure":
        return fact.low
    if kind == "NeighbourhoodCode":
        return fact.city.codes[-1]
    if kind in ("Choice", "Choices"):
        return list(fact.options)[-1] if kind == "Choice" else list(fact.options)[:2]
    return EXAMPLES[kind]


OWNERS = [(HOMES, "dwelling"), (HOMES, "offer"), (HOMES, "project"), (SITES, "site")]


@pytest.mark.parametrize(("market", "owner"), OWNERS)
def test_every_fact_has_a_column_that_keeps_its_values_and_may_be_unknown(market, owner):
    table = table_for(owner)
    facts = market.facts_of(owner)
    assert [column.name for column in table.columns] == ["id", *(fact.key for fact in facts), "evidence"]
    example = {fact.key: example_of(fact) for fact in facts}
    engine = create_engine("sqlite://")
    table.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(table), [{"id": 1, "evidence": {}, **example}])
        connection.execute(insert(table), [{"id": 2, "evidence": {}}])
        known, unknown = connection.execute(select(*table.columns).order_by(table.c.id)).mappings()
    assert {fact.key: known[fact.key] for fact in facts} == example
    assert {unknown[fact.key] for fact in facts} == {None}
    engine.dispose()


@pytest.mark.parametrize(("market", "owner"), OWNERS)
def test_implausible_values_are_refused_by_a_named_check(market, owner):
    table = table_for(owner)
    engine = create_engine("sqlite://")
    table.metadata.create_all(engine)
    for fact in market.facts_of(owner):
        kind = type(fact).__name__
        wrong = {"Measure": getattr(fact, "high", 0) + 1, "Choice": "no such", "Text": "a" * 5000}.get(kind)
        if wrong is None:
            continue
        with engine.connect() as connection, pytest.raises(IntegrityError, match=f"ck_things_{fact.key}_plausible"):
            connection.execute(insert(table), [{"id": 1, "evidence": {}, fact.key: wrong}])
    engine.dispose()
