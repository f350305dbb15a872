"""Cooperation of services: what entries declare, joint cases with partners, consents and tasks."""

import sqlalchemy as sa
from alembic import op

revision = "0097"
down_revision = "0095"

KINDS = (
    "kind IN ('home_care', 'day_care', 'housekeeping', 'everyday_help', 'assistance', 'integration', "
    "'home_alarm', 'housing_advice', 'care_advice', 'neighbourly_help', 'visiting', 'hospice')"
)


def _counted() -> tuple[sa.Column, ...]:
    return (
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )


def _of(table: str, column: str) -> sa.Column:
    return sa.Column(column, sa.CHAR(26), sa.ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "offered_services",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        _of("directory_entries", "entry_id"),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("laws", sa.JSON, nullable=False),
        sa.Column("serves", sa.JSON, nullable=False),
        sa.Column("spoken", sa.JSON, nullable=False),
        sa.Column("capacity", sa.String(20), nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        *_counted(),
        sa.CheckConstraint(KINDS, name="kind_known"),
        sa.CheckConstraint("capacity IN ('free', 'waiting', 'none', 'unknown')", name="capacity_known"),
        sa.UniqueConstraint("entry_id", "kind"),
    )
    op.create_table(
        "joint_cases",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        _of("housing_requests", "request_id"),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("prepared_by", sa.CHAR(26)),
        *_counted(),
        sa.CheckConstraint("state IN ('prepared', 'open', 'closed')", name="state_known"),
    )
    op.create_table(
        "joint_partners",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        _of("joint_cases", "joint_id"),
        _of("directory_entries", "entry_id"),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("with_contact", sa.Boolean, nullable=False),
        sa.Column("need", sa.LargeBinary, nullable=False),
        *_counted(),
        sa.CheckConstraint(KINDS, name="kind_known"),
        sa.CheckConstraint("state IN ('asked', 'agreed', 'declined', 'withdrawn')", name="state_known"),
        sa.UniqueConstraint("joint_id", "entry_id"),
    )
    op.create_table(
        "joint_consents",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        _of("joint_partners", "partner_id"),
        sa.Column("text_version", sa.String(40), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.CHAR(26)),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "joint_tasks",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        _of("joint_cases", "joint_id"),
        sa.Column("partner_id", sa.CHAR(26), sa.ForeignKey("joint_partners.id", ondelete="SET NULL")),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("title", sa.LargeBinary, nullable=False),
        *_counted(),
        sa.CheckConstraint("state IN ('open', 'done', 'dropped')", name="state_known"),
    )
    for table, columns in INDEXES.items():
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column])


INDEXES = {
    "joint_cases": ("request_id", "state"),
    "joint_partners": ("entry_id", "state"),
    "joint_consents": ("partner_id",),
    "joint_tasks": ("joint_id", "partner_id", "state", "due_on"),
}


def downgrade() -> None:
    for table in ("joint_tasks", "joint_consents", "joint_partners", "joint_cases", "offered_services"):
        op.drop_table(table)
