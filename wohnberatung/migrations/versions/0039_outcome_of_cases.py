"""What came of a case, asked for when it is closed; of those that are closed already nobody knows."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    op.add_column("cases", sa.Column("outcome", sa.String(40)))


def downgrade() -> None:
    with op.batch_alter_table("cases") as table:
        table.drop_column("outcome")
