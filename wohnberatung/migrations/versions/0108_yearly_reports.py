"""Reports of a year: their sections in two languages, and the papers as they were published."""

import sqlalchemy as sa
from alembic import op

revision = "0108"
down_revision = "0106"


def upgrade() -> None:
    op.create_table(
        "planning_reports",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("month", sa.Date, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("pdf", sa.LargeBinary),
        sa.Column("easy_pdf", sa.LargeBinary),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'published', 'withdrawn')", name="state_known"),
        sa.UniqueConstraint("year", name="uq_planning_reports_year"),
    )
    op.create_table(
        "planning_report_sections",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("report_id", sa.CHAR(26), sa.ForeignKey("planning_reports.id", ondelete="CASCADE"), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("easy_text", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("report_id", "key", name="uq_planning_report_sections_report_id_key"),
    )


def downgrade() -> None:
    op.drop_table("planning_report_sections")
    op.drop_table("planning_reports")
