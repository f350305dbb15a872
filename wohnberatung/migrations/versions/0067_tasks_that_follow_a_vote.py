"""A task may follow the vote of a group: its result settles it."""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0074"


def upgrade() -> None:
    op.add_column("match_tasks", sa.Column("follows", sa.CHAR(26)))
    op.create_index(None, "match_tasks", ["follows"])


def downgrade() -> None:
    with op.batch_alter_table("match_tasks") as batch:
        batch.drop_index("ix_match_tasks_follows")
        batch.drop_column("follows")
