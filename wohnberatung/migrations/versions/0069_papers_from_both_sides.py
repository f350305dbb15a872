"""Both sides bring documents that a task asks of them; a photo will do."""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"

ID = sa.CHAR(26)


def upgrade() -> None:
    with op.batch_alter_table("match_papers") as table:
        table.add_column(sa.Column("brought_by", sa.String(10), nullable=False, server_default="office"))
        table.add_column(sa.Column("media_type", sa.String(20), nullable=False, server_default="application/pdf"))
        table.add_column(sa.Column("task_id", ID))
        table.create_check_constraint(
            "brought_by_known", "brought_by IN ('office', 'seeker', 'provider', 'group', 'system')"
        )
        table.create_check_constraint("media_type_known", "media_type IN ('application/pdf', 'image/jpeg')")
        table.create_foreign_key(None, "match_tasks", ["task_id"], ["id"], ondelete="SET NULL")
        table.create_index(None, ["task_id"])


def downgrade() -> None:
    with op.batch_alter_table("match_papers") as table:
        table.drop_index("ix_match_papers_task_id")
        table.drop_constraint("fk_match_papers_task_id_match_tasks", type_="foreignkey")
        for name in ("brought_by_known", "media_type_known"):
            table.drop_constraint(name, type_="check")
        for column in ("brought_by", "media_type", "task_id"):
            table.drop_column(column)
