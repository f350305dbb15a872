"""Notes about one request and one offer."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "pair_notes",
        sa.Column("id", ID, primary_key=True),
        sa.Column("request_id", ID, sa.ForeignKey("housing_requests.id", ondelete="CASCADE"), nullable=False),
        sa.Column("offer_id", ID, sa.ForeignKey("offers.id", ondelete="CASCADE"), nullable=False),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("written_by", ID),
        sa.Column("written_at", MOMENT, nullable=False),
    )
    op.create_index(None, "pair_notes", ["request_id", "offer_id"])
    op.create_index(None, "pair_notes", ["offer_id"])


def downgrade() -> None:
    op.drop_table("pair_notes")
