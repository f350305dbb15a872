"""When the newest delivery that spoke of an object was written, so that an older one changes nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    """The moment takes the place of the day; of objects from before no delivery is older."""
    op.add_column("imported_objects", sa.Column("said_at", sa.String(19), nullable=False, server_default=""))
    op.add_column("import_runs", sa.Column("sent_at", sa.String(19), nullable=False, server_default=""))
    op.execute("UPDATE import_runs SET sent_at = CAST(sent_on AS VARCHAR(10)) WHERE sent_on IS NOT NULL")
    op.drop_column("import_runs", "sent_on")


def downgrade() -> None:
    op.add_column("import_runs", sa.Column("sent_on", sa.Date))
    op.drop_column("import_runs", "sent_at")
    op.drop_column("imported_objects", "said_at")
