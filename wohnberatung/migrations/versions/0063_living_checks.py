"""After moving in people are asked how it goes, and their answers are kept, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0060"


def upgrade() -> None:
    op.create_table(
        "living_checks",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("match_id", sa.CHAR(26), sa.ForeignKey("matches.id", ondelete="CASCADE"), nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.String(10), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("recorded_by", sa.CHAR(26)),
        sa.Column("ask_again", sa.Boolean),
        sa.Column("answer", sa.LargeBinary),
        sa.Column("handled_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("match_id", "due_on", name="uq_living_checks_match_id_due_on"),
    )
    op.create_index("ix_living_checks_answered_at", "living_checks", ["answered_at"])


def downgrade() -> None:
    op.execute("DELETE FROM match_events WHERE step IN ('ask_how_it_goes', 'told_how_it_goes')")
    op.drop_table("living_checks")
