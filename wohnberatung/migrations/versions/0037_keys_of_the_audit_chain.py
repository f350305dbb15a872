"""Keys of the audit chain's hashes, kept so that pseudonyms outlive a change of the house key."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    """Filled with the first row that is written: only the running application knows the house keys."""
    op.create_table(
        "digest_keys",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
        sa.Column("retired", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("digest_keys")
