"""Figures for planning: one frozen state for each month."""

import sqlalchemy as sa
from alembic import op

revision = "0101"
down_revision = "0097"


def upgrade() -> None:
    op.create_table(
        "planning_snapshots",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("month", sa.Date, nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("month", name="uq_planning_snapshots_month"),
    )
    op.create_index("ix_planning_snapshots_taken_at", "planning_snapshots", ["taken_at"])
    op.create_table(
        "planning_cubes",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column(
            "snapshot_id", sa.CHAR(26), sa.ForeignKey("planning_snapshots.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("figures", sa.JSON, nullable=False),
        sa.Column("total", sa.JSON, nullable=False),
        sa.Column("exact", sa.JSON),
        sa.UniqueConstraint("snapshot_id", "key", name="uq_planning_cubes_snapshot_id_key"),
    )


def downgrade() -> None:
    op.drop_table("planning_cubes")
    op.drop_table("planning_snapshots")
