"""Weekly digests by mail, which anybody can switch off."""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"


def upgrade() -> None:
    op.create_table(
        "digest_choices",
        sa.Column("user_id", sa.CHAR(26), sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("week", sa.Date),
        sa.Column("off_since", sa.DateTime(timezone=True)),
    )


def downgrade() -> None:
    op.drop_table("digest_choices")
