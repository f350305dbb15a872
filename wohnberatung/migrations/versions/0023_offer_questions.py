"""Questions to those who offer, with links to answer them by."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "offer_questions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("offer_id", ID, sa.ForeignKey("offers.id", ondelete="CASCADE"), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("helps", sa.Integer, nullable=False),
        sa.Column("gain", sa.Double, nullable=False),
        sa.Column("found_at", MOMENT, nullable=False),
        sa.Column("mailed_at", MOMENT),
        sa.Column("token_hash", sa.CHAR(64)),
        sa.Column("valid_until", MOMENT),
        sa.Column("answered_at", MOMENT),
        sa.UniqueConstraint("offer_id", "key"),
        sa.UniqueConstraint("token_hash"),
        sa.CheckConstraint("state IN ('open', 'answered', 'not_known')", name="state_known"),
    )
    op.create_index(None, "offer_questions", ["offer_id"])
    op.create_index(None, "offer_questions", ["state"])


def downgrade() -> None:
    op.drop_table("offer_questions")
