"""A city view knows which homes and rooms of projects are one place each, and which offer stands for a house."""

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision = "0082"

NAMES = ("given_once", "houses")


def upgrade() -> None:
    with op.batch_alter_table("city_runs") as table:
        for name in NAMES:
            table.add_column(sa.Column(name, sa.JSON, nullable=False, server_default="[]"))
    with op.batch_alter_table("city_runs") as table:
        for name in NAMES:
            table.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("city_runs") as table:
        for name in NAMES:
            table.drop_column(name)
