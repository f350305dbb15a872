"""Accounts, organisations, and the tables of the frame: sessions, sent forms, counters, data keys."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID, DIGEST, MOMENT = sa.CHAR(26), sa.CHAR(64), sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_accounts()
    _create_frame()


def downgrade() -> None:
    for table in (
        "person_keys",
        "rate_counters",
        "idempotency_keys",
        "web_sessions",
        "memberships",
        "organisations",
        "user_roles",
        "users",
    ):
        op.drop_table(table)


def _create_accounts() -> None:
    op.create_table(
        "users",
        sa.Column("id", ID, primary_key=True),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=False),
        sa.Column("disabled_at", MOMENT),
        sa.Column("last_sign_in_at", MOMENT),
        *_timestamps(),
        sa.UniqueConstraint("email"),
    )
    op.create_table(
        "user_roles",
        sa.Column("user_id", ID, sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("role", sa.String(20), primary_key=True),
        sa.CheckConstraint("role IN ('provider', 'advisor', 'admin')", name="known_role"),
    )
    op.create_table(
        "organisations",
        sa.Column("id", ID, primary_key=True),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        *_timestamps(),
        sa.UniqueConstraint("name"),
        sa.CheckConstraint(
            "kind IN ('municipal_company', 'cooperative', 'company', 'private_owner',"
            " 'initiative', 'association', 'welfare', 'public_body')",
            name="known_kind",
        ),
    )
    op.create_table(
        "memberships",
        sa.Column("user_id", ID, sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("organisation_id", ID, sa.ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True),
        *_timestamps(),
    )
    op.create_index(None, "memberships", ["organisation_id"])


def _create_frame() -> None:
    op.create_table(
        "web_sessions",
        sa.Column("token_hash", DIGEST, primary_key=True),
        sa.Column("user_id", ID, sa.ForeignKey("users.id", ondelete="CASCADE")),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_seen_at", MOMENT, nullable=False),
        sa.Column("idle_until", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
    )
    op.create_index(None, "web_sessions", ["user_id"])
    op.create_index(None, "web_sessions", ["idle_until"])
    op.create_table(
        "idempotency_keys",
        sa.Column("key", DIGEST, primary_key=True),
        sa.Column("fingerprint", DIGEST, nullable=False),
        sa.Column("answer", sa.LargeBinary),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_index(None, "idempotency_keys", ["created_at"])
    op.create_table(
        "rate_counters",
        sa.Column("rule", sa.String(40), primary_key=True),
        sa.Column("subject", DIGEST, primary_key=True),
        sa.Column("period", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("hits", sa.Integer, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
    )
    op.create_index(None, "rate_counters", ["ends_at"])
    op.create_table(
        "person_keys",
        sa.Column("id", ID, primary_key=True),
        sa.Column("wrapped", sa.LargeBinary),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("destroyed_at", MOMENT),
        sa.CheckConstraint("(wrapped IS NULL) = (destroyed_at IS NOT NULL)", name="destroyed_or_wrapped"),
    )


def _timestamps() -> tuple[sa.Column[object], sa.Column[object]]:
    return sa.Column("created_at", MOMENT, nullable=False), sa.Column("updated_at", MOMENT, nullable=False)
