"""Jobs: what is done in the background."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("key", sa.String(120)),
        sa.Column("periodic", sa.Boolean, nullable=False),
        sa.Column("arguments", sa.JSON, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("lease", ID),
        sa.Column("steps_done", sa.Integer, nullable=False),
        sa.Column("steps", sa.Integer, nullable=False),
        sa.Column("step_words", sa.String(200), nullable=False),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("started_at", MOMENT),
        sa.Column("finished_at", MOMENT),
        sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="state_known"),
        sa.UniqueConstraint("key"),
    )
    op.create_index(None, "jobs", ["state", "due_at"])


def downgrade() -> None:
    op.drop_table("jobs")
