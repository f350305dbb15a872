"""What is to be cleared up beside the steps of a match."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0060"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)
KINDS = (
    "'group_vote', 'adaptation', 'documents', 'financing', 'trial_living', 'measure', 'condition', 'contact', "
    "'care_advice', 'ask_again', 'afterwards'"
)


def upgrade() -> None:
    op.create_table(
        "match_tasks",
        sa.Column("id", ID, primary_key=True),
        sa.Column("match_id", ID, sa.ForeignKey("matches.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("owner", sa.String(10), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("reminded_at", MOMENT),
        sa.Column("settled_at", MOMENT),
        sa.Column("reason", sa.String(40)),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("changed_by", ID),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name="kind_known"),
        sa.CheckConstraint("owner IN ('office', 'seeker', 'provider', 'group', 'system')", name="owner_known"),
        sa.CheckConstraint("state IN ('open', 'done', 'dropped')", name="state_known"),
    )
    op.create_index(None, "match_tasks", ["match_id"])
    op.create_index(None, "match_tasks", ["state", "due_on"])


def downgrade() -> None:
    op.drop_table("match_tasks")
