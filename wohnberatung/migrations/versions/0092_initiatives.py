"""Initiatives of caring neighbourhoods: what they tell beside their project, their minutes, their steps."""

import sqlalchemy as sa
from alembic import op

revision = "0092"
down_revision = "0091"


def upgrade() -> None:
    op.create_table(
        "initiatives",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("project_id", sa.CHAR(26), sa.ForeignKey("projects.id", ondelete="CASCADE"), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("serves", sa.JSON, nullable=False),
        sa.Column("aims", sa.Text, nullable=False),
        sa.Column("members", sa.Text, nullable=False),
        sa.Column("members_agreed", sa.Boolean, nullable=False),
        sa.Column("seeks_people", sa.Text, nullable=False),
        sa.Column("seeks_rooms", sa.Text, nullable=False),
        sa.Column("seeks_skills", sa.Text, nullable=False),
        sa.Column("progress_shown", sa.String(20), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True)),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("project_id"),
        sa.UniqueConstraint("slug"),
        sa.CheckConstraint("progress_shown IN ('nothing', 'steps', 'notes')", name="progress_shown_known"),
    )
    for column in ("confirmed_at", "moved_at"):
        op.create_index(f"ix_initiatives_{column}", "initiatives", [column])
    op.create_table(
        "initiative_minutes",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("initiative_id", sa.CHAR(26), sa.ForeignKey("initiatives.id", ondelete="CASCADE"), nullable=False),
        sa.Column("held_on", sa.Date, nullable=False),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary),
        sa.Column("size", sa.Integer),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_initiative_minutes_initiative_id", "initiative_minutes", ["initiative_id"])
    op.create_table(
        "initiative_marks",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("initiative_id", sa.CHAR(26), sa.ForeignKey("initiatives.id", ondelete="CASCADE"), nullable=False),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("initiative_id", "step"),
        sa.CheckConstraint("state IN ('open', 'under_way', 'done', 'not_needed')", name="state_known"),
    )


def downgrade() -> None:
    op.drop_table("initiative_marks")
    op.drop_table("initiative_minutes")
    op.drop_table("initiatives")
