"""Contact persons of the office, and to whom an enquiry was put until when."""

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"


def upgrade() -> None:
    op.create_table(
        "contact_persons",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("user_id", sa.CHAR(26), sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("duty", sa.String(160), nullable=False),
        sa.Column("quarters", sa.JSON, nullable=False),
        sa.Column("topics", sa.JSON, nullable=False),
        sa.Column("phone", sa.String(120), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("hours", sa.String(300), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_contact_persons_user_id", "contact_persons", ["user_id"])
    op.create_index("ix_contact_persons_active", "contact_persons", ["active"])
    op.create_table(
        "contact_questions",
        sa.Column("enquiry_id", sa.CHAR(26), sa.ForeignKey("enquiries.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("contact_id", sa.CHAR(26), sa.ForeignKey("contact_persons.id", ondelete="SET NULL")),
        sa.Column("place", sa.String(40)),
        sa.Column("topic", sa.String(20), nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "topic IN ('seeking', 'adapting', 'offering', 'shared', 'neighbourhood')", name="topic_known"
        ),
    )
    op.create_index("ix_contact_questions_contact_id", "contact_questions", ["contact_id"])
    op.create_index("ix_contact_questions_due_on", "contact_questions", ["due_on"])


def downgrade() -> None:
    op.drop_table("contact_questions")
    op.drop_table("contact_persons")
