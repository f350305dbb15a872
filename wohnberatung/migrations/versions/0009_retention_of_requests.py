"""When a request's person was asked whether it is still needed, and what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

MOMENT = sa.DateTime(timezone=True)
COLUMNS = ("confirmed_at", "asked_at", "blocked_at")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("housing_requests", sa.Column(name, MOMENT))
    op.add_column("housing_requests", sa.Column("keep_token_hash", sa.CHAR(64)))
    op.add_column("housing_requests", sa.Column("legal_hold", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index(None, "housing_requests", ["keep_token_hash"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_housing_requests_keep_token_hash", "housing_requests")
    for name in (*COLUMNS, "keep_token_hash", "legal_hold"):
        op.drop_column("housing_requests", name)
