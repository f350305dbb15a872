"""What those who offer say to a note of the office about their offers and answers."""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"


def upgrade() -> None:
    op.create_table(
        "quality_comments",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column(
            "organisation_id", sa.CHAR(26), sa.ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("about", sa.String(40), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("written_by", sa.CHAR(26)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("organisation_id", "about"),
    )


def downgrade() -> None:
    op.drop_table("quality_comments")
