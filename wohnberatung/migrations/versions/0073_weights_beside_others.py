"""Proposed weights say which ones were in force when they were proposed: beside others they are not true any more."""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0059"


def upgrade() -> None:
    # What waits already names none, so that it is renewed before anybody approves it.
    with op.batch_alter_table("proposed_weights") as table:
        table.add_column(sa.Column("based_on", sa.String(80), nullable=False, server_default=""))
        table.add_column(sa.Column("base_factors", sa.JSON, nullable=False, server_default="{}"))
    with op.batch_alter_table("proposed_weights") as table:
        table.alter_column("based_on", server_default=None)
        table.alter_column("base_factors", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("proposed_weights") as table:
        table.drop_column("base_factors")
        table.drop_column("based_on")
