"""Until when an adapted home is first shown to those who need what it has, where the office has declared it."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"


def upgrade() -> None:
    op.create_table(
        "first_shown",
        sa.Column("offer_id", sa.CHAR(26), sa.ForeignKey("offers.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("declared_by", sa.CHAR(26)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("first_shown")
