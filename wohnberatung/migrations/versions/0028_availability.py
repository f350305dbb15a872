"""One link for all offers of an organisation takes the place of one for each."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.drop_table("offer_links")
    _create("availability_links", "organisation_id", "organisations")


def downgrade() -> None:
    op.drop_table("availability_links")
    _create("offer_links", "offer_id", "offers")


def _create(table: str, column: str, parent: str) -> None:
    op.create_table(
        table,
        sa.Column("token_hash", sa.CHAR(64), primary_key=True),
        sa.Column(column, ID, sa.ForeignKey(f"{parent}.id", ondelete="CASCADE"), nullable=False),
        sa.Column("valid_until", MOMENT, nullable=False),
    )
    op.create_index(None, table, [column])
