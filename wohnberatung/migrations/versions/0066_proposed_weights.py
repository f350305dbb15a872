"""Weights of wishes are proposed by one person and approved by another; one version at most is in force."""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"


def upgrade() -> None:
    op.create_table(
        "proposed_weights",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("factors", sa.JSON, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("cases", sa.Integer, nullable=False),
        sa.Column("present_quality", sa.Double),
        sa.Column("proposed_quality", sa.Double),
        sa.Column("proposed_by", sa.CHAR(26), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.CHAR(26)),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("state IN ('proposed', 'in_force', 'discarded', 'replaced')", name="state_known"),
    )
    in_force = sa.text("state = 'in_force'")
    op.create_index(
        "uq_proposed_weights_in_force",
        "proposed_weights",
        ["state"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )


def downgrade() -> None:
    op.drop_table("proposed_weights")
