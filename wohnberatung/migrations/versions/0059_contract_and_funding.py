"""After the contract: which programmes pay for works, and the documents."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0066"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)


def _common() -> list[sa.Column]:
    return [
        sa.Column("changed_by", ID),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "match_fundings",
        sa.Column("id", ID, primary_key=True),
        sa.Column("match_id", ID, sa.ForeignKey("matches.id", ondelete="CASCADE"), nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("content", sa.LargeBinary, nullable=False),
        *_common(),
    )
    op.create_index(None, "match_fundings", ["match_id"])
    op.create_index(None, "match_fundings", ["due_on"])
    op.create_table(
        "match_papers",
        sa.Column("id", ID, primary_key=True),
        sa.Column("match_id", ID, sa.ForeignKey("matches.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("title", sa.LargeBinary, nullable=False),
        sa.Column("file", sa.LargeBinary, nullable=False),
        *_common(),
        sa.CheckConstraint("kind IN ('contract', 'entitlement', 'cost_offer', 'decision', 'other')", name="kind_known"),
        sa.CheckConstraint("state IN ('arrived', 'checked', 'returned')", name="state_known"),
    )
    op.create_index(None, "match_papers", ["match_id"])


def downgrade() -> None:
    for table in ("match_papers", "match_fundings"):
        op.drop_table(table)
