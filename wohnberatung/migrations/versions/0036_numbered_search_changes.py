"""Changes of what is searched are numbered in the order of the commits, as those of the supply are."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    with op.batch_alter_table("search_changes") as table:
        table.add_column(sa.Column("change_seq", sa.BigInteger))
    # Processes that start after the upgrade read everything once; what was noted before is never looked at again.
    op.execute("UPDATE search_changes SET change_seq = 0")
    op.create_index("ix_search_changes_change_seq", "search_changes", ["change_seq"])
    op.execute("INSERT INTO change_clocks (name, ticks) VALUES ('search_changes', 0)")


def downgrade() -> None:
    op.execute("DELETE FROM change_clocks WHERE name = 'search_changes'")
    op.drop_index("ix_search_changes_change_seq", "search_changes")
    with op.batch_alter_table("search_changes") as table:
        table.drop_column("change_seq")
