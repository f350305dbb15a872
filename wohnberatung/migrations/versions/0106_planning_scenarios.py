"""What planners could do, and what the gap would be then."""

import sqlalchemy as sa
from alembic import op

revision = "0106"
down_revision = "0101"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "planning_scenarios",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("change", sa.JSON, nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("job_id", ID),
        sa.Column("made_at", MOMENT),
        sa.Column("catalogue", sa.String(80), nullable=False),
        sa.Column("inputs", sa.String(64), nullable=False),
        sa.Column("requests", sa.Integer, nullable=False),
        sa.Column("homes", sa.Integer, nullable=False),
        sa.Column("touched", sa.Integer, nullable=False),
        sa.Column("findings", sa.JSON),
        sa.CheckConstraint(
            "kind IN ('homes', 'equip', 'rents', 'limits')", name=op.f("ck_planning_scenarios_kind_known")
        ),
    )
    op.create_index("ix_planning_scenarios_asked_at", "planning_scenarios", ["asked_at"])


def downgrade() -> None:
    op.drop_table("planning_scenarios")
