"""A row that is deleted, or a person who asks what is theirs, must not cost a walk through a whole table."""

from flask import Flask
from sqlalchemy import Table, UniqueConstraint

from wohnberatung.extensions import db

# (table, columns) that need no index, with the reason.
WITHOUT_INDEX: dict[tuple[str, tuple[str, ...]], str] = {}


def test_every_foreign_key_has_an_index(app: Flask) -> None:
    assert {key for table in db.metadata.tables.values() for key in unindexed(table)} == WITHOUT_INDEX.keys()


def test_an_index_that_only_contains_the_column_does_not_count() -> None:
    metadata = db.MetaData()
    db.Table("parents", metadata, db.Column("id", db.Integer, primary_key=True))
    child = db.Table(
        "children",
        metadata,
        db.Column("id", db.Integer, primary_key=True),
        db.Column("name", db.String(9)),
        db.Column("led_id", db.ForeignKey("parents.id"), index=True),
        db.Column("trailing_id", db.ForeignKey("parents.id")),
        db.Column("bare_id", db.ForeignKey("parents.id")),
        db.Index("ix_children_name", "name", "trailing_id"),
    )
    assert unindexed(child) == {("children", ("trailing_id",)), ("children", ("bare_id",))}


def unindexed(table: Table) -> set[tuple[str, tuple[str, ...]]]:
    """Foreign keys whose columns do not come first in any index, unique constraint or primary key."""
    uniques = [item for item in table.constraints if isinstance(item, UniqueConstraint)]
    orders = [[column.name for column in found.columns] for found in (table.primary_key, *table.indexes, *uniques)]
    keys = ((table.name, tuple(column.name for column in key.columns)) for key in table.foreign_key_constraints)
    return {key for key in keys if not any(set(order[: len(key[1])]) == set(key[1]) for order in orders)}
