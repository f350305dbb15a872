"""Deliveries uploaded by organisations: their file, their states, their undoing; tokens for programs."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)
STATES = "'reading', 'refused', 'staged', 'review', 'applying', 'promoted', 'discarded', 'undoing', 'undone'"
RUN_COLUMNS = (
    "organisation_id", "by", "token_id", "job_id", "document", "document_name", "applies", "allows_removals",
    "same_as", "notes", "too_many_removals", "trouble",
)  # fmt: skip
RECORD_COLUMNS = ("fault_count", "double_count", "before", "after")
UNIQUE = "uq_import_runs_format_file_hash"


def upgrade() -> None:
    _create_tokens()
    with op.batch_alter_table("import_runs") as table:
        table.drop_constraint(UNIQUE, type_="unique")
        table.drop_constraint("state_known", type_="check")
        table.create_check_constraint("state_known", f"state IN ({STATES})")
        table.add_column(sa.Column("organisation_id", ID))
        table.add_column(sa.Column("by", ID))
        table.add_column(sa.Column("token_id", ID))
        table.add_column(sa.Column("job_id", ID))
        table.add_column(sa.Column("document", sa.LargeBinary))
        table.add_column(sa.Column("document_name", sa.String(200), nullable=False, server_default=""))
        table.add_column(sa.Column("applies", sa.Boolean, nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("allows_removals", sa.Boolean, nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("same_as", sa.JSON, nullable=False, server_default="{}"))
        table.add_column(sa.Column("notes", sa.JSON, nullable=False, server_default="[]"))
        table.add_column(sa.Column("too_many_removals", sa.Text, nullable=False, server_default=""))
        table.add_column(sa.Column("trouble", sa.Text, nullable=False, server_default=""))
        table.create_foreign_key(
            "fk_import_runs_organisation_id_organisations", "organisations", ["organisation_id"], ["id"]
        )
        table.create_foreign_key("fk_import_runs_token_id_upload_tokens", "upload_tokens", ["token_id"], ["id"])
        table.create_index("ix_import_runs_organisation_id", ["organisation_id"])
    nobodys = sa.text("organisation_id IS NULL")
    op.create_index(
        UNIQUE, "import_runs", ["format", "file_hash"], unique=True, sqlite_where=nobodys, postgresql_where=nobodys
    )
    with op.batch_alter_table("import_records") as table:
        for name in ("fault_count", "double_count"):
            table.add_column(sa.Column(name, sa.Integer, nullable=False, server_default="0"))
        for name in ("before", "after"):
            table.add_column(sa.Column(name, sa.JSON))


def downgrade() -> None:
    op.execute("DELETE FROM import_runs WHERE organisation_id IS NOT NULL")
    with op.batch_alter_table("import_records") as table:
        for name in RECORD_COLUMNS:
            table.drop_column(name)
    op.drop_index(UNIQUE, "import_runs")
    with op.batch_alter_table("import_runs") as table:
        table.drop_constraint("fk_import_runs_organisation_id_organisations", type_="foreignkey")
        table.drop_constraint("fk_import_runs_token_id_upload_tokens", type_="foreignkey")
        table.drop_constraint("state_known", type_="check")
        table.drop_index("ix_import_runs_organisation_id")
        for name in RUN_COLUMNS:
            table.drop_column(name)
        table.create_check_constraint("state_known", "state IN ('staged', 'promoted')")
        table.create_unique_constraint(UNIQUE, ["format", "file_hash"])
    op.drop_table("upload_tokens")


def _create_tokens() -> None:
    op.create_table(
        "upload_tokens",
        sa.Column("id", ID, primary_key=True),
        sa.Column("organisation_id", ID, sa.ForeignKey("organisations.id"), nullable=False),
        sa.Column("label", sa.String(80), nullable=False),
        sa.Column("token_hash", sa.CHAR(64), nullable=False),
        sa.Column("applies", sa.Boolean, nullable=False),
        sa.Column("created_by", ID),
        sa.Column("last_used_at", MOMENT),
        sa.Column("revoked_at", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index(None, "upload_tokens", ["organisation_id"])
