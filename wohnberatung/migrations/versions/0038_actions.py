"""What was done is an action, in the audit chain and in the history of a case.

The chain's hashes are made of values, not of names of columns: they stay as they are.
"""

from alembic import op

revision = "0038"
down_revision = "0037"

TABLES = ("audit_entries", "case_events")


def upgrade() -> None:
    for table in TABLES:
        op.alter_column(table, "deed", new_column_name="action")


def downgrade() -> None:
    for table in TABLES:
        op.alter_column(table, "action", new_column_name="deed")
