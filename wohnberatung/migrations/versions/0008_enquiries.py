"""Questions, appointment requests and reported barriers, with the notes of the office."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)
STATE_KNOWN = "state IN ('open', 'answered', 'quarantined')"


def upgrade() -> None:
    op.create_table(
        "enquiries",
        sa.Column("id", ID, primary_key=True),
        sa.Column("receipt_number", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("held_for", sa.String(40)),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("person_key_id", ID, sa.ForeignKey("person_keys.id"), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("consent_version", sa.String(40)),
        sa.Column("consent_text", sa.Text),
        sa.Column("answered_at", MOMENT),
        sa.Column("legal_hold", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.UniqueConstraint("receipt_number"),
        sa.CheckConstraint("kind IN ('question', 'appointment', 'barrier')", name="kind_known"),
        sa.CheckConstraint(STATE_KNOWN, name="state_known"),
    )
    op.create_index(None, "enquiries", ["person_key_id"])
    op.create_index(None, "enquiries", ["state"])
    op.create_table(
        "enquiry_notes",
        sa.Column("id", ID, primary_key=True),
        sa.Column("enquiry_id", ID, sa.ForeignKey("enquiries.id", ondelete="CASCADE"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", ID),
        sa.UniqueConstraint("enquiry_id", "number"),
        sa.CheckConstraint(STATE_KNOWN, name="state_known"),
    )


def downgrade() -> None:
    op.drop_table("enquiry_notes")
    op.drop_table("enquiries")
