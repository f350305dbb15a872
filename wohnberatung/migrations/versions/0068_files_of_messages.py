"""Files come along with messages inside a match."""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "message_files",
        sa.Column("id", ID, primary_key=True),
        sa.Column("message_id", ID, sa.ForeignKey("match_messages.id", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("media_type", sa.String(20), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("name", sa.LargeBinary, nullable=False),
        sa.Column("file", sa.LargeBinary, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint("media_type IN ('application/pdf', 'image/jpeg')", name="media_type_known"),
    )
    op.create_index(None, "message_files", ["message_id"])


def downgrade() -> None:
    op.drop_table("message_files")
