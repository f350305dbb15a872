"""Pictures that come with a delivery: from which file each was drawn, and which ones an object's sender named last."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    op.add_column("pictures", sa.Column("digest", sa.CHAR(64), nullable=False, server_default=""))
    op.add_column("imported_objects", sa.Column("pictures", sa.JSON, nullable=False, server_default="{}"))
    op.add_column("import_runs", sa.Column("enclosed", sa.String(40), nullable=False, server_default=""))


def downgrade() -> None:
    for table, column in (("import_runs", "enclosed"), ("imported_objects", "pictures"), ("pictures", "digest")):
        with op.batch_alter_table(table) as changed:
            changed.drop_column(column)
