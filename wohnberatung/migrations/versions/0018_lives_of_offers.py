"""What happens to offers: waiting for the office, given back, confirmed as still to be had; links in mails."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)
MOMENTS = ("submitted_at", "confirmed_at", "asked_at")


def upgrade() -> None:
    for name in MOMENTS:
        op.add_column("offers", sa.Column(name, MOMENT))
    op.add_column("offers", sa.Column("review_note", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "offer_links",
        sa.Column("token_hash", sa.CHAR(64), primary_key=True),
        sa.Column("offer_id", ID, sa.ForeignKey("offers.id", ondelete="CASCADE"), nullable=False),
        sa.Column("valid_until", MOMENT, nullable=False),
    )
    op.create_index(None, "offer_links", ["offer_id"])


def downgrade() -> None:
    op.drop_table("offer_links")
    with op.batch_alter_table("offers") as offers:
        for name in ("review_note", *MOMENTS):
            offers.drop_column(name)
