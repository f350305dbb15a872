"""What is learned of unknown facts."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

RUNNING_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "learned_likelihoods",
        sa.Column("id", RUNNING_NUMBER, primary_key=True),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("catalogue", sa.String(80), nullable=False),
        sa.Column("offers", sa.Integer, nullable=False),
        sa.Column("report", sa.JSON, nullable=False),
        sa.Column("leanings", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("learned_likelihoods")
