"""An appointment may belong to a case."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    with op.batch_alter_table("appointments") as table:
        table.add_column(sa.Column("case_id", sa.CHAR(26)))
        table.create_foreign_key(None, "cases", ["case_id"], ["id"], ondelete="CASCADE")
        table.create_index(None, ["case_id"])


def downgrade() -> None:
    with op.batch_alter_table("appointments") as table:
        table.drop_index("ix_appointments_case_id")
        table.drop_constraint("fk_appointments_case_id_cases", type_="foreignkey")
        table.drop_column("case_id")
