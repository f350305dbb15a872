"""Both sides of a match agree on a date, find the way, say how it was and what is to be put right."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0058"

MOMENT = sa.DateTime(timezone=True)
SIDES = "IN ('seeker', 'provider')"


def upgrade() -> None:
    op.create_table(
        "viewings",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("match_id", sa.CHAR(26), sa.ForeignKey("matches.id", ondelete="CASCADE"), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("proposed_by", sa.String(10), nullable=False),
        sa.Column("options", sa.JSON, nullable=False),
        sa.Column("starts_at", MOMENT),
        sa.Column("reminded_at", MOMENT),
        sa.Column("asked_at", MOMENT),
        sa.Column("seeker_missed", sa.Integer, nullable=False),
        sa.Column("provider_missed", sa.Integer, nullable=False),
        sa.Column("arrival", sa.LargeBinary),
        *_changes(),
        sa.UniqueConstraint("match_id"),
        sa.CheckConstraint(
            "state IN ('proposed', 'others_wanted', 'agreed', 'called_off', 'missed', 'held')", name="state_known"
        ),
        sa.CheckConstraint(f"proposed_by {SIDES}", name="proposed_by_known"),
    )
    op.create_index("ix_viewings_starts_at", "viewings", ["starts_at"])
    op.create_table(
        "viewing_links",
        sa.Column("token_hash", sa.CHAR(64), primary_key=True),
        sa.Column("match_id", sa.CHAR(26), sa.ForeignKey("matches.id", ondelete="CASCADE"), nullable=False),
        sa.Column("valid_until", MOMENT, nullable=False),
    )
    op.create_index("ix_viewing_links_match_id", "viewing_links", ["match_id"])
    op.create_table(
        "viewing_feedbacks",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("match_id", sa.CHAR(26), sa.ForeignKey("matches.id", ondelete="CASCADE"), nullable=False),
        sa.Column("side", sa.String(10), nullable=False),
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.Column("words", sa.LargeBinary),
        *_changes(),
        sa.UniqueConstraint("match_id", "side"),
        sa.CheckConstraint(f"side {SIDES}", name="side_known"),
        sa.CheckConstraint("verdict IN ('yes', 'unsure', 'no')", name="verdict_known"),
    )
    op.create_table(
        "fact_corrections",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("match_id", sa.CHAR(26), sa.ForeignKey("matches.id", ondelete="CASCADE"), nullable=False),
        sa.Column("side", sa.String(10), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.Column("measured", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        *_changes(),
        sa.CheckConstraint(f"side {SIDES}", name="side_known"),
        sa.CheckConstraint("state IN ('waiting', 'taken', 'left')", name="state_known"),
        sa.CheckConstraint("key <> ''", name="key_given"),
    )
    op.create_index("ix_fact_corrections_match_id", "fact_corrections", ["match_id"])
    op.create_index("ix_fact_corrections_state", "fact_corrections", ["state"])


def downgrade() -> None:
    for table in ("fact_corrections", "viewing_feedbacks", "viewing_links", "viewings"):
        op.drop_table(table)


def _changes() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
    )
