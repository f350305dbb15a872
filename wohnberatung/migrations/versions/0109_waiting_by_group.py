"""How long households waited by group, one row for each month of figures."""

import sqlalchemy as sa
from alembic import op

revision = "0109"
down_revision = "0108"


def upgrade() -> None:
    op.create_table(
        "planning_fairness",
        sa.Column(
            "snapshot_id", sa.CHAR(26), sa.ForeignKey("planning_snapshots.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("groups", sa.JSON, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("planning_fairness")
