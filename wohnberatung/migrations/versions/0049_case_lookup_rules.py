"""By which rules the lookups of cases were made, so that a release with other ones makes them anew by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"


def upgrade() -> None:
    """Empty: what is there may be of any age, and is made anew once."""
    op.create_table(
        "case_lookup_rules",
        sa.Column("digest", sa.CHAR(64), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_case_lookup_rules"),
    )


def downgrade() -> None:
    op.drop_table("case_lookup_rules")
