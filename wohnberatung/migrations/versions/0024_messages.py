"""Messages between a person who seeks and the office."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

ID = sa.CHAR(26)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "messages",
        sa.Column("id", ID, nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("from_office", sa.Boolean, nullable=False),
        sa.Column("written_by", ID),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("handled_at", MOMENT),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["housing_requests.id"],
            name="fk_messages_request_id_housing_requests",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_messages_request_id", "messages", ["request_id"])


def downgrade() -> None:
    op.drop_table("messages")
