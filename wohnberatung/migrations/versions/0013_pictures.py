"""Pictures of dwellings, offers, projects and whatever else declares itself as their subject."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "pictures",
        sa.Column("id", ID, primary_key=True),
        sa.Column("subject_kind", sa.String(20), nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("use", sa.String(10), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("alt", sa.String(300), nullable=False),
        sa.Column("sealed_alt", sa.LargeBinary),
        sa.Column("media_type", sa.String(20), nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("small_width", sa.Integer, nullable=False),
        sa.Column("small_height", sa.Integer, nullable=False),
        sa.Column("person_key_id", ID, sa.ForeignKey("person_keys.id")),
        sa.Column("uploaded_by", ID),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint("use IN ('photo', 'plan')", name="use_known"),
    )
    op.create_index(None, "pictures", ["subject_kind", "subject_id"])
    op.create_index(None, "pictures", ["person_key_id"])


def downgrade() -> None:
    op.drop_table("pictures")
