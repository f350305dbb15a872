"""Dated amounts and funding programmes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "parameters",
        sa.Column("id", ID, primary_key=True),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("value", sa.Double, nullable=False),
        sa.Column("value_high", sa.Double),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("alternative", sa.Integer, nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        *_dated(),
        sa.UniqueConstraint("key", "valid_from", "alternative"),
        sa.CheckConstraint("value_high >= value", name="range_ascends"),
        sa.CheckConstraint("valid_to >= valid_from", name="period_ascends"),
    )
    op.create_index(None, "parameters", ["key"])
    op.create_table(
        "funding_programs",
        sa.Column("id", ID, primary_key=True),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("amount", sa.Text, nullable=False),
        sa.Column("conditions", sa.Text, nullable=False),
        sa.Column("steps", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        *_dated(),
        sa.UniqueConstraint("key", "valid_from"),
        sa.CheckConstraint("valid_to >= valid_from", name="period_ascends"),
    )
    op.create_index(None, "funding_programs", ["key"])


def downgrade() -> None:
    op.drop_table("funding_programs")
    op.drop_table("parameters")


def _dated() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_to", sa.Date),
        sa.Column("source", sa.String(300), nullable=False),
        sa.Column("checked_on", sa.Date, nullable=False),
        sa.Column("to_verify", sa.Boolean, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
    )
