"""Both sides of a match and the office write each other."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)
WRITERS = "IN ('seeker', 'provider', 'office')"


def upgrade() -> None:
    op.create_table(
        "match_messages",
        sa.Column("id", ID, primary_key=True),
        sa.Column("match_id", ID, sa.ForeignKey("matches.id", ondelete="CASCADE"), nullable=False),
        sa.Column("writer", sa.String(10), nullable=False),
        sa.Column("reader", sa.String(10), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("written_by", ID),
        sa.Column("read_at", MOMENT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint(f"writer {WRITERS}", name="writer_known"),
        sa.CheckConstraint(f"reader {WRITERS}", name="reader_known"),
        sa.CheckConstraint("state IN ('held', 'delivered', 'stopped')", name="state_known"),
    )
    op.create_index(None, "match_messages", ["match_id", "created_at"])
    op.create_index(None, "match_messages", ["state", "reader"])


def downgrade() -> None:
    op.drop_table("match_messages")
