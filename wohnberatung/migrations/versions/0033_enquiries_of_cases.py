"""Enquiries that became cases."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

ID = sa.CHAR(26)


def upgrade() -> None:
    op.create_table(
        "case_enquiries",
        sa.Column("case_id", ID, sa.ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("enquiry_id", ID, sa.ForeignKey("enquiries.id", ondelete="CASCADE"), primary_key=True),
    )
    op.create_index(None, "case_enquiries", ["enquiry_id"])


def downgrade() -> None:
    op.drop_table("case_enquiries")
