"""Home surveys of a case."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "surveys",
        sa.Column("id", ID, primary_key=True),
        sa.Column("case_id", ID, sa.ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
        sa.Column("dwelling_id", ID, sa.ForeignKey("dwellings.id")),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("surveyed_on", sa.Date, nullable=False),
        sa.Column("surveyed_by", ID, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("finished_at", MOMENT),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint("state IN ('open', 'finished')", name="state_known"),
        sa.CheckConstraint("(state = 'finished') = (finished_at IS NOT NULL)", name="finished_some_time"),
    )
    op.create_index(None, "surveys", ["case_id"])
    op.create_index(None, "surveys", ["dwelling_id"])


def downgrade() -> None:
    op.drop_table("surveys")
