"""Doubles: likely ones, and what people made of them."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("dwellings", sa.Column("merged_into_id", ID))
    op.create_index(None, "dwellings", ["merged_into_id"])
    op.create_table(
        "likely_doubles",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("a_id", ID, nullable=False),
        sa.Column("b_id", ID, nullable=False),
        sa.Column("probability", sa.Double, nullable=False),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("found_at", MOMENT, nullable=False),
        sa.Column("decided_by", ID),
        sa.Column("decided_at", MOMENT),
        sa.UniqueConstraint("kind", "a_id", "b_id"),
        sa.CheckConstraint("kind IN ('dwelling', 'request', 'case')", name="kind_known"),
        sa.CheckConstraint("state IN ('open', 'merged', 'distinct')", name="state_known"),
    )
    op.create_index(None, "likely_doubles", ["state", "kind", "probability"])
    op.create_table(
        "merges",
        sa.Column("id", ID, primary_key=True),
        sa.Column("double_id", ID, sa.ForeignKey("likely_doubles.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kept_id", ID, nullable=False),
        sa.Column("gone_id", ID, nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("merged_by", ID),
        sa.Column("merged_at", MOMENT, nullable=False),
        sa.Column("undone_by", ID),
        sa.Column("undone_at", MOMENT),
    )
    for column in ("double_id", "kept_id", "gone_id"):
        op.create_index(None, "merges", [column])


def downgrade() -> None:
    op.drop_table("merges")
    op.drop_table("likely_doubles")
    op.drop_index("ix_dwellings_merged_into_id", "dwellings")
    op.drop_column("dwellings", "merged_into_id")
