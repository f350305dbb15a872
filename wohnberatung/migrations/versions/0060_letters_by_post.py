"""Letters to those who want post, until they are in the letterbox and after."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0053"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "postal_letters",
        sa.Column("id", ID, primary_key=True),
        sa.Column("request_id", ID, sa.ForeignKey("housing_requests.id", ondelete="CASCADE"), nullable=False),
        sa.Column("template", sa.String(60), nullable=False),
        sa.Column("about_id", ID),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("posted_at", MOMENT),
        sa.Column("posted_by", ID),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_index(None, "postal_letters", ["request_id"])
    op.create_index(None, "postal_letters", ["about_id"])


def downgrade() -> None:
    op.drop_table("postal_letters")
