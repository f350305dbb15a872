"""Requests that look like spam wait for a person instead of being lost."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("housing_requests", sa.Column("held_for", sa.String(40)))


def downgrade() -> None:
    op.drop_column("housing_requests", "held_for")
