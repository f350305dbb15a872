"""How homes stood for every request is kept as it changes."""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0058"


def upgrade() -> None:
    op.create_table(
        "kept_homes",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("request_id", sa.CHAR(26), sa.ForeignKey("housing_requests.id", ondelete="CASCADE"), nullable=False),
        sa.Column("offer_id", sa.CHAR(26), sa.ForeignKey("offers.id", ondelete="CASCADE"), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.Column("rules", sa.String(200), nullable=False),
        sa.Column("judged", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_kept_homes_offer_id", "kept_homes", ["offer_id"])
    op.create_index("ix_kept_homes_until", "kept_homes", ["until"])
    op.create_index("ix_kept_homes_request_id_until", "kept_homes", ["request_id", "until"])
    op.create_table(
        "kept_list_marks",
        sa.Column(
            "request_id", sa.CHAR(26), sa.ForeignKey("housing_requests.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("mark", sa.String(300), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("kept_list_marks")
    op.drop_table("kept_homes")
