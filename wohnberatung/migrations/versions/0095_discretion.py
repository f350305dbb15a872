"""Requests to deviate from a standard rule for shared housing."""

import sqlalchemy as sa
from alembic import op

revision = "0095"
down_revision = "0094"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)
RULES = "'funding_norm', 'parking', 'room_size', 'accessibility', 'fire', 'monument', 'land_use', 'occupancy', 'other'"


def upgrade() -> None:
    op.create_table(
        "discretion_requests",
        sa.Column("id", ID, primary_key=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("project_id", ID, sa.ForeignKey("projects.id", ondelete="SET NULL")),
        sa.Column("rule", sa.String(20), nullable=False),
        sa.Column("paragraph", sa.String(200), nullable=False),
        sa.Column("deviation", sa.Text, nullable=False),
        sa.Column("grounds", sa.Text, nullable=False),
        sa.Column("authority_id", ID, sa.ForeignKey("directory_entries.id", ondelete="SET NULL")),
        sa.Column("authority", sa.String(200), nullable=False),
        sa.Column("asked_on", sa.Date),
        sa.Column("due_on", sa.Date),
        sa.Column("decided_on", sa.Date),
        sa.Column("decision_reason", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("lessons", sa.Text, nullable=False),
        sa.Column("published_at", MOMENT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'asked', 'granted', 'partly', 'refused', 'withdrawn')", name="state_known"
        ),
        sa.CheckConstraint(f"rule IN ({RULES})", name="rule_known"),
    )
    for name in ("state", "project_id", "rule", "authority_id", "due_on", "published_at"):
        op.create_index(f"ix_discretion_requests_{name}", "discretion_requests", [name])


def downgrade() -> None:
    op.drop_table("discretion_requests")
