"""Notices on the board, and reports of what should not hang there."""

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0087"

PERSON = "person_keys.id"


def upgrade() -> None:
    _notices()
    _reports()


def downgrade() -> None:
    op.drop_table("content_reports")
    op.drop_table("notices")


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("receipt_number", sa.String(20), nullable=False, unique=True),
        sa.Column("organisation_id", sa.CHAR(26), sa.ForeignKey("organisations.id")),
        sa.Column("person_key_id", sa.CHAR(26), sa.ForeignKey(PERSON)),
        sa.Column("token_hash", sa.CHAR(64), unique=True),
        sa.Column("content", sa.LargeBinary),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("consent_version", sa.String(40)),
        sa.Column("consent_text", sa.Text),
        sa.Column("held_for", sa.String(40)),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("waits_since", sa.DateTime(timezone=True)),
        sa.Column("topic", sa.String(20), nullable=False),
        sa.Column("place", sa.String(40)),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("answer_to", sa.String(300), nullable=False),
        sa.Column("weeks", sa.Integer, nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("ends_on", sa.Date),
        sa.Column("reminded_at", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.Text, nullable=False),
        *_kept(),
        sa.CheckConstraint(
            "state IN ('held', 'unconfirmed', 'draft', 'waiting', 'published', 'returned', 'ended', 'removed')",
            name="state_known",
        ),
        sa.CheckConstraint(
            "topic IN ('help_offered', 'help_sought', 'company', 'things', 'housing', 'information')",
            name="topic_known",
        ),
    )
    for column in ("organisation_id", "person_key_id", "state", "waits_since", "place", "ends_on"):
        op.create_index(f"ix_notices_{column}", "notices", [column])


def _reports() -> None:
    op.create_table(
        "content_reports",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("receipt_number", sa.String(20), nullable=False, unique=True),
        sa.Column("token_hash", sa.CHAR(64), nullable=False, unique=True),
        sa.Column("person_key_id", sa.CHAR(26), sa.ForeignKey(PERSON), nullable=False),
        sa.Column("subject_kind", sa.String(20), nullable=False),
        sa.Column("subject_id", sa.CHAR(26), nullable=False),
        sa.Column("subject_title", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("held_for", sa.String(40)),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("ground", sa.String(20), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("complaint", sa.LargeBinary),
        sa.Column("complaint_by", sa.String(10)),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("final_reason", sa.Text, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by", sa.CHAR(26)),
        *_kept(),
        sa.CheckConstraint("subject_kind IN ('aushang', 'veranstaltung')", name="subject_known"),
        sa.CheckConstraint(
            "state IN ('held', 'open', 'kept', 'removed', 'contested', 'kept_after_all', 'removed_after_all')",
            name="state_known",
        ),
        sa.CheckConstraint(
            "ground IN ('discrimination', 'insult', 'fraud', 'personal_data', 'copyright', 'other')",
            name="ground_known",
        ),
    )
    for column in ("person_key_id", "subject_id", "state", "decided_at"):
        op.create_index(f"ix_content_reports_{column}", "content_reports", [column])


def _kept() -> list[sa.Column]:
    return [
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    ]
