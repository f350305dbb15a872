"""Senders of deliveries, their objects, and deliveries as staged."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)
STATES = "'new', 'changed', 'unchanged', 'withdrawn', 'gone', 'unknown', 'skipped'"


def upgrade() -> None:
    op.create_table(
        "import_sources",
        sa.Column("source", sa.String(80), primary_key=True),
        sa.Column("organisation_id", ID, sa.ForeignKey("organisations.id"), nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        *_times(),
    )
    op.create_index(None, "import_sources", ["organisation_id"])
    op.create_table(
        "imported_objects",
        sa.Column("source", sa.String(80), sa.ForeignKey("import_sources.source"), primary_key=True),
        sa.Column("external_id", sa.String(200), primary_key=True),
        sa.Column("reference", sa.String(200), nullable=False),
        sa.Column("offer_id", ID, sa.ForeignKey("offers.id"), nullable=False),
        sa.Column("listed", sa.Boolean, nullable=False),
        *_times(),
    )
    op.create_index(None, "imported_objects", ["offer_id"])
    _create_runs()
    _create_records()


def downgrade() -> None:
    for table in ("import_records", "import_runs", "imported_objects", "import_sources"):
        op.drop_table(table)


def _create_runs() -> None:
    op.create_table(
        "import_runs",
        sa.Column("id", ID, primary_key=True),
        sa.Column("format", sa.String(20), nullable=False),
        sa.Column("file_hash", sa.String(64), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("is_full", sa.Boolean, nullable=False),
        sa.Column("sent_on", sa.Date),
        sa.Column("providers", sa.JSON, nullable=False),
        sa.Column("organisation", sa.String(160), nullable=False),
        sa.Column("promoted_at", MOMENT),
        *_times(),
        sa.UniqueConstraint("format", "file_hash"),
        sa.CheckConstraint("state IN ('staged', 'promoted')", name="state_known"),
    )


def _create_records() -> None:
    op.create_table(
        "import_records",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("run_id", ID, sa.ForeignKey("import_runs.id", ondelete="CASCADE"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("provider_key", sa.String(80), nullable=False),
        sa.Column("external_id", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("raw", sa.JSON),
        sa.Column("report", sa.JSON, nullable=False),
        sa.Column("offer_id", ID, sa.ForeignKey("offers.id")),
        sa.UniqueConstraint("run_id", "provider_key", "external_id"),
        sa.CheckConstraint(f"state IN ({STATES})", name="state_known"),
    )


def _times() -> tuple[sa.Column[object], ...]:
    return sa.Column("created_at", MOMENT, nullable=False), sa.Column("updated_at", MOMENT, nullable=False)
