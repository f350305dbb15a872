"""Requests of those who seek, their versions and consents, and drafts of forms."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID, DIGEST, MOMENT = sa.CHAR(26), sa.CHAR(64), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "housing_requests",
        sa.Column("id", ID, primary_key=True),
        sa.Column("receipt_number", sa.String(20), nullable=False),
        sa.Column("token_hash", DIGEST, nullable=False),
        _person_key(),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("contact", sa.LargeBinary, nullable=False),
        sa.Column("needs", sa.LargeBinary, nullable=False),
        *_changes(),
        sa.UniqueConstraint("receipt_number"),
        sa.UniqueConstraint("token_hash"),
        sa.CheckConstraint("state IN ('new', 'active', 'paused', 'withdrawn', 'closed')", name="state_known"),
    )
    op.create_index(None, "housing_requests", ["person_key_id"])
    op.create_index(None, "housing_requests", ["state"])
    _create_request_versions()
    _create_consents()
    _create_drafts()


def downgrade() -> None:
    for table in ("drafts", "consents", "request_versions", "housing_requests"):
        op.drop_table(table)


def _create_request_versions() -> None:
    op.create_table(
        "request_versions",
        sa.Column("id", ID, primary_key=True),
        _request(),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", ID),
        sa.UniqueConstraint("request_id", "number"),
    )


def _create_consents() -> None:
    op.create_table(
        "consents",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        _request(),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("text_version", sa.String(40), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("given_through", sa.String(40), nullable=False),
        sa.Column("recorded_by", ID),
        sa.Column("withdrawn_at", MOMENT),
        sa.CheckConstraint("purpose IN ('advice', 'matching', 'sharing', 'health', 'contact')", name="purpose_known"),
    )
    op.create_index(None, "consents", ["request_id"])


def _create_drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", ID, primary_key=True),
        sa.Column("form", sa.String(20), nullable=False),
        sa.Column("token_hash", DIGEST, nullable=False),
        _person_key(),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("answers", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        *_changes(),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index(None, "drafts", ["person_key_id"])
    op.create_index(None, "drafts", ["expires_at"])


def _person_key() -> sa.Column[str]:
    return sa.Column("person_key_id", ID, sa.ForeignKey("person_keys.id"), nullable=False)


def _request() -> sa.Column[str]:
    return sa.Column("request_id", ID, sa.ForeignKey("housing_requests.id", ondelete="CASCADE"), nullable=False)


def _changes() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
    )
