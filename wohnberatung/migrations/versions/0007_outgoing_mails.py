"""The outbox: mails are rows of the same transaction as the deed they tell of."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "outgoing_mails",
        sa.Column("id", ID, primary_key=True),
        sa.Column("template", sa.String(60), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("person_key_id", ID, sa.ForeignKey("person_keys.id")),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("content", sa.LargeBinary),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("lease", ID),
        sa.Column("trouble", sa.String(80), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.CheckConstraint("state IN ('queued', 'sent', 'held', 'failed', 'erased')", name="state_known"),
    )
    op.create_index(None, "outgoing_mails", ["person_key_id"])
    op.create_index(None, "outgoing_mails", ["state", "due_at"])


def downgrade() -> None:
    op.drop_table("outgoing_mails")
