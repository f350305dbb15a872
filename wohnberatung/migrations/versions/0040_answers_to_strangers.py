"""A secret link under which somebody who left no contact reads what the office answered."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    """Of enquiries from before nobody has a link: they were told to call."""
    op.add_column("enquiries", sa.Column("token_hash", sa.CHAR(64)))
    op.create_index(None, "enquiries", ["token_hash"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_enquiries_token_hash", "enquiries")
    op.drop_column("enquiries", "token_hash")
