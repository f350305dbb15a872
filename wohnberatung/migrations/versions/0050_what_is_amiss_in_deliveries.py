"""What of a delivery is not taken in, in words, for the list of deliveries."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"


def upgrade() -> None:
    op.add_column("import_runs", sa.Column("amiss", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("import_runs", "amiss")
