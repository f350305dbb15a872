"""Templates of letters in versions, and letters of a case."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)
KIND_KNOWN = "kind IN ('advice', 'measures', 'homes')"


def upgrade() -> None:
    op.create_table(
        "letter_templates",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("made_by", ID, sa.ForeignKey("users.id"), nullable=False),
        *_stamps(),
        sa.UniqueConstraint("kind", "number"),
        sa.CheckConstraint(KIND_KNOWN, name="kind_known"),
    )
    op.create_table(
        "letters",
        sa.Column("id", ID, primary_key=True),
        sa.Column("case_id", ID, sa.ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("template_number", sa.Integer, nullable=False),
        sa.Column("written_on", sa.Date, nullable=False),
        sa.Column("written_by", ID, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("pdf", sa.LargeBinary, nullable=False),
        *_stamps(),
        sa.CheckConstraint(KIND_KNOWN, name="kind_known"),
    )
    op.create_index(None, "letters", ["case_id"])


def downgrade() -> None:
    op.drop_table("letters")
    op.drop_table("letter_templates")


def _stamps() -> tuple[sa.Column, ...]:
    return sa.Column("created_at", MOMENT, nullable=False), sa.Column("updated_at", MOMENT, nullable=False)
