"""Weekly digests are written in the language that their reader reads."""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"


def upgrade() -> None:
    with op.batch_alter_table("digest_choices") as table:
        table.add_column(sa.Column("language", sa.String(10), nullable=False, server_default="de"))


def downgrade() -> None:
    with op.batch_alter_table("digest_choices") as table:
        table.drop_column("language")
