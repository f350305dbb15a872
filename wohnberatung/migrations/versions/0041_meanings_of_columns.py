"""Organisations say what the columns of their tables mean; a delivery waits for it."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"

BEFORE = "'reading', 'refused', 'staged', 'review', 'applying', 'promoted', 'discarded', 'undoing', 'undone'"
AFTER = BEFORE.replace("'refused'", "'refused', 'asking'")
UNIQUE = "uq_import_runs_format_file_hash"


def upgrade() -> None:
    op.create_table(
        "column_meanings",
        sa.Column("organisation_id", sa.CHAR(26), sa.ForeignKey("organisations.id"), primary_key=True),
        sa.Column("heading", sa.String(120), primary_key=True),
        sa.Column("word", sa.String(80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.drop_index(UNIQUE, "import_runs")
    with op.batch_alter_table("import_runs") as table:
        table.drop_constraint("state_known", type_="check")
        table.create_check_constraint("state_known", f"state IN ({AFTER})")
        table.add_column(sa.Column("columns", sa.LargeBinary))
    _create_index()


def downgrade() -> None:
    op.execute("DELETE FROM import_runs WHERE state = 'asking'")
    op.drop_index(UNIQUE, "import_runs")
    with op.batch_alter_table("import_runs") as table:
        table.drop_column("columns")
        table.drop_constraint("state_known", type_="check")
        table.create_check_constraint("state_known", f"state IN ({BEFORE})")
    _create_index()
    op.drop_table("column_meanings")


def _create_index() -> None:
    nobodys = sa.text("organisation_id IS NULL")
    op.create_index(
        UNIQUE, "import_runs", ["format", "file_hash"], unique=True, sqlite_where=nobodys, postgresql_where=nobodys
    )
