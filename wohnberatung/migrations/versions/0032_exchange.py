"""A flat may be given for another one."""

from alembic import op

revision = "0032"
down_revision = "0031"

BEFORE = "tenure IN ('rent', 'sublet', 'cooperative', 'homeshare', 'purchase')"
AFTER = "tenure IN ('rent', 'sublet', 'cooperative', 'homeshare', 'purchase', 'exchange')"


def upgrade() -> None:
    _allow(AFTER)


def downgrade() -> None:
    op.execute("UPDATE offers SET tenure = NULL WHERE tenure = 'exchange'")
    _allow(BEFORE)


def _allow(tenures: str) -> None:
    with op.batch_alter_table("offers") as table:
        table.drop_constraint("tenure_plausible", type_="check")
        table.create_check_constraint("tenure_plausible", tenures)
